"""Draw a form as a web page with empty cells, as its grammar declares it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from gischema.forms.form_grid import GridCell, GridTable, form_grid
from gischema.output.html_page import html_page
from gischema.output.viewer.markup import element, text

if TYPE_CHECKING:
    from gischema.forms import Form
    from gischema.output.language import Lang


def blank_form_html(form: Form, lang: Lang) -> str:
    """Return a form as a web page: chapters, tables with merged heads, a cell for each figure.

    A cell shows the unit of its figure, and its path when the pointer rests on it.
    """
    first, last = form.years
    title = f"{form.id}  {first}–{'' if last is None else last}"
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(form.basis)}</p>", *_tables(form)]
    return html_page(title, "\n".join(body), lang)


def _tables(form: Form) -> Iterator[str]:
    for table in form_grid(form):
        if table.heading:
            yield text("h2", table.heading)
        rows = [
            element("tr", "".join(_cell(cell, table) for cell in row)) for row in table.by_row()
        ]
        head = element("thead", "".join(rows[: table.heads]))
        yield element("table", head + element("tbody", "\n".join(rows[table.heads :])))


def _cell(cell: GridCell, table: GridTable) -> str:
    spans = {"rowspan": cell.rows, "colspan": cell.columns}
    if cell.place is not None:
        has_units = any(each.role == "unit" for each in table.cells)
        unit = "" if has_units else cell.place.unit or ""
        return text("td", unit, title=cell.path, class_="figure")
    is_label = cell.role in ("title", "head", "label") and cell.text
    return text("th" if is_label else "td", cell.text, **spans)
