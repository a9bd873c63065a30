"""Put bars between the cells of a text that has only blanks between them.

A blank becomes a bar, so that everything stands where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gischema.chinese.enumerators import BEFORE_LABEL
from gischema.chinese.units import KNOWN
from gischema.scaffold.sample_cells import SENTENCE
from gischema.tables.numbers import is_value
from gischema.text import normalise

_WORD = re.compile(r"\S+")
_BARS = re.compile(r"[|｜\t]")
_MOST_HEADS = 4  # lines of column heads
_LONGEST_HEAD = 20  # characters


def with_bars(text: str) -> str:
    """Return a text with bars in its rows and heads; unchanged if a line has bars or tabs."""
    if _BARS.search(text):
        return text
    lines = text.split("\n")
    rows = [_is_row(line) for line in lines]
    heads = _head_lines(lines, rows)
    return "\n".join(
        _barred(line) if row or at in heads else line
        for at, (line, row) in enumerate(zip(lines, rows, strict=True))
    )


def _is_row(line: str) -> bool:
    """Return True for words with a figure behind them, or several figures, that is no sentence."""
    words = line.split()
    return len(words) > 1 and is_value(normalise(words[-1]).text) and not _is_sentence(line)


def _head_lines(lines: Sequence[str], rows: Sequence[bool]) -> set[int]:
    """Return the lines of several short words above rows, with only names of groups between."""
    found: set[int] = set()
    for at, row in enumerate(rows):
        above = at - 1
        while row and above >= max(0, at - _MOST_HEADS) and not rows[above]:
            words = lines[above].split()
            is_group = len(words) == 1 and BEFORE_LABEL.match(normalise(words[0]).text)
            if not is_group and not _are_heads(words):
                break
            if not is_group:
                found.add(above)
            above -= 1
    return found


def _are_heads(words: Sequence[str]) -> bool:
    """Return True for several words, all of them short, that are no sentence."""
    short = len(words) > 1 and len(max(words, key=len)) <= _LONGEST_HEAD
    return short and not _is_sentence(" ".join(words))


def _is_sentence(line: str) -> bool:
    return SENTENCE.search(normalise(line).text) is not None


def _barred(line: str) -> str:
    """Return a line with a bar for the blank before each cell."""
    characters = list(line)
    for at in _cells(line):
        characters[at - 1] = "|"
    return "".join(characters)


def _cells(line: str) -> Iterator[int]:
    """Yield where the cells behind the first begin: figures, units, numbered labels, heads."""
    words = [*_WORD.finditer(line)]
    is_row = _is_row(line)
    for before, word in pairwise(words):
        text = normalise(word[0]).text
        starts = is_value(text) or text in KNOWN or BEFORE_LABEL.match(text) is not None
        after = is_value(normalise(before[0]).text) or before[0] in KNOWN
        if starts or after or not is_row:
            yield word.start()
