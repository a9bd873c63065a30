"""What the cells of a text are: labels of known forms, values, or something else.

A label is recognised by its key, so white space, hard line breaks, lost quotes and numbers before
it do not count. It may run over several cells, carry a note in brackets, and its figure may be
glued to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import TypeAlias

from attrs import define, evolve, frozen

from gischema.forms.index import Entry, LabelIndex, Terminals
from gischema.forms.labels import key, squeeze, strip_enumerator
from gischema.tables.numbers import LAST, is_no_figure, is_value
from gischema.tables.placeholders import is_labelled, is_row, was_figure
from gischema.tables.remarks import (
    STOPS,
    FiguresBehind,
    figures_behind,
    is_sentence,
    without_stop,
)
from gischema.tables.several_rows import several_rows
from gischema.tables.tokenize import TextCell
from gischema.tables.trailing_numbers import (
    figures_at_end,
    label_ends,
    marked_figures_at_end,
    without_unit,
)

MAX_LABEL_CELLS = 4
"""Over how many printed cells a wrapped label may run."""

_QUOTES = "”’\"'》」』"  # what may close a label
_MARKS = frozenset("-—―/")  # a label with one behind it has a figure that is not applicable
_MAX_NOTE = 400
_MAX_LABEL = 45
_MAX_WORDING = 60  # characters of a label with its number and unit
_MIN_ODD = 3  # characters of the shortest label and what stands behind it
_MAX_GLUED = 200  # characters of a label with its figures
_MAX_ODD = 60  # characters that are kept of what stands in place of figures
_DIGIT_APART = re.compile(r"[\s:]\d")
_PAGE_MARK = re.compile(
    r"(?:第\s*\d+\s*页)?\s*[,/]?\s*(?:共\s*\d+\s*页)?\Z|[-—]\s*\d{1,4}\s*[-—]\Z"
    r"|(?:Page|PAGE|page|P\.?|p\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d+)?\s*(?:-.{0,30})?\Z"
)
_NEXT_ROW = r"(?<=\d)(?:\s+(?=\d{1,2}[.、)]\D)|\s*(?=[^\s\d.,%/—-]))"  # seldom asked
_ROW_NUMBER = re.compile(r"\d{1,2}(?:\s+|(?=[^\d\s.,%]))")


@frozen
class GluedNumbers:
    """A figure glued to its label."""

    start: int
    end: int
    text: str


@define
class PrintedLabel:
    """A printed label, over cells `first` to `last`: what it may be, its note, its glued figure.

    `numbered` tells whether a number stands before it, as it does before rows but not heads.
    `remark` are the words behind the figure.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    entry: Entry
    note: str = ""
    tail: GluedNumbers | None = None
    numbered: bool = False
    remark: str = ""

    def terminals(self, form: str) -> Terminals:
        """The terminals of one form that this may be."""
        return self.entry.of(form)


@define
class NumberCells:
    """Cells `first` to `last` that hold values, with nothing else among them."""

    first: int
    last: int


@define
class UnknownText:
    """A cell that is neither a known label nor a value; a figure may be glued to it.

    `row` is the label that a line of words begins with, if a number stands behind it: a sentence,
    unless it stands among rows (`among_rows`).
    """

    first: int
    last: int
    text: str
    tail: GluedNumbers | None = None
    row: PrintedLabel | None = None


@frozen
class SideNote:
    """A cell that stands beside a table's rows without being one: a number, a text in brackets."""

    first: int
    last: int
    text: str


Item: TypeAlias = PrintedLabel | NumberCells | UnknownText | SideNote


@frozen(slots=False)
class ClassifiedText:
    """The cells of a text and what they are, in order. Empty cells are no items.

    `has_begun` is True if one of them begins as a row and goes on as a sentence.
    """

    cells: tuple[TextCell, ...]
    items: tuple[Item, ...]
    has_begun: bool = False

    @cached_property
    def leading_bars(self) -> bool:
        """Whether lines with bars begin with one."""
        begins = with_bar = 0
        line = -1
        for cell in self.cells:
            if cell.line != line and cell.closing == "|":
                begins += not cell.text
                with_bar += 1
            line = cell.line
        return 2 * begins > with_bar

    @property
    def end(self) -> int:
        """The offset at which the text ends."""
        return self.cells[-1].end if self.cells else 0


def scan(cells: list[TextCell], index: LabelIndex) -> ClassifiedText:
    """Tell what each cell is. A cell that holds nothing but labels is cut up."""
    cells = list(cells)
    items: list[Item] = []
    position, has_begun = 0, False
    while position < len(cells):
        item = _item(cells, position, index)
        if type(item) is UnknownText:
            cell = cells[position]
            if parts := _parts_of(cell, index):
                cells[position : position + 1] = parts
                continue
            row, is_sure = _row_in(cell, position, index)
            if is_sure:
                item = row
            elif row is not None:
                item.row, has_begun = row, True
        if item is not None:
            items.append(item)
            position = item.last
        position += 1
    return ClassifiedText(tuple(cells), tuple(items), has_begun)


def table_spans(printed: ClassifiedText) -> list[tuple[int, int]]:
    """Return what of the text stands in tables: figures and their labels, but no captions."""
    return [
        (printed.cells[item.first].start, printed.cells[item.last].end)
        for item in printed.items
        if isinstance(item, NumberCells)
        or (isinstance(item, PrintedLabel) and (item.entry.rows or item.entry.heads))
    ]


def _item(cells: list[TextCell], position: int, index: LabelIndex) -> Item | None:
    text = cells[position].text
    if not text:
        return None
    if _is_page_mark(text):
        return SideNote(position, position, text)
    if is_value(text):
        return NumberCells(position, _last_value(cells, position))
    if (plain := _plain(cells[position], position, index)) is not None:
        return plain
    rest, cut = strip_enumerator(text)
    if not rest:
        return SideNote(position, position, text)
    label = _longest(cells, position, cut, index)
    if label is None:
        number = _ROW_NUMBER.match(rest)
        if number:
            behind = cut + number.end()
            behind += strip_enumerator(text[behind:])[1]
            label = _longest(cells, position, behind, index) if behind < len(text) else None
            if label is not None and not (label.entry.rows or label.entry.captions):
                label = None  # no number stands before page furniture: 5(注) is a figure
    if label is not None:
        label.numbered = cut > 0
        return label
    if rest[0] == "(" and (end := _closing_cell(cells, position)) is not None:
        return SideNote(position, end, text)
    return _other(cells[position], position)


@frozen
class _Wording:
    """A label as printed: where it begins and ends, what it may be.

    `open` tells that it may also be the beginning of a longer one.
    """

    start: int
    end: int
    entry: Entry
    open: bool


def _plain(cell: TextCell, position: int, index: LabelIndex) -> PrintedLabel | None:
    """The label in a cell that holds nothing but it and its figure, as most cells with one do."""
    text = cell.text
    figure: int | None = len(text)
    if text[-1].isdigit():
        figure = figures_at_end(text)
    elif text[-1] in _MARKS:
        return None
    if figure is None or figure > _MAX_WORDING:
        return None
    known = _wording(text[:figure], index)
    if known is None or (known.open and figure == len(text)):
        return None
    start, end = cell.start + known.start, cell.start + known.end
    tail = None
    if figure < len(text):
        behind = text[known.end :].strip()
        end = cell.end - len(behind)
        tail = GluedNumbers(end, cell.end, behind)
    printed, numbered = text[known.start : known.end], known.start > 0
    return PrintedLabel(position, position, start, end, printed, known.entry, "", tail, numbered)


@lru_cache(maxsize=4096)
def _wording(text: str, index: LabelIndex) -> _Wording | None:
    """The label that a text is, but for a number before it and a unit behind it.

    Reports print the same labels, so it is kept.
    """
    rest, cut = strip_enumerator(text)
    if not rest or "(" in rest or not index.may_begin(rest):
        return None
    for end in (len(rest), without_unit(rest)):
        key = squeeze(rest[:end])
        if entry := index.entries.get(key):
            return _Wording(cut, cut + end, entry, key in index.beginnings)
    return None


def _parts_of(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    """The parts of a cell that is no label, but holds rows or labels."""
    text = cell.text
    parts = _labels_in(cell, index)
    if not parts and text[-1] in STOPS:
        parts = _stopped(cell, index)
    if not parts and _DIGIT_APART.search(text):
        parts = _led(cell, index) or _parts(cell, several_rows(text, index))
    return parts


def _stopped(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    """The cell without the stop behind its figures, if it is a row or part of one."""
    text = without_stop(cell.text)
    if text == cell.text:
        return None
    bare = TextCell(cell.start, cell.start + len(text), text, cell.closing, cell.line, cell.gap)
    if is_value(text):
        return [bare]
    if not text[-1].isdigit() and text[-1] not in _MARKS:
        return None  # a sentence ends in a unit
    item = _item([bare], 0, index)
    if not isinstance(item, UnknownText):
        return [bare] if isinstance(item, PrintedLabel) and item.tail is not None else None
    # The label may have a slip in it: no sentence has the unit before the figure.
    is_row = item.tail is not None and without_unit(item.text) < len(item.text)
    return [bare] if is_row else _labels_in(bare, index)


def _led(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    """The name of a group and, behind it, a row with words behind its figures, each for itself."""
    text = cell.text
    if not index.may_begin(strip_enumerator(text)[0] or text):
        return None
    for gap in islice(re.finditer(r"\s+", text), MAX_LABEL_CELLS):
        entry = index.entries.get(key(text[: gap.start()]))
        if entry is not None and (entry.rows or entry.captions):
            parts = _parts(cell, [(0, gap.start()), (gap.end(), len(text))])
            row, is_sure = _row_in(parts[1], 0, index)
            numbered = row is not None and row.numbered
            is_row = numbered or (is_sure and not entry.filled)
            return parts if is_row or _led(parts[1], index) else None
    return None


def _row_in(cell: TextCell, position: int, index: LabelIndex) -> tuple[PrintedLabel | None, bool]:
    """A row's label with more behind it than a figure, or what is none but was one (`12①`, `无`).

    Tells whether it is one for sure: with other words and a number behind it a label may begin a
    sentence.
    """
    text, cut = strip_enumerator(cell.text)
    if len(text) < _MIN_ODD or not index.may_begin(text):
        return None, False
    found = _filled_label(text, index)
    if found is None:
        return None, False
    upto, entry = found
    behind = text[upto:]
    following = strip_enumerator(behind.lstrip())[0]
    if following != behind.lstrip() and _filled_label(following, index):
        return None, False
    start, at = cell.start + cut, cell.start + cut + upto
    label = PrintedLabel(position, position, start, at, text[:upto], entry, numbered=cut > 0)
    printed = figures_behind(behind)
    if len(cell.text) <= _MAX_GLUED and _is_odd_row(behind, printed):
        label.tail = GluedNumbers(at, cell.end, behind.strip())
        return label, True
    if printed is not None:
        label.end = at + printed.start
        label.tail = GluedNumbers(label.end, at + printed.end, behind[printed.start : printed.end])
        label.remark = printed.remark
        return label, printed.tabular
    if any(map(str.isdecimal, behind)) or was_figure(behind.rstrip(STOPS)):
        quoted = behind[:_MAX_ODD].rstrip()
        label.tail = GluedNumbers(at, at + len(quoted), quoted.lstrip())
        return label, False
    label.remark = behind.strip()
    return (label if is_sentence(behind) else None), False


def _is_odd_row(behind: str, printed: FiguresBehind | None) -> bool:
    """Whether what stands behind a label is no figure but was one, or are figures and words."""
    if printed is not None and (printed.tabular or not printed.remark):
        return False
    return is_row(behind) or ("。" not in behind and was_figure(behind))


def _filled_label(text: str, index: LabelIndex) -> tuple[int, Entry] | None:
    """The longest label of a row with figures that a text begins with, and where it ends."""
    found: tuple[int, Entry] | None = None
    for upto in range(2, min(len(text), _MAX_LABEL) + 1):
        beginning = squeeze(text[:upto])
        if (entry := index.entries.get(beginning)) is not None and entry.filled:
            found = upto, entry
        if beginning not in index.beginnings:
            break
    if found is None:
        return None
    upto, entry = found
    return upto + len(text[upto:]) - len(text[upto:].lstrip(_QUOTES)), entry


def _other(cell: TextCell, position: int) -> UnknownText | NumberCells | SideNote:
    """A text that is no label, apart from the figures glued to it."""
    text = cell.text
    if not text.strip(STOPS):
        return SideNote(position, position, text)
    if len(text) > _MAX_GLUED:
        return UnknownText(position, position, text)
    if "。" in text or text[-1] in STOPS:
        return UnknownText(position, position, text)
    marked = text[-1] not in LAST
    glued = marked_figures_at_end(text) if marked else figures_at_end(text)
    if marked and glued == 0:
        return NumberCells(position, position)
    if glued is None or glued < 2 or is_no_figure(text):
        return UnknownText(position, position, text)
    tail = GluedNumbers(cell.start + glued, cell.end, text[glued:])
    return UnknownText(position, position, text[:glued].strip(), tail)


def _last_value(cells: list[TextCell], position: int) -> int:
    """The last cell of the values that begin at `position`."""
    for following in range(position + 1, len(cells)):
        text = cells[following].text
        if text:
            if not is_value(text) or _is_page_mark(text):
                break
            position = following
    return position


def _is_page_mark(text: str) -> bool:
    return text[0] in "-—第Pp" and _PAGE_MARK.match(text) is not None


def _longest(
    cells: list[TextCell], position: int, cut: int, index: LabelIndex
) -> PrintedLabel | None:
    """The longest label that begins in the cell at `position`, behind `cut` characters."""
    text = cells[position].text[cut:]
    if not index.may_begin(text):
        return None
    best = _label(cells, position, position, cut, text, index, 0)
    if best is not None and best.tail is not None:
        return best
    joined, last = text, position
    for _ in range(MAX_LABEL_CELLS - 1):
        if squeeze(joined) not in index.beginnings:
            break
        following = _next_printed(cells, last)
        if following is None or is_value(cells[following].text):
            break
        beyond = len(joined)
        joined, last = joined + cells[following].text, following
        best = _label(cells, position, last, cut, joined, index, beyond) or best
    return best


def _label(
    cells: list[TextCell],
    first: int,
    last: int,
    cut: int,
    text: str,
    index: LabelIndex,
    beyond: int,
) -> PrintedLabel | None:
    """The label that `text` is, alone or with a note or figures behind it.

    The label itself must reach beyond its first `beyond` characters, into the last of its cells.
    """
    start, end = cells[first].start + cut, cells[last].end
    ending = text[-1]
    if ending not in _MARKS and (entry := index.entries.get(squeeze(text))):
        return PrintedLabel(first, last, start, end, text, entry)
    if "(" in text:
        head, _, behind = text.partition("(")
        known = len(head) > beyond and not is_labelled(f"({behind}")
        if known and (entry := index.entries.get(squeeze(head))):
            return _with_note(cells, first, last, start, head, behind, entry)
    if ending not in LAST or len(text) > _MAX_GLUED:
        return None
    if (glued := figures_at_end(text)) is None:
        return _label_with_unit(first, last, start, text, index, beyond)
    for upto in label_ends(text, glued):
        if upto > beyond and (entry := index.entries.get(squeeze(text[:upto]))):
            tail = text[upto:].strip()
            if tail in _MARKS and not entry.rows:
                return PrintedLabel(first, last, start, end, text, entry)  # 本年增/, cut short
            at = end - len(tail)
            return PrintedLabel(
                first, last, start, at, text[:upto], entry, tail=GluedNumbers(at, end, tail)
            )
    return None


def _label_with_unit(
    first: int, last: int, start: int, text: str, index: LabelIndex, beyond: int
) -> PrintedLabel | None:
    """A label with nothing but its unit behind it: its figure is blank, or in the next cell."""
    upto = without_unit(text)
    entry = index.entries.get(squeeze(text[:upto])) if beyond < upto < len(text) else None
    return PrintedLabel(first, last, start, start + upto, text[:upto], entry) if entry else None


def apart(tail: GluedNumbers | None) -> tuple[str, GluedNumbers | None]:
    """The words before the figures behind a label, and the figures."""
    words = re.finditer(r"\S+", tail.text) if tail is not None else ()
    first = next((word.start() for word in words if is_value(word[0])), 0)
    if tail is None or not first:
        return "", tail
    return tail.text[:first].strip(), GluedNumbers(tail.start + first, tail.end, tail.text[first:])


def _with_note(
    cells: list[TextCell],
    first: int,
    last: int,
    start: int,
    head: str,
    behind: str,
    entry: Entry,
) -> PrintedLabel | None:
    """A label with a note in brackets, which may run on over the next cells.

    Where no bracket closes it the note ends with its cell: what follows may be another label.
    """
    note, closed, after = _close(behind)
    own = note, last
    while not closed and len(note) < _MAX_NOTE:
        following = _next_printed(cells, last)
        if following is None or is_value(cells[following].text):
            break
        last = following
        more, closed, after = _close(cells[last].text)
        note += more
    if not closed:
        note, last = own
        after = ""
    end = cells[last].end
    after = after.strip().lstrip(": ")
    if after and not is_value(after):
        return None
    tail = GluedNumbers(end - len(after), end, after) if after else None
    return PrintedLabel(first, last, start, end - len(after), head, entry, note, tail)


def _close(text: str) -> tuple[str, bool, str]:
    """What stands before the closing bracket, whether there is one, and what stands behind it."""
    inside, bracket, after = text.rpartition(")")
    return (inside, True, after) if bracket else (text, False, "")


def _closing_cell(cells: list[TextCell], position: int) -> int | None:
    """The cell in which the bracket that opens a cell is closed, if nothing stands behind it."""
    length, current = 0, position
    for _ in range(8):
        text = cells[current].text
        length += len(text)
        if text.endswith(")"):
            return current
        following = _next_printed(cells, current)
        if ")" in text or following is None or length > _MAX_NOTE:
            return None
        current = following
    return None


def _next_printed(cells: list[TextCell], position: int) -> int | None:
    """The next cell with text, at most a few empty cells on."""
    for following in range(position + 1, min(position + 6, len(cells))):
        if cells[following].text:
            return following
    return None


def _labels_in(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    """The parts of a cell that holds several labels (`自然人 总计` of a text without bars)."""
    text = cell.text
    if len(text) > _MAX_GLUED:
        return None
    if text[-1] in LAST and " " in text and (parts := _behind_group(cell, index)):
        return parts
    if text[-1].isdigit():
        return _rows_in(cell, index)
    return (_side_by_side(cell, index) if " " in text else None) or _run_together(cell, index)


def _rows_in(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    """The parts of a line that holds several rows, as the halves of a table side by side do."""
    gaps = [found.span() for found in re.finditer(_NEXT_ROW, cell.text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(cell.text)]
    parts = _parts(cell, [*zip(starts, ends, strict=True)]) if gaps else []
    rows = [_plain(part, 0, index) for part in parts]
    return parts if rows and all(row is not None and row.tail is not None for row in rows) else None


def _behind_group(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    """A row behind the names of the groups that it stands in (`不予公开 属于国家秘密 0 1`)."""
    glued = figures_at_end(cell.text)
    if glued is None:
        return None
    label = TextCell(cell.start, cell.start + glued, cell.text[:glued].rstrip(), "", cell.line)
    parts = _side_by_side(label, index) or []
    entries = [index.entries[key(part.text)] for part in parts]
    if not parts or not entries[-1].rows:
        return None
    numbered = strip_enumerator(parts[-1].text)[1] > 0
    if not numbered and any(entry.filled for entry in entries[:-1]):
        return None
    last = parts[-1].start
    return [*parts[:-1], evolve(cell, start=last, text=cell.text[last - cell.start :])]


def _run_together(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    """A cell of nothing but labels without separator (`结果维持结果纠正…`), cut up."""
    text = cell.text
    if text[:2] not in index.beginnings or squeeze(text) in index.entries:
        return None
    parts: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        upto = _end_of_longest(text, at, index)
        if upto is None:
            return None
        parts.append((at, upto))
        at = upto
    return _parts(cell, parts) if len(parts) > 1 else None


def _end_of_longest(text: str, at: int, index: LabelIndex) -> int | None:
    """Where the longest label ends that begins at `at`, None if none does."""
    longest: int | None = None
    for upto in range(at + 2, min(len(text), at + _MAX_LABEL) + 1):
        beginning = squeeze(text[at:upto])
        if beginning in index.entries:
            longest = upto
        elif beginning and beginning not in index.beginnings:
            break
    return longest


def _side_by_side(cell: TextCell, index: LabelIndex) -> list[TextCell] | None:
    words = list(re.finditer(r"\S+", cell.text))
    if len(words) < 2 or squeeze(cell.text) in index.entries:
        return None
    parts: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        for upto in range(min(len(words), at + MAX_LABEL_CELLS), at, -1):
            start, end = words[at].start(), words[upto - 1].end()
            printed = strip_enumerator(cell.text[start:end])[0]
            if squeeze(printed) in index.entries:
                parts.append((start, end))
                at = upto
                break
        else:
            return None
    return _parts(cell, parts) if len(parts) > 1 else None


def _parts(cell: TextCell, parts: Sequence[tuple[int, int]]) -> list[TextCell]:
    if not parts:
        return []
    ends = [" "] * (len(parts) - 1) + [cell.closing]
    return [
        TextCell(cell.start + start, cell.start + end, cell.text[start:end], closing, cell.line)
        for (start, end), closing in zip(parts, ends, strict=True)
    ]
