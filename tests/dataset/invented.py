"""Whole invented reports, from a few figures: the others are 0, and totals follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gischema
from gischema.testing.compose import _annex_title, table_lines
from gischema.testing.identities import FormIdentities
from gischema.testing.layouts import LAYOUTS
from gischema.testing.sample_page import PageCell, PageLine, SamplePage

FORMS = {form.generation: form for form in gischema.default_engine().forms.values()}
CALM = (
    "{year}年，{body}把公开栏目按事项重新排列，居民从办理的事情出发就能找到文件、标准和电话；栏目由专人"
    "核对，失效的链接当天更换。年内还整理了历年答复书，把说理清楚的几份编成示例，供经办人员参照。"
)


ANNEXED = (
    "二、主动公开政府信息情况", "详见附表。",
    "三、依申请公开政府信息和不予公开政府信息情况", "详见附表。",
    "四、政府信息公开的收费及减免情况", "没有收取费用。",
    "五、因政府信息公开申请行政复议、提起行政诉讼情况", "详见附表。",
    "六、政府信息公开工作存在的主要问题及改进措施", "答复书的写法不一，今后按示例书写。",
    "七、其他需要报告的事项", "没有其他需要报告的事项。",
)  # fmt: skip
END = (
    "五、存在的主要问题及改进情况", "答复书的写法不一，今后按示例书写。",
    "六、其他需要报告的事项", "没有其他需要报告的事项。",
)  # fmt: skip


def form_of(year: int) -> gischema.Form:
    return FORMS["stat-2014" if year < 2019 else "art20-2019" if year < 2021 else "art20-2021"]


def report(body: str, year: int, figures: Mapping[str, int], **more: Any) -> str:
    """Return the text of a report that prints every row of its form; see `page`."""
    return LAYOUTS["pipes"].print(page(body, year, figures, **more)).text


def page(
    body: str,
    year: int,
    figures: Mapping[str, int],
    *,
    text: str = CALM,
    published: str | None = None,
    totals: bool = True,
) -> SamplePage:
    """Return the page of a report, to be printed in a layout or as a file.

    Args:
        body: The reporting body.
        year: The year of the report.
        figures: Values by path.
        text: The overview.
        published: The day of publication.
        totals: Compute totals of rows and columns; figures of `figures` stay as they are.
    """
    form = form_of(year)
    values = dict.fromkeys(form.indicators, 0) | dict(figures)
    if totals:
        identities = FormIdentities.of(form)
        for total in (*identities.rows, *identities.columns):
            if total.total not in figures:
                values[total.total] = sum(values[part] for part in total.parts)
    words = {"year": year, "body": body}
    top = [
        f"{body}{year}年政府信息公开工作年度报告",
        f"发布日期：{published or f'{year + 1}-01-20'}",
    ]
    tables = list(table_lines(form, values))
    if form.generation == "stat-2014":
        prose = [*top, "一、概述", text.format(**words), *ANNEXED]
        lines = [*map(_prose, prose), *_annex_title(form, year), *tables]
    else:
        prose = [*top, "一、总体情况", text.format(**words)]
        lines = [*map(_prose, prose), *tables, *map(_prose, END)]
    return SamplePage(form, year, tuple(lines))


def _prose(text: str) -> PageLine:
    return PageLine("prose", (PageCell("text", text),))
