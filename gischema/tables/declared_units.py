"""Find units that a label, a head or a line above the rows declares, and that no figure took.

Only a unit that is known and measures what the form asks for converts a figure. Any other puts the
figures in doubt, and so does one above a table, which may not mean all of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gischema.chinese.units import is_counter, is_money, measure, ratio
from gischema.forms.form import Place
from gischema.report import Diagnostic
from gischema.tables.figure_units import stated_units
from gischema.tables.printed_units import MANY, declared_units
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_reading import RowReading

_ONLY_UNITS = re.compile(
    rf"[ |(]*(?:计量|数据|统计|金额)?单位[^|\n]{{1,20}}[ |]*\Z"
    rf"|[ |]*[^|\n]*(?:\(|单位\W?\s*){MANY}\)?[ |]*\Z"  # also behind a caption
)
_MONEY = re.compile(r"单位\s*(?:[:为是]|均为|统一为)?\s*(元|千元|百元|亿元)|以(元)为单位")
_LONGEST = 300  # characters above the first row
_TRIVIAL = 3  # characters between two rows


def check_declared_units(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag figures under a declared unit that is not the form's and did not convert them (D206)."""
    above: tuple[str, ...] = ()
    around = _money_around(reading)
    end, heads = 0, None
    for row in sorted(reading.rows, key=lambda row: row.start):
        if row.row.heads is not None and row.heads is not heads:
            above, heads = (), row.heads
        if row.start - end > _TRIVIAL:
            between = reading.text[max(end, row.start - _LONGEST) : row.start]
            above = _declared_above(between, row) or above
        pieces = row.printed.cells.pieces
        end = max(end, pieces[-1].end if pieces else row.printed.end)
        label = reading.text[row.start : pieces[0].start] if pieces else ""
        own = stated_units(row.row, row.printed, reading.text)
        if "(" in label or "单位" in label or "/" in label:
            own = (*own, *_declared_in(label, row))
        if own or above or (row.heads is not None and any(h.unit for h in row.heads.columns)):
            yield from _doubted(row, own, () if own else above)
        elif around:
            yield from _doubted(row, (), around, of_money=True)


def _money_around(reading: RegionReading) -> tuple[str, ...]:
    """Return the unit of money that a line around the table declares."""
    starts = [row.start for row in reading.rows]
    if not starts:
        return ()
    ends = [piece.end for row in reading.rows for piece in row.printed.cells.pieces[-1:]]
    first, last = max(0, min(starts) - _LONGEST), max((*starts, *ends)) + _LONGEST
    found = _MONEY.search(reading.text, first, last)
    return (found[1] or found[2],) if found is not None else ()


def _declared_in(label: str, row: RowReading) -> tuple[str, ...]:
    """Return the units that a label declares: the unit of its row whole, as 元/件, else all."""
    units = (unit for place in row.row.places.values() for unit in place.units)
    known = next((unit for unit in units if f"({unit})" in label), None)
    return (known,) if known is not None else declared_units(label)


def _declared_above(text: str, row: RowReading) -> tuple[str, ...]:
    """Return the units that the lines above a row declare, below the last sentence there.

    Where columns have heads, these have units of their own.
    """
    text = text[text.rfind("。") + 1 :]
    if row.row.heads is None:
        return declared_units(text)
    lines = [line for line in text.split("\n") if _ONLY_UNITS.match(line)]
    return declared_units(lines[-1]) if lines else ()


def _doubted(
    row: RowReading, own: Sequence[str], above: Sequence[str], *, of_money: bool = False
) -> Iterator[Diagnostic]:
    """Yield a doubt for each figure whose declared units are not those of its place."""
    cells = row.heads.cells(row.row) if row.heads is not None else ()
    headed = {place.path: (place, head) for place, head in cells}
    has_sums = any(map(_is_sum, (place for place, _ in cells)))
    for figure in row.figures:
        place, head = headed.get(figure.path, (row.row.places.get(None), None))
        if place is None or figure.status != "stated" or not place.units:
            continue
        if (has_sums or of_money) and not _is_sum(place):
            continue  # a unit of money is that of the column of sums
        in_head = (head.unit,) if head is not None and head.unit is not None else ()
        taken = (own, in_head)  # these convert a figure if they can
        odd = next((units for units in taken if units and not _fits(place, units)), None)
        if odd is None and above and not in_head and not _fits(place, above, exactly=True):
            odd = above
        if odd is not None:
            label = row.row.label or figure.label
            yield flag("D206", [figure], label=label, printed=odd[-1], unit=place.unit)


def _is_sum(place: Place) -> bool:
    return any(map(is_money, place.units))


def _fits(place: Place, units: Sequence[str], *, exactly: bool = False) -> bool:
    """Return True if a unit measures what a place asks for; things are counted, money is not.

    Args:
        place: The place.
        units: The units.
        exactly: True if it must be the very unit of the place.
    """
    wanted = {measure(unit)[0] for unit in place.units}
    fitting = [unit for unit in units if measure(unit)[0] in wanted]
    if any(not exactly or ratio(unit, place.units[0]) == 1 for unit in fitting):
        return True
    return exactly and not is_counter(place.units[0]) and all(map(is_counter, units))
