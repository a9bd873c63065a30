"""Flag the figures that damaged characters, or marks of direction, stand next to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from attrs import frozen

from gischema.chinese.units import KNOWN
from gischema.diagnostics import diagnose
from gischema.report import Diagnostic, Figure

_LOST = "\ufffd\ud800-\udfff\x00-\x06\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_OPENED = r"[\u202a\u202b\u202d\u202e\u2066-\u2068][^\n\u202c\u2069]*[\u202c\u2069]?"
_ANY = re.compile(f"[{_LOST}{_MARKS}]")
_FOUND = re.compile(rf"(?P<D608>[{_LOST}]+)|(?P<D609>{_OPENED}|[{_MARKS}]+)")
_BLANKS = " \xa0\u2000-\u200b\u202f\u205f\u3000\ufeff"
_NUMBER = r"\d０-９,.，．％%〇零一二三四五六七八九十百千万亿两"
_BEFORE = re.compile(rf"[{_BLANKS}{_NUMBER}{_LOST}{_MARKS}]*\Z")
_BEHIND = re.compile(rf"[{_BLANKS}{_NUMBER}{_LOST}{_MARKS}]*")
_DIGIT = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两]")
_SEPARATORS = re.compile(r"[|｜│┃\t\x07]")
_UNITS = "".join(sorted({unit[-1] for unit in KNOWN} | {unit[0] for unit in KNOWN}))
_FIGURES = rf"(?:[^\w\n]|[\d{_UNITS}])*"
_ROW_BEFORE = re.compile(rf"{_FIGURES}\Z")
_ROW_BEHIND = re.compile(_FIGURES)
_ROW = 200  # characters on either side that may be figures of the same row
_NEAR = 60  # characters on either side that may belong to the same number
_QUOTED = 12


@frozen
class DamagedText:
    """Damaged characters, or marks, of one kind in a text.

    Attributes:
        code: The diagnostic about them.
        count: How often they occur.
        printed: The first of them with the text around it.
        numbers: Where numbers stand next to them, as `start, end`, from left to right, apart.
        rows: The same, with the figures around them where nothing separates the cells of a line:
            each of them may be shifted.
    """

    code: str
    count: int
    printed: str
    numbers: Sequence[tuple[int, int]]
    rows: Sequence[tuple[int, int]]


def flag_damage(found: Iterable[DamagedText], figures: Sequence[Figure]) -> Iterator[Diagnostic]:
    """Yield one note each for all damaged characters and all marks of direction of a document.

    It flags the figures that they touch. Marks of direction that touch no figure are not noted.
    """
    for damage in found:
        touched = [figure for figure in figures if _touches(damage.rows, figure)]
        if touched or damage.code == "D608":
            paths = tuple(dict.fromkeys(figure.path for figure in touched))
            origin = touched[0].origin if touched else None
            yield diagnose(damage.code, origin, paths, count=damage.count, printed=damage.printed)


def flag_statements(
    found: Iterable[DamagedText], statements: Iterable[Figure]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each statement of the running text that damaged characters touch."""
    for damage in found:
        for figure in statements:
            if _touches(damage.numbers, figure):
                words = {"count": damage.count, "printed": damage.printed}
                yield diagnose(damage.code, figure.origin, (figure.path,), **words)


def damage_in(text: str) -> Sequence[DamagedText]:
    """Return the damage of a text by kind; most texts have none."""
    return [*_damage_in(text)] if _ANY.search(text) else []


def _damage_in(text: str) -> Iterator[DamagedText]:
    found: dict[str, list[re.Match[str]]] = {}
    for one in _FOUND.finditer(text):
        found.setdefault(str(one.lastgroup), []).append(one)
    for code in sorted(found):
        first, last = found[code][0].span()
        printed = text[max(0, first - _QUOTED) : last + _QUOTED].splitlines()
        shown = next(line for line in printed if _FOUND.search(line))
        numbers = [span for one in found[code] if (span := _number_around(text, *one.span()))]
        yield DamagedText(
            code,
            len(found[code]),
            _ANY.sub("\ufffd", shown).strip(" |"),
            _apart(numbers),
            _apart(_rows_around(text, numbers)),
        )


def _number_around(text: str, first: int, last: int) -> tuple[int, int] | None:
    """Return the span of the digits next to damaged characters, None if there are none."""
    before = _BEFORE.search(text[max(0, first - _NEAR) : first])
    behind = _BEHIND.match(text[last : last + _NEAR])
    start = first - (len(before[0]) if before else 0)
    end = last + (len(behind[0]) if behind else 0)
    return (start, end) if _DIGIT.search(text, start, end) else None


def _rows_around(text: str, numbers: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield these spans, or the figures around them where nothing separates the cells of a line."""
    line = (0, -1)
    barred = False
    for start, end in numbers:
        if start > line[1]:
            stop = text.find("\n", end)
            line = text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text)
            barred = _SEPARATORS.search(text, *line) is not None
        yield (start, end) if barred else _figures_around(text, start, end)


def _figures_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with all figures before and behind it, up to the next words."""
    before = _ROW_BEFORE.search(text[max(0, start - _ROW) : start])
    behind = _ROW_BEHIND.match(text[end : end + _ROW])
    return (
        start - (len(before[0]) if before else 0),
        end + (len(behind[0]) if behind else 0),
    )


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans, sorted by their beginnings, with those joined that overlap."""
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _touches(spans: Sequence[tuple[int, int]], figure: Figure) -> bool:
    """Return True if a figure overlaps one of these spans, or borders on it."""
    at = figure.origin
    if at is None:
        return False
    index = bisect_right(spans, at.end, key=itemgetter(0)) - 1
    return index >= 0 and spans[index][1] >= at.start
