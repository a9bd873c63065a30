"""Find rows that a table lacks but whose label stands before a number in a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from gischema.forms.form import Form, Row
from gischema.forms.labels import strip_enumerator
from gischema.tables.fuzzy_labels import last_column, over_lines
from gischema.tables.items import ClassifiedText, Item, PrintedLabel, UnknownText

_SHORTEST = 4  # characters of a label that is looked for inside a sentence
_LINES = 3  # of a label above its figures, or below them
_DIGIT = re.compile(r"\d")
_SIGNS = re.compile(r"[^\w。;]+")
_LETTERS = r"\w{0,2}[A-Za-z]{1,6}\Z"  # in place of a number
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
    form: Form, rows: Sequence[Row], text: str, printed: ClassifiedText
) -> Iterator[tuple[Row, Item, str]]:
    """Yield the rows whose label stands before a number, or around one, in words that are no row.

    Args:
        form: The form of the rows.
        rows: The rows to look for.
        text: The whole text.
        printed: Its cells and their items.

    Yields:
        The row, the item in which its label stands, and the words of that item.
    """
    items = printed.items
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
    yield from _labels_around_numbers(form, rows, printed)


def _labels_before_numbers(
    form: Form, rows: Sequence[Row], text: str, items: Sequence[Item]
) -> Iterator[tuple[Row, Item]]:
    """Yield the rows of which a label stands before a number, with the item that holds it."""
    plain = _SIGNS.sub("", text)
    for row in rows:
        keys = [w.key for w in form.labels[row.terminal].wordings if len(w.key) >= _SHORTEST]
        if not any(label in plain for label in keys):
            continue
        names = "|".join(map(re.escape, keys))
        before_number = re.compile(f"(?:{names}){_FIGURE}|(?:{names}){_LETTERS}")
        for item in items:
            words = _words(item)
            if words and before_number.search(_SIGNS.sub("", words)):
                yield row, item
                break


def _labels_around_numbers(
    form: Form, rows: Sequence[Row], printed: ClassifiedText
) -> Iterator[tuple[Row, Item, str]]:
    """Yield the rows of which a label runs over the lines around words with numbers."""
    named = {row.terminal: row for row in rows}
    labels = {name: form.labels[name] for name in named}
    items = printed.items
    for at, item in enumerate(items):
        words = _words(item)
        rest, cut = strip_enumerator(words)
        number = _DIGIT.search(rest)
        if number is None:
            continue
        text = words[: cut + number.start()].strip()
        above = [*_columns(items[max(at - _LINES, 0) : at][::-1])][::-1]
        below = [*_columns(items[at + 1 : at + 1 + _LINES])]
        for name, _ in over_lines(above, text, last_column(text), below, labels):
            yield named[name], item, words


def _columns(items: Iterable[Item]) -> Iterator[str]:
    """Yield the last columns of lines of words without numbers, up to another line."""
    for item in items:
        if not isinstance(item, UnknownText):
            return
        column = last_column(item.text)
        if _DIGIT.search(strip_enumerator(column)[0]):
            return
        yield column


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
