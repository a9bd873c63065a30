"""Rows with figures that no known form has, such as those of a variant that is not active."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from gischema.forms.labels import key
from gischema.tables.detect_form import is_unknown_row
from gischema.tables.items import ClassifiedText, UnknownText


@frozen
class ForeignRow:
    """A row that no known form has: its label, the key of the label, and its place in the text."""

    label: str
    key: str
    start: int
    end: int


def foreign_rows(printed: ClassifiedText) -> Iterator[ForeignRow]:
    """Yield the rows of a document that no known form has, in printed order."""
    for place, item in enumerate(printed.items):
        if isinstance(item, UnknownText) and is_unknown_row(printed.items, place):
            first = printed.cells[item.first]
            yield ForeignRow(item.text, key(item.text), first.start, printed.cells[item.last].end)
