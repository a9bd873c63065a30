"""The scanner: find phrases, figures, years and stops of a sentence in one pass.

Each place of the text is looked up by its first two characters: the wordings that begin so are few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from attrs import define, frozen

from gischema.chinese.dates import YEAR
from gischema.chinese.numerals import FORMAL, NUMERALS, ONE_TO_TEN, numeral_value, plain_digits
from gischema.narrative.patterns import GAP, figure, with_gaps
from gischema.text.any_of import any_of

_STOPS = ",;。():、!?"
_DIGITS = "0123456789"
_MAX_DIGITS = 15
_YEAR_END = r"(?:(?=年度?结转(?![至到入下次明]))|年度?)"  # 2021年结转3件 came in from that year
_MORE_YEARS = r"(?=(?:[、,和与及至到—~-]{1,2}(?:19|20)?\d\d){1,4}年)"  # 2021—2023年, 2022、2023年
_NUMERAL = r"[零〇一二三四五六七八九]"
_SHORT_YEAR = (  # 22年, where a clause begins, not 近10年, 10年来
    r"(?:(?<![^,;:。()、'‘’“”])|(?<=[在自从于至和与较比到及]))(?P<short>(?:0[89]|[123]\d))"
    r"年(?!的?历史|[来间内前后多余期里龄制半份])"
)
_YEARS = (
    rf"(?P<year>(?<!\d)(?:19|20)\d\d)(?:{_YEAR_END}|{_MORE_YEARS})"
    r"|(?P<since>近?(?:[2-9]|[123]\d)年(?:多?来|间|以来)|近(?:[2-9]|[123]\d)年)"
    rf"|(?P<written>二[零〇]{_NUMERAL}{{2}})年度?|{_SHORT_YEAR}度?"
)
_ARTICLE = "条"
_JOINS = "、和及至"
_ARTICLES = rf"第\d+条(?:[{_JOINS}]\d+条)*[{_JOINS}]\Z"
_FAR = 30  # characters in which the first article is looked for
_HAPPENED = ("OCCUR", "RECEIVE", "SUBMIT")
_MONTH = rf"(?:\d{{1,2}}|[{ONE_TO_TEN}]{{1,2}})"
_DAY = rf"月(?:(?:\d{{1,2}}|[{ONE_TO_TEN}]{{1,3}})日|份|底|末)?"
_MONTHS = (
    rf"(?P<month>(?<![\d个]){_MONTH}){_DAY}(?:起|开始)?"
    rf"(?:[至到—~-]{{1,2}}(?:{YEAR}年|[同当本]年)?(?P<until>{_MONTH}){_DAY})?"
    rf"|(?P<first>(?<!\d){_MONTH})[至到—~-]{{1,2}}(?P<last>{_MONTH})月份?"
)
_OTHERS = (
    r"|(?P<bare>(?<![\d.A-Za-z/-])(?<!\d )\d{1,7})(?=[,;。)]|\Z)(?!,\d{1,3}(?!\d))"
    rf"|(?P<months>{_MONTHS})"
    r"|(?P<range>\d[至~—-]\d+)|(?P<stop>(?<!\d)\.(?!\d)|\.\Z)"
)
_VAGUE = re.compile("[一二两三四五六七八九]{2}|.*[百千][一二两三四五六七八九]")  # 两三件, 一百二件
_UNTIL = rf"[截至止到](?:(?:{YEAR}|二[零〇]{_NUMERAL}{{2}})年)?\Z"


@define(eq=False)
class Token:
    """A phrase, a figure, a year or a stop in a sentence. `name` is its group.

    `ambiguous` is True for a number with blanks in it, which may be several, and for one of several
    of which the text does not say what each counts.
    """

    name: str
    start: int
    end: int
    text: str
    value: str = ""
    rounded: bool = False
    ambiguous: bool = False


class _Start(NamedTuple):
    """What may begin with some characters: a figure, a wording with a gap, these wordings."""

    figure: bool
    gap: bool
    wordings: tuple[str, ...]


@frozen
class Scanner:
    """Finds wordings, and figures with their units."""

    _names: Mapping[str, str]
    _units: Mapping[str, str]
    _several: frozenset[str]
    _figures: re.Pattern[str]
    _gaps: re.Pattern[str]
    _inside: re.Pattern[str]
    _starts: Mapping[str, Mapping[str, _Start]]

    @classmethod
    def of(
        cls,
        groups: Mapping[str, str],
        units: Mapping[str, str],
        about: Sequence[str],
        odd: Sequence[str],
        several: frozenset[str],
        inside: Sequence[str] = (),
    ) -> Scanner:
        """Return a scanner for wordings and units.

        Args:
            groups: The group of every wording.
            units: The group of every unit.
            about: Words before a rounded figure, such as 约.
            odd: Words behind the number of a rounded figure, such as 余.
            several: Groups that name several things where 等 follows.
            inside: Wordings that are also looked for inside of those with a gap.
        """
        phrases = {w: name for w, name in groups.items() if GAP not in w and w not in units}
        gapped = [wording for wording in groups if GAP in wording]
        gaps = (
            f"(?P<{name}>{with_gaps(wordings)})"
            for name, wordings in groupby(gapped, key=groups.__getitem__)
        )
        return cls(
            phrases | dict.fromkeys(_STOPS, "stop"),
            units,
            several,
            re.compile(f"{_YEARS}|{figure(units, odd, about)}{_OTHERS}"),
            re.compile("|".join(gaps) or r"(?!)"),
            re.compile(rf"(?<=.){any_of(inside)}" if inside else r"(?!)"),
            _starts(phrases, gapped, about),
        )

    def tokens(self, text: str) -> list[Token]:
        """Return what a text holds, in order."""
        found: list[Token] = []
        starts, done = self._starts, 0
        for at, (first, second) in enumerate(pairwise(text + "\n")):
            if at < done or (behind := starts.get(first)) is None:
                continue
            start = behind.get(second) or behind[""]
            if start.figure and (match := self._figures.match(text, at)) is not None:
                done = match.end()
                self._figure(match, found)
                continue
            wording = next((one for one in start.wordings if text.startswith(one, at)), "")
            gapped = self._gaps.match(text, at) if start.gap else None
            if gapped is not None and gapped.end() >= at + len(wording):
                done = gapped.end()
                found += self._gapped(gapped)
            elif wording:
                done = at + len(wording)
                found.append(Token(self._name(wording, text, done), at, done, wording))
        return found

    def _gapped(self, match: re.Match[str]) -> Iterator[Token]:
        """Yield a wording with a gap, and what its gap holds: 信息公开的信函申请 is by letter."""
        name, (start, end) = match.lastgroup or "", match.span()
        inside = self._inside.search(match[0])
        if inside is None:
            yield Token(name, start, end, match[0])
        else:
            place = start + inside.start()
            yield Token(name, start, place, match.string[start:place])
            wording = inside[0]
            yield Token(self._names[wording], place, end, match.string[place:end])

    def _name(self, wording: str, text: str, end: int) -> str:
        name = self._names[wording]
        return "CHANNELS" if name in self._several and text.startswith("等", end) else name

    def _figure(self, match: re.Match[str], found: list[Token]) -> None:
        kind, (start, end) = match.lastgroup, match.span()
        if kind == "months":
            if not _is_year(match):
                found.append(Token("PART_YEAR", start, end, match[0]))
        elif kind == "since":
            found.append(Token("CUMULATIVE", start, end, match[0]))
        elif kind in ("written", "short"):
            year = (
                str(numeral_value(match["written"])) if match["written"] else f"20{match['short']}"
            )
            found.append(Token("year", start, end, match[0], year))
        elif kind != "unit":
            value = match["year"] or match["bare"] or ""
            found.append(Token(kind or "", start, end, match[0], value))
        elif match["unit"] == _ARTICLE and _is_article(match.string, start):
            pass  # of a law: 第19条、20条
        elif (match["numerals"] == "一" or match["digits"] == "1") and _is_denied(found):
            pass  # 没有发生一起 denies; it counts nothing
        elif (token := self._count(match)) is not None:
            found.append(token)

    def _count(self, match: re.Match[str]) -> Token | None:
        """Return a number with its unit, None if its numerals are no number."""
        digits, numerals, times, unit = match.group("digits", "numerals", "times", "unit")
        spaced = digits is not None and " " in digits
        value = plain_digits(digits.replace(" ", "") if spaced else digits, numerals, times)
        if not value or len(value) > _MAX_DIGITS:
            return None
        name, (start, end) = self._units[unit], match.span()
        odd = end - start > len(digits or numerals) + len(times or "") + len(unit)
        odd = odd or (numerals is not None and _VAGUE.fullmatch(numerals) is not None)
        rounded = odd or (times is not None and name != "MONEY" and value != "0")
        return Token(name, start, end, unit, value, rounded, spaced)


def _is_article(text: str, start: int) -> bool:
    """Return True if what begins at `start` continues a list of articles of a law."""
    joined = text[start - 1 : start] in _JOINS and start > 0
    return joined and re.search(_ARTICLES, text[max(0, start - _FAR) : start]) is not None


def _is_year(months: re.Match[str]) -> bool:
    """Return True if months are all of a year: 1月至12月, 截至12月31日."""
    begins, ends = months["month"] or months["first"], months["until"] or months["last"]
    if ends is None:
        ahead = months.string[max(0, months.start() - 6) : months.start()]
        return _number(begins) == 12 and (bool(re.search(_UNTIL, ahead)) or months[0][-1] in "底末")
    return (_number(begins), _number(ends)) == (1, 12)


def _number(month: str) -> int:
    return int(month) if month.isdecimal() else numeral_value(month) or 0


def _is_denied(tokens: Sequence[Token]) -> bool:
    """Return True if tokens end with 没有 or 没有发生."""
    names = [token.name for token in tokens[-2:]]
    return names[-1:] == ["NONE"] or (names[:1] == ["NONE"] and names[1] in _HAPPENED)


def _starts(
    phrases: Iterable[str], gapped: Iterable[str], about: Iterable[str]
) -> dict[str, dict[str, _Start]]:
    """Return what may begin with a character, by the one behind it; `""` is any other."""
    figures = {*_DIGITS, *NUMERALS, *FORMAL, ".", *(word[0] for word in about)}
    gaps = {wording.partition(GAP)[0][:2] for wording in gapped}
    wordings: dict[str, list[str]] = {stop: [stop] for stop in _STOPS}
    for wording in sorted(phrases, key=len, reverse=True):
        wordings.setdefault(wording[:2], []).append(wording)
    keys = figures | gaps | wordings.keys()
    found = {
        first: {"": _Start(first in figures, first in gaps, tuple(wordings.get(first, ())))}
        for first in {key[0] for key in keys}
    }
    for key in keys:
        if len(key) > 1:
            alone = found[key[0]][""]
            longer = tuple(wordings.get(key, ()))
            start = _Start(alone.figure, alone.gap or key in gaps, longer + alone.wordings)
            found[key[0]][key[1]] = start
    return found
