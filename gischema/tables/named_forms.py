"""Find the forms of plugins that a document has labels of, without standing on them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from gischema.forms.form import Form
from gischema.tables.detect_form import Evidence
from gischema.tables.form_blocks import blocks
from gischema.tables.items import ClassifiedText, Item, NumberCells, PrintedLabel, UnknownText

_NUMBER = re.compile(r"[-+−]?\d")
_MOST_BEHIND = 3  # items: a unit, a note, the figure
_LONGEST_UNIT = 6  # characters


def forms_not_meant(
    added: Collection[str], forms: Mapping[str, Form], printed: ClassifiedText, evidence: Evidence
) -> frozenset[str]:
    """Return the added forms that a document does not stand on, although it has labels of theirs.

    These are lines of its text, or rows that the form of the document does not know: without them
    the document is read as if the plugin were not there.
    """
    if not added:
        return frozenset()
    named, filled = _named_and_filled(added, printed)
    if not named:
        return frozenset()
    return frozenset(named - (filled & set(_meant(forms, printed, evidence))))


def _meant(forms: Mapping[str, Form], printed: ClassifiedText, evidence: Evidence) -> Iterator[str]:
    """Yield the forms that most of the document may stand on, and those of parts of it."""
    for main in evidence.heaviest(forms):
        yield main.id
        yield from (form.id for form, _ in blocks(forms, main, printed.items))


def _named_and_filled(added: Collection[str], printed: ClassifiedText) -> tuple[set[str], set[str]]:
    """Return the added forms that have a label of their own printed, and those with a figure."""
    named: set[str] = set()
    filled: set[str] = set()
    own = frozenset(added)
    for place, item in enumerate(printed.items):
        if isinstance(item, PrintedLabel) and item.entry.terminals.keys() <= own:
            named.update(item.entry.terminals)
            if _has_figure(printed, place) or _is_among_heads(printed.items, place):
                filled.update(item.entry.terminals)
    return named, filled


def _has_figure(printed: ClassifiedText, place: int) -> bool:
    """Return True if a label may have a figure: in its cell, on its line, or right below it.

    Whatever else stands on its line makes it a row of a table, which is never passed over. A number
    with a unit that only a grammar knows is a text to the classification: 40小时.
    """
    items, cells = printed.items, printed.cells
    label = items[place]
    if isinstance(label, PrintedLabel) and label.tail is not None:
        return True
    if place and cells[items[place - 1].last].line == cells[label.first].line:
        return True
    behind = label.last + 1  # an empty cell is one of a row
    if behind < len(cells) and cells[behind].line == cells[label.last].line:
        return True
    for item in items[place + 1 : place + 1 + _MOST_BEHIND]:
        if cells[item.first].line == cells[label.last].line or isinstance(item, NumberCells):
            return True
        if not isinstance(item, UnknownText):
            return False
        if item.tail is not None or _NUMBER.match(item.text):
            return True
        if len(item.text) > _LONGEST_UNIT:
            return False
    return False


def _is_among_heads(items: Sequence[Item], place: int) -> bool:
    """Return True if an item and one next to it are different column heads of one form."""
    near = (*items[max(0, place - 1) : place], *items[place + 1 : place + 2])
    entries = [item.entry for item in (items[place], *near) if isinstance(item, PrintedLabel)]
    return any(
        entries[0].heads & other.heads and entries[0].terminals != other.terminals
        for other in entries[1:]
    )
