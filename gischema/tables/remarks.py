"""Read rows whose line goes on behind the figures: with a stop, a note or a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from gischema.tables.numbers import FIGURES, LAST
from gischema.tables.placeholders import was_figure
from gischema.tables.printed_units import UNITS

ERRORS = ("#", "〓")
"""The first characters of an error in place of a figure: `#REF!`, a lost character."""

STOPS = "。;"
"""Punctuation behind the last figure of a line that is no part of it."""

CORRECTS = re.compile("勘误|更正|订正|修正为|改为|应为|误为|误写|误填|误作|有误")
"""Words that say that a figure is to be another one."""

_PUNCTUATION = " 。;,、:"
_ROW_NUMBER = re.compile(r"\d{1,2}\s*[.、](?!\d)")
_QUOTED = 40  # characters of a printed text that a message repeats
_FEW = 2  # figures that make a row
_BOUNDARIES = frozenset(" 。;,、(")  # what may stand between a figure and words behind it
_DATED = frozenset("年月日号页时分点届")  # a number before one of these counts nothing
_BEHIND = re.compile(rf"[\s:]*+(?P<unit>{UNITS}[\s:]*+)?(?P<figures>{FIGURES})(?![.\d、)])")
_LINK = re.compile(
    r"(?:(?:文件|附件)?下载|附件|打印(?:本页)?|关闭(?:窗口)?|分享|返回(?:顶部|首页|列表)?)\s*"
)
_WORD = re.compile(r"[^\W\d_]")


class FiguresBehind(NamedTuple):
    """The figures behind a label.

    Attributes:
        start: Where they, or the unit before them, begin in the text behind the label.
        end: Where they end.
        remark: The words behind them.
        tabular: True if they stand as in a table, not as in a sentence: a unit before the figure,
            several figures, or only a figure.
    """

    start: int
    end: int
    remark: str
    tabular: bool


def without_stop(text: str) -> str:
    """Return a text without the stop behind the figure or unit at its end."""
    if text[-1] in STOPS:
        bare = text.rstrip(STOPS + " ")
        if bare and bare[-1] in LAST:
            return bare
    return text


def figures_behind(text: str) -> FiguresBehind | None:
    """Return the figures that the text behind a label begins with.

    Returns None if it begins with something else, or if the next character may belong to the last
    figure: a year (`2023年`), a share (`3%`), the mark of a note (`12*`).
    """
    found = _BEHIND.match(text)
    if found is None or not any(map(str.isdecimal, found["figures"])):
        return None
    rest = text[found.end() :]
    if rest and not _may_follow(rest[0]):
        return None
    remark = rest.strip(STOPS + " ")
    if remark and not _WORD.search(remark):
        return None
    counted = found["figures"][-1].isdecimal()
    tabular = bool(found["unit"]) or len(found["figures"].split()) >= _FEW
    start = found.start("unit") if found["unit"] else found.start("figures")
    return FiguresBehind(start, found.end(), remark, tabular or (counted and not remark))


def _may_follow(character: str) -> bool:
    """Return True if words behind a figure may begin with a character."""
    if character in _BOUNDARIES:
        return True
    return "\u4e00" <= character <= "\u9fff" and character not in _DATED


def figure_before_words(text: str) -> str:
    """Return the single figure that a cell of words begins with (`5 其中网络申请3件`), if any.

    The number of a row is no figure: `7 . 告知…`.
    """
    if not text[0].isdecimal() or _ROW_NUMBER.match(text):
        return ""
    found = figures_behind(text)
    if found is None or not found.remark or " " in (figure := text[found.start : found.end]):
        return ""
    return figure


def is_remark(text: str) -> bool:
    """Return True if a cell holds words or punctuation, but nothing that may be a figure."""
    words = text.lstrip(_PUNCTUATION)
    if not words:
        return True
    if words[0].isdecimal() or words.startswith(ERRORS) or was_figure(words):
        return False
    if CORRECTS.search(words):
        return False
    return _WORD.search(words) is not None


def is_link(words: str) -> bool:
    """Return True for the words of a link or button of the page, which say nothing of a figure."""
    return _LINK.fullmatch(words) is not None


def is_sentence(text: str) -> bool:
    """Return True if the words behind a label are separate from it and have punctuation."""
    return text[:1] in _BOUNDARIES and any(mark in text for mark in "。;,")


def shortened(text: str) -> str:
    """Return a text as a message quotes it: on one line, cut if it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
