"""Compiles the modules in which reading a page and its attributions spends its time, where somebody asks for it.

In: ONRECORD_COMPILE: unset, everything runs as Python; `try`, those modules are compiled with mypyc if there is a C
compiler and Python's headers; `1`, they must be. Out: extension modules (.so) beside the sources, which Python then
takes instead of them, and a wheel that holds both. A page reads the same either way. Leaves to the Makefile when to
compile again, to tests/conftest.py to stop where a source has changed since.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Where the time goes that Python itself takes (docs/reading.md); numpy and regular expressions gain nothing by it.
MODULES = (
    "page/elements.py", "page/facts.py", "page/html.py", "page/nodes.py", "page/octets.py", "page/stated.py", "page/writer.py",
    "article/appeals.py", "article/asides.py", "article/bylines.py", "article/endnotes.py", "article/features.py",
    "article/frame.py", "article/head.py", "article/lexicon.py", "article/lines.py", "article/marks.py", "article/metadata.py",
    "article/paragraphs.py", "article/paths.py", "article/remarks.py", "article/signs.py", "article/times.py",
    "article/titles.py", "article/turns.py", "article/units.py", "article/voice.py", "article/zones.py",
    "attributions/addressees.py", "attributions/before_quotes.py", "attributions/calling.py", "attributions/clauses.py", "attributions/contents.py",
    "attributions/decode.py", "attributions/drafts.py", "attributions/edges.py", "attributions/forward.py",
    "attributions/keeping.py", "attributions/kinds.py", "attributions/lone.py", "attributions/messages.py",
    "attributions/missed.py", "attributions/nested.py",
    "attributions/neural.py", "attributions/nominal.py", "attributions/owners.py", "attributions/participles.py", "attributions/passages.py",
    "attributions/places.py", "attributions/quotations.py", "attributions/quoted.py", "attributions/quotes.py", "attributions/repair.py",
    "attributions/rules.py", "attributions/tokens.py", "attributions/turns.py", "attributions/windows.py",
)  # fmt: skip
#: What compiling needs, the packages included whose types the modules use.
NEEDED = ("mypy==2.4.1", "setuptools", "numpy>=2.0", "turbohtml>=1.15")
#: With the flags below it reads a page in 4 % less time than 1 without them, and takes a third longer to compile.
OPTIMIZE = "2"
#: What is called inside the extension is called directly: nobody else sees it. Compilers for Windows know no such flags.
FLAGS = ("-fvisibility=hidden", "-fno-semantic-interposition", "-fno-plt") if os.name == "posix" else ()


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling runs before it puts a wheel together, or installs in place."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What a build in an environment of its own needs besides hatchling."""
        return list(NEEDED) if _wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile if asked to, and have a wheel hold what came of it."""
        root = Path(self.root)
        if not _wanted():
            return
        missing = _missing()
        if missing is None:
            missing = _compile(root, must=_wanted() == "1")
        if missing and _wanted() == "1":
            raise RuntimeError(f"ONRECORD_COMPILE=1, but {missing}; without it onrecord runs as Python")
        if missing:
            self.app.display_warning(f"onrecord runs as Python: {missing}")
        elif version != "editable":
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            for path in _compiled(root):
                build_data["force_include"][str(path)] = path.relative_to(root / "src").as_posix()


def _wanted() -> str:
    """ONRECORD_COMPILE: "", "try" or "1"."""
    value = os.environ.get("ONRECORD_COMPILE", "")
    if value not in ("", "try", "1"):
        raise ValueError(f"ONRECORD_COMPILE is {value!r}; it may be try or 1")
    return value


def _missing() -> str | None:
    """What is not there of what compiling needs."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(compiler):
        return f"there is no C compiler ({compiler})"
    if not (Path(sysconfig.get_paths()["include"]) / "Python.h").exists():
        return "there are no Python headers (Python.h; on Debian in python3-dev)"
    try:
        import mypyc  # noqa: F401
        import setuptools  # noqa: F401
    except ImportError as error:
        return f"{error.name} is not installed"
    return None


def _compile(root: Path, *, must: bool) -> str | None:
    """Put extension modules beside the sources; what went wrong, if anything did. must: then it is raised."""
    for path in _compiled(root):
        path.unlink()
    try:
        _run(root)
    except (Exception, SystemExit) as error:  # mypyc leaves by the latter
        for path in _compiled(root):
            path.unlink()
        if must:
            raise
        return f"compiling failed ({error})"
    return None


def _run(root: Path) -> None:
    import setuptools
    from mypyc.build import mypycify

    before = Path.cwd()
    os.chdir(root)  # where mypy finds its settings
    try:
        with tempfile.TemporaryDirectory() as work:
            modules = [f"src/onrecord/{name}" for name in MODULES]
            extensions = mypycify(
                modules, opt_level=OPTIMIZE, debug_level="0", target_dir=work, group_name="onrecord"
            )
            for extension in extensions:
                extension.extra_compile_args.extend(FLAGS)
            distribution = setuptools.Distribution(
                {"name": "onrecord", "package_dir": {"": "src"}, "ext_modules": extensions}
            )
            distribution.get_command_obj("build").build_base = work
            distribution.get_command_obj("build_ext").inplace = True
            distribution.run_command("build_ext")
    finally:
        os.chdir(before)


def _compiled(root: Path) -> list[Path]:
    """The extension modules beside the sources."""
    return sorted((root / "src").rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"))
