"""Writes the parts of the docs that come from the code; with --check, says which are out of date.

    python -m docs.build [--check]

cli.md: the help of every command. schema.json and shape.md: the JSON shape of a reading.
library.md: the public names of `import onrecord`.
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path

import click

import onrecord
from onrecord.faces import render
from onrecord.faces.cli import cli

HERE = Path(__file__).parent
HEAD = "<!-- Written by `python -m docs.build` from the code; edit it there. -->\n\n"


def cli_md() -> str:
    out = [HEAD, "# Commands\n"]
    root = click.Context(cli, info_name="onrecord")
    out.append(f"```\n{cli.get_help(root)}\n```\n")
    for path, command in walk(cli, ("onrecord",)):
        context = click.Context(command, info_name=" ".join(path))
        out.append(f"## {' '.join(path)}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(out)


def walk(group: click.Group, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    out = []
    for name, command in sorted(group.commands.items()):
        out.append(((*path, name), command))
        if isinstance(command, click.Group):
            out.extend(walk(command, (*path, name)))
    return out


def schema_json() -> str:
    return json.dumps(render.schema(), indent=2, ensure_ascii=False) + "\n"


def shape_md() -> str:
    definitions = render.schema()["$defs"]
    assert isinstance(definitions, dict)
    out = [HEAD, "# The shape of a reading\n\n"]
    out.append(
        "One line of `onrecord read PATH... --format jsonl`, of the library's `render_reading` and of the HTTP API.\n"
        "A field that the page does not carry is null; one that should have a value and could not be settled is an\n"
        "`Unresolved`. `schema.json` beside this file says the same as a JSON Schema.\n\n"
    )
    for name, definition in definitions.items():
        out.append(f"## {name}\n\n{definition['description']}\n\n| field | type | |\n|---|---|---|\n")
        for field, shape in definition["properties"].items():
            out.append(f"| `{field}` | {kind(shape)} | {shape.get('description', '')} |\n")
        out.append("\n")
    return "".join(out)


def kind(shape: dict[str, object]) -> str:
    if "$ref" in shape:
        name = str(shape["$ref"]).rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in shape:
        return " or ".join(kind(s) for s in shape["anyOf"])  # type: ignore[attr-defined]
    if "enum" in shape:
        return ", ".join(f"`{e}`" for e in shape["enum"])  # type: ignore[attr-defined]
    if shape["type"] == "array":
        return f"list of {kind(shape['items'])}"  # type: ignore[arg-type]
    return str(shape["type"])


def library_md() -> str:
    out = [HEAD, "# The library\n\n", inspect.getdoc(onrecord) or "", "\n\n"]
    for name in onrecord.__all__:
        thing = getattr(onrecord, name)
        if not (inspect.isclass(thing) or inspect.isfunction(thing)):
            continue
        out.append(f"## {name}\n\n")
        if inspect.isfunction(thing):
            out.append(f"```python\n{name}{inspect.signature(thing)}\n```\n\n")
        out.append(f"{inspect.getdoc(thing) or ''}\n\n")
        if inspect.isclass(thing) and not hasattr(thing, "__dataclass_fields__"):
            for method_name, method in inspect.getmembers(thing, inspect.isfunction):
                if not method_name.startswith("_"):
                    doc = (inspect.getdoc(method) or "").replace("\n", " ")
                    out.append(f"- `{method_name}{inspect.signature(method)}`: {doc}\n")
            out.append("\n")
    return "".join(out)


FILES = {"cli.md": cli_md, "schema.json": schema_json, "shape.md": shape_md, "library.md": library_md}


def main() -> int:
    stale = []
    for name, make in FILES.items():
        path, text = HERE / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"docs out of date: {', '.join(stale)}; run `make docs`")
        return 1
    print(f"docs: {', '.join(stale) + ' written' if stale else 'up to date'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
