"""Rows whose label is no label of the form as it is printed: which rows they may be."""

from __future__ import annotations

from collections.abc import Mapping

from gischema.forms.labels import Label, key
from gischema.report import Reading
from gischema.tables.fuzzy_labels import (
    after_other_words,
    closest,
    columns,
    equal,
    last_column,
    over_lines,
)
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
    above = [last_column(line) for line in lines_above(region, at)]
    below = [last_column(line) for line in lines_below(region, at, end)]
    if not (above or below):
        return None
    labels = {name: label for name, label in labels.items() if name not in region.form.groups}
    for name, whole in over_lines(above[::-1], text, last_column(text), below, labels):
        return name, "exact" if whole or stands_behind_groups(region, text) else "close"
    return None


def label_behind_groups(region: Region, text: str, labels: Mapping[str, Label]) -> str | None:
    """Return the row whose whole label is the last column of a text, behind parts of its groups."""
    found = equal(last_column(text), labels)
    return found[0] if len(found) == 1 and stands_behind_groups(region, text) else None


def stands_behind_groups(region: Region, text: str) -> bool:
    """Return True if all that stands in front of the last column is a part of labels of groups."""
    ahead = columns(text)[:-1]
    form = region.form
    groups = [
        one.key
        for name, label in form.labels.items()
        if name in form.groups or (label.number and name not in form.rows_of)
        for one in label.wordings
    ]
    return bool(ahead) and all(any(key(part) in one for one in groups) for part in ahead)
