"""The JSON Schemas of the outputs, generated from the classes of the model.

`python -m gischema.output.schema` writes them to `schemas/`.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from inspect import cleandoc
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from attrs import fields, has, resolve_types

from gischema._version import __version__
from gischema.comparison import Comparison
from gischema.diagnostics import FAILURES
from gischema.output.converter import is_value
from gischema.report import AboutReport, Figure, Report
from gischema.rules import CheckResult, Severity
from gischema.rules.results import Verdict
from gischema.settings.model import FailOn

FOLDER = Path(__file__).parent / "schemas"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: dict[Any, dict[str, Any]] = {
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date"},
    Decimal: {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d"}]},
}
_TEXT: dict[str, Any] = {
    "type": "object",
    "description": "A text that reads like a number or a date.",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
}
_FILE = {"type": "string", "description": "Name of the file."}
_FAILED_TITLE = "Entry of a file without a result."
_FAILED: dict[str, Any] = {
    "type": "object",
    "description": "A file that could not be read, or on which the program crashed.",
    "properties": {
        "file": {"type": "string", "description": "Name of the file."},
        "status": {"enum": list(FAILURES)},
        "code": {"enum": list(FAILURES.values())},
        "message": {"type": "string"},
        "message_en": {"type": "string"},
    },
    "required": ["file", "status", "code", "message", "message_en"],
}


_CODES = {"type": "array", "items": {"type": "string"}}
_SETTINGS: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "Settings of the project and of the command line.",
    "properties": {
        "file": {"type": ["string", "null"], "description": "Settings file that was used."},
        "select": {"anyOf": [_CODES, {"type": "null"}]},
        "ignore": _CODES,
        "severity": {"type": "object", "additionalProperties": {"enum": list(get_args(Severity))}},
        "fail_on": {"enum": list(get_args(FailOn))},
        "waivers": {"type": "integer", "description": "Number of waivers."},
        "switched_off": {**_CODES, "description": "Codes of the rules that were not checked."},
    },
    "required": ["file", "switched_off"],
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by the name of its file."""
    return {
        "report.schema.json": _report(),
        "figures.schema.json": _figures(),
        "check.schema.json": _check(),
        "comparison.schema.json": _comparison(),
        "failed.schema.json": _Maker().document("failed", _FAILED_TITLE, _FAILED),
    }


def _report() -> dict[str, Any]:
    made = _Maker()
    schema = made.object(Report, leave_out={"declared"})
    values = {"type": "object", "description": "Values alone, nested by path; not read back."}
    schema["properties"] = {"values": values, **schema["properties"]}
    schema["required"] = ["values", *schema["required"]]
    title = "Output of gischema parse, and of dumps: one report."
    return made.document("report", title, made.described("report", schema))


def _figures() -> dict[str, Any]:
    made = _Maker()
    about, item = made.object(AboutReport), made.object(Figure)
    item["properties"] = {**about["properties"], **item["properties"]}
    item["required"] = [*about["required"], *item["required"]]
    nothing = {
        "type": "object",
        "description": "A file in which no figure was found.",
        "properties": {"file": _FILE, "status": {"const": "no_figures"}},
        "required": ["file", "status"],
    }
    schema = {"type": "array", "items": {"anyOf": [item, nothing, _FAILED]}}
    return made.document("figures", "Output of gischema figures --format json.", schema)


def _check() -> dict[str, Any]:
    made = _Maker()
    title = "Output of gischema check --format json, and of dumps: one report."
    schema = _checked(made)
    schema["properties"]["settings"] = _SETTINGS  # of a run of the command only
    return made.document("check", title, made.described("check", schema))


def _checked(made: _Maker) -> dict[str, Any]:
    """Return the schema of a result, which has the fields of its report at its top."""
    schema, about = made.object(CheckResult, leave_out={"about"}), made.object(AboutReport)
    counts = {"type": "object", "additionalProperties": {"type": "integer"}}
    more = {"verdict": made.of(Verdict), "counts": counts}
    schema["properties"] = {**about["properties"], **more, **schema["properties"]}
    schema["required"] = [*about["required"], *more, *schema["required"]]
    return schema


def _comparison() -> dict[str, Any]:
    made = _Maker()
    schema = made.object(Comparison, leave_out={"between"})
    schema["properties"] |= {"between": _checked(made)}
    schema["required"].append("between")
    title = "Output of gischema compare --format json, and of dumps."
    return made.document("comparison", title, made.described("comparison", schema))


class _Maker:
    """Turns types into schemas; the classes among them become definitions."""

    def __init__(self) -> None:
        self._definitions: dict[str, dict[str, Any]] = {}

    def document(self, name: str, title: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Return `schema` as a document of its own, with the definitions that it refers to."""
        head = {"$schema": _DRAFT, "$id": f"urn:gischema:{name}:{__version__}", "title": title}
        return {**head, **schema, "$defs": dict(sorted(self._definitions.items()))}

    def described(self, kind: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of an object that says what it is and what wrote it."""
        version = {"type": "string", "description": "Version of the package that wrote this."}
        schema["properties"] = {
            "gischema": version,
            "kind": {"const": kind},
            **schema["properties"],
        }
        schema["required"] = ["gischema", "kind", *schema["required"]]
        return schema

    def of(self, kind: Any) -> dict[str, Any]:
        """Return the schema of a value of type `kind` in JSON."""
        if kind in _SIMPLE:
            return _SIMPLE[kind]
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin in {Union, types.UnionType}:
            choices = [choice for a in arguments for choice in _choices(self.of(a))]
            if is_value(kind):
                choices.append(_TEXT)
            return {"anyOf": _without_covered(choices)}
        if origin is tuple:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if has(kind):
            if kind.__name__ not in self._definitions:
                self._definitions[kind.__name__] = {}
                self._definitions[kind.__name__] = self.object(kind)
            return {"$ref": f"#/$defs/{kind.__name__}"}
        raise TypeError(f"no schema for {kind!r}")

    def object(
        self,
        kind: type,
        *,
        leave_out: frozenset[str] | set[str] = frozenset(),
    ) -> dict[str, Any]:
        """Return the schema of an attrs class; every field is always written."""
        resolve_types(kind)
        names = {f.name: f.type for f in fields(kind) if f.name not in leave_out}
        properties = {name: self.of(t) for name, t in names.items()}
        return {
            "type": "object",
            "description": cleandoc(kind.__doc__ or ""),
            "properties": properties,
            "required": list(properties),
        }


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the alternatives of a schema, so that unions do not nest."""
    return schema["anyOf"] if list(schema) == ["anyOf"] else [schema]


def _without_covered(choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the alternatives without those that a more general one covers."""
    plain = [choice["type"] for choice in choices if list(choice) == ["type"]]
    return [
        choice
        for choice in choices
        if choice == {"type": choice.get("type")} or choice.get("type") not in plain
        if choice != _SIMPLE[int] or "number" not in plain
    ]


def render(schema: dict[str, Any]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for name, schema in schemas().items():
        (FOLDER / name).write_text(render(schema), encoding="utf-8", newline="\n")
