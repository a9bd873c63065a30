"""Find labels that are not printed as the form has them: with a slip, or after other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gischema.forms.labels import Label, key

_COLUMNS = re.compile(r"\s{2,}")

CUT_OFF = 85
"""Similarity (0–100) below which a long label is not taken for another."""

_MARGIN = 6
_SHORTEST, _LONGEST = 4, 80
_SHORT = 7  # labels up to this length may differ in one character
_MERGED = 4  # characters next to figures that may be of a merged cell
_AHEAD = 8  # characters before a label: a group's name, or what is left of a merged cell


def closest(printed: str, labels: Mapping[str, Label]) -> list[str]:
    """Return the terminals whose label is similar to a text; several if none is clearly nearest.

    This costs one comparison a wording. A text far longer than any label is similar to none.
    """
    text = key(printed.partition("(")[0]) or key(printed)
    if not _SHORTEST <= len(text) <= _LONGEST:
        return []
    characters = set(text)
    alike = [
        (name, wording.key)
        for name, label in labels.items()
        for wording in label.wordings
        if 2 * len(characters.intersection(wording.key)) >= len(characters)
    ]
    scores: dict[str, float] = {}
    for name, label in alike:
        scores[name] = max(scores.get(name, 0.0), _similarity(text, label))
    if not scores:
        return []
    best = max(scores.values())
    if best < CUT_OFF:
        return []
    near = [name for name, score in scores.items() if score > best - _MARGIN]
    return sorted(near, key=scores.__getitem__, reverse=True)


def _similarity(text: str, label: str) -> float:
    """Return the similarity from 0 to 100; short labels are judged by the number of slips."""
    from rapidfuzz.distance import OSA  # 6 ms of a cold start: few reports need it
    from rapidfuzz.fuzz import ratio

    if len(label) > _SHORT:
        return ratio(text, label)
    slips = OSA.distance(text, label, score_cutoff=2)
    return (100.0, 90.0, 80.0, 0.0)[min(slips, 3)] if len(label) >= _SHORTEST else 0.0


def after_other_words(printed: str, labels: Mapping[str, Label]) -> list[str]:
    """Return the terminals whose label stands after other words, those of a merged cell."""
    words = printed.split()
    for at in range(1, len(words)):
        ahead, text = key("".join(words[:at])), "".join(words[at:])
        if len(ahead) > _AHEAD or any(character.isdigit() for character in ahead):
            break
        if found := equal(text, labels) or closest(text, labels):
            return found
    return []


def over_lines(
    above: Sequence[str], text: str, column: str, below: Sequence[str], labels: Mapping[str, Label]
) -> Iterator[tuple[str, bool]]:
    """Yield the terminals whose label runs over the lines around its figures.

    Args:
        above: The lines above the figures.
        text: What stands on their line. It may be of a merged cell if it is short.
        column: Its last column. What stands before that may be of a merged cell.
        below: The lines below the figures.
        labels: The labels by terminal.

    Yields:
        A terminal, and True if all of `text` belongs to the label.
    """
    names = {w.key: name for name, label in labels.items() for w in label.wordings}
    middles = [text, column] if len(text) > _MERGED else [text, column, ""]
    for middle in dict.fromkeys(middles):
        for first in range(len(above), -1, -1):
            for last in range(len(below) + 1):
                lines = (*above[first:], middle, *below[:last])
                whole = "".join(lines)
                found = names.get(key(whole)) or names.get(key(whole.partition("(")[0]))
                if len(lines) > 1 and found is not None:
                    yield found, middle == text


def equal(printed: str, labels: Mapping[str, Label]) -> list[str]:
    """Return the terminals that have a text as their label."""
    text = key(printed)
    return [n for n, label in labels.items() if any(w.key == text for w in label.wordings)]


def columns(line: str) -> list[str]:
    """Return the columns of a line that blanks separate."""
    return _COLUMNS.split(line)


def last_column(line: str) -> str:
    """Return the last column of a line whose columns are separated by blanks."""
    return columns(line)[-1]
