"""Heads of several lines that run together, as converters write them: 商业企科研机 above 业构."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from gischema.forms.form import HeadGroup
from gischema.forms.labels import squeeze
from gischema.tables.header_slots import PrintedHead

_FEWEST = 2  # columns whose heads run together


def parted_heads(run: Sequence[PrintedHead], group: HeadGroup) -> list[PrintedHead]:
    """Return a run of heads, those of several columns that run together over two lines parted.

    The text of the upper line holds the beginnings of the heads, that of the lower one their ends.
    They are parted only if they are neighbours in the form and there is one way to do so.
    """
    unknown = [head for head in run if not head.terminals]
    heads = list(run)
    for upper, lower in pairwise(unknown):
        found = list(_neighbours(squeeze(upper.text), squeeze(lower.text), group))
        if upper.line < lower.line and len(found) == 1:
            at = heads.index(upper)
            labels = found[0].items()
            heads[at : at + 1] = [upper._replace(text=t, terminals={n: True}) for n, t in labels]
            heads.remove(lower)
            return [head._replace(number=number) for number, head in enumerate(heads)]
    return heads


def _neighbours(upper: str, lower: str, group: HeadGroup) -> Iterator[Mapping[str, str]]:
    """Yield the columns next to each other in the form whose heads two texts may be, by name."""
    columns = [column for column in group.columns if column.unit is not None]
    for first in range(len(columns)):
        for last in range(first + _FEWEST, len(columns) + 1):
            some = columns[first:last]
            labels = [squeeze(column.label) for column in some]
            if len(upper) + len(lower) == sum(map(len, labels)) and _part(upper, lower, labels):
                yield {column.terminal: column.label for column in some}


def _part(upper: str, lower: str, labels: Sequence[str]) -> bool:
    """Return True if beginnings of all labels make the upper text, and their ends the lower."""
    if not labels:
        return not upper and not lower
    label, *others = labels
    return any(
        upper.startswith(label[:size])
        and lower.startswith(label[size:])
        and _part(upper[size:], lower[len(label) - size :], others)
        for size in range(1, len(label) + 1)
    )
