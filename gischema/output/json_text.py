"""JSON text, whole or piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator


def to_json(data: object, *, indent: int | None = None) -> str:
    """Return JSON text that any UTF-8 file can hold; raise ValueError for NaN and Infinity."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    if text.isascii() or not _has_surrogates(text):
        return text
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def array(items: Iterable[str]) -> Iterator[str]:
    """Yield a JSON array piece by piece; the items are JSON text, and none is kept in memory."""
    before = "[\n"
    for item in items:
        yield before + item
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _has_surrogates(text: str) -> bool:
    """Return True if the text has surrogates, as file names that are not UTF-8 have."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
