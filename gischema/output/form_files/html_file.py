"""A form as a web page."""

from __future__ import annotations

from html import escape

from gischema.forms.form_grid import GridCell, GridTable
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.viewer.markup import element, text

_STYLE = """\
body{font-family:SimSun,"Songti SC","Noto Serif CJK SC",serif}
body{max-width:60rem;margin:1rem auto;padding:0 1rem}
h1{text-align:center;font-size:1.3rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{border:1px solid;padding:.2rem .4rem;font-weight:normal;text-align:left}
thead th,.figure,.unit{text-align:center}
@media print{@page{size:A4;margin:12mm}tr{break-inside:avoid}h1{font-size:13pt}
body{max-width:none;margin:0;padding:0;font-size:9pt}}
"""


def html_file(filled: FilledForm) -> bytes:
    """Return the form as a web page that needs nothing from elsewhere.

    Last year's figures are shown where the mouse rests on a cell: readers would take small print
    in a cell for a part of its figure.
    """
    titles = filled.titles
    body = "".join(text("h1", line) for line in titles)
    for table in filled.tables:
        body += text("h2", table.heading) if table.heading else ""
        body += _table(filled, table)
    page = (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(titles[0])}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "backslashreplace")


def _table(filled: FilledForm, table: GridTable) -> str:
    rows = [
        element("tr", "".join(_cell(filled, cell) for cell in row)) + "\n" for row in table.by_row()
    ]
    head = element("thead", "".join(rows[: table.heads])) if table.heads else ""
    return element("table", head + element("tbody", "".join(rows[table.heads :]))) + "\n"


def _cell(filled: FilledForm, cell: GridCell) -> str:
    tag = "th" if cell.role in ("head", "title", "label") and cell.text else "td"
    role = cell.role if cell.role in ("figure", "unit") else ""
    last = filled.last_year(cell)
    return text(
        tag,
        filled.text(cell),
        rowspan=cell.rows,
        colspan=cell.columns,
        class_=role,
        title=f"{filled.last_year_name} {last}" if last else None,
    )
