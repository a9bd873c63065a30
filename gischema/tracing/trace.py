"""Trace a figure back through the steps that read it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve
from rapidfuzz.fuzz import ratio

from gischema.forms.form import Form
from gischema.forms.grammar_source import line_of, written
from gischema.forms.grammars import sources
from gischema.forms.labels import key
from gischema.pipeline import ReportSteps
from gischema.report import IN_TEXT, Origin, Reading, Report
from gischema.rules import CheckResult
from gischema.rules.form_tables import table_of
from gischema.tables.header_model import TableHeader
from gischema.tables.region import AlignedRegion
from gischema.tables.row_reading import RowReading
from gischema.text import Places
from gischema.tracing.model import LabelMatch, MatchStep, PlacePrinted, Trace, WeighedForm

_FORMS = 3
"""How many of the forms that were weighed are listed."""


def trace_figure(
    path: str, report: Report, steps: ReportSteps, form: Form | None, rules: CheckResult | None
) -> Trace:
    """Return why the value at a path stands there.

    Args:
        path: The path, with or without `narrative ` before it.
        report: The report as users have it, with doubts.
        steps: What the steps that read it gave.
        form: Its form.
        rules: The result of the rules that use the figure.

    Raises:
        UnknownName: Report, form and running text do not have the path.
    """
    path = path.removeprefix(IN_TEXT)
    text = (*report.narrative, *report.narrative.candidates)
    statements = tuple(figure for figure in text if figure.path == path)
    known = path in report.by_path or path in report.declared
    figure = report.figure(path) if known or not statements else None
    weights = sorted(steps.evidence.weights.items(), key=lambda pair: -pair[1])
    fact = report.facts.get("form")
    grounds = None if fact is None else fact.source or fact.status
    return Trace(
        path,
        figure,
        form.id if form is not None else report.form,
        grounds if grounds != "absent" else None,
        tuple(WeighedForm(name, round(weight, 2)) for name, weight in weights[:_FORMS] if weight),
        tuple(_printed(path, report, steps)),
        statements,
        tuple(d for d in report.diagnostics if not {path, IN_TEXT + path}.isdisjoint(d.paths)),
        rules,
        report.unclaimed,
    )


def _printed(path: str, report: Report, steps: ReportSteps) -> Iterator[PlacePrinted]:
    """Yield the printed rows that have the figure, in the order of the page."""
    used = report.by_path.get(path)
    for region in steps.tables.regions:
        starts = {each.printed.start: each for each in region.rows}
        for row in steps.tables.rows:
            aligned = starts.get(row.start)
            figure = next((each for each in row.figures if each.path == path), None)
            if aligned is None or aligned.printed.label != row.printed.label or figure is None:
                continue
            names = TraceNames(region, steps.places)
            head, column, columns = names.head(row, path)
            taken = used is not None and used.origin == figure.origin
            yield PlacePrinted(
                taken,
                used if taken and used is not None else figure,
                table_of(region.form, path).name,
                names.row(row),
                head,
                column,
                columns,
                heads_in_doubt=row.heads is not None and row.heads.doubtful,
                displaced=aligned.displaced,
                rivals=tuple(other.path for other in region.rivals.get(row.start, ())),
            )


class TraceNames:
    """Matches the labels and heads of a region with those of its form."""

    def __init__(self, region: AlignedRegion, places: Places) -> None:
        self.region = region
        self.places = places

    def row(self, row: RowReading) -> LabelMatch:
        """Return how the label of a row was recognised."""
        printed, origin = row.printed, self.places.origin(row.printed.start, row.printed.end)
        if printed.lost_label:
            return self._match(row.row.terminal, "", origin, printed.reading, "position")
        if printed.reading == "solved":
            return self._match(row.row.terminal, printed.label, origin, "solved", "sums")
        return self._match(row.row.terminal, printed.label, origin, printed.reading)

    def head(self, row: RowReading, path: str) -> tuple[LabelMatch | None, int, int]:
        """Return how the head over a figure was recognised, its column and how many there are."""
        group = row.row.heads
        if group is None:
            return None, 1, 1
        header = row.heads if row.heads is not None and row.heads.columns else None
        places = (header or TableHeader.of_form(group)).cells(row.row)
        at = next((n for n, (place, _) in enumerate(places) if place.path == path), None)
        if at is None:  # the heads could not be read, and those of the form count
            header, places = None, TableHeader.of_form(group).cells(row.row)
            at = next((n for n, (place, _) in enumerate(places) if place.path == path), 0)
        column = places[at][1]
        if column is None or column.column is None:
            return None, at + 1, len(places)
        start = self.region.heads.get(group)
        printed = header is not None and not header.assumed and start is not None
        match = self._match(
            column.column.terminal,
            column.printed if printed else "",
            self.places.origin(start, start + 1) if printed and start is not None else None,
            column.reading,
            None if printed else "assumed",
        )
        return match, at + 1, len(places)

    def _match(
        self,
        terminal: str,
        printed: str,
        origin: Origin | None,
        reading: Reading,
        step: MatchStep | None = None,
    ) -> LabelMatch:
        form = self.region.form
        label = form.labels.get(terminal)
        name = written(terminal)
        match = LabelMatch(printed, origin, step or "position", reading, name, "", "", 0)
        if label is None:  # a row of figures without any label
            return match
        text = key(printed)
        official = f"{label.number}{label.text}"
        best = max(label.wordings, key=lambda one: ratio(text, one.key))
        if step is None:
            step = _step(text == best.key, best.official, reading)
        file, line = self._declared(name)
        return evolve(
            match,
            step=step,
            official=official,
            wording=official if best.official else best.text,
            likeness=round(ratio(text, best.key)),
            file=file,
            line=line,
        )

    def _declared(self, name: str) -> tuple[str, int]:
        """Return the file and line that declare a label: the form's own before what it imports."""
        for file in sources(self.region.form.grammar.path):
            if line := line_of(file, name):
                return file.name, line
        return "", 0


def _step(equal: bool, official: bool, reading: Reading) -> MatchStep:
    if equal:
        return "official" if official else "wording"
    return "similar" if reading == "close" else "lines"
