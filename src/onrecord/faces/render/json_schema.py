"""The JSON Schema of a reading, made from its shape.

In: the TypedDicts of `shape`. Out: a JSON Schema (2020-12), as `docs/schema.json` holds it.
"""

from __future__ import annotations

import types
import typing
from typing import Annotated, Literal

from onrecord.faces.render.shape import ReadingShape, RejectedShape


def schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of a line of `onrecord read --format jsonl`, from the TypedDicts of `shape`."""
    definitions: dict[str, object] = {}
    either = {"anyOf": [_schema_of(ReadingShape, definitions), _schema_of(RejectedShape, definitions)]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of onrecord read --format jsonl",
        **either,
        "$defs": definitions,
    }


def _schema_of(shape: object, definitions: dict[str, object]) -> dict[str, object]:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin is Annotated:
        return {**_schema_of(arguments[0], definitions), "description": arguments[1]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema_of(a, definitions) for a in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema_of(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema_of(arguments[1], definitions)}
    if isinstance(shape, type) and typing.is_typeddict(shape):
        name = shape.__name__.removesuffix("Shape")
        if name not in definitions:
            definitions[name] = {}
            hints = typing.get_type_hints(shape, include_extras=True)
            definitions[name] = {
                "description": (shape.__doc__ or "").split("\n")[0],
                "type": "object",
                "properties": {key: _schema_of(hint, definitions) for key, hint in hints.items()},
                "required": list(hints),
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{name}"}
    plain = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {"type": plain[typing.cast(type, shape)]}
