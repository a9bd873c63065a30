"""Find rows that a table lacks but whose label stands before a number in a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from gischema.forms.form import Form, Row
from gischema.tables.items import Item, PrintedLabel, UnknownText

_SHORTEST = 4  # characters of a label that is looked for inside a sentence
_SIGNS = re.compile(r"[^\w。;]+")
_FIGURE = r"[^\d。;]{0,6}\d"  # a number soon behind, in the same sentence


def lacking(form: Form, places: Collection[int]) -> tuple[Row, ...]:
    """Return the rows of the form that were not read, in a table of which others were.

    Args:
        form: The form.
        places: The places of the rows that were read, in the order of the form.
    """
    blocks = {form.rows[place].block for place in places}
    return tuple(
        row
        for place, row in enumerate(form.rows)
        if place not in places and row.block in blocks and row.label and not row.group
    )


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
    yield from (
        (row, begun[row.terminal], begun[row.terminal].text)
        for row in rows
        if row.terminal in begun
    )
    held: dict[Item, list[Row]] = defaultdict(list)
    for row, item in _labels_before_numbers(
        form, [r for r in rows if r.terminal not in begun], text, items
    ):
        held[item].append(row)
        yield row, item, _words(item)
    crowded = {item: found for item, found in held.items() if found[1:]}
    for item, found in crowded.items():
        yield from ((row, item, _words(item)) for row in _around(form, rows, found))


def _labels_before_numbers(
    form: Form, rows: Sequence[Row], text: str, items: Sequence[Item]
) -> Iterator[tuple[Row, Item]]:
    """Yield the rows of which a label stands before a number, with the item that holds it."""
    plain = _SIGNS.sub("", text)
    for row in rows:
        keys = [w.key for w in form.labels[row.terminal].wordings if len(w.key) >= _SHORTEST]
        if not any(label in plain for label in keys):
            continue
        before_number = re.compile(f"(?:{'|'.join(map(re.escape, keys))}){_FIGURE}")
        for item in items:
            words = _words(item)
            if words and before_number.search(_SIGNS.sub("", words)):
                yield row, item
                break


def _around(form: Form, rows: Sequence[Row], found: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows between and next to those found in a text that lack too.

    A table without blanks runs on there, perhaps under other names.
    """
    for _, run in groupby(form.rows, key=lambda row: row.group or row in rows):
        inside = [row for row in run if not row.group]
        if any(row in inside for row in found):
            yield from (row for row in inside if row not in found)


def _words(item: Item) -> str:
    """Return the words of an item that are no label."""
    if isinstance(item, PrintedLabel):
        return f"{item.note}。{item.remark}" if item.note or item.remark else ""
    return item.text if isinstance(item, UnknownText) else ""
