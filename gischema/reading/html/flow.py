"""A page as a run of blocks: paragraphs, and tables that hold data.

A table that merely arranges the page dissolves into what stands in its cells. Text is taken as a
browser shows it: what is hidden or struck out is left aside, and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field, frozen

from gischema.reading.html.grid import GridCell, count_blanks, settle
from gischema.reading.html.tree import Tree, tags

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TEXT = "-text"
_BLOCKS = tags(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
_SILENT = tags(
    "script style template noscript head title svg math canvas audio video map rt rp option "
    "select button object iframe -comment"
)
"""Elements without text of the page. `ruby` is read without its gloss."""

_ROW_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_FIGURE = re.compile(r"[\s+-]*\d[\d,.\s]*\D{0,3}\Z")
_INLINE = tags("span font b strong em i u o:p st1:chsdate small big label nobr")
_EMPTY = _INLINE | {"-comment"}
_BOXES = tags("div section article main li ul ol dl body td form fieldset")
_BOX_CELLS = tags("div p li dd dt")
_WRAPPED = 16  # elements around one run of text
_LONGEST_BOX = 60  # characters of a box that may be a cell
_FEW_ROWS = 2
_BARS = re.compile(r"[\t|｜]")
_LONGEST_PATH = 48  # steps of an element path; beyond, its beginning is left out


@define(eq=False, repr=False)
class Step:
    """An element: the one around it, its tag, and its number among those of its tag there."""

    around: Step | None
    tag: str
    number: int
    depth: int = 0
    _path: str = ""

    def inside(self, tag: str, number: int) -> Step:
        """An element within."""
        return Step(self, tag, number, self.depth + 1)

    @property
    def path(self) -> str:
        """The path of an element in the tree as a browser has it: `/html/body/div[2]/p[1]`."""
        if self.depth > _LONGEST_PATH:
            names = [step._name for step in islice(self.line(), _LONGEST_PATH)]
            return "/".join(["…", *reversed(names)])
        if not self._path:
            self._path = f"{self.around.path if self.around else ''}/{self._name}"
        return self._path

    def line(self) -> Iterator[Step]:
        """The element and those around it, the outermost last."""
        step: Step | None = self
        while step is not None:
            yield step
            step = step.around

    @property
    def _name(self) -> str:
        return self.tag if self.tag in ("html", "body") else f"{self.tag}[{self.number}]"


@frozen(eq=False, repr=False)
class Paragraph:
    """A paragraph or a line of one; `linked` counts the characters that stand in links."""

    text: str
    step: Step
    linked: int = 0


@define(eq=False, repr=False)
class Cell(GridCell):
    """A cell of a table that holds data; `lines` are its paragraphs."""

    step: Step = field(kw_only=True)
    lines: tuple[str, ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether nothing but a number, with its unit perhaps, stands here."""
        return _FIGURE.match(self.text) is not None


@frozen(eq=False, repr=False)
class Table:
    """A table that holds data; `figures` counts the cells with nothing but a number."""

    rows: tuple[tuple[Cell, ...], ...]
    step: Step
    figures: int


Block: TypeAlias = Paragraph | Table


@frozen(eq=False, repr=False)
class _Frame:
    """A node to be read: where it stands, the block around it, whether it stands in a link."""

    node: LexborNode
    step: Step
    block: Step
    linked: bool = False


@define(eq=False, repr=False)
class Flow:
    """Reads a tree. `unseen` are the texts that are not shown."""

    tree: Tree
    unseen: list[str] = field(factory=list)
    _layouts: frozenset[int] = frozenset()

    def read(self) -> list[Block]:
        """The blocks of the page."""
        body = self.tree.body
        if body is None:
            return []
        self._layouts = frozenset(self._layout_tables())
        step = Step(None, "html", 1).inside("body", 1)
        return _Run(self).read(body, step)

    def is_layout(self, table: LexborNode) -> bool:
        """Whether a table merely arranges what stands in its cells."""
        return table.mem_id in self._layouts

    def _layout_tables(self) -> Iterator[int]:
        """The tables around tables that hold at least as many figures as they do themselves."""
        tables = self.tree.parser.css("table")
        inner = self.tree.parser.css("table table")
        if not inner:
            return
        own: dict[int, int] = {table.mem_id: 0 for table in tables}
        for cell in self.tree.parser.css("td, th"):
            table = _table_around(cell)
            if table is not None and cell.css_first("table") is None:
                own[table.mem_id] += _FIGURE.match(cell.text()) is not None
        held = dict.fromkeys(own, 0)
        for table in reversed(inner):
            around = _table_around(table.parent)
            if around is not None:
                figures = own[table.mem_id] + held[table.mem_id]
                held[around.mem_id] += figures
                if len(table.css("td, th")) > 1 and figures >= own[around.mem_id]:
                    yield around.mem_id


def _table_around(node: LexborNode | None) -> LexborNode | None:
    while node is not None and node.tag != "table":
        node = node.parent
    return node


@define(eq=False, repr=False)
class _Run:
    """One pass over the nodes below one; without recursion, since pages nest as they like."""

    flow: Flow
    blocks: list[Block] = field(factory=list)
    _words: list[str] = field(factory=list)
    _linked: int = 0
    _block: Step | None = None

    def read(self, node: LexborNode, step: Step) -> list[Block]:
        """The blocks inside a node."""
        pending: list[_Frame | Table | None] = []
        self._open(_Frame(node, step, step), pending)
        while pending:
            frame = pending.pop()
            if isinstance(frame, _Frame):
                self._enter(frame, pending)
                continue
            self._flush()
            if frame is not None:
                self.blocks.append(frame)
        self._flush()
        return self.blocks

    def _enter(self, frame: _Frame, pending: list[_Frame | Table | None]) -> None:
        node = frame.node
        tag = node.tag or ""
        if tag == _TEXT:
            self._say(node.text_content or "", frame)
        elif tag in _SILENT:
            return
        elif node.mem_id in self.flow.tree.unseen:
            self.flow.unseen.append(node.text())
        elif tag == "br":
            self._flush()
        elif tag == "table" and not self.flow.is_layout(node):
            self._flush()
            self._table(node, frame.step)
        elif tag in ("input", "textarea"):
            self._field(node, frame)
        elif tag in ("sup", "sub"):
            self._raised(node, frame)
        elif tag == "pre":
            self._preformatted(node, frame.step)
        else:
            self._open(frame, pending)

    def _open(self, frame: _Frame, pending: list[_Frame | Table | None]) -> None:
        """Read what stands inside an element."""
        tag = frame.node.tag
        block = frame.block
        linked = frame.linked or (tag == "a" and "href" in frame.node.attrs)
        if tag in _BLOCKS:
            self._flush()
            block = frame.step
            only = self._only_text(frame.node)
            if only is not None and not linked:
                if only:
                    self.blocks.append(Paragraph(only, block))
                return
            pending.append(None)
        numbers: dict[str, int] = {}
        inside: list[_Frame] = []
        child = frame.node.first_child
        while child is not None:
            name = child.tag or ""
            step = frame.step
            if name != _TEXT:
                numbers[name] = number = numbers.get(name, 0) + 1
                step = frame.step.inside(name, number)
            inside.append(_Frame(child, step, block, linked))
            child = child.next
        boxed = tag in _BOXES and any(one.node.tag in _BOXES for one in inside)
        pending.extend(reversed(self._with_boxed_tables(inside, frame.step) if boxed else inside))

    def _only_text(self, node: LexborNode, *, blocks: bool = False) -> str | None:
        """The text of an element that holds one run of text, however wrapped; the usual case.

        None if there is more to it. With `blocks` it may be wrapped in paragraphs too.
        """
        unseen = self.flow.tree.unseen
        for _ in range(_WRAPPED):
            child = node.first_child
            if child is None:
                return ""
            if child.next is not None and not _nothing_behind(child):
                return None
            tag = child.tag or ""
            if tag == _TEXT:
                return (child.text_content or "").strip()
            wraps = tag in _INLINE or (blocks and tag in ("p", "div"))
            if not wraps or child.mem_id in unseen:
                return None
            node = child
        return None

    def _say(self, text: str, frame: _Frame) -> None:
        if self._block is None:
            self._block = frame.block
        self._words.append(text)
        if frame.linked:
            self._linked += len(text.strip())

    def _field(self, node: LexborNode, frame: _Frame) -> None:
        """What a field of a form holds is shown like text."""
        if node.tag == "textarea":
            self._say(node.text(), frame)
        elif node.attrs.sget("type", "text").lower() in ("", "text", "number"):
            self._say(node.attrs.sget("value"), frame)

    def _raised(self, node: LexborNode, frame: _Frame) -> None:
        """A footnote's number is none of the digits before it."""
        text = node.text().strip()
        bare = text.isdigit() and bool(self._words) and self._words[-1].rstrip()[-1:].isdigit()
        self._say(f"[{text}]" if bare else text, frame)

    def _preformatted(self, node: LexborNode, step: Step) -> None:
        """Text whose lines and tabs count."""
        self._flush()
        for line in node.text().splitlines():
            if len(cells := _BARS.split(line.strip("|｜"))) > 1:
                row = tuple(Cell(text.strip(), step=step) for text in cells)
                self.blocks.append(_table((row,), step))
            elif line.strip():
                self.blocks.append(Paragraph(line.strip(), step))

    def _flush(self) -> None:
        if not self._words:
            return
        text = "".join(self._words).strip()
        if text and self._block is not None:
            self.blocks.append(Paragraph(text, self._block, self._linked))
        self._words.clear()
        self._linked, self._block = 0, None

    # -- tables -------------------------------------------------------------------------------

    def _table(self, table: LexborNode, step: Step) -> None:
        captions, groups = _parts(table, step)
        for caption, at in captions:
            self.blocks += _Run(self.flow).read(caption, at)
        rows: list[tuple[Cell, ...]] = []
        for group in groups:
            cells = [tuple(self._cells(row, at)) for row, at in group if self._is_seen(row)]
            if any(cell.rowspan != 1 or cell.colspan != 1 for row in cells for cell in row):
                settle(cells)
            else:
                for row in cells:
                    for column, cell in enumerate(row):
                        cell.column = column
            rows += cells
        count_blanks(rows)
        if any(cell.text for row in rows for cell in row):
            self.blocks.append(_table(tuple(rows), step))

    def _cells(self, row: LexborNode, step: Step) -> Iterator[Cell]:
        numbers: dict[str, int] = {}
        spans = self.flow.tree.spans
        for node in row.iter():
            tag = node.tag or ""
            numbers[tag] = number = numbers.get(tag, 0) + 1
            if tag not in ("td", "th") or not self._is_seen(node):
                continue
            rowspan, colspan = spans.get(node.mem_id, (1, 1))
            at = step.inside(tag, number)
            lines = self._lines(node, at)
            yield Cell(" ".join(lines), rowspan, colspan, step=at, lines=lines)

    def _lines(self, cell: LexborNode, step: Step) -> tuple[str, ...]:
        """The paragraphs of a cell; those of a table inside it too."""
        only = self._only_text(cell, blocks=True)
        if only is not None:
            return (only,) if only else ()
        lines: list[str] = []
        for block in _Run(self.flow).read(cell, step):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            else:
                lines += (inner.text for row in block.rows for inner in row if inner.text)
        return tuple(lines)

    # -- tables made of boxes -----------------------------------------------------------------

    def _with_boxed_tables(self, inside: list[_Frame], step: Step) -> list[_Frame | Table]:
        """Nodes side by side, those together that are the rows of a table made of boxes."""
        found: list[_Frame | Table] = []
        run: list[_Frame] = []
        rows: list[tuple[Cell, ...]] = []
        for frame in [*inside, None]:
            row = self._boxed_row(frame) if frame is not None else ()
            if row:
                rows.append(row)
            elif frame is None or not _is_blank(frame.node):
                if sum(any(cell.is_figure for cell in row) for row in rows) >= _FEW_ROWS:
                    found.append(_table(tuple(rows), step))
                else:
                    found += run
                run, rows = [], []
            if frame is not None:
                (run if rows else found).append(frame)
        return found

    def _boxed_row(self, frame: _Frame) -> tuple[Cell, ...]:
        """The boxes inside a box, if there are several and each holds no more than a cell does."""
        if frame.node.tag not in _BOXES or not self._is_shown(frame.node):
            return ()
        cells: list[Cell] = []
        numbers: dict[str, int] = {}
        child = frame.node.first_child
        while child is not None:
            if not _is_blank(child):
                tag = child.tag or ""
                text = self._only_text(child, blocks=True) if tag in _BOX_CELLS else None
                if text is None or len(text) > _LONGEST_BOX or not self._is_shown(child):
                    return ()
                numbers[tag] = number = numbers.get(tag, 0) + 1
                step = frame.step.inside(tag, number)
                cells.append(Cell(text, column=len(cells), step=step, lines=(text,)))
            child = child.next
        return tuple(cells) if len(cells) > 1 else ()

    def _is_shown(self, node: LexborNode) -> bool:
        return node.mem_id not in self.flow.tree.unseen

    def _is_seen(self, node: LexborNode) -> bool:
        if self._is_shown(node):
            return True
        self.flow.unseen.append(node.text())
        return False


def _table(rows: tuple[tuple[Cell, ...], ...], step: Step) -> Table:
    return Table(rows, step, sum(cell.is_figure for row in rows for cell in row))


def _is_blank(node: LexborNode) -> bool:
    """Whether a node is white space or a comment."""
    return node.tag == "-comment" or (node.tag == _TEXT and not (node.text_content or "").strip())


def _nothing_behind(node: LexborNode) -> bool:
    """Whether only empty inline elements and comments follow a node."""
    behind = node.next
    while behind is not None:
        if behind.first_child is not None or behind.tag not in _EMPTY:
            return False
        behind = behind.next
    return True


def _parts(
    table: LexborNode, step: Step
) -> tuple[list[tuple[LexborNode, Step]], list[list[tuple[LexborNode, Step]]]]:
    """The captions of a table, and the rows of its groups: its feet come last."""
    captions: list[tuple[LexborNode, Step]] = []
    groups: list[tuple[int, list[tuple[LexborNode, Step]]]] = []
    numbers: dict[str, int] = {}
    for node in table.iter():
        tag = node.tag or ""
        numbers[tag] = number = numbers.get(tag, 0) + 1
        at = step.inside(tag, number)
        if tag == "caption":
            captions.append((node, at))
        elif tag in _ROW_GROUPS:
            rows = [row for row in node.iter() if row.tag == "tr"]
            numbered = [(row, at.inside("tr", count)) for count, row in enumerate(rows, start=1)]
            groups.append((_ROW_GROUPS[tag], numbered))
    groups.sort(key=lambda group: group[0])
    return captions, [rows for _, rows in groups]
