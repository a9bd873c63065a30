"""A whole revision of the form in 25 lines of grammar and 25 of rules, right when it is first read.

Two rows are renamed, one is dropped, an applicant column and a table of two sections are new; a phrase
of running text and three rules come with it, one of them over two years.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema
from gischema.testing.conformance import Subject, checks

GRAMMAR = """// form: art20-2028
// years: 2028–
// basis: 设想中的2028年修订（并非真实文件）
// replaces: art20-2021
// rules: like art20-2021
%import .art20_2021 (start)
%override GRANTED: "(一)全部公开"
%override NOT_HELD: "1.本机关未制作也未保存"
%override not_processed: (NOT_PROCESSED | PETITION | DUPLICATE | EXCESSIVE | CONFIRMATION)+
%extend _organizations: MEDIA after LEGAL_SERVICE
MEDIA: "新闻媒体 | 件"
%extend _section: channels after review
channels: _CHANNELS? channels__columns? (by_hand | online)+
_CHANNELS: "五、政府信息公开申请提交渠道情况 |"
channels__columns: (WORKING_DAYS | OTHER_DAYS | COLUMNS__TOTAL)+
WORKING_DAYS: "工作日提交 | 件"
OTHER_DAYS: "节假日提交 | 件"
COLUMNS__TOTAL: "小计 | 件" // sum
by_hand: (_BY_HAND | COUNTER | LETTER)+
_BY_HAND: "(一)线下提交"
COUNTER: "1.当面提交申请"
LETTER: "2.信函或者传真提交申请"
online: _ONLINE? APP
_ONLINE: "(二)线上提交"
APP: "1.移动客户端提交申请"
"""
RULES = """forms  art20-2028
source "设想中的2028年修订（并非真实文件）" structure
since  0.1
rule R28-1 identity error
  title   "各渠道之和等于本年新收" / "the channels together are the requests of the year"
  why     "每件申请经一个渠道提交。" / "Every request came through one channel."
  check   sum(channels.*.total) = requests.received.total
  message "各渠道合计{left}，新收{right}" / "the channels make {left}, requests received are {right}"
  passes  channels.*.total = 0, requests.received.total = 0
  fails   channels.*.total = 0, requests.received.total = 5
rule R28-2 bound error
  title   "媒体申请不超过总计" / "requests of media are no more than all"
  why     "媒体申请是总计的一部分。" / "Those of media are a part of all."
  check   requests.received.media <= requests.received.total
  message "媒体{left}，总计{right}" / "{left} of media, {right} in all"
  passes  requests.received.media = 1, requests.received.total = 2
  fails   requests.received.media = 3, requests.received.total = 2
rule R28-3 expectation info
  title   "媒体申请不骤增" / "requests of media do not jump"
  why     "骤增多为错行。" / "A jump is mostly a row out of place."
  check   requests.received.media <= 10 * previous(requests.received.media)
  message "媒体{left}，上年的十倍为{right}" / "{left} of media, ten times last year's is {right}"
  passes  requests.received.media = 9, previous(requests.received.media) = 1
  fails   requests.received.media = 11, previous(requests.received.media) = 1
"""
PHRASE = '[phrase.RECEIVE]\nwordings = "签收"\n'
HEADS = """（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |
自然人 | 法人或其他组织 | 总计 |
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 新闻媒体 | 其他 |"""
PAGE = f"""青禾市2028年政府信息公开工作年度报告
一、总体情况
全年签收政府信息公开申请9件。
三、收到和处理政府信息公开申请情况
{HEADS}
一、本年新收政府信息公开申请数量 | 2 | 1 | 0 | 0 | 0 | 6 | 0 | 9 |
（一）全部公开 | 2 | 1 | 0 | 0 | 0 | 3 | 0 | 6 |
1.本机关未制作也未保存 | 0 | 0 | 0 | 0 | 0 | 3 | 0 | 3 |
五、政府信息公开申请提交渠道情况
 | 工作日提交 | 节假日提交 | 小计 |
1.当面提交申请 | 2 | 0 | 2 |
2.信函或者传真提交申请 | 3 | 1 | 4 |
1.移动客户端提交申请 | 1 | 2 | 3 |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The revision as a folder of three files."""
    (home := tmp_path / "revision").mkdir()
    (home / "art20_2028.lark").write_text(GRAMMAR, encoding="utf-8")
    (home / "art20_2028.rules").write_text(RULES, encoding="utf-8")
    (home / "narrative.toml").write_text(PHRASE, encoding="utf-8")
    return home


def test_revision_is_short() -> None:
    """What the revision changes, and nothing else."""
    assert len(GRAMMAR.splitlines()) <= 25
    assert len(RULES.splitlines()) <= 25


@pytest.mark.slow
def test_revision_conforms_at_the_first_run(folder: Path) -> None:
    """All checks of the fast mode pass, and nothing is a problem."""
    subject = Subject.of(folder, fast=True)
    assert subject.engine.problems == ()
    for check in checks(subject):
        check.run(subject)


def test_page_of_the_revision_is_read(folder: Path) -> None:
    """Renamed rows under their paths, the new column in its place, the new table, the new phrase."""
    engine = Gischema(plugins=[folder])
    report = engine.parse_text(PAGE)
    assert (report.form, report.diagnostics) == ("art20-2028", ())
    values = {figure.path: figure.value for figure in report.figures}
    assert len(values) == 3 * 8 + 3 * 3
    assert values["requests.received.media"] == 6
    assert values["requests.disposed.granted.total"] == 6
    assert values["requests.disposed.unavailable.not_held.media"] == 3
    assert values["channels.online.app.total"] == 3
    assert {f.path: f.value for f in report.narrative} == {"requests.received.total": 9}
    own = {rule.code for rule in engine.rules.for_form("art20-2028")}
    assert {"R28-1", "R28-3", "B2", "SUM-ART20-2028-CHANNELS-BY-HAND-COLUMNS-TOTAL"} <= own


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", set()),
        ("| 3 | 1 | 4 |", "| 3 | 1 | 5 |", {"R28-1", "SUM"}),
        ("| 6 | 0 | 9 |", "| 7 | 0 | 9 |", {"B2", "R28-3"}),
    ],
)
def test_rules_of_the_revision_find_what_is_wrong(
    folder: Path, old: str, new: str, codes: set[str]
) -> None:
    """Its own, those of the totals, and those of the form that it replaces."""
    engine = Gischema(plugins=[folder])
    previous = engine.parse_text(PAGE.replace("2028", "2027"), form="art20-2028")
    if "R28-3" in codes:
        previous = engine.parse_text(
            PAGE.replace("2028", "2027").replace("| 6 | 0 | 9 |", "| 0 | 6 | 9 |"),
            form="art20-2028",
        )
    findings = engine.check(engine.parse_text(PAGE.replace(old, new)), previous=previous).findings
    found = {finding.code.partition("-ART20")[0] for finding in findings}
    assert found & {"R28-1", "R28-2", "R28-3", "B2", "SUM"} == codes


def test_page_furniture_is_that_of_the_form_it_replaces(folder: Path) -> None:
    """The telephone number below the table is no figure that nothing claims."""
    engine = Gischema(plugins=[folder])
    report = engine.parse_text(f"{PAGE}填报人 | 联系电话 | 5550100 |\n备注 | 3 |\n")
    assert report.form == "art20-2028"
    assert report.unclaimed == ()
    assert report.figures == engine.parse_text(PAGE).figures
