"""Pages as web pages, with the merged cells of the form, as untidy as office programs make them."""

from __future__ import annotations

from html import escape

from attrs import frozen

from gischema.testing.choices import ChoiceSource
from gischema.testing.layouts.table_grid import PlacedCell, TableGrid, blocks
from gischema.testing.sample_page import PageCell, SamplePage

CHARSETS = (("utf-8", "utf-8"), ("gb18030", "gb2312"), ("utf-8", "gb2312"), ("gb18030", ""))
"""The encoding of a page and the one that it declares, which is often wrong."""

_BEFORE = """\
<script>document.write("<td>1</td>")</script>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/nb/">信息公开年报</a></div>
<ul class="list"><li><a href="/2008.html">某某局2008年政府信息公开工作年度报告</a></li></ul>
"""
_BEHIND = """\
<div>浏览次数：<span id="hits">1234</span> 【<a>打印</a>】【<a>关闭</a>】</div>
<div>上一篇：<a href="/2009.html">某某局2009年政府信息公开工作年度报告</a></div>
<div class="footer">主办单位：某某局 网站标识码：1234567890 备案序号：某ICP备12345678号-1</div>
"""


@frozen
class Untidiness:
    """The ways in which a page is untidy; `choices` decide them cell by cell."""

    choices: ChoiceSource
    encoding: str = "utf-8"
    declared: str = "utf-8"
    furnished: bool = False
    wrapped: bool = False
    unclosed: bool = False
    loud: bool = False
    heads: bool = False

    @classmethod
    def of(cls, choices: ChoiceSource) -> Untidiness:
        """Return a chosen untidiness. The plainest choices make the page tidy."""
        encoding, declared = choices.pick(CHARSETS)
        return cls(choices, encoding, declared, *(choices.chance(3) for _ in range(5)))

    def page(self, body: str) -> bytes:
        """Return the page with its head and, if chosen, the furniture of a site around its body."""
        if self.wrapped:
            body = f"<table width=980><tr><td><div>{body}</div></td></tr></table>"
        if self.furnished:
            body = _BEFORE + body + _BEHIND
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={self.declared}">'
        head = f"<head>{meta if self.declared else ''}<title>政府信息公开年报</title></head>"
        return f"<html>{head}<body>{body}</body></html>".encode(self.encoding)

    def paragraph(self, text: str) -> str:
        """Return a paragraph in the markup of some program."""
        return self.choices.pick(
            (
                f"<p>{escape(text)}</p>\n",
                f'<p class="MsoNormal"><font face="仿宋"><span>{escape(text)}<o:p></font></p>\n',
                f"<div>　　{escape(text)}</div>\n",
                f"{escape(text)}<br/>\n",
            )
        )

    def table(self, grid: TableGrid) -> str:
        """Return a table, perhaps without the tags that HTML allows to be left out."""
        row, end = ("<tr>", "" if self.unclosed else "</tr>")
        rows = "".join(
            row + "".join(map(self._cell, cells)) + end + "\n" for cells in grid.by_row()
        )
        table = f"<table border=1>{rows}</table>\n"
        return table.replace("<t", "<T").replace("</t", "</T") if self.loud else table

    def _cell(self, placed: PlacedCell) -> str:
        tag = "th" if self.heads and placed.cell.role == "head" else "td"
        spans = (f' rowspan="{placed.rows}"' if placed.rows > 1 else "") + (
            f" colspan={placed.columns}" if placed.columns > 1 else ""
        )
        inside = self._dressed(placed.cell)
        return f"<{tag}{spans}>{inside}" + ("" if self.unclosed else f"</{tag}>")

    def _dressed(self, cell: PageCell) -> str:
        text = escape(cell.text)
        half = len(cell.text) // 2
        first, second = escape(cell.text[:half]), escape(cell.text[half:])
        broken = "<br>" if cell.role in ("label", "head") and half else ""
        return self.choices.pick(
            (
                text,
                f"<p align=center><span style='font-size:12px'>{text}</span></p>",
                f"<font>{first}</font>{broken}<font>{second}</font>",
                f"<b>{first}<!-- 1 --><span>{second}</b>&nbsp;<o:p></o:p>",
                "".join(f"&#{ord(char)};" for char in cell.text),
                f"\n  <div><p>{text}</div>\n",
                f"<table><tr><td>{text}</td></tr></table>" if cell.text else "<p>&nbsp;</p>",
            )
        )


def html_page(page: SamplePage, choices: ChoiceSource) -> bytes:
    """Return the page as a web page; `PlainChoices` print it tidily and in UTF-8."""
    untidy = Untidiness.of(choices)
    body = "".join(
        untidy.table(block)
        if isinstance(block, TableGrid)
        else untidy.paragraph("".join(cell.text for cell in block.cells))
        for block in blocks(page)
    )
    return untidy.page(body)
