"""Find rows of the form in a table whose heads are others: 行政许可 under 项目 and 公示数量."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gischema.report import Diagnostic
from gischema.tables.items import Item, UnknownText
from gischema.tables.label_roles import is_known
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_neighbours import place_of

LONGEST_HEAD = 12
"""The most characters of the head of a column."""

_FEWEST = 2  # heads on a line
_REACH = 12  # items to look at on a line, in either direction


def check_unknown_heads(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows with columns below a line of heads none of which the form has (D304)."""
    region = reading.aligned.region
    rows = {row.start: row for row in reading.rows}
    heads = ""
    for at, item in enumerate(region.items):
        if (row := rows.get(place_of(region, item)[1])) is not None:
            heads = heads or heads_above(reading, at)
            if heads and row.row.heads is not None and row.heads is None and row.figures:
                yield flag("D304", row.figures, label=row.row.label, printed=heads)
        elif is_known(item, region.form):
            heads = ""


def heads_above(reading: RegionReading, at: int) -> str:
    """Return the words on the line above item `at` that stand in bars as heads do, if all do."""
    region = reading.aligned.region
    cells = region.scan.cells
    if not at or at >= len(region.items):
        return ""
    line = on_line(reading, at - 1)
    if len(line) < _FEWEST or any(not isinstance(one, UnknownText) or one.tail for one in line):
        return ""
    in_bars = cells[line[0].last].closing in ("|", "\t")
    below = cells[region.items[at].first].line > cells[line[0].first].line
    words = [cells[one.first].text for one in line]
    short = all(len(each) <= LONGEST_HEAD for each in words)
    return "、".join(words) if in_bars and below and short else ""


def on_line(reading: RegionReading, at: int) -> Sequence[Item]:
    """Return the items on the line of item `at`."""
    region = reading.aligned.region
    cells = region.scan.cells
    line = cells[region.items[at].first].line
    near = region.items[max(at - _REACH, 0) : at + _REACH]
    return [one for one in near if cells[one.first].line == line]
