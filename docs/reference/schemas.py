"""The reference page about the JSON that commands print and `dumps` writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gischema
from docs.reference.markdown import code, table
from gischema.output.language import Lang, say

_NAMES = ("report", "check", "figures", "comparison", "failed")
_INTRODUCTION = {
    "en": """# JSON

The objects that commands print with `--format json` and that `gischema.dumps` writes, as their JSON Schemas describe
them. `gischema.schema("check")` returns a schema whole; its `$id` has the version of the package.
Within a minor version properties are added and never removed ([stability](../../project/stability.md)).
""",
    "zh": """# JSON

命令以 `--format json` 打印的、`gischema.dumps` 写出的对象，由 JSON Schema 描述。`gischema.schema("check")` 返回完整的
Schema，`$id` 中有软件包版本。同一次版本之内只增加属性，不删除（[稳定性](../../project/stability.md)）。
""",
}


def schemas_page(language: Lang) -> str:
    """Return the page: a table of properties for each object of each schema."""
    return "\n".join([_INTRODUCTION[language], *_sections(language)])


def _sections(language: Lang) -> Iterator[str]:
    shared: dict[str, Any] = {}
    for name in _NAMES:
        schema = gischema.schema(name)
        whole = schema.get("items", schema)
        yield f"## `{name}`\n\n{schema['title']}\n\n{_properties(whole, language)}"
        shared |= schema.get("$defs", {})
    title = say(language, "各处共用的对象", "Objects within these")
    yield f"## {title}\n"
    for name in sorted(shared):
        yield f"### `{name}`\n\n{_properties(shared[name], language)}"


def _properties(schema: dict[str, Any], language: Lang) -> str:
    heads = say(language, "属性 类型 必有", "property type required").split()
    required = schema.get("required", ())
    rows = (
        (code(name), _type(each), say(language, "是", "yes") if name in required else "")
        for name, each in schema.get("properties", {}).items()
    )
    return table(heads, rows)


def _type(schema: dict[str, Any]) -> str:
    """Return the type of a property in a few words."""
    if "$ref" in schema:
        return code(schema["$ref"].rpartition("/")[2])
    if "enum" in schema or "const" in schema:
        return " · ".join(f"`{each}`" for each in schema.get("enum", [schema.get("const")]))
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type(each) for each in schema[several]))
    kind = schema.get("type", "any")
    if kind == "array":
        return f"array of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
