"""A report as a web page: its bare tables, and the page that a government site makes of it.

The page of a site is made after a real one, of a county bureau for 2023. Of its 110 KB some 2,000
characters are running text; 280 cells print a few characters each; the site around the report takes
less than a tenth, and all the rest is what Word and the editor of the site have put around every
cell and every run of characters. There as here a cell is

    <td …>␤<p …><span …>0</span><span …><o:p></o:p></span></p>␤</td>

The pages of 80 KB made here hold the reports of 10 KB that are measured as plain text: 2,500
characters (7 KB) of running text and 200 to 280 cells that print 2 KB. The head, menus and foot of
the site take 6 KB, the markup of the report 50 to 60 KB; what is missing to the size is script.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from gischema import Form, Report
from gischema.testing.compose import table_lines
from gischema.testing.layouts.table_grid import PlacedCell, TableGrid, blocks
from gischema.testing.sample_page import SamplePage

_RUN = re.compile(r"[0-9A-Za-z.%]+|[^0-9A-Za-z.%]+")
_CELL = re.compile(r"<td([^>]*)>(.*?)</td>")
_NOTHING = '<span style="font-family:仿宋;"><o:p></o:p></span>'
_LINKS = 20  # in the menu above the report, and as many below
_MENU = (
    '<li class="nav"><a target="_blank" href="/site/zwgk/{0}/index.shtml">公开栏目{0}</a></li>\n'
)
_STYLE = ".table_content td{border:1px solid #ccc;padding:8px}.hits{display:none}\n" * 10
_SCRIPT = 'document.getElementById("utime").innerHTML = year + "年" + month + "月" + day + "日";\n'
_SITE = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title>
<meta name="SiteName" content="青禾市人民政府"><meta name="ColumnName" content="政府信息公开年报">
<meta name="ArticleTitle" content="{title}">
<link rel="stylesheet" href="/xhtml/css/common.css"><script src="/xhtml/js/jquery.min.js"></script>
<style>{style}</style></head>
<body><div class="header"><div class="logo"><img src="/images/logo.png" alt=""></div>
<form action="/search4/s"><input name="searchWord" type="text" placeholder="请输入关键词"></form>
<div class="mainNav"><ul class="clearfix">{menu}</ul></div></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/nb/">政府信息公开年报</a></div>
<div class="container"><div class="article-tb"><table class="table_content"><tbody>
<tr><td class="c1">索引号</td><td class="c2">014314799/2024-00002</td>
<td class="c1">文号</td><td class="c2"></td></tr></tbody></table></div>
<h1 class="article-title">{title}</h1><div class="article-content" id="zoomcon">
{report}
</div></div>
<div class="share">【<a href="/print">打印</a>】 浏览次数：<span id="hits">832</span></div>
<div class="footer"><ul>{menu}</ul><p>主办：青禾市人民政府 备案序号：某ICP备12345678号</p></div>
<script>{script}</script></body></html>
"""


def as_html(report: Report, form: Form) -> str:
    """Return the tables of a report, bare, with the spans of the form."""
    return f"<html><head><meta charset='utf-8'></head><body>{_tables(report, form)}</body></html>"


def as_site(report: Report, form: Form, before: str, after: str, size: int) -> str:
    """Return a web page of about `size` bytes: running text, tables of a report, running text.

    The first line of the text before is the title.
    """
    title, _, before = before.partition("\n")
    tables = _CELL.sub(lambda cell: _pasted_cell(cell[1], cell[2]), _tables(report, form))
    words = {
        "title": title,
        "style": _STYLE,
        "menu": "".join(map(_MENU.format, range(_LINKS))),
        "report": _pasted(before) + tables + _pasted(after),
    }
    missing = size - len(_SITE.format(script="", **words).encode())
    return _SITE.format(script=_SCRIPT * (missing // len(_SCRIPT.encode())), **words)


def _tables(report: Report, form: Form) -> str:
    values = {f.path: f.value for f in report.figures if f.value is not None}
    page = SamplePage(form, report.year or form.years[0], tuple(table_lines(form, values)))
    grids = (block for block in blocks(page) if isinstance(block, TableGrid))
    return "".join(f"<table>{''.join(map(_rows, of))}</table>\n" for _, of in groupby(grids, _part))


def _part(grid: TableGrid) -> str:
    """Return the part of the form that a grid belongs to; pages print one table of each."""
    paths = (mark.path for placed in grid.cells for mark in placed.cell.figures)
    return next(paths).partition(".")[0]


def _rows(grid: TableGrid) -> str:
    return "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in grid.by_row())


def _cell(placed: PlacedCell) -> str:
    spans = (f' colspan="{placed.columns}"' if placed.columns > 1 else "") + (
        f' rowspan="{placed.rows}"' if placed.rows > 1 else ""
    )
    return f"<td{spans}>{escape(placed.cell.text)}</td>"


def _pasted(lines: str) -> str:
    """Return lines of text as paragraphs that were pasted from Word."""
    style = "text-indent:2em;text-align:justify;line-height:2"
    return "".join(
        f'<p class="MsoNormal" style="{style}">{_runs(escape(line))}{_NOTHING}</p>\n'
        for line in lines.splitlines()
    )


def _pasted_cell(spans: str, text: str) -> str:
    paragraph = f'<p style="text-align:center">{_runs(text)}{_NOTHING}</p>'
    return f'<td{spans} style="border:1px solid" width="60">\n{paragraph}\n</td>\n'


def _runs(text: str) -> str:
    """Return text in spans. Word begins a new one wherever digits begin or end."""
    return "".join(f'<span style="font-family:仿宋;">{run}</span>' for run in _RUN.findall(text))
