"""The grid of broken tables, against another HTML parser and the table model of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from gischema.reading.html.block_reader import HtmlBlockReader
from gischema.reading.html.blocks import HtmlTable
from gischema.reading.html.page_tree import parse_tree
from gischema.reading.html.table_grid import MAX_COLUMNS

Row = list[tuple[str, int]]
SPANS = ("0", "1", "2", "3", "5", "-1", "x", "", "+2", " 3 ", "2px", "1.9", "99999999999", "２")
NUMBERS = st.integers(0, 999).map(str)
CELLS = st.builds(
    lambda tag, rows, columns: f'<{tag} rowspan="{rows}" colspan="{columns}">',
    st.sampled_from(("td", "td", "th")),
    st.sampled_from(("1", "1", "1", *SPANS)),
    st.sampled_from(("1", "1", "1", *SPANS)),
)
TAGS = """
    <tr> <tr> <tr> </tr> </td> </th> <tbody> </tbody> <thead> <tfoot> <p> </p> <br> <b> </b> <span>
    </span> <font> </font> <o:p> </o:p> &nbsp; <!--1--> <col> </caption> <td <td> </p </ & &#x34;
    <colgroup> </body> </html> <li> </li> <a> </a>
"""
TOKENS = st.one_of(
    NUMBERS,
    CELLS,
    CELLS,
    st.sampled_from(TAGS.split()),
)


def our_rows(page: str) -> list[Row]:
    """Return the rows as this package reads them: the text of each cell and its column."""
    tables = [
        block
        for block in HtmlBlockReader(parse_tree(page, None)).read()
        if isinstance(block, HtmlTable)
    ]
    return [
        [("".join(cell.text.split()), cell.column) for cell in row]
        for table in tables
        for row in table.rows
    ]


def other_rows(page: str) -> list[Row]:
    """Return the rows of the other parser, with slots as in the standard."""
    (table,) = JustHTML(page, sanitize=False).root.query("table")
    groups = [group for group in elements(table) if group.name in ("thead", "tbody", "tfoot")]
    groups.sort(key=lambda group: ("thead", "tbody", "tfoot").index(group.name))
    rows: list[Row] = []
    for group in groups:
        taken: set[tuple[int, int]] = set()
        lines = [row for row in elements(group) if row.name == "tr"]
        for y, line in enumerate(lines):
            rows.append([])
            x = 0
            for cell in elements(line):
                while (x, y) in taken:
                    x += 1
                width, height = span(cell, "colspan", 1000), span(cell, "rowspan", 65534)
                below = len(lines) if height == 0 else min(y + height, len(lines))
                columns = range(x, min(x + max(width, 1), MAX_COLUMNS))
                taken |= {(column, below_y) for column in columns for below_y in range(y, below)}
                rows[-1].append((text(cell), min(x, MAX_COLUMNS)))
                x += max(width, 1)
    return rows


def elements(node: Any) -> Iterator[Any]:
    return (child for child in node.children or () if not child.name.startswith(("#", "!")))


def text(cell: Any) -> str:
    found = [cell]
    words: list[str] = []
    while found:
        node = found.pop()
        if node.name == "#text":
            words.append(str(node.data))
        elif not node.name.startswith(("#", "!")) or node is cell:
            found += reversed(node.children or ())
    return "".join("".join(words).split())


def span(cell: Any, name: str, most: int) -> int:
    """Return an attribute by the rules for parsing non-negative integers."""
    digits = ""
    for char in (cell.attrs.get(name) or "").strip(" \t\n\f\r").removeprefix("+"):
        if not ("0" <= char <= "9"):
            break
        digits += char
    return min(int(digits), most) if digits else 1


@settings(max_examples=300)
@given(st.lists(TOKENS, min_size=3, max_size=40))
def test_broken_tables_have_the_grid_of_the_standard(tokens: list[str]) -> None:
    """Cells left open, stray tags, text between rows, absurd and nonsensical spans."""
    page = "<!doctype html><body><table>" + "".join(tokens)
    other = other_rows(page)
    if any(content for row in other for content, _ in row):
        assert our_rows(page) == other


def test_the_generator_reaches_what_it_is_for() -> None:
    """The two agree on a page that needs most of it, and it is not empty."""
    page = (
        "<!doctype html><table>x<tr><td rowspan=3 colspan=2>1<th>2</b><tfoot><tr><td>9"
        "<thead><tr><td>0<p>5<tbody><tr><td colspan=0>3<td rowspan=0>4<tr><td>6<tr><td>7"
    )
    assert our_rows(page) == other_rows(page)
    assert our_rows(page)[0] == [("05", 0)]
    assert our_rows(page)[1] == [("1", 0), ("2", 2)]
