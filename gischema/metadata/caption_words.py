"""Captions that are a few words: a body, a part of the year, last year, a sample, other bodies."""

from __future__ import annotations

import re
from typing import NamedTuple

from gischema.chinese.body_names import BodyNames, is_unnamed
from gischema.chinese.periods import months_of

_CELLS = re.compile(r"[|\t]| {2,}")
_LEAD = re.compile(
    r"[(【\[\s]*(?:附[件表录]?\s*[\d一二三四五]*\s*[:、.]\s*|表\s*\d*\s*[:、.]\s*)?"
    r"(?:[下所直]属(?:单位|部门|机关|机构)\s*(?::\s*|(?=[\u4e00-\u9fff]{3,}[局委办厅所会镇乡])))?"
)
_CLOSING = ")】] :"
_TABLE = re.compile(
    r"\(?(?:的|年度)?(?:(?:政府|政务)?信息公开)?(?:申请)?(?:工作|年度|情况|报告|数据|数字|统计|汇总|明细"
    r"|一览|对照|对比|如下|附)*表?(?:\([^()]*\))?\Z"
)
_WHOLE = re.compile(
    r"(?:全年度?|本年度?|今年|当年|[实正][际式](?:数据|统计|情况)?|1月?[-—~至到]12月)\Z"
)
_VOID = re.compile(
    r"(?:上一?年度?|去年|前一?年度?|往年|历年|上年同期|去年同期|样[表张本例]|示[例范]|范[本例]|模[板版]|填[写表报](?:样[表例]|示[例范]|范[本例])|作废|此[表页]作废"
    r"|草[稿表案]|初稿|征求意见稿?|送审稿|讨论稿|试填|测试|举例)表?(?:\(20\d\d年?度?\))?\Z"
)
_HEAD = re.compile(r"(?:上一?|前一?|去|今|本|当)年\Z")  # of a column, or the first line of one
_ALL_BELOW = re.compile(r"(?:各|所有|全部|下属|所属|下辖|直属)[\u4e00-\u9fff、()]{1,15}\Z")
_ALL_OF_REGION = re.compile(r"全[省市县区州旗盟镇乡]\Z")
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
    """

    agency: str | None = None
    months: tuple[int, int] | None = None
    is_void: bool = False
    is_of_others: bool = False


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
    words = "".join(words[_match_end(words) :].split()).rstrip(_CLOSING)
    plain = _TABLE.sub("", words)
    if months := months_of(plain):
        return CaptionWords(months=months)
    if any(map(_WHOLE.match, (words, plain))):
        return CaptionWords(months=(1, 12))
    if any(map(_VOID.match, (words, plain))):
        return CaptionWords(is_void=True)
    if plain != words and _is_of_others(plain, names):
        return CaptionWords(is_of_others=True)
    if names.is_full_name(plain) and not is_unnamed(plain):
        return CaptionWords(agency=plain)
    return None


def is_government(agency: str) -> bool:
    """Return True for the name of a government or its office, which reports for its region."""
    return _GOVERNMENT.search(agency) is not None


def _match_end(words: str) -> int:
    found = _LEAD.match(words)
    return found.end() if found is not None else 0


def _is_of_others(plain: str, names: BodyNames) -> bool:
    """Return True for words that stand for several bodies: 各乡镇, 下属单位, 全市."""
    if _ALL_OF_REGION.match(plain):
        return True
    return _ALL_BELOW.match(plain) is not None and plain.endswith((*names.groups, *names.endings))
