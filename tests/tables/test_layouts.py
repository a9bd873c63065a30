"""Small tables in every layout, with exact figures and places."""

from decimal import Decimal

import pytest

import gischema

HEAD = "青禾市云岭县财政局2020年政府信息公开工作年度报告\n"
DOCUMENTS = ("proactive.rules", "proactive.normative")
COLUMNS = ("made", "disclosed", "disclosed_total")
EXPECTED = {
    f"{row}.{column}": value
    for row, values in zip(DOCUMENTS, ((0, 2, 13), (5, 0, 46)), strict=True)
    for column, value in zip(COLUMNS, values, strict=True)
}
HEADS = ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
ROWS = [HEADS, ["规章", "0", "2", "13"], ["规范性文件", "5", "0", "46"]]

LAYOUTS = {
    "bars": "\n".join(" | ".join(row) + " |" for row in ROWS),
    "leading bars": "\n".join("| " + " | ".join(row) + " |" for row in ROWS),
    "no bar at the end": "\n".join(" | ".join(row) for row in ROWS),
    "filler bars behind": "\n".join(" | ".join(row) + " |" + "|" * 40 for row in ROWS),
    "filler bars behind the label": "\n".join(
        row[0] + " ||| " + " | ".join(row[1:]) + " |" for row in ROWS
    ),
    "markdown": "\n".join(
        ["| " + " | ".join(row) + " |" for row in ROWS[:1]]
        + ["|---|:---:|---:|---|"]
        + ["| **" + "** | ".join(row) + " |" for row in ROWS[1:]]
    ),
    "markdown with narrow columns": "\n".join(
        " | ".join(row) for row in [HEADS, [":-", "-:", ":-:", "--:"], *ROWS[1:]]
    ),
    "a grid of strokes": "\n+======+======+\n".join(" | ".join(row) for row in ROWS),
    "a grid of box characters": "\n├───┼───┤\n".join(f"│{'│'.join(row)}│" for row in ROWS),
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "spaces": "\n".join(" ".join(row) for row in ROWS),
    "one cell a line": "\n".join("\n".join(row) for row in ROWS),
    "blank lines between": "\n\n".join("\n\n".join(row) for row in ROWS),
    "lone bars": "\n|\n".join("\n|\n".join(row) for row in ROWS),
    "cells end in a bar": "\n".join(" |\n".join(row) + " |\n||||" for row in ROWS),
    "cells over two lines": "\n".join(
        "".join(f"| \n {cell}  " for cell in row) + "|" for row in ROWS
    ),
    "wrapped heads": "\n".join(
        "\n".join(row).replace("本年新", "本年新\n").replace("总数量", "总\n数量") for row in ROWS
    ),
    "full width": "\n".join("｜".join(row) for row in ROWS).translate(
        {ord("0") + n: chr(ord("０") + n) for n in range(10)}
    ),
    "windows line ends": "\r\n".join(" | ".join(row) + " |" for row in ROWS),
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(text: str) -> None:
    """Each layout gives the same figures, without a doubt."""
    report = gischema.parse_text(HEAD + "第二十条第（一）项\n" + text + "\n")
    assert {f.path: f.value for f in report.figures} == EXPECTED
    assert [d for d in report.diagnostics if d.paths] == []


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_origins(text: str) -> None:
    """`raw` is the source text at the origin, and line and column lead there too."""
    source = HEAD + text
    for figure in gischema.parse_text(source).figures:
        origin = figure.origin
        assert origin is not None
        assert source[origin.start : origin.end] == figure.raw
        line = source.replace("\r\n", "\n").split("\n")[origin.line - 1]
        assert line[origin.column - 1 :].startswith(figure.raw)


@pytest.mark.parametrize("dash", ["-", "--", "---", "—", "/"])
def test_strokes_in_cells_are_values(dash: str) -> None:
    """A row of strokes behind a label says that nothing applies, as one stroke does."""
    text = f"{HEAD}{' | '.join(HEADS)}\n规章 | {dash} | 2 | 13\n规范性文件 | {dash} | {dash} | {dash}\n"
    report = gischema.parse_text(text)
    assert [f.status for f in report.figures] == [
        "not_applicable", "stated", "stated", *["not_applicable"] * 3
    ]  # fmt: skip
    assert [d for d in report.diagnostics if d.paths] == []


def test_run_together() -> None:
    """Label, unit and figure without a separator; the unit may be lost."""
    text = "2016年度报告 政府信息公开 信息公开\n(一)收到申请数件12\n1.当面申请数7\n七、依申请公开信息收取的费用万元0.5\n(三)接受培训人员数人次31"
    report = gischema.parse_text(text)
    assert {f.path: f.value for f in report.figures} == {
        "requests.received": 12,
        "requests.received.in_person": 7,
        "fees": Decimal("0.5"),
        "training.trainees": 31,
    }


CELLS = {
    "0": (0, "stated"),
    "12": (12, "stated"),
    "1,234": (1234, "stated"),
    "增2": (2, "stated"),
    "减1": (-1, "stated"),
    "+81": (81, "stated"),
    "-8": (-8, "stated"),
    "3项": (3, "stated"),
    "-": (None, "not_applicable"),
    "——": (None, "not_applicable"),
    "/": (None, "not_applicable"),
    "": (None, "blank"),
    "约十项": (None, "unreadable"),
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.items(), ids=list(CELLS))
def test_cells(cell: str, expected: tuple[int | None, str]) -> None:
    """What a cell says: a number with sign and unit, a mark for none, nothing, or not understood."""
    text = f"{HEAD}信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政许可 | 5 | {cell} | 7 |\n"
    report = gischema.parse_text(text)
    figure = report.figure("proactive.licensing.items_change")
    assert (figure.value, figure.status) == expected
    assert report.figure("proactive.licensing.items_last_year").value == 5
    assert report.figure("proactive.licensing.decisions").value == 7
    flagged = any(figure.path in d.paths for d in report.diagnostics)
    assert flagged == (figure.status == "unreadable")


MONEY = {
    "41.13万元": (Decimal("41.13"), "万元"),
    "251000元": (Decimal("25.1"), "万元"),
    "709455.9元": (Decimal("70.94559"), "万元"),
    "153103.83": (Decimal("153103.83"), None),
}


@pytest.mark.parametrize(("cell", "expected"), MONEY.items(), ids=list(MONEY))
def test_money(cell: str, expected: tuple[Decimal, str | None]) -> None:
    """A printed unit counts and is put to 万元; without one the number stays as it is."""
    text = f"{HEAD}信息内容 | 采购项目数量 | 采购总金额 |\n政府集中采购 | 2 | {cell} |\n"
    figure = gischema.parse_text(text).figure("proactive.procurement.amount")
    assert (figure.value, figure.unit, figure.raw) == (*expected, cell)


def test_digits_that_run_together() -> None:
    """`000` has one split; digits with several are not guessed, and all paths are named."""
    head = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
    report = gischema.parse_text(HEAD + head + "规章000\n规范性文件1234\n")
    assert [report.figure(f"proactive.rules.{c}").value for c in COLUMNS] == [0, 0, 0]
    assert report.figure("proactive.rules.made").reading == "solved"
    unreadable = [f"proactive.normative.{c}" for c in COLUMNS]
    assert {report.figure(path).status for path in unreadable} == {"unreadable"}
    assert [d.paths for d in report.diagnostics if d.code == "D203"] == [tuple(unreadable)]


def test_heads_in_another_order_and_with_a_subtotal() -> None:
    """Columns are read from their heads: another order, an extra 小计, a missing one."""
    text = (
        HEAD + "三、收到和处理政府信息公开申请情况\n"
        "总计 | 自然人 | 法人或其他组织 |\n"
        "小计 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 |\n"
        "一、本年新收政府信息公开申请数量 | 9 | 2 | 7 | 1 | 2 | 3 | 1 |\n"
    )
    report = gischema.parse_text(text)
    row = "requests.received."
    assert {f.path.removeprefix(row): f.value for f in report.figures} == {
        "total": 9, "natural_person": 2, "organizations": 7, "commercial": 1, "research": 2,
        "social": 3, "legal_service": 1,
    }  # fmt: skip
    assert report.figure(row + "other").status == "absent"
    assert row + "organizations" in report.extras


def test_a_row_is_named_once_for_each_kind_of_doubt() -> None:
    """A total that is blank, a figure that fits badly and a cell too few are one doubt."""
    text = f"""{HEAD}
        申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
        一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |
        二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        （一）予以公开 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |
        1.属于国家秘密 | | -3 | 0 | 0 | 0 | 0 | |
        2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    """
    doubts = [d.paths[0] for d in gischema.parse_text(text).diagnostics if d.code == "D205"]
    assert doubts == ["requests.disposed.refused.state_secret.natural_person"]
