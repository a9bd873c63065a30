"""What the order of the rows tells: figures that are out of step with labels, tables told twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gischema.parsing.region import ReadRow

_FAR = 1 << 62


def out_of_step(
    rows: Sequence[ReadRow], loose: Sequence[int], bare: Sequence[int], breaks: Sequence[int]
) -> Iterator[list[ReadRow]]:
    """The rows that may have their neighbours' figures, in the runs between two blocks of heads.

    Where figures stand without a label and a label without figures, the figures may be printed
    before their labels; then every row between the two has those of the next one. `loose` are the
    places of such figures, `bare` of such labels, `breaks` of heads.
    """
    if not loose or not bare:
        return
    for first, last in pairwise([-1, *sorted(breaks), _FAR]):
        without_label = [at for at in loose if first <= at < last]
        without_figures = [at for at in bare if first <= at < last]
        if without_label and without_figures:
            events = (*without_label, *without_figures)
            yield [row for row in rows if min(events) <= row.start <= max(events)]
