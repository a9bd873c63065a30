"""Column heads as printed, put into the places that the form has for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from attrs import evolve

from gischema.forms.form import Form, HeadGroup
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.report import Reading
from gischema.tables.header_model import PrintedColumn, TableHeader
from gischema.tables.header_slots import GroupSlot, PrintedHead, is_similar
from gischema.tables.interleaved_heads import parted_heads
from gischema.tables.items import PrintedLabel, UnknownText
from gischema.tables.printed_units import counter_stated, declared_units, unit_stated
from gischema.tables.tokenize import TextCell

_YEARS = r"20\d\d(?![\d./-]|年\d{1,2}月)|本年|当年|今年|上年|去年|同期|累计"
_UNIT = "单位"
_ABOVE = 3  # cells before the heads, the caption of the table among them
_UNIT_LINE = re.compile(rf"\W*\w{{0,4}}{_UNIT}")  # not a head with its unit
_AFTER = 5  # cells, empty ones among them, in which the unit of a head may stand
_BEGINNING = 3  # characters that identify a head that is cut short


def read_heads(
    form: Form,
    run: Sequence[PrintedLabel | UnknownText],
    cells: Sequence[TextCell],
    below: HeadGroup | None,
) -> TableHeader:
    """Put a run of printed heads into the columns of the head block that knows most of them.

    Heads are printed row by row: a group's caption stands before its columns, the columns of all
    groups in the rows below. Each head goes to the first group, in printed order, that has it and
    in which it is still free.

    Args:
        form: The form.
        run: The heads.
        cells: The cells of the text. A line above the table may state the unit (`单位:元`).
        below: The block of the row that follows; it wins a tie.
    """
    heads = _printed_heads(form, run, cells)
    group = _group(form, heads, below)
    return _placed(_whole(parted_heads(heads, group), group), group)


def _printed_heads(
    form: Form, run: Sequence[PrintedLabel | UnknownText], cells: Sequence[TextCell]
) -> list[PrintedHead]:
    lines = [cells[head.first].line for head in run]
    numbers = {line: number for number, line in enumerate(dict.fromkeys(lines))}
    above = _unit_above(run[0].first, cells)
    return [
        PrintedHead(
            head.text,
            _unit(head, cells) or above,
            head.terminals(form.id) if isinstance(head, PrintedLabel) else {},
            numbers[line],
            number,
        )
        for number, (head, line) in enumerate(zip(run, lines, strict=True))
    ]


def mentions(group: HeadGroup, text: str) -> bool:
    """Return True if a text that is no label may be heads of a group: it has the start of one.

    A short head must be a word of the text. What is numbered is a row.
    """
    if strip_enumerator(text)[1]:
        return False
    words = [squeeze(word) for word in text.split()]
    beginnings = (squeeze(column.label)[:_BEGINNING] for column in group.columns)
    return any(
        one in words if len(one) < _BEGINNING else one in "".join(words) for one in beginnings
    )


def begins(group: HeadGroup, text: str) -> bool:
    """Return True if a word of a text begins a head of a group, whose rest stands below."""
    labels = [squeeze(label) for label in group.wordings.values()]
    words = filter(None, map(squeeze, text.split()))
    return any(label != word and label.startswith(word) for word in words for label in labels)


def states_years(text: str) -> bool:
    """Return True if a text may be the heads of columns for several years."""
    return len(set(re.findall(_YEARS, text))) > 1


def _unit(head: PrintedLabel | UnknownText, cells: Sequence[TextCell]) -> str | None:
    """Return the unit stated after a head, in brackets or not, perhaps in the next cell."""
    text = "".join(cell.text for cell in cells[head.first : head.last + 1])
    near = cells[head.last + 1 : head.last + 1 + _AFTER]
    following = next((cell.text for cell in near if cell.text), "")
    return _stated_unit(text + following if following.startswith("(") else text)


def _unit_above(first: int, cells: Sequence[TextCell]) -> str | None:
    """Return the unit that a line above the heads states, below the rows of the table before."""
    for cell in reversed(cells[max(first - _ABOVE, 0) : first]):
        if _UNIT in cell.text:
            return _stated_unit(cell.text) if _UNIT_LINE.match(cell.text) else None
        if cell.text[-1:].isdigit():
            return None
    return None


def _stated_unit(text: str) -> str | None:
    declared = declared_units(text)
    if len(declared) > 1:
        return None
    return unit_stated(text) or counter_stated(text) or (declared[0] if declared else None)


def _whole(run: Sequence[PrintedHead], group: HeadGroup) -> list[PrintedHead]:
    """Join the heads that are split over lines: 商业 | 科研 above 企业 | 机构."""
    split = [head for head in run if not head.terminals]
    if not split:
        return list(run)
    names = {squeeze(label): name for name, label in group.wordings.items()}
    whole: list[PrintedHead] = []
    for head in run:
        if head.terminals:
            whole.append(head)
        elif head in split:
            split.remove(head)
            parts = _rest(squeeze(head.text), split, names)
            for part in parts:
                split.remove(part)
            text = head.text + "".join(part.text for part in parts)
            terminals = {names[squeeze(text)]: True} if parts else {}
            whole.append(head._replace(text=text, terminals=terminals))
    return whole


def _rest(text: str, others: Sequence[PrintedHead], names: Collection[str]) -> list[PrintedHead]:
    """Return the heads after a text that complete it to a label."""
    found: list[PrintedHead] = []
    for other in others:
        longer = text + squeeze(other.text)
        if any(name.startswith(longer) for name in names):
            found.append(other)
            text = longer
    return found if text in names else []


def _group(form: Form, run: Sequence[PrintedHead], below: HeadGroup | None) -> HeadGroup:
    """Return the head block that knows most of the printed heads."""

    def known(group: HeadGroup) -> tuple[int, bool, int]:
        found = sum(1 for head in run if head.terminals.keys() & group.terminals)
        return found, group is below, -len(group.columns)

    return max(form.heads, key=known)


def _placed(run: Iterable[PrintedHead], group: HeadGroup) -> TableHeader:
    """Put the heads into the columns of a group."""
    root = GroupSlot(group)
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
    in_order = [one.column for one in columns] == [c for c in group.columns if c.unit is not None]
    doubtful = (
        (root.lacks_captions() and not in_order and not _is_clear(columns, group))
        or any(column.column is None for column in columns)
        or not (
            root.has_whole_groups
            or len(columns) >= sum(column.unit is not None for column in group.columns)
        )
    )
    heads = TableHeader(group, tuple(columns), tuple(terminals), doubtful)
    if root.begins_with_sum():
        return evolve(heads, turned=evolve(heads, columns=(*columns[1:], columns[0])))
    uncertain = root.lacks_captions() or len({column.line for column in columns}) > 1
    return _with_sum_last(heads) if uncertain else heads


def _is_clear(columns: Sequence[PrintedColumn], group: HeadGroup) -> bool:
    """Return True if heads on one line need no caption: no two columns share one, a sum is last."""
    totals = {total for total, _ in group.sums}
    one_line = len({column.line for column in columns}) == 1
    distinct = len({column.terminal for column in group.columns}) == len(group.columns)
    exact = all(column.column is not None and column.reading != "close" for column in columns)
    return one_line and distinct and exact and columns[-1].column in totals


def _with_sum_last(heads: TableHeader) -> TableHeader:
    """Return heads with the order that they have if their sum is last, if that is the form's.

    Where nothing but the place of the sum is not certain, the rows below decide.
    """
    totals = {total for total, _ in heads.group.sums}
    turned = tuple(sorted(heads.columns, key=lambda one: one.column in totals))
    in_order = [one.column for one in turned] == [c for c in heads.group.columns if c.unit]
    if turned == heads.columns or not in_order:
        return heads
    doubtful = heads.doubtful and not _is_clear(turned, heads.group)
    return evolve(heads, doubtful=doubtful, turned=evolve(heads, columns=turned, doubtful=False))


def _reading(official: bool) -> Reading:
    return "exact" if official else "alias"


def _guess(group: HeadGroup, printed: str) -> dict[str, Reading]:
    """Return the only head of a group that a text with a slip in it, or cut short, may be."""
    found = [name for name, label in group.wordings.items() if is_similar(printed, label)]
    return {found[0]: "close"} if len(found) == 1 else {}
