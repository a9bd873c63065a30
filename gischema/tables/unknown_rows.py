"""Rows whose label is no label of the form as it is printed: which rows they may be."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gischema.forms.labels import Label
from gischema.report import Reading
from gischema.tables.fuzzy_labels import after_other_words, closest, over_lines
from gischema.tables.region import Region
from gischema.tables.row_neighbours import lines_above, lines_below
from gischema.tables.trailing_numbers import without_unit


def similar_labels(text: str, labels: Mapping[str, Label]) -> list[str]:
    """Return the terminals whose label a text may be: with a slip in it, or after other words."""
    return (
        closest(text, labels)
        or closest(text[: without_unit(text)], labels)
        or after_other_words(text, labels)
    )


def label_over_lines(
    region: Region, at: int, end: int, text: str, labels: Mapping[str, Label]
) -> tuple[str, Reading] | None:
    """Return the row whose label runs over the lines above and below its figures.

    Args:
        region: The region.
        at: The item on the line of the figures.
        end: The item after the row.
        text: What stands next to the figures.
        labels: The labels that the form may have next.

    Returns:
        Its terminal, and `exact` where all of the text belongs to the label.
    """
    above = [_last_column(line) for line in lines_above(region, at)]
    below = [_last_column(line) for line in lines_below(region, at, end)]
    if not (above or below):
        return None
    labels = {name: label for name, label in labels.items() if name not in region.form.groups}
    for name, whole in over_lines(above[::-1], text, _last_column(text), below, labels):
        return name, "exact" if whole else "close"
    return None


def _last_column(text: str) -> str:
    """Return the last column of a line whose columns are separated by blanks."""
    return re.split(r"\s{2,}", text)[-1]
