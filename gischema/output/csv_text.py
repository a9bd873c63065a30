"""Lines of CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO


def csv_line(cells: Iterable[object], file: str | None = None) -> str:
    """Return one line with its line break; with `file`, the name of the file is the first cell."""
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells if file is None else (file, *cells))
    return line.getvalue()
