"""Expressions that find wordings, longest first, and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gischema.chinese.numerals import FORMAL, MULTIPLES, NUMERALS
from gischema.text.any_of import any_of

GAP = "…"
"""Stands in a wording for up to eight other characters."""

# 公开的行政复议申请 asks for no information; 、 and 。 stand apart, where they compile faster
_ANY = r"(?:(?!复议|诉讼|依申请|零|查阅|[、。])[^,;()\s]){0,8}?"
_NO_PERSON = "(?!人)"  # 公开…申请人 speaks of an applicant, not of an application
_FORMAL = f"(?<![队大登着])[零{FORMAL}]{{2,}}|[壹贰叁肆柒捌玖]"  # 队伍一次, 登陆次数 hold no number

_MULTIPLES = "".join(MULTIPLES)
_COUNTING = f"0123456789零〇一二两三四五六七八九十{FORMAL}"
SPACED = r"\d+(?: \d+)+"
"""Numbers with blanks between: one whose digits were spaced out, or several cells of a row."""

DIGITS = r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?"
# A unit that begins another word, or counts ways: 20个工作日, 8部分, 一次性, 三条例, 四条途径.
_NO_UNIT = (
    r"(?!工作日|自然日|月|小时|年|学时|部分(?!公开|予以)|方面|单位|部门|乡|镇|子|县|区|村|社区|行政村|自然村|居委|下属|直属|所属|科室|股室|站所|学校|中小学|医院"
    r"|例|款|规定|性|分|门|委|民|大常|员会|/|草|列|省|市级|途径|渠道|措施|路径)"
)


def with_gaps(wordings: Iterable[str]) -> str:
    """Return an expression for wordings that hold a gap, those that say more behind it first."""
    firsts: dict[str, list[str]] = {}
    for wording in wordings:
        first, _, behind = wording.partition(GAP)
        firsts.setdefault(behind, []).append(first)
    ways = (
        _ANY.join((any_of(firsts[behind]), *map(re.escape, behind.split(GAP))))
        for behind in sorted(firsts, key=len, reverse=True)
    )
    return f"(?:{'|'.join(ways)}){_NO_PERSON}"


def figure(units: Iterable[str], odd: Iterable[str], before: Iterable[str]) -> str:
    """Return an expression for a number with its unit.

    What is matched beyond its groups `digits`, `numerals`, `times` and `unit` is a word of `odd`
    or `before`.

    Args:
        units: The units.
        odd: Words behind a rounded number, such as 余.
        before: Words before one, such as 约.
    """
    rest, ahead, unit = any_of(odd), any_of(before), any_of(units)
    return (
        rf"(?:(?<![以向社网])(?:{ahead}))?(?<![\d.第A-Za-z])(?<!\d )"
        rf"(?:(?P<digits>{SPACED}|{DIGITS})|(?<![第每逐任何同这那各某几{NUMERALS}])(?!(?<=数)[十百千])(?P<numerals>[{NUMERALS}]+|{_FORMAL}))"
        rf"(?:{rest})?(?P<times>[{_MULTIPLES}])?(?:{rest})?"
        rf"(?P<unit>{unit}){_NO_UNIT}(?:{rest})?"
    )


def anything(units: Iterable[str], nones: Iterable[str]) -> str:
    """Return an expression for the end of a figure with a unit or without, or for a denial.

    It begins with all its first characters, which is what makes a search fast.
    """
    denials: dict[str, list[str]] = {}
    for wording in shortest(nones):
        denials.setdefault(wording[0], []).append(wording[1:])
    ordinal = "".join(rf"(?<!第[{_COUNTING}]{{{length}}})" for length in (1, 2, 3))
    ways = [
        rf"(?<=[{_COUNTING}]){ordinal}[\s余多几{_MULTIPLES}]{{0,4}}{any_of(units)}{_NO_UNIT}",
        r"(?<=\d)(?<![/-]\d)(?<![/-]\d\d)\s*(?:[,;。、)]|\Z)",  # 2021-01-22 counts nothing
        *(f"(?<={first}){any_of(rest)}" for first, rest in denials.items()),
    ]
    return f"[{_COUNTING}{''.join(denials)}](?:{'|'.join(ways)})"


def shortest(wordings: Iterable[str]) -> list[str]:
    """Return the wordings that hold no other one: where any stands, one of these does."""
    known = tuple(wordings)
    found: list[str] = []
    for one in sorted(dict.fromkeys(known), key=len):
        if not any(map(one.__contains__, found)):
            found.append(one)
    return [one for one in known if one in found]
