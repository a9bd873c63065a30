"""What a reader made of a printed page: which figures came back, and which promises it broke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import frozen

from gischema.forms import Form
from gischema.report import Figure, Report
from gischema.testing.printed import Printed, PrintedFigure

FaultKind: TypeAlias = Literal["silent", "phantom", "lost", "misplaced"]
"""`silent` another value than the printed one and no diagnostic names the path; `phantom` a value
that was not printed for that path; `lost` printed, recoverable, not read and not named;
`misplaced` read right, but its origin is not where it was printed."""

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
    """What became of the figures of a page: faults, and how many had which outcome."""

    faults: tuple[Fault, ...]
    outcomes: Counter[Outcome]


def judge(printed: Printed, report: Report, *, placed: bool = True) -> Verdict:
    """Compare a page with the report read from it.

    A figure must come back as printed, or a diagnostic must name its path, or it is absent because
    the page no longer shows it; and no other figure may be stated. `placed` tells that the report
    was read from the printed text itself, so that origins can be compared too.
    """
    named = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    read = {figure.path: figure for figure in report.stated}
    places: dict[str, list[PrintedFigure]] = {}
    for figure in printed.figures:
        places.setdefault(figure.path, []).append(figure)
    faults: list[Fault] = []
    outcomes: Counter[Outcome] = Counter()
    for path, copies in places.items():
        found = read.get(path)
        outcomes[_outcome(copies, found, path in named)] += 1
        if path not in named:
            faults += (
                fault
                for fault in _faults(copies, found, printed.page.form)
                if placed or fault.kind != "misplaced"
            )
    faults += (
        Fault("phantom", path, "-", _shown(figure))
        for path, figure in read.items()
        if path not in places and path not in named and figure.status == "stated"
    )
    return Verdict(tuple(faults), outcomes)


def _outcome(copies: list[PrintedFigure], found: Figure | None, named: bool) -> Outcome:
    if found is not None and any(_same(copy, found) for copy in copies):
        return "read_with_doubt" if named else "read"
    return "left_with_doubt" if named else "absent"


def _faults(copies: list[PrintedFigure], found: Figure | None, form: Form) -> Iterator[Fault]:
    same = [copy for copy in copies if found is not None and _same(copy, found)]
    first = copies[0]
    printed = f"{first.raw!r} ({first.status}, {first.fate})"
    if found is not None and same:
        if found.status == "stated" and not any(_overlap(copy, found) for copy in same):
            yield Fault("misplaced", first.path, printed, _shown(found))
    elif found is None or found.status in ("absent", "unreadable"):
        if any(_must_be_seen(copy, form) for copy in copies):
            yield Fault("lost", first.path, printed, _shown(found))
    elif found.status == "stated" or all(copy.fate == "recoverable" for copy in copies):
        yield Fault("silent", first.path, printed, _shown(found))


def _must_be_seen(printed: PrintedFigure, form: Form) -> bool:
    """Whether a figure may not be passed over.

    An empty cell of a row in doubt may, and a cell without a number in a row or column that the
    form prints without figures.
    """
    if printed.status != "stated" and printed.path not in form.indicators:
        return False
    return printed.fate == "recoverable" or (
        printed.fate == "doubtful" and printed.status != "blank"
    )


def _same(printed: PrintedFigure, figure: Figure) -> bool:
    return (printed.status, printed.value) == (figure.status, figure.value)


def _overlap(printed: PrintedFigure, figure: Figure) -> bool:
    """Whether a figure's origin lies where it was printed; digits that ran together are near it."""
    origin = figure.origin
    return origin is not None and origin.start < printed.end and printed.start < origin.end


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return "nothing"
    place = f" at {figure.origin.start}" if figure.origin else ""
    return f"{figure.value} {figure.raw!r} ({figure.status}){place}"
