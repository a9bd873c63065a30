"""Lines that hold several rows: where each begins, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gischema.chinese.enumerators import ORDINAL
from gischema.forms.index import LabelIndex
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.tables.numbers import FIGURES
from gischema.tables.trailing_numbers import without_unit

Span = tuple[int, int]

_FEW = 2
_MANY = 3  # figures with nothing but blanks between them, which no sentence has
_LONGEST = 45  # characters of a label
_SHORTEST = 2
_NUMBER = 8  # characters of the number before a label
# Rarely needed.
_SPOT = rf"[\s:]++(?P<figures>{FIGURES})(?![\d.、)%年月])"
_ENUMERATOR = rf"(?:\(?{ORDINAL}[、.)]|\(?\d{{1,2}}[、.)]|其\s*中\s*[:,]?)\s*\Z"


def several_rows(text: str, index: LabelIndex) -> list[Span]:
    """Return the parts of a line that holds several rows, as a table written in one line does.

    A row is a label with its figures as in a table: the unit before the figure, a colon, or several
    figures. What stands before the first row or, with a label of its own, between two of them is a
    part too; other words belong to the row before them. Returns nothing for any other line.
    """
    spots = list(_spots(text))
    rows = list(_rows(text, spots, index)) if len(spots) >= _FEW else []
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


def _spots(text: str) -> Iterator[Span]:
    """Where figures begin, their unit included, and end, if they stand as in a table."""
    for found in re.finditer(_SPOT, text):
        start = without_unit(text[: found.start("figures")])
        several = len(found["figures"].split()) >= _MANY
        if start < found.start() or ":" in found[0] or several:
            yield start, found.end()


def _rows(text: str, spots: Sequence[Span], index: LabelIndex) -> Iterator[Span]:
    """Where each row begins, and where its figures end."""
    least = 0
    for start, end in spots:
        label = _label_before(text, least, start, index)
        if label is not None:
            yield label, end
        least = end


def _label_before(text: str, least: int, end: int, index: LabelIndex) -> int | None:
    """Where the row begins whose label ends at `end`, its number included."""
    for start in range(max(least, end - _LONGEST), end - _SHORTEST + 1):
        if not text[start].isalnum() or (start and text[start - 1].isalpha()):
            continue
        entry = index.entries.get(squeeze(text[start:end]))
        if entry is not None and entry.filled:
            number = re.search(_ENUMERATOR, text[max(least, start - _NUMBER) : start])
            return start - len(number[0]) if number else start
    return None


def _begins_label(text: str, index: LabelIndex) -> bool:
    """Whether a text begins with a label, whatever stands before it."""
    rest, _ = strip_enumerator(text.strip())
    for end in range(_SHORTEST, min(len(rest), _LONGEST) + 1):
        beginning = squeeze(rest[:end])
        if beginning in index.entries:
            return True
        if beginning not in index.beginnings:
            return False
    return False


def _trimmed(text: str, start: int, end: int) -> Span:
    """A span without the blanks at its ends."""
    part = text[start:end]
    return end - len(part.lstrip()), start + len(part.rstrip())
