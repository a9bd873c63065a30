"""Words next to a figure that make it another count than the year's own: (上年), (不含乡镇)."""

from __future__ import annotations

import re

from gischema.chinese.dates import YEAR
from gischema.chinese.periods import names_part_of_year

_COMPARED = r"(?<![与和同较比跟])"
_LAST_YEAR = re.compile(
    rf"{_COMPARED}(?:上一?年度?|去年|前一?年度?|往年|历年|以前年度)(?!末?结转|遗留|转|同期|相比|增|减)"
    r"|(?:近|前|上|过去)[两二三四五几多\d]年|[两二三四五多]年(?:来|合计|总计|累计|汇总|平均)"
    r"|年初|期初|历史数据|以来|至今"
)
_OF_LAST_YEAR = re.compile(r"[上去前]一?年")
_CUMULATIVE = re.compile(r"(?<!本年)(?<!本年度)(?<!全年)(?<!当年)(?<!今年)(?<!\d年)(?<!\d年度)累计")
_YEARS = re.compile(rf"(?<!\d)({YEAR})\s*(?:年|[-—~至到、]\s*(?={YEAR}))|\A\W*({YEAR})\W*\Z")
_DAY = re.compile(
    rf"(?<![截至到止])(?<!截至于){YEAR}(?:年\d{{1,2}}月(?:\d{{1,2}}日)?|[./-]\d{{1,2}}[./-]\d{{1,2}})"
    rf"(?!\s*[-—~至到])|[〔\[]{YEAR}[〕\]]\d*号?|{YEAR}年?(?=修[订正]|版|格式|第\d+号)"
)
_NAMES_OF_YEARS = re.compile(r"二[〇零][〇零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_VOID = re.compile(
    r"预[计测估]|估[算计]|概数|约数|计划(?:数|表)|\d年度?(?:计划|目标|任务)|目标[数值]|任务数|应完成"
    r"|作废|(?<![如若][有果])(?:有误|错误)(?!请)|(?:更正|修[改订正]|调整|核减)前|原[表数]\Z"
    r"|样[例表张]|示例|演示|测试数?|草稿"
)
_MULTIPLES = re.compile(r"万(?:件|条|人次?|次|份|个)")
_SHARES = re.compile(
    r"增长率|增[幅速]|环比|占比|比[例重]|百分比|平均|均值|人均|得分|分值|排名|名次"
)
_PARTS = re.compile(
    r"[不未](?:含|包[含括]).{1,8}\Z|除外|剔除|仅|只[含限]"
    r"|(?:含|包[含括]).{0,4}(?:乡镇|街道|下属|所属|直属|下级|各)"
)
_OTHERS = re.compile(
    r"全[省市县区州旗盟镇乡](?:合计|总计|汇总|总数|累计|[数\W]|\Z)"
    r"|(?:乡镇|街道|各部门|各单位|(?:下|所|局|直)属[单部]位?门?|[县市区省]直部门)(?:合计|总计|汇总|[数\W]|\Z)"
)


def with_digits(words: str) -> str:
    """Return words in which the years have digits: 二〇二二年 as 2022年."""
    return _NAMES_OF_YEARS.sub(lambda name: name[0].translate(_DIGITS), words)


def names_other_time(words: str, year: int | None) -> bool:
    """Return True if words name another time than a whole year: last year, a quarter, all years.

    Args:
        words: Words next to a figure or a table.
        year: The year of the report.
    """
    words = _DAY.sub("", with_digits("".join(words.split())))
    years = {int(one or alone) for one, alone in _YEARS.findall(words)}
    if year is not None and years - {year}:
        return True
    if _LAST_YEAR.search(words) or _CUMULATIVE.search(words):
        return True
    return names_part_of_year(words)


def is_other_count(words: str, year: int | None) -> bool:
    """Return True if words next to a label or head make its figures another count than the year's.

    They name another time, an estimate, a share, a part, more bodies than one, or a void table.
    """
    plain = "".join(words.split())
    found = (
        _VOID.search(plain),
        _SHARES.search(plain),
        _PARTS.search(plain),
        _OTHERS.search(plain),
    )
    return any(found) or names_other_time(words, year)


def is_void_table(words: str, year: int | None) -> bool:
    """Return True if a note at a table says that its figures are not those of the year.

    They are of another time, an estimate, an example, wrong, or printed in multiples.
    """
    plain = "".join(words.split())
    return any((_VOID.search(plain), _MULTIPLES.search(plain))) or names_other_time(words, year)


def is_of_last_year(label: str) -> bool:
    """Return True if a label itself is about last year: 上一年项目数量, 上年结转."""
    return _OF_LAST_YEAR.search(label) is not None
