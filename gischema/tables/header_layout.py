"""Column heads as printed, put into the places that the form has for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from gischema.forms.form import Column, Form, HeadGroup
from gischema.forms.label_index import Entry, Terminals
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.report import Reading
from gischema.tables.header_model import PrintedColumn, TableHeader
from gischema.tables.items import PrintedLabel, UnknownText
from gischema.tables.printed_units import counter_stated, unit_stated
from gischema.tables.tokenize import TextCell

_CLOSE = 60
"""Likeness (0–100) from which a head in a free place is taken for the label missing there."""
_YEARS = r"20\d\d(?![\d./-]|年\d{1,2}月)|本年|当年|今年|上年|去年|同期|累计"  # seldom asked
_UNIT = "单位"
_ABOVE = 3  # cells before the heads, the caption of the table among them
_BEHIND = 5  # cells, empty ones among them, in which the unit of a head may stand
_BEGINNING = 3  # characters of a head that tell it even if it is cut short


def read_heads(
    form: Form,
    run: Sequence[PrintedLabel | UnknownText],
    cells: Sequence[TextCell],
    below: HeadGroup | None,
) -> TableHeader:
    """Put a run of printed heads into the columns of the head block that knows most of them.

    `cells` are those of the text, `below` is the block of the row that follows; it wins a tie.
    A line above the table may tell the unit (`单位:元`).
    Heads are printed row by row: a group's caption stands before its columns, the columns of all
    groups in the rows below. Each head goes to the first group, in printed order, that has it and
    in which it is still free.
    """
    lines = [cells[head.first].line for head in run]
    numbers = {line: number for number, line in enumerate(dict.fromkeys(lines))}
    above = _unit_above(run[0].first, cells)
    printed = tuple(
        (
            head.text,
            _unit(head, cells) or above,
            head.entry if isinstance(head, PrintedLabel) else None,
            numbers[line],
        )
        for head, line in zip(run, lines, strict=True)
    )
    return _read(form, printed, below)


def mentions(group: HeadGroup, text: str) -> bool:
    """Whether a text that is no label may be heads of a group: it holds the beginning of one."""
    text = squeeze(text)
    return any(squeeze(column.label)[:_BEGINNING] in text for column in group.columns)


def begins(group: HeadGroup, text: str) -> bool:
    """Whether a word of a text is the beginning of a head of a group, whose rest stands below."""
    labels = [squeeze(label) for label in group.wordings.values()]
    words = filter(None, map(squeeze, text.split()))
    return any(label != word and label.startswith(word) for word in words for label in labels)


def tells_years(text: str) -> bool:
    """Whether a text may be the heads of columns for several years."""
    return len(set(re.findall(_YEARS, text))) > 1


def _unit(head: PrintedLabel | UnknownText, cells: Sequence[TextCell]) -> str | None:
    """The unit told behind a head, in brackets perhaps, which may stand in the next cell."""
    text = "".join(cell.text for cell in cells[head.first : head.last + 1])
    near = cells[head.last + 1 : head.last + 1 + _BEHIND]
    behind = next((cell.text for cell in near if cell.text), "")
    return _told(text + behind if behind.startswith("(") else text)


def _unit_above(first: int, cells: Sequence[TextCell]) -> str | None:
    """The unit that a line above the heads tells, below the rows of the table before."""
    for cell in reversed(cells[max(first - _ABOVE, 0) : first]):
        if _UNIT in cell.text:
            return _told(cell.text)
        if cell.text[-1:].isdigit():
            return None
    return None


def _told(text: str) -> str | None:
    return unit_stated(text) or counter_stated(text)


_Printed: TypeAlias = tuple[str, str | None, Entry | None, int]
"""The text of a printed head, the unit it tells, what it may be, and its line."""


@frozen
class _Head:
    """A printed head: its text, the unit it tells, the terminals it may be, and its place."""

    text: str
    unit: str | None
    terminals: Terminals
    line: int
    number: int

    def of(self, column: Column | None, reading: Reading) -> PrintedColumn:
        """The head as that of a column."""
        return PrintedColumn(column, self.text, reading, self.unit, self.line, self.number)


@lru_cache(maxsize=512)
def _read(form: Form, printed: tuple[_Printed, ...], below: HeadGroup | None) -> TableHeader:
    """See `read_heads`. Most reports print the same heads, so the result is kept."""
    run = [
        _Head(text, unit, entry.of(form.id) if entry else {}, line, number)
        for number, (text, unit, entry, line) in enumerate(printed)
    ]
    group = _group(form, run, below)
    return _placed(_whole(run, group), group)


def _whole(run: Sequence[_Head], group: HeadGroup) -> list[_Head]:
    """The heads, those put together that are parted over lines: 商业 | 科研 above 企业 | 机构."""
    names = {squeeze(label): name for name, label in group.wordings.items()}
    whole: list[_Head] = []
    parted = [head for head in run if not head.terminals]
    for head in run:
        if head.terminals:
            whole.append(head)
        elif head in parted:
            parted.remove(head)
            parts = _rest(squeeze(head.text), parted, names)
            for part in parts:
                parted.remove(part)
            text = head.text + "".join(part.text for part in parts)
            whole.append(evolve(head, text=text, terminals=_named(text, names) if parts else {}))
    return whole


def _rest(text: str, others: Sequence[_Head], names: Collection[str]) -> list[_Head]:
    """Those of the heads behind it that make a text a label."""
    found: list[_Head] = []
    for other in others:
        longer = text + squeeze(other.text)
        if any(name.startswith(longer) for name in names):
            found.append(other)
            text = longer
    return found if text in names else []


def _named(text: str, names: Mapping[str, str]) -> Terminals:
    return {names[squeeze(text)]: True}


def _group(form: Form, run: Sequence[_Head], below: HeadGroup | None) -> HeadGroup:
    """The head block that knows most of the printed heads."""

    def known(group: HeadGroup) -> tuple[int, bool, int]:
        found = sum(1 for head in run if head.terminals.keys() & group.terminals)
        return found, group is below, -len(group.columns)

    return max(form.heads, key=known)


def _placed(run: Iterable[_Head], group: HeadGroup) -> TableHeader:
    """The heads in the columns of a group."""
    root = _Slot(group)
    for head in run:
        if head.terminals:
            readings = {name: _reading(official) for name, official in head.terminals.items()}
        else:
            readings = _guess(group, head.text)
        taken = any(root.take(name, head, reading) for name, reading in readings.items())
        if not taken and not head.terminals:
            root.take_unknown(head)
    root.fill_unknown()
    root.order_lines()
    columns: list[PrintedColumn] = []
    terminals: list[str] = []
    root.read_out(columns, terminals)
    doubtful = (
        root.lacks_captions()
        or any(column.column is None for column in columns)
        or len(columns) < sum(column.unit is not None for column in group.columns)
    )
    heads = TableHeader(group, tuple(columns), tuple(terminals), doubtful)
    if root.begins_with_sum():
        heads = evolve(heads, turned=evolve(heads, columns=(*columns[1:], columns[0])))
    return heads


def _reading(official: bool) -> Reading:
    return "exact" if official else "alias"


def _guess(group: HeadGroup, printed: str) -> dict[str, Reading]:
    """The one head of a group that a text with a slip in it, or cut short, may be."""
    found = [name for name, label in group.wordings.items() if _may_be(printed, label)]
    return {found[0]: "close"} if len(found) == 1 else {}


@define
class _Slot:
    """A head group on the way to being filled: what was printed, in printed order."""

    group: HeadGroup
    caption: int | None = None
    """The line of its caption, None if it is not printed."""
    captions: dict[str, _Head] = field(factory=dict)
    filled: list[_Slot | PrintedColumn] = field(factory=list)
    inner: dict[int, _Slot] = field(factory=dict)

    def take(self, terminal: str, head: _Head, reading: Reading) -> bool:
        """Put a head into its place here or in a group below; False if there is none free."""
        if terminal in self.group.captions:
            self.captions.setdefault(terminal, head)
            return True
        for index, member in enumerate(self.group.members):
            if isinstance(member, Column):
                if member.terminal == terminal and not self._holds(member):
                    self.filled.append(head.of(member, reading))
                    return True
            elif member.caption == terminal and self._open(index).caption is None:
                self._open(index).caption = head.line
                return True
        printed = [slot for slot in self.filled if isinstance(slot, _Slot)]
        if any(slot.take(terminal, head, reading) for slot in printed):
            return True
        unprinted = (i for i, m in enumerate(self.group.members) if isinstance(m, HeadGroup))
        for index in unprinted:
            if index not in self.inner and self._may_hold(index, terminal):
                return self._open(index).take(terminal, head, reading)
        return False

    def take_unknown(self, head: _Head) -> None:
        """Keep a head that is no label of the form in its place."""
        self.filled.append(head.of(None, "close"))

    def fill_unknown(self) -> None:
        """Take unknown heads for the columns still missing, if number and wording agree."""
        unknown = [i for i, c in enumerate(self.filled) if _is_unknown(c)]
        missing = [
            m
            for m in self.group.members
            if isinstance(m, Column) and m.unit is not None and not self._holds(m)
        ]
        if len(unknown) != len(missing):
            return
        for index, column in zip(unknown, missing, strict=True):
            printed = self.filled[index]
            if isinstance(printed, PrintedColumn) and _may_be(printed.printed, column.label):
                self.filled[index] = evolve(printed, column=column)

    def order_lines(self) -> None:
        """Put columns that stand on one line with a group's, and before them, before the group.

        The line above may hold nothing but the caption of the group: 法人或其他组织.
        """
        for slot in [slot for slot in self.filled if isinstance(slot, _Slot)]:
            slot.order_lines()
            first = slot.first
            if first is None or slot.caption == first.line:
                continue
            at = self.filled.index(slot)
            behind = self.filled[at:]
            before = [
                one
                for one in behind
                if isinstance(one, PrintedColumn)
                and one.line == first.line
                and one.number < first.number
            ]
            self.filled[at:] = [*before, *(one for one in behind if one not in before)]

    def begins_with_sum(self) -> bool:
        """Whether a sum stands alone behind the caption of the block, its parts on other lines."""
        sums = [total for total, _ in self.group.sums]
        first, second = (*self.filled, None, None)[:2]
        if not isinstance(first, PrintedColumn) or first.column not in sums or second is None:
            return False
        behind = second.first if isinstance(second, _Slot) else second
        captions = [head.number for head in self.captions.values()]
        alone = behind is not None and behind.line != first.line
        return alone and first.number - 1 in captions

    @property
    def first(self) -> PrintedColumn | None:
        """The first column of the group that is printed."""
        firsts = (one.first if isinstance(one, _Slot) else one for one in self.filled)
        return next(filter(None, firsts), None)

    def read_out(self, columns: list[PrintedColumn], terminals: list[str]) -> None:
        """The columns in printed order and the terminals as the grammar wants to read them."""
        terminals.extend(c for c in self.group.captions if c in self.captions)
        if self.group.caption:
            terminals.append(self.group.caption)
        for slot in self.filled:
            if isinstance(slot, _Slot):
                slot.read_out(columns, terminals)
            else:
                columns.append(slot)
                if slot.column is not None:
                    terminals.append(slot.column.terminal)

    def lacks_captions(self) -> bool:
        """Whether a group below has columns but no caption, so that its place is not certain."""
        return any(
            (slot.group.caption and slot.caption is None) or slot.lacks_captions()
            for slot in self.inner.values()
        )

    def _holds(self, column: Column) -> bool:
        return any(isinstance(c, PrintedColumn) and c.column is column for c in self.filled)

    def _open(self, index: int) -> _Slot:
        if index not in self.inner:
            member = self.group.members[index]
            assert isinstance(member, HeadGroup)
            self.inner[index] = _Slot(member)
            self.filled.append(self.inner[index])
        return self.inner[index]

    def _may_hold(self, index: int, terminal: str) -> bool:
        member = self.group.members[index]
        return isinstance(member, HeadGroup) and terminal in member.terminals


def _is_unknown(slot: _Slot | PrintedColumn) -> bool:
    return isinstance(slot, PrintedColumn) and slot.column is None


def _may_be(printed: str, label: str) -> bool:
    """Whether a head may be a column's label: its beginning, or much like it."""
    from rapidfuzz.fuzz import ratio  # loaded only when a head is not exact

    text, official = squeeze(strip_enumerator(printed)[0]), squeeze(label)
    return bool(text) and (official.startswith(text) or ratio(text, official) >= _CLOSE)
