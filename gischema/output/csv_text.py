"""Lines of CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

_BOM = "\ufeff"
_RUN = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""The first characters of cells that a spreadsheet takes for a formula, or skips before one."""
_HARMLESS = re.compile(r"[+-]?\d+(?:\.\d+)?|[-－—]+")
"""Numbers, and the dashes that forms have instead of one."""


def csv_line(cells: Iterable[object]) -> str:
    """Return one line with its line break.

    The cells are those that a reader of CSV gets back, whatever they contain.
    """
    line = StringIO()
    # with "\n" alone, Python writes a cell with "\r" without quotes
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def for_excel(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the lines of CSV text so that Excel shows them: with a BOM, and no text that it runs.

    An apostrophe comes before a text that begins as a formula does. Numbers stay as they are.
    """
    yield _BOM
    for row in csv.reader(_lines(pieces)):
        yield csv_line(map(_harmless, row))


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        yield from StringIO(piece, newline="")


def _harmless(cell: str) -> str:
    if _RUN.match(cell) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell
