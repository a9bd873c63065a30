"""What the rows of Jiangsu become: typed figures that are checked."""

import gischema_jiangsu

from gischema import Gischema

ENGINE = Gischema(plugins=[gischema_jiangsu])
PAGE = """云岭市政务办2016年度政府信息公开统计表
统计指标 | 单位 | 统计数 |
三、依申请公开情况 | | |
（一）收到申请数 | 件 | 9 |
（四）申请来源 | | |
1．党政机关 | 件 | 0 |
2．社会团体 | 件 | 1 |
3．企业 | 件 | 3 |
4．宣传媒体 | 件 | 0 |
5．科研院校 | 件 | 0 |
6．公民 | 件 | 5 |
其中：律师 | 件 | 2 |
科研人员 | 件 | 0 |
媒体从业人员 | 件 | 1 |
7．其他 | 件 | 0 |
七、政府信息公开意见箱办理信件数量 | 件 | 4 |
八、依申请公开信息收取的费用 | 万元 | 0.5 |
"""


def test_figures_are_typed() -> None:
    """Regional rows stand next to the national ones, whose numerals have shifted."""
    report = ENGINE.parse_text(PAGE)
    assert report.variant == "jiangsu"
    assert report.requests.sources.citizens.lawyers == 2
    assert report.requests.received.total == 9
    assert report.mailbox_letters == 4
    assert str(report.fees) == "0.5"
    assert report.administrative_powers.penalty is None
    assert not report.unclaimed
    assert not report.extras


def test_sums_are_checked() -> None:
    """The kinds of applicant must add up, and professions are a part of the citizens."""
    report = ENGINE.parse_text(PAGE)
    assert not ENGINE.check(report, select=["JS1", "JS2"]).findings
    wrong = ENGINE.parse_text(PAGE.replace("3．企业 | 件 | 3", "3．企业 | 件 | 4"))
    assert [f.code for f in ENGINE.check(wrong, select=["JS1", "JS2"]).findings] == ["JS1"]
    wrong = ENGINE.parse_text(PAGE.replace("律师 | 件 | 2", "律师 | 件 | 7"))
    assert [f.code for f in ENGINE.check(wrong, select=["JS1", "JS2"]).findings] == ["JS2"]
