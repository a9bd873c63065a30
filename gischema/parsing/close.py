"""Labels with a slip in them: the one label that a text is clearly nearest to."""

from __future__ import annotations

from collections.abc import Mapping

from gischema.forms.labels import Label, key

CUT_OFF = 85
"""Likeness (0–100) below which a long label is not taken for another."""

_MARGIN = 6
_SHORT = 7  # labels up to this length may differ in one character


def closest(printed: str, labels: Mapping[str, Label]) -> list[str]:
    """The terminals whose label `printed` is close to; several if no one is clearly nearest.

    Costs one comparison a wording; a text far longer than any label is near to none.
    """
    from rapidfuzz.distance import Levenshtein  # loaded only when a label is not exact
    from rapidfuzz.fuzz import ratio

    def likeness(label: str) -> float:
        """Likeness from 0 to 100; short labels are judged by the number of slips."""
        if len(label) > _SHORT:
            return ratio(text, label)
        slips = Levenshtein.distance(text, label, score_cutoff=2)
        return (100.0, 90.0, 80.0, 0.0)[min(slips, 3)] if len(label) >= 4 else 0.0

    text = key(printed.partition("(")[0]) or key(printed)
    if len(text) < 4 or len(text) > 80:
        return []
    scored = sorted(
        (
            (max(likeness(wording.key) for wording in label.wordings), name)
            for name, label in labels.items()
        ),
        reverse=True,
    )
    best = scored[0][0] if scored else 0.0
    if best < CUT_OFF:
        return []
    return [name for score, name in scored if score > best - _MARGIN]
