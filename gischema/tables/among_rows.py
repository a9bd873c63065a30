"""Take a line that begins as a row and goes on as a sentence for a row if it is among rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gischema.forms.form import Form
from gischema.tables.items import Item, NumberCells, PrintedLabel, SideNote, UnknownText
from gischema.tables.placeholders import is_odd
from gischema.tables.printed_units import is_unit
from gischema.tables.remarks import figure_before_words

_NEAR = 3  # places of the form from a row to the only neighbour that is printed


def among_rows(form: Form, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items, with each begun row that stands among rows as a label.

    It stands among rows if the rows before and behind it are printed in the order of the form. If
    only one of them is printed, it must be near in the form. A line whose label is printed with
    figures elsewhere is a sentence about that row.
    """
    settled = list(items)
    for at, item in enumerate(items):
        if isinstance(item, UnknownText) and item.row is not None and _has_figures(items, at):
            places = [place for place, group in _places(form, item.row) if not group]
            before = _neighbour(form, items, range(at - 1, -1, -1))
            behind = _neighbour(form, items, range(at + 1, len(items)))
            if _fits(places, before, behind) and _printed(items, item.row) < len(places):
                settled[at] = item.row
    return tuple(settled)


def _places(form: Form, label: PrintedLabel) -> list[tuple[int, bool]]:
    """Return the places in the form of the rows that a label may be, with True for a group."""
    names = label.entry.rows.get(form.id, ())
    return [(form.order[row], row.group) for name in names for row in form.rows_of[name]]


def _fits(places: Sequence[int], before: Sequence[int], behind: Sequence[int]) -> bool:
    """Return True if one of a row's places in the form lies between those of its neighbours."""
    if before and behind:
        return any(min(before) < place < max(behind) for place in places)
    if before:
        return any(0 < place - other <= _NEAR for place in places for other in before)
    return any(0 < other - place <= _NEAR for place in places for other in behind)


def _printed(items: Sequence[Item], row: PrintedLabel) -> int:
    """Return how often a label is printed with figures."""
    same = (
        at for at, i in enumerate(items) if isinstance(i, PrintedLabel) and i.entry is row.entry
    )
    return sum(_has_figures(items, at) for at in same)


def _neighbour(form: Form, items: Sequence[Item], places: Iterable[int]) -> list[int]:
    """Return the places in the form of the next row; none if other text comes first."""
    for at in places:
        item = items[at]
        if isinstance(item, PrintedLabel):
            rows = _places(form, item)
            has_figures = _has_figures(items, at)
            if rows and has_figures:
                return [place for place, _ in rows]
            if not has_figures and not any(group for _, group in rows):
                return []
        elif not _is_of_row(item):
            return []
    return []


def _has_figures(items: Sequence[Item], at: int) -> bool:
    """Return True if figures stand behind a label, in its cell or with only a unit between."""
    item = items[at]
    label = item.row if isinstance(item, UnknownText) else item
    if isinstance(label, PrintedLabel) and label.tail is not None:
        return True
    near = items[at + 1 : at + 3]
    following = next(
        (i for i in near if not (isinstance(i, UnknownText) and is_unit(i.text))), None
    )
    return following is not None and _is_of_row(following)


def _is_of_row(item: Item) -> bool:
    """Return True if an item may stand in a row or begins as one: figures, a unit, a page mark."""
    if isinstance(item, UnknownText):
        words = item.row is not None or bool(figure_before_words(item.text))
        return words or is_unit(item.text) or is_odd(item.text)
    return isinstance(item, (NumberCells, SideNote))
