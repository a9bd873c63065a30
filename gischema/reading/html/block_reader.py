"""Read a page as blocks: paragraphs, and tables that hold data.

A table that only arranges the page dissolves into the content of its cells. Text is read as a
browser shows it: hidden and struck-out text is left out, and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field
from selectolax.lexbor import LexborNode

from gischema.reading.html.appearance import Displacement
from gischema.reading.html.blocks import HtmlBlock, HtmlCell, HtmlParagraph, HtmlTable, is_figure
from gischema.reading.html.div_tables import BOXES, find_div_tables
from gischema.reading.html.element_path import HtmlElementPath
from gischema.reading.html.joined_digits import are_apart, is_mark
from gischema.reading.html.page_tree import HtmlTree, is_link
from gischema.reading.html.table_grid import assign_columns, count_blanks
from gischema.reading.html.tags import (
    BLOCKS,
    FIELDS,
    RAISED,
    SILENT,
    TEXT,
    WIDGETS,
    tag_set,
)

_CELLS = tag_set("td th")
_NO_SPAN = (1, 1)
_ROW_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_BARS = re.compile(r"[\t|｜]")
_DIGIT = re.compile(r"\d")
_BREAKS = ("\n", "\r")
_AROUND = " \r\n"  # tabs around preformatted text are those of empty cells
_BRACKETS = re.compile(r"[()\[\]{}（）《》<>]")


@define(eq=False)
class HtmlBlockReader:
    """Reads the blocks of a tree. `unseen` collects the texts that are not shown."""

    tree: HtmlTree
    unseen: list[str] = field(factory=list)
    _layouts: frozenset[int] = frozenset()

    def read(self) -> list[HtmlBlock]:
        """Return the blocks of the page."""
        body = self.tree.body
        if body is None:
            return []
        self._layouts = frozenset(self._layout_tables())
        element = HtmlElementPath(None, "html", 0).child("body", 0)
        return _ElementWalk(self, self.tree).read(body, element)

    def is_layout(self, table: LexborNode) -> bool:
        """Return True if a table only arranges what stands in its cells."""
        return table.mem_id in self._layouts

    def _layout_tables(self) -> Iterator[int]:
        """Yield the tables around tables that hold as many figures as they do, or more."""
        inner = self.tree.parser.css("table table")
        if not inner:
            return
        own = {table.mem_id: 0 for table in self.tree.parser.css("table")}
        for cell in self.tree.parser.css("td, th"):
            table = _table_around(cell)
            if table is not None and cell.css_first("table") is None:
                own[table.mem_id] += is_figure(cell.text())
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


@define(eq=False)
class _OpenElement:
    """An element that is being read: its remaining nodes, where it stands, and the block around it.

    `boxed` holds those of its nodes that are rows of a table, see `find_div_tables`. `muted` is set
    if its own text is not seen, `changed` if its text is not seen as it is written.
    """

    nodes: Iterator[tuple[LexborNode, str]]
    element: HtmlElementPath
    block: HtmlElementPath
    linked: bool
    boxed: dict[int, list[HtmlTable]]
    muted: bool
    changed: bool
    numbers: dict[str, int] = field(factory=dict)


@define(eq=False)
class _ElementWalk:
    """One pass over the nodes inside a node, without recursion: pages nest deeply.

    `doubted` is set if a reader of the page may see other numbers in any of the blocks. Line breaks
    and tabs stay as they are in the texts of a `preformatted` element. A picture next to digits may
    show one more where the walk is `in_cell`, a cell of data.
    """

    flow: HtmlBlockReader
    tree: HtmlTree
    preformatted: bool = False
    in_cell: bool = False
    blocks: list[HtmlBlock] = field(factory=list)
    doubted: bool = False
    _moved: list[str] = field(factory=list)
    _changed: bool = False
    _pictured: bool = False
    _levels: list[_OpenElement] = field(factory=list)
    _words: list[str] = field(factory=list)
    _linked: int = 0
    _block: HtmlElementPath | None = None
    _last: LexborNode | None = None

    def read(self, node: LexborNode, element: HtmlElementPath) -> list[HtmlBlock]:
        """Return the blocks inside a node."""
        self._open(node, element, element, linked=False)
        while self._levels:
            level = self._levels[-1]
            numbers = level.numbers
            for inside, tag in level.nodes:
                if tag == TEXT:
                    self._text(inside, level)
                    continue
                numbers[tag] = number = numbers.get(tag, 0) + 1
                if tag in SILENT:
                    self.doubted |= tag in WIDGETS and bool(_DIGIT.search(inside.text()))
                else:
                    self._enter(inside, level.element.child(tag, number), level)
                    if self._levels[-1] is not level:
                        break
            else:
                self._levels.pop()
                if level.element.tag in BLOCKS:
                    self._flush()
        self._flush()
        return self.blocks

    def _enter(self, node: LexborNode, element: HtmlElementPath, level: _OpenElement) -> None:
        tag = element.tag
        special = self.tree.special
        if special and node.mem_id in special and tag not in BLOCKS and self._altered(node, level):
            return
        if level.boxed and node.mem_id in level.boxed:
            self._flush()
            self.blocks += level.boxed[node.mem_id]
        elif not self.tree.is_shown(node):
            self.flow.unseen.append(node.text())
        elif tag == "br":
            self._flush()
        elif tag == "img":
            self._pictured = self.in_cell
            self._changed |= self.in_cell and self._ends_in_digit()
        elif tag == "table" and not self.flow.is_layout(node):
            self._flush()
            self._table(node, element)
        elif tag in FIELDS:
            self._field(node, level)
        elif tag in RAISED or (tag not in BLOCKS and self._is_mark(node)):
            self._raised(node, level)
        elif tag == "pre" and not self.preformatted:
            self._preformatted(node, element)
        else:
            self._open(node, element, level.block, linked=level.linked)

    def _altered(self, node: LexborNode, level: _OpenElement) -> bool:
        """Note an element in a line that is seen otherwise than it is written.

        Returns:
            True if it is read.
        """
        seen, number = self.tree.seen, node.mem_id
        text = node.text()
        if number in seen.unseen:
            return False
        if number in seen.reversed:
            self._changed |= len(node.css("*")) > 1  # itself, and elements inside it
            self._changed |= _BRACKETS.search(text) is not None
            self._say(text[::-1], level)
            return True
        if number in seen.moved and _DIGIT.search(text):
            self._moved.append("".join(text.split()))
        return False

    def _open(
        self, node: LexborNode, element: HtmlElementPath, block: HtmlElementPath, *, linked: bool
    ) -> None:
        """Begin to read what stands inside an element."""
        tag = element.tag
        linked = linked or (tag == "a" and is_link(node))
        if tag in BLOCKS:
            self._flush()
            block = element
            whole = linked or self.preformatted
            only = None if whole else self.tree.only_text(node)
            if only is not None:
                text, characters = only
                if text:
                    self.blocks.append(HtmlParagraph(text, block, characters))
                return
        nodes = [(inside, inside.tag or "") for inside in node.iter(include_text=True)]
        boxed = (
            find_div_tables(self.tree, nodes, element) if tag in BOXES and len(nodes) > 1 else {}
        )
        seen, number = self.tree.seen, node.mem_id
        changed = number in seen.reversed or seen.moved.get(number) is Displacement.CHANGED
        if self._levels and tag not in BLOCKS:
            changed |= self._levels[-1].changed
        muted = number in seen.muted
        self._levels.append(
            _OpenElement(iter(nodes), element, block, linked, boxed, muted, changed)
        )

    def _text(self, node: LexborNode, level: _OpenElement) -> None:
        """Add the text of an element, unless it is not seen."""
        text = node.text_content or ""
        if level.muted and not text.isspace():
            self.flow.unseen.append(text)
            return
        self._changed |= level.changed and _DIGIT.search(text) is not None
        if text[:1].isdigit() and self._pictured:
            self._changed = True
        elif text[:1].isdigit() and self._last is not None and self._ends_in_digit():
            self._changed |= are_apart(self._last, node, self.tree.seen.smaller)
        self._last, self._pictured = node, False
        lines = text.splitlines(keepends=True) if self.preformatted else [text]
        for line in lines:
            self._say(line, level)
            if self.preformatted and line.endswith(_BREAKS):
                self._flush()

    def _say(self, text: str, level: _OpenElement) -> None:
        if not self._words:
            if text.isspace():
                return
            self._block = level.block
        self._words.append(text)
        if level.linked:
            self._linked += len(text.strip())

    def _field(self, node: LexborNode, level: _OpenElement) -> None:
        """Add what a field of a form holds: it is shown like text, and apart from the text."""
        if node.tag == "textarea":
            self._say(f" {node.text()} ", level)
        elif node.attrs.sget("type", "text").lower() in ("", "text", "number"):
            self._say(f" {node.attrs.sget('value')} ", level)

    def _ends_in_digit(self) -> bool:
        return bool(self._words) and self._words[-1].rstrip()[-1:].isdigit()

    def _is_mark(self, node: LexborNode) -> bool:
        """Return True for an element that sets the number of a note behind a figure."""
        if self._last is None or not self._ends_in_digit():
            return False
        is_note = is_mark(node, self._last, self.tree.seen.smaller)
        return is_note and node.text().strip().isdecimal()

    def _raised(self, node: LexborNode, level: _OpenElement) -> None:
        """Add raised text. The number of a footnote is kept apart from the digits before it."""
        text = node.text().strip()
        bare = text.isdecimal() and self._ends_in_digit()
        self._last = node
        self._say(f"[{text}]" if bare else text, level)

    def _preformatted(self, node: LexborNode, element: HtmlElementPath) -> None:
        """Add text whose line breaks and tabs count, and what else stands in the element."""
        self._flush()
        walk = _ElementWalk(self.flow, self.tree, preformatted=True)
        for block in walk.read(node, element):
            self.blocks.append(_as_row(block) if isinstance(block, HtmlParagraph) else block)
        self.doubted |= walk.doubted

    def _flush(self) -> None:
        if not self._words:
            self._moved.clear()
            self._pictured = False
            return
        text = "".join(self._words).strip(_AROUND if self.preformatted else None)
        if text and self._block is not None:
            doubted = self._changed
            if self._moved and _DIGIT.search(text):
                whole = "".join(text.split())
                doubted |= any(part != whole for part in self._moved)
            self.blocks.append(HtmlParagraph(text, self._block, self._linked, doubted))
            self.doubted |= doubted
        self._words.clear()
        self._moved.clear()
        self._linked, self._block, self._changed, self._pictured = 0, None, False, False

    # -- tables -------------------------------------------------------------------------------

    def _table(self, table: LexborNode, element: HtmlElementPath) -> None:
        captions, groups = _parts(table, element)
        for caption, at in captions:
            self.blocks += _ElementWalk(self.flow, self.tree).read(caption, at)
        rows: list[tuple[HtmlCell, ...]] = []
        for node, group in groups:
            if not self._is_seen(node):
                continue
            cells = [self._cells(row, at) for row, at in group if self._is_seen(row)]
            assign_columns(cells)
            rows += cells
        count_blanks(rows)
        if any(cell.text for row in rows for cell in row):
            self.blocks.append(HtmlTable(rows, element))

    def _cells(self, row: LexborNode, element: HtmlElementPath) -> tuple[HtmlCell, ...]:
        cells: list[HtmlCell] = []
        numbers: dict[str, int] = {}
        spans, special = self.tree.spans, self.tree.special
        only_text, beginning = self.tree.only_text, element.child_prefix
        for node in row.iter():
            tag = node.tag or ""
            numbers[tag] = number = numbers.get(tag, 0) + 1
            if tag not in _CELLS or (special and not self._is_seen(node)):
                continue
            only = only_text(node, wrapped=True)
            doubted = self.tree.is_displaced(node)
            hidden = len(self.flow.unseen)
            if only is None:
                lines, changed = self._lines(node, element.child(tag, number))
                text, doubted = " ".join(lines), doubted or changed
            else:
                text = only[0]
                lines = (text,) if text else ()
            path = f"{beginning}{tag}[{number}]"
            rowspan, colspan = spans.get(node.mem_id, _NO_SPAN)
            hides = not text and any(map(_DIGIT.search, self.flow.unseen[hidden:]))
            cells.append(HtmlCell(text, rowspan, colspan, 0, 1, path, lines, False, doubted, hides))
        return tuple(cells)

    def _lines(self, cell: LexborNode, element: HtmlElementPath) -> tuple[tuple[str, ...], bool]:
        """Return the paragraphs of a cell, also those of a table inside it.

        The second value is True if a reader of the page may see other numbers.
        """
        lines: list[str] = []
        walk = _ElementWalk(self.flow, self.tree, in_cell=True)
        for block in walk.read(cell, element):
            if isinstance(block, HtmlParagraph):
                lines.append(block.text)
            else:
                lines += (inner.text for row in block.rows for inner in row if inner.text)
                walk.doubted |= any(inner.doubted for row in block.rows for inner in row)
        return tuple(lines), walk.doubted

    def _is_seen(self, node: LexborNode) -> bool:
        if self.tree.is_shown(node):
            return True
        self.flow.unseen.append(node.text())
        return False


def _as_row(line: HtmlParagraph) -> HtmlBlock:
    """Return a line of preformatted text, as the row of a table if bars or tabs divide it."""
    cells = _BARS.split(line.text.strip("|｜"))
    if len(cells) == 1:
        return line
    path, doubted = line.element.path, line.doubted
    row = tuple(HtmlCell(text.strip(), path=path, doubted=doubted) for text in cells)
    return HtmlTable((row,), line.element)


def _parts(
    table: LexborNode, element: HtmlElementPath
) -> tuple[
    list[tuple[LexborNode, HtmlElementPath]],
    list[tuple[LexborNode, list[tuple[LexborNode, HtmlElementPath]]]],
]:
    """Return the captions of a table, and the rows of its groups with the `tfoot` last."""
    captions: list[tuple[LexborNode, HtmlElementPath]] = []
    groups: list[tuple[int, LexborNode, list[tuple[LexborNode, HtmlElementPath]]]] = []
    numbers: dict[str, int] = {}
    for node in table.iter():
        tag = node.tag or ""
        numbers[tag] = number = numbers.get(tag, 0) + 1
        at = element.child(tag, number)
        if tag == "caption":
            captions.append((node, at))
        elif tag in _ROW_GROUPS:
            rows = [row for row in node.iter() if row.tag == "tr"]
            numbered = [(row, at.child("tr", count)) for count, row in enumerate(rows, start=1)]
            groups.append((_ROW_GROUPS[tag], node, numbered))
    groups.sort(key=lambda group: group[0])
    return captions, [(node, rows) for _, node, rows in groups]
