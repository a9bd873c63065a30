"""Lines of CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO


def csv_line(cells: Iterable[object]) -> str:
    """Return one line with its line break."""
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
