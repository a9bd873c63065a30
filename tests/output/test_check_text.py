"""What people read after a check: findings with their places, our own doubts apart, a summary."""

from __future__ import annotations

from typing import get_args

import pytest
from attrs import evolve

from gischema.diagnostics import diagnose
from gischema.output.check_text import CheckText
from gischema.output.checked import Checked, Frame
from gischema.output.language import Lang
from gischema.output.settings_used import SettingsUsed
from gischema.report import Figure, NarrativeFigure, Origin, Report, Unclaimed
from gischema.rules import (
    Change,
    CheckResult,
    Culprit,
    Finding,
    NotAssessable,
    Tally,
    UnreadTable,
)
from gischema.rules.results import CulpritKind, Reason
from gischema.settings.model import Settings

TEXT = "一、总体情况\n全年新收申请65件。\n新收 | 60 | | 68 |\n未知行 | 7 |\n"


def at(piece: str) -> Origin:
    start = TEXT.index(piece)
    line = TEXT.count("\n", 0, start) + 1
    return Origin(
        start, start + len(piece), line, start - TEXT.rfind("\n", 0, start), block=0, row=0
    )


PERSON = Figure("received.person", 60, "件", "stated", "60", "新收 / 自然人", at("60"), "exact")
EMPTY = evolve(at(" | 68"), end=at(" | 68").start)
BLANK = Figure("received.firm", None, "件", "blank", "", "新收 / 企业", EMPTY, "exact")
TOTAL = Figure("received.total", 68, "件", "stated", "68", "新收 / 总计", at("68"), "exact")
TOLD = NarrativeFigure("received.total", 65, "件", "stated", "65件", "新收", at("65"), "exact")
REPORT = Report(
    form="art20-2021",
    year=2023,
    title="云岭县\x1b[31m年度报告",
    figures=(PERSON, BLANK, TOTAL),
    narrative=(TOLD,),
)
SUM = Finding(
    code="B2",
    severity="error",
    kind="identity",
    title="总计",
    title_en="total",
    message="总计 68，各类之和 60",
    message_en="the total is 68, its parts make 60",
    paths=("received.total", "received.person", "received.firm"),
    values=(68, 60, None),
    origins=(TOTAL.origin, PERSON.origin, BLANK.origin),
    sources=("table", "table", "table"),
)
OTHER_SOURCES = evolve(
    SUM,
    code="B5",
    severity="warning",
    message="与正文、上一年不一致",
    message_en="disagrees with text and last year",
    paths=("received.total", "received.total", "received.total"),
    values=(65, 68, 70),
    origins=(TOLD.origin, TOTAL.origin, Origin(900, 902, 99, 7)),
    sources=("narrative", "table", "previous"),
)
NO_ROW = NotAssessable("B9", "absent", "没有印出", "not printed", ("x",), ("x",), 3)
TALLIES = (Tally("B1", 5, 0, 0), Tally("B9", 0, 0, 3))


def rendered(
    *findings: Finding,
    report: Report = REPORT,
    lang: Lang = "zh",
    verbose: bool = False,
    columns: int = 100,
    result: CheckResult | None = None,
) -> str:
    result = result or CheckResult(findings, (NO_ROW,), TALLIES)
    item = Checked("甲.txt", TEXT, report, result)
    return CheckText(item, Frame(lang, (), columns=columns, verbose=verbose)).render()


def test_finding_in_chinese() -> None:
    """File, title, year and form; the finding, its place and its line; the counts."""
    assert rendered(SUM) == (
        "甲.txt  云岭县\ufffd[31m年度报告  年份 2023  表式 art20-2021\n"
        "\n"
        "错误 B2 总计 68，各类之和 60\n"
        "    3:13 | 新收 | 60 | | 68 |\n"
        "         |        --  -  ^^\n"
        "\n"
        "1 处必须改（1 个错误，0 个警告，5 项相符）\n"
        "3 项没有核对，因为：没有印出（B9）\n"
    )


def test_every_operand_on_demand() -> None:
    """With `verbose` the figures of a finding, with place, value, path and name."""
    assert (
        "错误 B2 总计 68，各类之和 60\n"
        "    3:13      68  received.total   “新收”行“总计”列\n"
        "     3:6      60  received.person  “新收”行“自然人”列\n"
        "    3:10  (空白)  received.firm    “新收”行“企业”列\n"
        "    3:13 | 新收 | 60 | | 68 |\n"
        "         |        --  -  ^^\n"
        "\n"
    ) in rendered(SUM, verbose=True)


def test_clean_report_in_english() -> None:
    """No finding, no doubt: the head and the counts."""
    assert rendered(report=Report(), lang="en") == (
        "甲.txt  (no title)  year unknown  form unknown\n"
        "\n"
        "ready to publish (errors: 0, warnings: 0, checks that hold: 5)\n"
        "not checked: 3: not printed (B9)\n"
    )


def test_findings_of_one_culprit_stand_together() -> None:
    """The cell that most likely is wrong comes first, with its line; then what it breaks."""
    culprit = Culprit("received.person", 60, 68)
    blamed = [evolve(SUM, code=code, culprit=culprit) for code in ("B2", "B3")]
    assert (
        "\n\n"
        "最可能填错的格：“新收”行“自然人”列，现为60，疑为68\n"
        "    3:6 | 新收 | 60 | | 68 |\n"
        "        |        ^^\n"
        "    错误 B2 总计 68，各类之和 60\n"
        "    错误 B3 总计 68，各类之和 60\n"
        "\n"
        "警告 B5 与正文、上一年不一致\n"
    ) in rendered(blamed[0], OTHER_SOURCES, blamed[1])


def test_the_line_of_a_culprit_is_that_of_the_culprit() -> None:
    """The first finding may rest on other figures than the culprit."""
    culprit = Culprit("received.person", 60, 68)
    other = evolve(
        SUM, paths=("x",), values=(7,), origins=(at("7"),), sources=("table",), culprit=culprit
    )
    assert "    3:6 | 新收 | 60 | | 68 |\n" in rendered(other, evolve(SUM, culprit=culprit))
    assert "4:7" not in rendered(other, evolve(SUM, culprit=culprit))
    assert " | " not in rendered(other).replace("甲.txt", "")


def test_a_root_cause_takes_eight_lines() -> None:
    """Whatever a culprit breaks: the rest is counted, and listed on demand."""
    culprit = Culprit("received.person", 60, 68)
    blamed = [evolve(SUM, code=f"X{number}", culprit=culprit) for number in range(20)]
    (_, cause, _) = rendered(*blamed).split("\n\n")
    assert len(cause.splitlines()) == 8
    assert cause.endswith("\n    另有 16 处（-v 逐一列出）")
    assert "错误 X19 " in rendered(*blamed, verbose=True)


def test_many_findings_of_one_rule_are_counted() -> None:
    """Up to five stand one by one; of six, the first and a number."""
    five = rendered(*[SUM] * 5)
    assert five.count("错误 B2 ") == 5
    six = rendered(*[SUM] * 6, OTHER_SOURCES)
    assert six.count("错误 B2 ") == 1
    assert "    另有 5 处（-v 逐一列出）\n\n警告 B5 " in six
    assert "and 5 more (-v lists all)" in rendered(*[SUM] * 6, lang="en")
    assert rendered(*[SUM] * 6, verbose=True).count("错误 B2 ") == 6


def test_many_doubts_of_one_kind_are_counted() -> None:
    """Diagnostics are folded in the same way."""
    doubts = [diagnose("D105", at("未知行"), printed=f"行{number}") for number in range(6)]
    report = evolve(REPORT, diagnostics=(*doubts, diagnose("D403")))
    text = rendered(report=report)
    assert text.count("D105 ") == 1
    assert "    另有 5 处（-v 逐一列出）\nD403 " in text
    assert rendered(report=report, verbose=True).count("D105 ") == 6


def test_every_kind_of_culprit_is_told() -> None:
    """What happened, and for every cell what it should state."""
    changes = (Change("received.person", 60, 6), Change("received.firm", None, 0))
    for kind in get_args(CulpritKind):
        culprit = Culprit("received.person", 60, 6, kind)
        assert "“新收”行“自然人”列，现为60，疑为6" in rendered(evolve(SUM, culprit=culprit))
        both = evolve(culprit, changes=changes)
        zh, en = (rendered(evolve(SUM, culprit=both), lang=lang) for lang in ("zh", "en"))
        assert "，现为60，疑为6；“新收”行“企业”列，现为空白，疑为0" in zh
        assert ": 60, probably 6; row “新收”, column “企业”: blank, probably 0" in en


def test_culprit_in_the_running_text() -> None:
    """The caret points at the sentence if the text is to blame."""
    culprit = Culprit("received.total", 65, 68, "text", "narrative")
    text = rendered(evolve(OTHER_SOURCES, culprit=culprit))
    assert "最可能有误的是正文：“新收”行“总计”列，现为65，疑为68\n" in text
    assert "    2:7 | 全年新收申请65件。\n" in text


def test_operands_from_elsewhere_are_named() -> None:
    """Running text and last year's report are said to be so; no line of ours is shown for them."""
    text = rendered(OTHER_SOURCES, verbose=True)
    assert " 2:7  65  received.total  正文 “新收”行“总计”列\n" in text
    assert "99:7  70  received.total  上一年报告 “新收”行“总计”列\n" in text
    assert "    2:7 | 全年新收申请65件。\n        |             ^^\n" in text
    assert "上一年报告" not in rendered(OTHER_SOURCES, lang="en", verbose=True)


def test_doubtful_finding_is_not_counted() -> None:
    """What rests on a doubtful figure is marked, named, and counted apart."""
    text = rendered(evolve(SUM, doubts=("received.person",)))
    assert "错误（存疑） B2 " in text
    assert "    没有读准：“新收”行“自然人”列\n" in text
    of_fact = evolve(SUM, doubts=("report.year",))
    assert "    存疑：报告年度\n" in rendered(of_fact)
    assert "    in doubt: report year\n" in rendered(of_fact, lang="en")
    assert "\n1 处请核对（0 个错误，0 个警告，1 个存疑，5 项相符）\n" in text


@pytest.mark.parametrize(
    ("lang", "heading"),
    [("zh", "本程序没有读准的地方，不表示报告有错"), ("en", "no faults of the report")],
)
def test_doubts_are_ours(lang: Lang, heading: str) -> None:
    """Diagnostics and unclaimed numbers stand under a heading that blames nobody else."""
    unknown = diagnose("D105", at("未知行"), printed="未知行")
    everywhere = diagnose("D403")
    report = evolve(
        REPORT,
        diagnostics=(unknown, everywhere),
        unclaimed=(Unclaimed("7", "未知行", at("7")),),
    )
    text = rendered(SUM, report=report, lang=lang)
    assert text.index("B2") < text.index(heading) < text.index("D105 ")
    assert "    4:1 | 未知行 | 7 |\n        | ^^^^^^\n" in text
    assert "D403 " in text
    assert ("1 个数字" if lang == "zh" else "numbers in tables") in text


def test_remarks_on_running_text_are_counted() -> None:
    """Statements that were not used are one line, next to other doubts or alone; -v lists them."""
    words = {"printed": "近百件", "label": "新收"}
    rounded = diagnose("D501", TOLD.origin, ("narrative received.total",), **words)
    line = "正文另有 2 处说法未采用或存疑（-v 列出）"
    alone = rendered(report=evolve(REPORT, diagnostics=(rounded, rounded)))
    assert f"\n\n{line}\n\n" in alone
    assert "读取存疑" not in alone
    mixed = evolve(REPORT, diagnostics=(rounded, diagnose("D403"), rounded))
    assert rendered(report=mixed).count(line) == 1
    assert "D501" not in rendered(report=mixed)
    in_full = rendered(report=mixed, verbose=True)
    assert in_full.count("D501 ") == 2
    assert "说法" not in in_full


CULPRIT = Culprit("received.person", 60, 68)
WARNING = evolve(SUM, code="B5", severity="warning")
UNREAD = UnreadTable(
    "cells", "requests", "表三", "table 3", 64, 175, ("D304",), "没有读出", "not read"
)


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ((), "可以发布"),
        ((evolve(SUM, severity="info"),), "可以发布"),
        ((SUM, SUM), "2 处必须改"),
        ((evolve(SUM, culprit=CULPRIT), evolve(SUM, code="B3", culprit=CULPRIT)), "1 处必须改"),
        ((SUM, WARNING), "1 处必须改，1 处请核对"),
        ((SUM,) * 6, "6 处必须改"),
        ((evolve(SUM, doubts=("received.person",)), WARNING), "2 处请核对"),
    ],
    ids=["nothing", "a hint", "two errors", "one culprit", "both", "many", "a doubtful error"],
)
def test_the_verdict_says_what_to_do(findings: tuple[Finding, ...], verdict: str) -> None:
    """What must be corrected and what to look at, by places; the counts of findings follow."""
    first, last = rendered(*findings).splitlines()[-2:]
    assert first.startswith(f"{verdict}（")
    assert last == "3 项没有核对，因为：没有印出（B9）"


def test_only_what_was_read_and_checked_may_be_published() -> None:
    """Doubtful figures, tables that were not read and rules that were left out are no release."""
    doubt = diagnose("D301", TOTAL.origin, ("received.total",), label="新收", first=1, second=2)
    report = evolve(REPORT, diagnostics=(doubt,))
    assert "\n1 个数字没有读准（" in rendered(report=report)
    assert "可以发布" not in rendered(report=report)
    unread = CheckResult((SUM,), (), TALLIES, unread=(UNREAD,))
    assert "\n1 处必须改，表格没有读准，不能下结论（" in rendered(result=unread)
    assert "\n没有核对任何一项（" in rendered(result=CheckResult((), (), ()))
    settings = SettingsUsed(Settings(select=("B",)), ("A1",))
    item = Checked("甲.txt", TEXT, REPORT, CheckResult((), (), TALLIES))
    text = CheckText(item, Frame("zh", (), settings=settings)).render()
    assert "\n所选规则没有发现问题（" in text


def test_what_is_not_assessable_is_told_on_demand() -> None:
    """The rules are always counted and named, their reasons follow with `verbose`."""
    assert "\n没有核对：" not in rendered()
    assert "\n没有核对：\nB9 没有印出\n" in rendered(verbose=True)


def test_reasons_of_checks_that_were_not_made_are_grouped() -> None:
    """The last line has each reason once, with the codes of its rules."""
    made: dict[str, Reason] = {"B5": "no_previous", "TT-1": "region", "B6": "no_previous"}
    entries = tuple(NotAssessable(code, why, "", "", (), (), 1) for code, why in made.items())
    (last,) = rendered(result=CheckResult((), entries, ())).splitlines()[-1:]
    assert last.endswith(
        "3 项没有核对，因为：未提供上一年报告（B5 B6）；正文说的是整个地区（TT-1）"
    )


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "未读出表三，不能据此认为勾稽关系成立"),
        ("en", "not read: table 3; the report cannot be said to balance"),
    ],
)
def test_a_table_that_was_not_read_is_said_first_and_last(lang: Lang, line: str) -> None:
    """Nobody takes the counts for a verdict on tables that were not read."""
    message = ("表三没有读出", "table 3 was not read")
    unread = UnreadTable("cells", "requests", "表三", "table 3", 64, 175, ("D304",), *message)
    text = rendered(lang=lang, result=CheckResult((), (), (), unread=(unread,))).splitlines()
    assert (text[0], text[-1]) == (line, line)
    assert f"    {message[lang == 'en']} (D304)" in text
    assert not any("Word" in line for line in text)
    page = evolve(REPORT, figures=(evolve(TOTAL, origin=evolve(at("68"), page=3)),))
    result = CheckResult((), (), (), unread=(unread,))
    advice = "请改用 Word 或 Excel 原件" if lang == "zh" else "check the Word or Excel file instead"
    assert advice in rendered(lang=lang, report=page, result=result)


def test_looks_are_roles() -> None:
    """Colours are up to the caller: it gets every role that the text has."""
    roles = []

    def note(role: str, text: str) -> str:
        roles.append(role)
        return text

    result = CheckResult((SUM, evolve(SUM, doubts=("received.total",))), (), ())
    CheckText(Checked("甲", TEXT, REPORT, result), Frame("zh", (), columns=80, paint=note)).render()
    assert set(roles) == {"title", "error", "quiet", "mark"}
