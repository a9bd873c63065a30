"""Set apart the columns behind the figures that hold none of the form: remarks, growth.

In such a column a number would be one figure too many for its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import evolve

from gischema.tables.numbers import is_value
from gischema.tables.region import UnknownRow
from gischema.tables.remarks import CORRECTS
from gischema.tables.tokenize import TextCell

_REMARKS = "备注"
_HEAD = re.compile(
    rf"{_REMARKS}|(?:同比|[比较](?:上年|去年))(?:增减|增长|变化)?(?:情况|幅度|率|数|值)?(?:\(%\))?"
)
_BEGINNINGS = frozenset({_REMARKS, "同比", "比上", "较上", "比去", "较去"})
_FEWEST = 3  # cells of a line with such a head
_TELLING = re.compile(r"[十百千万亿元应误仅]|作废|不含")  # a remark that may change the figure
_DIGIT = re.compile(r"\d")


class SideColumns(NamedTuple):
    """The cells of a text without its side columns, and the numbers in these.

    Attributes:
        cells: The cells that are left.
        numbers: The cells with numbers that were set apart, each below the head of its column.
    """

    cells: Sequence[TextCell]
    numbers: Sequence[UnknownRow] = ()


def set_side_columns_apart(cells: Sequence[TextCell]) -> SideColumns:
    """Set the cells apart below a head 备注 or 同比增减 that is the last of its line.

    That is the last cell of each line with figures or empty cells, up to a line without bars or
    tabs. A remark that may change the figure is left, and so is the figure of a line without a cell
    for its remark.
    """
    if not any(cell.text[:2] in _BEGINNINGS and _is_head(cell) for cell in cells):
        return SideColumns(cells)
    found: list[TextCell] = []
    numbers: list[UnknownRow] = []
    head: Sequence[TextCell] = ()
    for line in _lines(cells):
        last = _last_place(line)
        if len(line) == 1 and line[0].text:
            head = ()
        is_head = _is_last_head(line[: last + 1])
        head = line[: last + 1] if is_head else head
        is_row = bool(head) and any(map(_may_be_figure, line[1 : last + 1]))
        if is_head or (is_row and _is_aside(line[: last + 1], head)):
            found += _without(line, last)
            cell = line[last]
            if _DIGIT.search(cell.text):
                numbers.append(UnknownRow(head[-1].text, cell.start, cell.end, (cell,)))
        else:
            found += line
    return SideColumns(found, numbers)


def _is_aside(line: Sequence[TextCell], head: Sequence[TextCell]) -> bool:
    """Return True if the last cell of a line stands in the column of the last head.

    A line with fewer cells than heads lacks its remark if all are printed and the last is a figure;
    else it may be the label that has fewer cells, and a figure that is taken too many moves others.
    """
    fewer = len(line) < len(head) and head[-1].text == _REMARKS
    lacks_remark = fewer and all(cell.text for cell in line[1:]) and is_value(line[-1].text)
    return not lacks_remark and not _tells(line[-1].text)


def _is_last_head(line: Sequence[TextCell]) -> bool:
    """Return True if a line of heads ends with that of a column aside."""
    figures = any(cell.text and is_value(cell.text) for cell in line)
    return len(line) >= _FEWEST and _is_head(line[-1]) and not figures


def _is_head(cell: TextCell) -> bool:
    return _HEAD.fullmatch(cell.text) is not None


def _tells(remark: str) -> bool:
    return bool(_TELLING.search(remark) or CORRECTS.search(remark))


def _may_be_figure(cell: TextCell) -> bool:
    return not cell.text or is_value(cell.text)


def _last_place(line: Sequence[TextCell]) -> int:
    """Return the last cell of a line; behind its last bar nothing stands."""
    last = len(line) - 1
    return last - 1 if last and not line[last].text and line[last - 1].closing == "|" else last


def _without(line: Sequence[TextCell], place: int) -> list[TextCell]:
    """Return a line without a cell at its end."""
    before = list(line[:place])
    if place == len(line) - 1:
        before[-1] = evolve(before[-1], closing=line[place].closing, gap=line[place].gap)
    return [*before, *line[place + 1 :]]


def _lines(cells: Sequence[TextCell]) -> Iterator[Sequence[TextCell]]:
    """Yield the cells of each line."""
    first = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place].line != cells[first].line:
            yield cells[first:place]
            first = place
