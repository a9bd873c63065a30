"""A table of a form that is not known: what is read of it does not depend on how it is printed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gischema.engine import Gischema

HEAD = "青禾市云岭县水务局2012年政府信息公开工作年度报告\n附件 信息公开情况统计表\n"
KNOWN = (
    ("1.当面申请数", "条", 2),
    ("2.传真申请数", "条", 0),
    ("4.信函申请数", "条", 3),
    ("1.同意公开答复数", "条", 7),
    ("行政复议数量", "件", 0),
)
OTHERS = (
    ("新增的内部资料数", "条", 11),
    ("提供服务类信息数", "条", 70),
    ("专栏专题页面数量", "个", 4),
    ("信息公开窗口接待数", "次", 33),
    ("网站浏览次数", "次", 4500),
    ("全文电子化信息数", "条", 1500),
    ("咨询处理件数", "件", 8),
    ("热线电话受理数", "次", 91),
)

Rows = Sequence[tuple[str, str, int]]


def in_html(rows: Rows) -> bytes:
    lines = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in rows)
    head = HEAD.replace("\n", "<br>")
    return f"<!DOCTYPE html><meta charset=utf-8><p>{head}</p><table>{lines}</table>".encode()


def in_lines(rows: Rows, between: str, end: str = "\n") -> bytes:
    return (HEAD + "".join(between.join(map(str, row)) + end for row in rows)).encode()


def in_one_line(rows: Rows) -> bytes:
    return " ".join(in_lines(rows, " ").decode().split()).encode()


@pytest.mark.parametrize(
    ("known", "others", "is_read"), [(2, 8, False), (4, 8, False), (4, 3, True), (5, 8, True)]
)
def test_the_same_is_read_in_every_layout(
    engine: Gischema, known: int, others: int, *, is_read: bool
) -> None:
    """Several known rows are read; a few among many others are left, and all paths are flagged."""
    rows = (*KNOWN[:known], *OTHERS[:others])
    pages = (
        in_html(rows),
        in_lines(rows, " | ", " |\n"),
        in_lines(rows, "  "),
        in_lines(rows, "\n"),
        in_lines(rows, ""),
        in_one_line(rows),
    )
    for page in pages:
        report = engine.parse(page)
        stated = sorted(f.value for f in report.figures if f.value is not None)
        assert stated == (sorted(value for *_, value in rows[:known]) if is_read else [])
        refused = "D405" in {diagnostic.code for diagnostic in report.diagnostics}
        assert refused is not is_read
