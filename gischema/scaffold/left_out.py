"""Find the numbers of a sample page that no row of its table has taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from gischema.report import Report
from gischema.scaffold.sample_cells import SENTENCE, SampleTable
from gischema.tables.numbers import is_no_figure, is_value, several
from gischema.text import normalise

_LAST = re.compile(r"\d[\d.,]*(?=[\s|｜]|\Z)")
_BETWEEN = re.compile(r"[\s|]+")
_ROW = re.compile(r"[^\W\d]{2}|^\W*\d[\W\d]*$")  # not the letters below heads: 甲 乙 1 2


def lines_left_out(text: str, table: SampleTable) -> tuple[str, ...]:
    """Return the lines of a sample with a number that is not in `table`; sentences are left out."""
    printed = list(_numbers(text))
    taken = [number for row in table.rows for cell in row.printed for number in _cells(cell)]
    matcher = SequenceMatcher(None, [number for number, _ in printed], taken, autojunk=False)
    left = dict(enumerate(line for _, line in printed))
    for block in matcher.get_matching_blocks():
        for place in range(block.a, block.a + block.size):
            del left[place]
    return tuple(dict.fromkeys(left.values()))


def lines_not_read(text: str, report: Report | None) -> tuple[str, ...]:
    """Return the lines of a page with a number that is no figure of its report, sentences aside."""
    read: set[int] = set()
    if report is not None:
        origins = [figure.origin for figure in report.figures if figure.value is not None]
        origins += [number.origin for number in report.unclaimed]
        for origin in filter(None, origins):
            read.update(range(origin.start, origin.end))
    found: list[str] = []
    at = 0
    for line in text.split("\n"):
        plain = normalise(line).text
        in_table = not SENTENCE.search(plain) and not is_no_figure(plain)
        numbers = _LAST.finditer(line) if in_table else ()
        if _ROW.search(line) and any(at + number.start() not in read for number in numbers):
            found.append(line.strip())
        at += len(line) + 1
    return tuple(dict.fromkeys(found))


def _is_number(piece: str) -> bool:
    return is_value(piece) and any(map(str.isdigit, piece))


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers that stand by themselves, each with its line."""
    for line in normalise(text).text.splitlines():
        if _ROW.search(line) and not SENTENCE.search(line):
            for number in _cells(line):
                yield number, line.strip()


def _cells(line: str) -> Iterator[str]:
    for piece in _BETWEEN.split(line):
        if piece and _is_number(piece):
            yield from several(piece) or [piece]
