# make demo | test | fix | serve | bench | gold | train | lock | pure
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
SHARED := ../shared

.PHONY: install pure demo test lint fix docs serve bench gold train train-zones train-meaning lock clean screenshots

install: $(VENV)/.compiled

# Everything is installed from the lock files, hashes checked.
$(VENV)/.installed: requirements.lock requirements-dev.lock pyproject.toml
	command -v $(PYTHON) >/dev/null && $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or newer is needed"'
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# Then the package itself, editable; where there is a C compiler, with the modules compiled that hatch_build.py names.
$(VENV)/.compiled: $(VENV)/.installed pyproject.toml hatch_build.py $(wildcard src/onrecord/page/*.py src/onrecord/article/*.py src/onrecord/attributions/*.py)
	@echo "compiling the reader, if there is a C compiler: two to three minutes, once"
	ONRECORD_COMPILE=try $(BIN)/python -m pip install --quiet --no-build-isolation --no-deps -e .
	@find src -name '*.so' | grep -q . || echo "onrecord runs as Python: there is no C compiler here, or no Python.h"
	touch $@

# Everything as Python, until the next `make install`: for whoever edits the compiled modules.
pure:
	find src -name '*.so' -delete

demo: install
	$(BIN)/python examples/demo.py

test: install lint
	$(BIN)/python -m pytest -n 2

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m docs.build --check

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m docs.build

docs: install
	$(BIN)/python -m docs.build

serve: install
	$(BIN)/onrecord --record build-demo/record.db serve

# The floors of bench/floors.toml, by the scorers beside the checkout where they are; the plots of docs/speakers.md.
bench: install
	$(BIN)/python -m bench.floors --shared $(SHARED)
	$(BIN)/python -m bench.speakers --shared $(SHARED) --svg docs/img

# Training needs the data beside the checkout and an environment of its own: see training/README.md.
train: .venv-train/.installed
	.venv-train/bin/python -m training --data $(SHARED)/data/polnear --out build-train/attributions

train-zones: .venv-train/.installed
	.venv-train/bin/python -m training.train_zones --pages $(SHARED)/data/pages --other $(SHARED)/data/pages-other \
	  --articles $(SHARED)/data/polnear/train.jsonl --out src/onrecord/article/weights --seed 7

train-meaning: .venv-train/.installed
	.venv-train/bin/python -m training.train_meaning --data $(SHARED)/data --out build-train/meaning --seed 5

.venv-train/.installed: training/requirements.txt requirements.lock
	command -v $(PYTHON) >/dev/null && $(PYTHON) -m venv .venv-train || python3 -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet -r training/requirements.txt hatchling editables
	.venv-train/bin/python -m pip install --quiet --no-build-isolation -e .
	touch $@

# Rewrites what tests/pages/PAGE should read as; a person reads the difference before it is kept.
gold: install
	$(BIN)/python -m tests.gold $(PAGE)

screenshots: install
	$(BIN)/python docs/make_screenshots.py

lock:
	$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build-demo .mypy_cache .ruff_cache .pytest_cache
