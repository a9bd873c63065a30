"""Leave out the numbers of rows that stand in a column of their own, before the labels.

Such a number is no figure. Behind a bar it could be taken for one of the row before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from gischema.tables.tokenize import TextCell

_HEADS = frozenset({"序号", "指标序号", "行次", "编号", "行号", "代码", "编码", "指标代码"})
_LINE_NUMBER = re.compile(r"(\d{1,4})[.、]\s*(\S.*)")
_FEW = 3  # lines
_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,6}")


def without_serial_numbers(cells: Sequence[TextCell]) -> Sequence[TextCell]:
    """Return the cells without the numbers of lines, and with those below a head 序号 left empty.

    Below the head only a number counts that stands in the first cell with text of its line, with
    words in the next one.
    """
    cells = _without_numbers_of_lines(cells)
    if not any(cell.text in _HEADS for cell in cells):
        return cells
    found = list(cells)
    place: int | None = None
    for first, line in _lines(cells):
        at = next((n for n, cell in enumerate(line) if cell.text), None)
        if len(line) < 2 or at is None:
            continue
        if line[at].text in _HEADS:
            place = at
        elif at == place and _NUMBER.fullmatch(line[at].text) and _is_words(line[at + 1 :]):
            found[first + at] = evolve(line[at], text="", end=line[at].start)
    return found


def _without_numbers_of_lines(cells: Sequence[TextCell]) -> Sequence[TextCell]:
    """Return the cells without `7.` before each, where each line has its number: `7.0`, `8.0`.

    The numbers run over figures and the labels around them. Those of a label and of the decimals
    below it (`1.国家秘密`, `2.0`) end at the next label.
    """
    found = list(cells)
    run: list[tuple[int, re.Match[str]]] = []
    for place, cell in enumerate(cells):
        if not cell.text:
            continue
        begins = not place or cells[place - 1].line != cell.line
        numbered = _LINE_NUMBER.match(cell.text) if begins else None
        if numbered is None or (run and int(numbered[1]) != int(run[-1][1][1]) + 1):
            _cut_off(found, run)
            run = []
        run += [(place, numbered)] if numbered is not None else []
    _cut_off(found, run)
    return found


def _cut_off(cells: list[TextCell], run: Sequence[tuple[int, re.Match[str]]]) -> None:
    """Cut off the numbers of a run of lines, if several have nothing but a figure behind it."""
    figures = [at for at, (_, line) in enumerate(run) if line[2].isdecimal()]
    words = [at for at, (_, line) in enumerate(run) if not line[2].isdecimal()]
    if len(figures) < _FEW or not words or not words[0] < figures[0] < words[-1]:
        return
    for place, line in run:
        start = cells[place].start + line.start(2)
        cells[place] = evolve(cells[place], text=line[2], start=start)


def _is_words(behind: Sequence[TextCell]) -> bool:
    """Return True if the first cell with text holds words, as a label does."""
    text = next((cell.text for cell in behind if cell.text), "")
    return any(char.isalpha() for char in text)


def _lines(cells: Sequence[TextCell]) -> Iterator[tuple[int, Sequence[TextCell]]]:
    """Yield the cells of each line, and the index of the first."""
    first = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place].line != cells[first].line:
            yield first, cells[first:place]
            first = place
