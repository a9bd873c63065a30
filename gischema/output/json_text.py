"""JSON text, whole or piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator


def to_json(data: object, *, indent: int | None = None) -> str:
    """JSON text that any UTF-8 file can hold; never NaN or Infinity."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    if text.isascii() or not _has_surrogates(text):
        return text
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def array(items: Iterable[str]) -> Iterator[str]:
    """A JSON array, as pieces of text, of items that are JSON already; none is kept in memory."""
    before = "[\n"
    for item in items:
        yield before + item
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _has_surrogates(text: str) -> bool:
    """Whether half characters are in the text: what a file name in another encoding becomes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
