"""Cut a document into regions of one form each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from gischema.forms.form import Form
from gischema.tables.among_rows import among_rows
from gischema.tables.detect_form import FormChoice
from gischema.tables.form_blocks import blocks
from gischema.tables.items import ClassifiedText
from gischema.tables.region import Region


def cut_regions(
    choice: FormChoice,
    forms: Mapping[str, Form],
    printed: ClassifiedText,
    year: int | None,
) -> list[Region]:
    """Return the regions of a document. A table may be of another form than the report.

    Args:
        choice: The form of the report.
        forms: The forms that a table may be of.
        printed: The cells of the document and their items.
        year: The year of the report.
    """
    if choice.form is None or not choice.printed:
        return []
    gap = _usual_gap(printed)
    known = {choice.form.id: choice.form} if choice.given else forms
    runs = [run for run in blocks(known, choice.form, printed.items) if run[1]]
    stops = [*(items[0].first for _, items in runs[1:]), len(printed.cells)]
    return [
        Region(
            form,
            printed,
            among_rows(form, items) if printed.has_begun else items,
            stop,
            gap,
            year,
        )
        for (form, items), stop in zip(runs, stops, strict=True)
    ]


def _usual_gap(printed: ClassifiedText) -> int:
    """Return how many empty lines usually stand between two cells on lines of their own."""
    gaps = Counter(
        cell.gap
        for cell, following in pairwise(printed.cells)
        if cell.closing == "\n" and cell.text and following.text
    )
    return max(gaps, key=gaps.__getitem__, default=0)
