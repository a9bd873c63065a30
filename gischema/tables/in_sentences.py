"""Find rows that a table lacks but whose label stands before a number in a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from gischema.forms.form import Form, Row
from gischema.tables.items import Item, PrintedLabel, UnknownText

_NEAR = 3  # rows of the form above the first row read, and below the last
_SHORTEST = 4  # characters of a label that is looked for inside a sentence
_SIGNS = re.compile(r"[^\w。;]+")
_FIGURE = r"[^\d。;]{0,6}\d"  # a number soon behind, in the same sentence


def lacking(form: Form, places: Collection[int]) -> tuple[Row, ...]:
    """Return the rows of the form between or near those read, and in a group with one of them.

    Args:
        form: The form.
        places: The places of the rows that were read, in the order of the form.
    """
    read = sorted(places)
    if not read:
        return ()
    first, last = max(read[0] - _NEAR, 0), read[-1] + _NEAR
    rows = [*form.rows[first : read[0]], *form.rows[read[-1] + 1 : last + 1]]
    for one, other in pairwise(read):
        rows += form.rows[one + 1 : other]
    rows = [row for row in rows if not row.group and row.label]
    known = {path for place in read for path in _paths(form.rows[place])} if rows else set()
    return tuple(row for row in rows if not known.isdisjoint(_paths(row)))


def _paths(row: Row) -> tuple[str, str]:
    """Return the path of a row, and that of the group or row above it."""
    return row.path, row.parent


def in_sentences(
    form: Form, rows: Sequence[Row], text: str, items: Sequence[Item]
) -> Iterator[tuple[Row, Item, str]]:
    """Yield the rows whose label stands before a number in words that are no row.

    Args:
        form: The form of the rows.
        rows: The rows to look for.
        text: The whole text.
        items: The items of its cells.

    Yields:
        The row, the item in which its label stands, and the words of that item.
    """
    begun = {
        terminal: item
        for item in items
        if isinstance(item, UnknownText) and item.row is not None and item.row.tail is not None
        for terminal in item.row.entry.rows.get(form.id, ())
    }
    for row in rows:
        if row.terminal in begun:
            yield row, begun[row.terminal], begun[row.terminal].text
            continue
        keys = [w.key for w in form.labels[row.terminal].wordings if len(w.key) >= _SHORTEST]
        if not any(label in text for label in keys):
            continue
        before_number = re.compile(f"(?:{'|'.join(map(re.escape, keys))}){_FIGURE}")
        for item in items:
            words = _words(item)
            if words and before_number.search(_SIGNS.sub("", words)):
                yield row, item, words
                break


def _words(item: Item) -> str:
    """Return the words of an item that are no label."""
    if isinstance(item, PrintedLabel):
        return f"{item.note}。{item.remark}" if item.note or item.remark else ""
    return item.text if isinstance(item, UnknownText) else ""
