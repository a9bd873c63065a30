"""Find the numbers of a sample page that no row of its table has taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from gischema.scaffold.sample_cells import SENTENCE, SampleTable
from gischema.tables.numbers import is_value, several
from gischema.text import normalise

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


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers that stand by themselves, each with its line."""
    for line in normalise(text).text.splitlines():
        if _ROW.search(line) and not SENTENCE.search(line):
            for number in _cells(line):
                yield number, line.strip()


def _cells(line: str) -> Iterator[str]:
    for piece in _BETWEEN.split(line):
        if piece and is_value(piece) and any(map(str.isdigit, piece)):
            yield from several(piece) or [piece]
