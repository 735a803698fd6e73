"""The import rule of docs/architecture.md: data flows down, and rooms know only the floor."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "onrecord"
FLOOR = {"types", "errors", "text", "runs", "columns", "version"}
ROOMS = {"intake", "page", "article", "copies", "attributions", "speakers", "dates", "record", "models"}
FACES = {"cli", "web", "api", "export", "mcp"}


def place(path: Path) -> str:
    """The room (or floor file, or 'faces/x') that a file belongs to."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return "/".join(parts[:2]) if parts[0] == "faces" else parts[0]


def allowed(here: str, target: str) -> bool:
    """Whether a file in `here` may import `target` (both as `place` gives them)."""
    if here == target:
        return True
    if here in FLOOR:
        return target in FLOOR
    if here in ROOMS:
        return target in FLOOR
    if here == "pipeline":
        return target in FLOOR | ROOMS
    if here.startswith("faces"):
        # render makes the JSON for all faces; cli starts the others
        return target in FLOOR | {"pipeline", "record", "faces/render"} or here == "faces/cli"
    return here == "__init__" or here == "__main__"


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, place) of every import of onrecord in a file, inside functions too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import; write it in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] != "onrecord" or len(parts) == 1:
                continue
            target = "/".join(parts[1:3]) if parts[1] == "faces" else parts[1]
            found.append((node.lineno, target))
    return found


def files() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def test_every_import_flows_down() -> None:
    wrong = [
        f"{path.relative_to(SRC)}:{line}: {place(path)} imports {target}"
        for path in files()
        for line, target in imports(path)
        if not allowed(place(path), target)
    ]
    assert wrong == []


def test_only_models_imports_the_runtime() -> None:
    """And no room but record speaks SQL."""
    wrong = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                owner = {"onnxruntime": "models", "sqlite3": "record"}.get(name.split(".")[0])
                if owner and place(path) != owner:
                    wrong.append(f"{path.relative_to(SRC)}:{node.lineno}: {name} belongs to {owner}")
                if name.split(".")[0] in {"pickle", "torch", "training", "bench"}:
                    wrong.append(f"{path.relative_to(SRC)}:{node.lineno}: {name}")
    assert wrong == []


def test_nothing_is_evaluated() -> None:
    wrong = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common"])
def test_no_drawer_for_odds_and_ends(name: str) -> None:
    assert [p for p in files() if p.stem == name] == []


def test_the_rule_can_fail() -> None:
    assert not allowed("page", "article")
    assert not allowed("faces/web", "faces/cli")
    assert not allowed("types", "pipeline")
    assert allowed("pipeline", "record")
