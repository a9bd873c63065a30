"""Wholeness: whether a figure is all of the number that is printed, and the number that is meant.

1、234件 ends like 234件, so do 12:15件 and -690件, and behind 871件 may stand (应为937件). Whatever
touches a figure and is not known to stand there makes it doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gischema.chinese.numerals import NUMERALS
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement
from gischema.text.sentences import TextLine

_WORDS = r"\u3400-\u9fff〇,;:、。()\[\]{}“”\"《》!?…"
_AHEAD = re.compile(rf"(?:\A|[{_WORDS}¥]|——)\Z")
_NUMBER_AHEAD = re.compile(rf"\d(?:[,:、%]|或者?|[至到又和与及])?\Z|[几{NUMERALS}]\Z")  # 1、234件
_TENS_AHEAD = re.compile(r"(?<![总个多第])数\Z")  # 数10件
_TENS = re.compile(r"10+")
_BEHIND = re.compile(rf"[{_WORDS}\dA-Za-z]|[.—-](?!\d)|\Z")
_UNIT = r"[\u4e00-\u9fff]{1,2}"
_NUMBER_BEHIND = re.compile(
    r"有余|余|多(?![数是为种次项样])|半(?!年)"
    rf"|(?:又|至|到|或者?)\d+{_UNIT}"
    rf"|(?<=\d),\d{{4,}}(?!年)"
)
_CORRECTED = re.compile(
    r"[(,:]*(?:备?注:?)?(?:此处|上述|原文?)?(?:应当?[为是改]|更正|更改|勘误|订正|[修改]正?为|实际?为|有误)"
    r"|\([^()]{0,8}(?:有误|暂[定计]|待核|待查|初步|未核|估计|预估|不准)"
)
_SEVERAL = re.compile("[、和与及]|分别|各")  # that have a value each
_PAGE = r"(?:[ \t]*(?:[-—~·第]*[ \t]*\d{1,4}[ \t]*[-—~·页]*)?[ \t]*\n){0,4}"
_BROKEN_OFF = re.compile(rf"[ \t]*\n{_PAGE}[ \t]*\d(?:[\d,.]*\d)?(?![年月日]){_UNIT}")
_COUNT_ALONE = re.compile(rf"[ \t]*\d[\d,.]*(?![年月日]){_UNIT}[ \t]*[,。;\n]")  # 3;12件
_THOUSANDS = re.compile(rf"[ \t]*\n\s*\d{{3}}(?:,\d{{3}})*(?![年月日\d]){_UNIT}")  # behind 1,
_BROKEN_BEFORE = re.compile(rf"\d[ \t]*\n{_PAGE}[ \t]*\Z")
_DIGITS = re.compile(r"\d+")
_FAR = 80  # characters in which the first half of a number is looked for
_WITH_YEAR = 5  # digits of a year with a figure glued to it


def doubt_unwhole(stated: Sequence[Statement], year: int | None) -> None:
    """Mark the figures of a sentence that need not be whole; they stay certain to neighbours.

    Args:
        stated: The statements of the sentence.
        year: The year of the report.
    """
    for one in stated:
        figure, text = one.clause.figure, one.sentence.text
        if figure is not None and figure.value and one.indicators:
            named = any(m.end == figure.start for m in one.clause.tokens)  # 按期办结数10件
            tens = not named and _is_tens(figure, text)
            glued = tens or _is_touched(figure, text) or _is_no_count(figure, text, year)
            opens = min([one.clause.opens, *(m.start for m in one.clause.tokens)])
            another = _is_one_of_several(opens, figure, text)
            if glued or another or _CORRECTED.match(text, figure.end):
                one.marks.add("unwhole")


def doubt_broken(stated: Sequence[Statement], line: TextLine, printed: str) -> None:
    """Mark figures at the ends of a line if the number goes on in the next: 12, and below 3件.

    Args:
        stated: The statements of the line.
        line: The line.
        printed: The text that it stands in.
    """
    if not any(one.clause.figure is not None for one in stated):
        return
    for one in stated:
        figure, sentence = one.clause.figure, one.sentence
        bare = figure is not None and figure.name == "bare" and figure.end + 1 == len(sentence.text)
        broken = bare and _THOUSANDS.match(printed, sentence.end)
        if broken or (bare and _COUNT_ALONE.match(printed, sentence.end)):
            one.marks.add("unwhole")
    goes_on = _BROKEN_OFF.match(printed, line.start + len(line.text.rstrip()))
    begun = _BROKEN_BEFORE.search(printed, max(0, line.start - _FAR), line.start)
    for one in stated if goes_on or begun else ():
        figure, sentence = one.clause.figure, one.sentence
        if figure is None:
            continue
        last = goes_on and figure.name == "bare" and not printed[sentence.end : line.end].strip()
        ends = last and figure.end == len(sentence.text)
        begins = begun and figure.start == 0 and not printed[line.start : sentence.start].strip()
        if ends or begins:
            one.marks.add("unwhole")


def _is_touched(figure: Token, text: str) -> bool:
    """Return True if something touches a figure that may belong to its number."""
    ahead = text[max(0, figure.start - 3) : figure.start]
    if _AHEAD.search(ahead) is None or _NUMBER_AHEAD.search(ahead):
        return True
    digits = _DIGITS.match(text, figure.end)
    again = digits is not None and text.startswith(figure.text, digits.end())  # 97件30件
    if again or _NUMBER_BEHIND.match(text, figure.end):
        return True
    return _BEHIND.match(text, figure.end) is None


def _is_tens(figure: Token, text: str) -> bool:
    ahead = text[max(0, figure.start - 2) : figure.start]
    return _TENS_AHEAD.search(ahead) is not None and _TENS.fullmatch(figure.value) is not None


def _is_one_of_several(opens: int, figure: Token, text: str) -> bool:
    """Return True for the first of 线上线下举办培训8场、7场: two values of what is named once."""
    another = re.compile(rf"、\d+{re.escape(figure.text)}(?:[,。;]|\Z)").match(text, figure.end)
    return another is not None and _SEVERAL.search(text, opens, figure.start) is None


def _is_no_count(figure: Token, text: str, year: int | None) -> bool:
    """Return True for 757.5件, and for 2022891件 in a report on 2022."""
    if figure.name != "MONEY" and "." in figure.value:
        return True
    glued = year is not None and figure.value.startswith((str(year), str(year - 1)))
    return glued and len(figure.value) >= _WITH_YEAR and figure.value in text
