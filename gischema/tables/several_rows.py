"""Find the rows in a line that holds several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from gischema.chinese.enumerators import ORDINAL
from gischema.forms.label_index import LabelIndex
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.tables.match_label import MAX_LABEL
from gischema.tables.numbers import FIGURES
from gischema.tables.trailing_numbers import without_unit

Span: TypeAlias = tuple[int, int]
"""Where a part of a text begins and ends."""

_FEW = 2
_MANY = 3  # figures with only blanks between them; no sentence has so many
_SHORTEST = 2
_NUMBER = 8  # characters of the number before a label
_FIGURES = re.compile(rf"[\s:]++(?P<figures>{FIGURES})(?![\d.、)%年月])")
_ENUMERATOR = re.compile(rf"(?:\(?{ORDINAL}[、.)]|\(?\d{{1,2}}[、.)]|其\s*中\s*[:,]?)\s*\Z")


def several_rows(text: str, index: LabelIndex) -> list[Span]:
    """Return the parts of a line that holds several rows; nothing for any other line.

    A row is a label with figures that stand as in a table: a unit or a colon before the figure, or
    several figures. The text before the first row is a part too, and so is text between two rows
    that begins with a label. Other words belong to the row before them.
    """
    figures = list(_figures(text))
    rows = list(_rows(text, figures, index)) if len(figures) >= _FEW else []
    if len(rows) < _FEW:
        return []
    spans: list[Span] = [(0, rows[0][0])]
    for (start, end), following in zip(
        rows, [*(row[0] for row in rows[1:]), len(text)], strict=True
    ):
        if _begins_label(text[end:following], index):
            spans += [(start, end), (end, following)]
        else:
            spans.append((start, following))
    return [span for part in spans if (span := _trimmed(text, *part))[0] < span[1]]


def _figures(text: str) -> Iterator[Span]:
    """Yield the spans of figures that stand as in a table, with the unit before them."""
    for found in _FIGURES.finditer(text):
        start = without_unit(text[: found.start("figures")])
        several = len(found["figures"].split()) >= _MANY
        if start < found.start() or ":" in found[0] or several:
            yield start, found.end()


def _rows(text: str, figures: Sequence[Span], index: LabelIndex) -> Iterator[Span]:
    """Yield the span of each row, from its number to its last figure."""
    least = 0
    for start, end in figures:
        label = _label_before(text, least, start, index)
        if label is not None:
            yield label, end
        least = end


def _label_before(text: str, least: int, end: int, index: LabelIndex) -> int | None:
    """Return where the row begins whose label ends at `end`: at its number, if it has one."""
    for start in range(max(least, end - MAX_LABEL), end - _SHORTEST + 1):
        if not text[start].isalnum() or (start and text[start - 1].isalpha()):
            continue
        entry = index.entries.get(squeeze(text[start:end]))
        if entry is not None and entry.filled:
            number = _ENUMERATOR.search(text[max(least, start - _NUMBER) : start])
            return start - len(number[0]) if number else start
    return None


def _begins_label(text: str, index: LabelIndex) -> bool:
    """Return True if a text begins with a label, with or without a number before it."""
    rest, _ = strip_enumerator(text.strip())
    for end in range(_SHORTEST, min(len(rest), MAX_LABEL) + 1):
        beginning = squeeze(rest[:end])
        if beginning in index.entries:
            return True
        if beginning not in index.beginnings:
            return False
    return False


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without the blanks at its ends."""
    part = text[start:end]
    return end - len(part.lstrip()), start + len(part.rstrip())
