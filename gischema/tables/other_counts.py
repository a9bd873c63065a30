"""Find words at a label, head or caption that make its figures another count: (上年), 累计数."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import define, field

from gischema.chinese.other_counts import is_of_last_year, is_other_count
from gischema.forms.form import Form
from gischema.forms.labels import squeeze
from gischema.report import Diagnostic, Figure
from gischema.tables.items import NumberCells, PrintedLabel, SideNote, UnknownText
from gischema.tables.label_roles import (
    is_column_head,
    is_furniture,
    is_known,
    is_unit_item,
    may_be_row,
)
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_neighbours import place_of
from gischema.tables.row_reading import RowReading
from gischema.tables.unknown_heads import LONGEST_HEAD, heads_above, on_line

_BODY = re.compile(r"[\u4e00-\u9fff]{2,}(?:[局委办厅院所站镇乡]|中心|政府|街道)")


class _Words(NamedTuple):
    """Words above rows, and the head that they stand behind, if they stand behind one."""

    words: str
    head: str = ""


@define
class _Above:
    """The words above the next row, of one kind, and whether a row below them was read."""

    words: list[_Words] = field(factory=list)
    is_used: bool = False

    def end(self) -> None:
        """Forget the words if rows stand below them: another block begins."""
        if self.is_used:
            self.words, self.is_used = [], False


def check_other_counts(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag the figures that words at their label, head or caption make another count (D315)."""
    region = reading.aligned.region
    rows = {row.start: row for row in reading.rows}
    heads, captions = _Above(), _Above()
    for at, item in enumerate(region.items):
        label = item if isinstance(item, PrintedLabel) else None
        if (row := rows.get(place_of(region, item)[1])) is not None:
            heads.is_used = captions.is_used = True
            own = [_Words(label.note)] if label and _has_note(label, region.year) else []
            above = [] if row.printed.other_years else [*captions.words, *heads.words]
            for words in (*own, *above):
                yield from _flagged(row, words)
        elif is_known(item, region.form):
            is_head = is_column_head(item, region.form)
            captions.end()
            if is_head or is_furniture(item, region.form):
                heads.end()
            if _has_note(item, region.year):
                (heads if is_head else captions).words.append(
                    _Words(item.note, item.text if is_head else "")
                )
        elif not isinstance(item, (PrintedLabel, SideNote)):
            text = region.scan.cells[item.first].text
            if _counts_other(reading, text) and _is_head(reading, at):
                heads.words.append(_Words(text))


def _has_note(label: PrintedLabel, year: int | None) -> bool:
    """Return True if the bracket behind a label makes it another count than the label says."""
    return is_other_count(label.note, year) and not is_of_last_year(label.text)


def _counts_other(reading: RegionReading, head: str) -> bool:
    """Return True if a head that the form does not know is that of another count, or body.

    A body that the text names nowhere else is not the one that reports.
    """
    region = reading.aligned.region
    if len(head) > LONGEST_HEAD or _is_of_form(head, region.form):
        return False
    if _BODY.fullmatch(head):
        return reading.text.count(head) == 1
    return is_other_count(head, region.year)


def _is_head(reading: RegionReading, at: int) -> bool:
    """Return True if a cell is the head of a column of figures, or one more line of heads.

    It stands on a line of heads, the only one that the form does not know, or the line of a block.
    """
    region = reading.aligned.region
    line = on_line(reading, at)
    below = at + len(line) - line.index(region.items[at])
    following = region.items[below] if below < len(region.items) else None
    if following and is_known(following, region.form) and heads_above(reading, below):
        return True
    others = [one for one in line if isinstance(one, UnknownText) and one is not region.items[at]]
    if any(not is_unit_item(one, region.form) for one in others):
        return False
    labels = [one for one in line if is_known(one, region.form)]
    rows = [one for one in labels if may_be_row(one, region.form)]
    is_figure = isinstance(region.items[at], NumberCells) and bool(rows)  # 2015 may be either
    return len(labels) > len(rows) and not is_figure


def _is_of_form(text: str, form: Form) -> bool:
    """Return True if words are a part of a label of the form, as where a head is cut into lines."""
    return any(squeeze(text) in squeeze(label.text) for label in form.labels.values())


def _flagged(row: RowReading, words: _Words) -> Iterator[Diagnostic]:
    figures: Sequence[Figure] = row.figures
    if words.head and row.heads is not None:
        columns = [c.column for c in row.heads.columns if c.printed == words.head and c.column]
        paths = {row.row.places[column].path for column in columns}
        figures = [figure for figure in figures if figure.path in paths] or figures
    if figures:
        yield flag("D315", figures, label=row.row.label, printed=words.words)
