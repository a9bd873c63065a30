"""Running text as a part of a report: a plain value, with doubts of its own."""

from __future__ import annotations

import gc
import pickle
import weakref

from attrs import evolve

import gischema
from gischema.report import Diagnostic, Narrative, with_doubts

TOTAL = "requests.received.total"
TEXT = """青禾市云岭县财政局2022年政府信息公开工作年度报告
一、总体情况
{sentence}
三、收到和处理政府信息公开申请情况
申请人情况 |
自然人 | 法人或其他组织 | 总计 |
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |
{rows}
"""
ROW = "一、本年新收政府信息公开申请数量 | 6 | 1 | 0 | 0 | 2 | 0 | {} |"


def parsed(sentence: str, *totals: int) -> gischema.Report:
    rows = "\n".join(map(ROW.format, totals))
    return gischema.parse_text(TEXT.format(sentence=sentence, rows=rows))


def test_a_report_keeps_nothing_of_its_source() -> None:
    """The text is read once, with the tables: the document can go."""
    document = gischema.read(
        "青禾市云岭县财政局2022年\n政府信息公开年报\n收到信息公开申请9件。".encode()
    )
    alive = weakref.ref(document)
    report = gischema.parse(document)
    del document
    gc.collect()
    assert alive() is None
    assert [figure.value for figure in report.narrative] == [9]


def test_running_text_is_a_value() -> None:
    """Equal texts are equal, have one hash, and go to other processes as they are."""
    one, other = (parsed("本年收到政府信息公开申请9件。", 9).narrative for _ in range(2))
    assert isinstance(one, Narrative)
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert (one[0], one[:1], len(one)) == (one.figures[0], one.figures, 1)
    assert one != parsed("本年收到政府信息公开申请8件。", 9).narrative


def test_a_doubtful_statement_leaves_the_table_alone() -> None:
    """A rounded figure of the text is in doubt; the figure of the table it speaks of is not."""
    report = parsed("本年收到政府信息公开申请约9件，当面申请1件。", 9)
    (candidate,) = report.narrative.candidates
    assert (candidate.path, candidate.doubts) == (TOTAL, ("D501",))
    assert [d.paths for d in report.narrative.diagnostics] == [(TOTAL,)]
    assert report.figure(TOTAL).doubts == ()
    assert TOTAL not in report.doubts


def test_a_doubtful_table_leaves_the_text_alone() -> None:
    """The row is printed twice, with two totals; what the text states is not in doubt for it."""
    report = parsed("本年收到政府信息公开申请9件。", 9, 8)
    assert report.figure(TOTAL).doubts == ("D301",)
    assert [(f.path, f.doubts) for f in report.narrative] == [(TOTAL, ())]


def test_a_doubt_stays_with_its_statement() -> None:
    """Of two statements about one indicator, only that about another body is in doubt."""
    report = parsed("本年收到政府信息公开申请9件。云岭县教育局收到政府信息公开申请80件。", 9)
    assert [(f.path, f.value, f.doubts) for f in report.narrative] == [(TOTAL, 9, ())]
    assert [(f.path, f.value, f.doubts) for f in report.narrative.candidates] == [
        (TOTAL, 80, ("D506",))
    ]


def test_a_diagnostic_in_a_clause_is_about_the_statement_too() -> None:
    """A plugin may doubt what the text states: the place of its diagnostic says so."""
    report = parsed("本年收到政府信息公开申请9件。", 9)
    (figure,) = report.narrative
    note = Diagnostic("X1", "", "", (TOTAL,), figure.origin)
    elsewhere = Diagnostic("X2", "", "", (TOTAL,), report.figure(TOTAL).origin)
    noted = with_doubts(evolve(report, diagnostics=(note, elsewhere)))
    assert [f.doubts for f in noted.narrative] == [("X1",)]
    assert noted.figure(TOTAL).doubts == ("X1", "X2")


def test_a_diagnostic_about_what_only_the_text_states_is_about_the_text() -> None:
    """No table has the path, so no absent figure is made up for it."""
    report = parsed("本年制作宣传册9种，收到政府信息公开申请9件。", 9)
    figure = evolve(report.narrative[0], path="leaflets")
    note = Diagnostic("X1", "", "", ("leaflets",))
    noted = with_doubts(evolve(report, narrative=(figure,), diagnostics=(note,)))
    assert [f.doubts for f in noted.narrative] == [("X1",)]
    assert list(noted.unread()) == []


def test_a_list_with_semicolons_is_running_text() -> None:
    """Items that begin with labels of rows are sentences where no table stands around them."""
    text = """青禾市云岭县水务局2016年政府信息公开工作年度报告
    本报告根据《中华人民共和国政府信息公开条例》编制。
    三、依申请公开情况
    （一）收到申请数5件，比上年增加2件。
    1.当面申请数2件；
    2.网络申请数：3件；
    3.信函申请数0件。"""
    report = gischema.parse_text(text)
    assert report.figures == ()
    assert {figure.path: figure.value for figure in report.narrative} == {
        "requests.received": 5,
        "requests.received.in_person": 2,
        "requests.received.online": 3,
        "requests.received.letter": 0,
    }
