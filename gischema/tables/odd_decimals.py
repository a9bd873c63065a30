"""Find counts with a decimal point where others have none: `3.0` may have been 30."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gischema.chinese.units import is_counter
from gischema.forms.form import Form
from gischema.report import Diagnostic, Figure
from gischema.tables.region_reading import RegionReading, flag

_ZEROS = re.compile(r"\.0+(?!\d)")


def check_decimals(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag counts with decimals of zero, unless a program wrote all counts in that way (D211)."""
    form = reading.aligned.form
    counts = [figure for row in reading.rows for figure in row.figures if _is_count(figure, form)]
    odd = [figure for figure in counts if "." in figure.raw and figure.value is not None]
    if 2 * len(odd) < len(counts):
        for figure in odd:
            if _ZEROS.search(figure.raw):
                yield flag("D211", [figure], label=figure.label, printed=figure.raw)


def _is_count(figure: Figure, form: Form) -> bool:
    indicator = form.indicators.get(figure.path)
    unit = indicator.unit if indicator is not None else None
    return figure.status == "stated" and unit is not None and is_counter(unit)
