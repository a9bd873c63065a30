"""Captions that are a few words: a body, a part of the year, last year, a sample, other bodies."""

from __future__ import annotations

import re
from typing import NamedTuple

from gischema.chinese.body_names import BodyNames, is_unnamed
from gischema.chinese.dates import YEAR
from gischema.chinese.enumerators import BEFORE_LABEL
from gischema.chinese.other_counts import is_void_table, with_digits
from gischema.chinese.periods import months_of

_CELLS = re.compile(r"[|\t]| {2,}")
_NUMBER = re.compile(rf"\s*\d{{1,2}}[、.](?={YEAR})|{BEFORE_LABEL.pattern}")
_LEAD = re.compile(
    r"[(【\[=\s]*(?:附[件表录]?\s*[\d一二三四五]*\s*[:、.]\s*|表\s*\d*\s*[:、.]\s*)?"
    r"(?:[下所直]属(?:单位|部门|机关|机构)\s*(?::\s*|(?=[\u4e00-\u9fff]{3,}[局委办厅所会镇乡])))?"
    r"(?:(?:以[上下]|[下上本][列表])(?:数据|数字|表格)?(?:均?[为是系]|由)?)?"
)
_CLOSING = ")】]= :。"
_NOTE = re.compile(
    r"\W*(?:注释?|备注|说明|附注)\d*\s*[:：]|\W*(?:以上|上述|上表|[本此]表|表[中内])"
)
_TABLE = re.compile(
    r"\(?(?:的|年度)?(?:(?:政府|政务)?信息公开)?(?:申请)?(?:工作|年度|情况|报告|数据|数字|统计|汇总|[合总]计|明细"
    r"|一览|对照|对比|如下|附)*表?(?:\([^()]*\))?\Z"
)
_WHOLE = re.compile(
    r"(?:全年度?|本年度?|今年|当年|[实正][际式](?:数据|统计|情况)?|1月?[-—~至到]12月)\Z"
)
_VOID = re.compile(
    r"(?:上一?年度?|去年|前一?年度?|往年|历年|上年同期|去年同期|样[表张本例]|示[例范]|范[本例]|模[板版]|填[写表报](?:样[表例]|示[例范]|范[本例])|作废|此[表页]作废"
    r"|草[稿表案]|初稿|征求意见稿?|送审稿|讨论稿|试填|测试|举?例|增[幅速长]率?|平均[数值]?|占比|比[例重]|得分|任务数)表?(?:\(20\d\d年?度?\))?\Z"
)
_HEAD = re.compile(r"(?:上一?|前一?|去|今|本|当)年\Z")  # of a column, or the first line of one
_ALL_BELOW = re.compile(r"(?:各|所有|全部|下属|所属|下辖|直属)[\u4e00-\u9fff、()]{1,15}\Z")
_ALL_OF_REGION = re.compile(
    r"全[省市县区州旗盟镇乡](?:各[省市县区州旗盟镇乡]+)?\Z|[省市县区州]直部门\Z|乡镇\Z"
)
_BELOW = re.compile(r"[下所局直]属(?:单位|部门|机构)\Z")
_TITLE = re.compile(r"(?:年度|工作|公开)(?:年度)?报告|年报|总结")
_WHOLE_SUM = re.compile(r"[合总累]计|汇总|平均")
_YEARS = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_YEAR_BEHIND = re.compile(rf"{YEAR}年?度?\Z")
_OF_BODY = re.compile(r"(?:收到|受理|主动公开|依申请|政府信息公开)")
_LONGEST_VOID = 24  # characters of a caption whose words are looked at wherever they stand
_GOVERNMENT = re.compile(
    r"政府(?:办公[室厅]|办)?\Z|[省市县区州旗盟镇乡]\Z|街道(?:办事处)?\Z|管委会\Z|管理委员会\Z"
)


class CaptionWords(NamedTuple):
    """What a caption of a few words says of its table.

    Attributes:
        agency: The body that it names.
        months: The first and the last month of the part of the year that it names.
        is_void: True if it says that the figures are not the year's: last year's, of a sample.
        is_of_others: True if it says that they are of several bodies.
        other: Words that may name another time than the report's, or say that it does not count.
    """

    agency: str | None = None
    months: tuple[int, int] | None = None
    is_void: bool = False
    is_of_others: bool = False
    other: str = ""


def caption_words(line: str, names: BodyNames) -> CaptionWords | None:
    """Return what a line of a few words says of the table below it; None for any other line.

    In a line with bars all cells hold the same words, or nothing.
    """
    cells = {cell.strip() for cell in _CELLS.split(line)} - {""}
    if len(cells) != 1:
        return None
    words = cells.pop()
    if _HEAD.match(words):
        return None
    return _plain_words("".join(with_digits(words).split()), names)


def note_words(line: str, names: BodyNames) -> CaptionWords | None:
    """Return what a note says of the table above it: 注:以上为上年数据; None for any other line."""
    words = "".join(with_digits(line.strip(" |\t")).split())
    found = _NOTE.match(words)
    if found is None:
        return None
    known = _plain_words(words[found.end() :] if ":" in found[0] else words, names)
    return known or CaptionWords(other=words)


def _plain_words(words: str, names: BodyNames) -> CaptionWords | None:
    whole = words
    words = words[_match_end(_NUMBER, words) :]
    words = words[_match_end(_LEAD, words) :].rstrip(_CLOSING)
    plain = _TABLE.sub("", words)
    if months := months_of(plain):
        return CaptionWords(months=months)
    if any(map(_WHOLE.match, (words, plain))):
        return CaptionWords(months=(1, 12))
    if any(map(_VOID.match, (words, plain))):
        return CaptionWords(is_void=True)
    if _is_of_others(plain, names, alone=plain == words):
        return CaptionWords(is_of_others=True)
    if (agency := _agency(_YEAR_BEHIND.sub("", plain), names)) is not None:
        return CaptionWords(agency=agency)
    return CaptionWords(other=whole) if _may_be_other(whole) else None


def is_government(agency: str) -> bool:
    """Return True for the name of a government or its office, which reports for its region."""
    return _GOVERNMENT.search(agency) is not None


def _match_end(lead: re.Pattern[str], words: str) -> int:
    found = lead.match(words)
    return found.end() if found is not None else 0


def _agency(words: str, names: BodyNames) -> str | None:
    """Return the body that words name, alone or before what the table counts."""
    if words.startswith(("含", "包")):
        return None
    if names.is_full_name(words) and not is_unnamed(words):
        return words
    found = names.beginning.match(words)
    named = found is not None and not is_unnamed(words) and _OF_BODY.match(words, found.end())
    return found[0] if found is not None and named else None


def _may_be_other(words: str) -> bool:
    """Return True if a caption may name another time or say that its table does not count.

    Several years side by side are those of several columns, unless a sum of them is named.
    """
    if len(words) > _LONGEST_VOID or _TITLE.search(words):
        return False
    years = set(_YEARS.findall(words))
    if len(years) > 1 and not _WHOLE_SUM.search(words):
        return False
    return bool(years) or is_void_table(words, None)


def _is_of_others(plain: str, names: BodyNames, *, alone: bool) -> bool:
    """Return True for words that stand for several bodies: 下属单位, 全市, with more 各乡镇汇总."""
    if _BELOW.match(plain) or _ALL_OF_REGION.match(plain):
        return True
    return (
        not alone
        and _ALL_BELOW.match(plain) is not None
        and plain.endswith((*names.groups, *names.endings))
    )
