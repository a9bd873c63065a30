"""Compare a printed page with what was read from it, and list the broken promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import frozen

from gischema.forms import Form
from gischema.report import Figure, Report
from gischema.testing.printed_page import PrintedFigure, PrintedPage

FaultKind: TypeAlias = Literal["silent", "phantom", "lost", "misplaced"]
"""`silent`: another value than the printed one, not flagged by any diagnostic; `phantom`: a value
that was not printed for that path; `lost`: printed and recoverable, but neither read nor flagged;
`misplaced`: read correctly, but its origin is not where it was printed."""

Outcome: TypeAlias = Literal["read", "read_with_doubt", "left_with_doubt", "absent"]


@frozen
class Fault:
    """A broken promise."""

    kind: FaultKind
    path: str
    printed: str
    read: str

    def __str__(self) -> str:
        return f"{self.kind} {self.path}: printed {self.printed}, read {self.read}"


@frozen
class Verdict:
    """The faults of a reading, and the number of figures with each outcome."""

    faults: tuple[Fault, ...]
    outcomes: Counter[Outcome]


def judge(printed: PrintedPage, report: Report, *, placed: bool = True) -> Verdict:
    """Compare a page with the report read from it.

    A figure must be read as printed, or be flagged by a diagnostic, or be absent because the page
    no longer shows it. No other figure may be stated.

    Args:
        printed: The printed page.
        report: The report read from it.
        placed: True if the report was read from the printed text itself, so that origins can be
            compared too.
    """
    flagged = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    read = {figure.path: figure for figure in report.figures}
    places: dict[str, list[PrintedFigure]] = {}
    for figure in printed.figures:
        places.setdefault(figure.path, []).append(figure)
    faults: list[Fault] = []
    outcomes: Counter[Outcome] = Counter()
    for path, copies in places.items():
        found = read.get(path)
        outcomes[_outcome(copies, found, path in flagged)] += 1
        if path not in flagged:
            faults += (
                fault
                for fault in _faults(copies, found, printed.page.form)
                if placed or fault.kind != "misplaced"
            )
    faults += (
        Fault("phantom", path, "-", _shown(figure))
        for path, figure in read.items()
        if path not in places and path not in flagged and figure.status == "stated"
    )
    return Verdict(tuple(faults), outcomes)


def _outcome(copies: list[PrintedFigure], found: Figure | None, flagged: bool) -> Outcome:
    if found is not None and any(_same(copy, found) for copy in copies):
        return "read_with_doubt" if flagged else "read"
    return "left_with_doubt" if flagged else "absent"


def _faults(copies: list[PrintedFigure], found: Figure | None, form: Form) -> Iterator[Fault]:
    kind = _fault_kind(copies, found, form)
    if kind is not None:
        first = copies[0]
        printed = f"{first.raw!r} ({first.status}, {first.recoverability})"
        yield Fault(kind, first.path, printed, _shown(found))


def _fault_kind(copies: list[PrintedFigure], found: Figure | None, form: Form) -> FaultKind | None:
    """Return what is wrong with an unflagged figure that was printed at least once."""
    if found is None or found.status in ("absent", "unreadable"):
        return "lost" if any(_must_be_seen(copy, form) for copy in copies) else None
    same = [copy for copy in copies if _same(copy, found)]
    if same:
        displaced = found.status == "stated" and not any(_overlap(copy, found) for copy in same)
        return "misplaced" if displaced else None
    clear = all(copy.recoverability == "recoverable" for copy in copies)
    return "silent" if found.status == "stated" or clear else None


def _must_be_seen(printed: PrintedFigure, form: Form) -> bool:
    """Return True if the reader may not pass over a figure.

    It may pass over an empty cell of a doubtful row, and a cell without a number in a row or column
    that the form prints without figures.
    """
    if printed.status != "stated" and printed.path not in form.indicators:
        return False
    return printed.recoverability == "recoverable" or (
        printed.recoverability == "doubtful" and printed.status != "blank"
    )


def _same(printed: PrintedFigure, figure: Figure) -> bool:
    return (printed.status, printed.value) == (figure.status, figure.value)


def _overlap(printed: PrintedFigure, figure: Figure) -> bool:
    """Return True if the origin of a figure overlaps the place where it was printed."""
    origin = figure.origin
    return origin is not None and origin.start < printed.end and printed.start < origin.end


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return "nothing"
    place = f" at {figure.origin.start}" if figure.origin else ""
    return f"{figure.value} {figure.raw!r} ({figure.status}){place}"
