"""Labels that are not printed as they are: with a slip in them, or behind other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gischema.forms.labels import Label, key

CUT_OFF = 85
"""Likeness (0–100) below which a long label is not taken for another."""

_MARGIN = 6
_SHORTEST, _LONGEST = 4, 80
_SHORT = 7  # labels up to this length may differ in one character
_BESIDE = 4  # characters beside figures that may be of a merged cell
_AHEAD = 8  # characters before a label that may be a group's name, or left of a merged cell


def closest(printed: str, labels: Mapping[str, Label]) -> list[str]:
    """The terminals whose label `printed` is close to; several if no one is clearly nearest.

    Costs one comparison a wording; a text far longer than any label is near to none.
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
    if not alike:
        return []
    from rapidfuzz.distance import OSA  # loaded only when a label is not exact
    from rapidfuzz.fuzz import ratio

    def likeness(label: str) -> float:
        """Likeness from 0 to 100; short labels are judged by the number of slips."""
        if len(label) > _SHORT:
            return ratio(text, label)
        slips = OSA.distance(text, label, score_cutoff=2)
        return (100.0, 90.0, 80.0, 0.0)[min(slips, 3)] if len(label) >= _SHORTEST else 0.0

    scores: dict[str, float] = {}
    for name, label in alike:
        scores[name] = max(scores.get(name, 0.0), likeness(label))
    best = max(scores.values())
    if best < CUT_OFF:
        return []
    near = [name for name, score in scores.items() if score > best - _MARGIN]
    return sorted(near, key=scores.__getitem__, reverse=True)


def behind_words(printed: str, labels: Mapping[str, Label]) -> list[str]:
    """The terminals whose label stands behind other words: of a merged cell beside it."""
    words = printed.split()
    for at in range(1, len(words)):
        ahead, text = key("".join(words[:at])), "".join(words[at:])
        if len(ahead) > _AHEAD or any(character.isdigit() for character in ahead):
            break
        if found := same(text, labels) or closest(text, labels):
            return found
    return []


def around(
    above: Sequence[str], text: str, column: str, below: Sequence[str], labels: Mapping[str, Label]
) -> Iterator[tuple[str, bool]]:
    """The terminals whose label stands on the lines above, beside and below its figures.

    `text` is all that stands beside them and `column` its last part: what stands before may be of a
    merged cell, and so may all of it be if it is short. Tells whether all of it is of the label.
    """
    names = {w.key: name for name, label in labels.items() for w in label.wordings}
    beside = [text, column] if len(text) > _BESIDE else [text, column, ""]
    for middle in dict.fromkeys(beside):
        for first in range(len(above), -1, -1):
            for last in range(len(below) + 1):
                lines = (*above[first:], middle, *below[:last])
                whole = "".join(lines)
                found = names.get(key(whole)) or names.get(key(whole.partition("(")[0]))
                if len(lines) > 1 and found is not None:
                    yield found, middle == text


def same(printed: str, labels: Mapping[str, Label]) -> list[str]:
    """The terminals whose label `printed` is."""
    text = key(printed)
    return [n for n, label in labels.items() if any(w.key == text for w in label.wordings)]
