"""Checks on printed pages: on the plugin's forms, and on the national forms."""

from __future__ import annotations

from attrs import evolve

from gischema.forms import Form, Row
from gischema.report import Report
from gischema.testing.choices import SeededChoices
from gischema.testing.compose import compose
from gischema.testing.conformance.subject import Subject
from gischema.testing.damages import DAMAGES
from gischema.testing.laboratory import Specimen, apply_damages, specimen
from gischema.testing.layouts import LAYOUTS
from gischema.testing.sample_page import PageLine
from gischema.testing.values import consistent_values
from gischema.testing.verdict import judge

_SEEDS = range(2)
_WHOLE = tuple(layout for layout in LAYOUTS.values() if layout.whole)
"""The layouts that do not break labels over lines. Where labels are broken, only the other rows
show which variant a page is on, and what belongs to a label depends on all labels, those of
plugins included."""


def undamaged_pages_are_read_without_doubt(subject: Subject, form: Form) -> None:
    """In every layout a page is recognised as one on the form, and all its figures are read.

    A figure that the layout shows clearly is not flagged. Rows that `%extend` adds stand in a
    different place on each page.
    """
    for seed, layout in enumerate(LAYOUTS.values()):
        page = specimen(form, SeededChoices(seed), layout=layout, damages=())
        report = subject.engine.parse_text(page.printed.text)
        assert _form_of(report) == form.id, f"taken for {_form_of(report)}: {page!r}"
        verdict = judge(page.printed, report)
        assert not verdict.faults, _message(page, verdict.faults)
        doubts = "\n".join(d.message_en for d in report.diagnostics)
        if layout.plain:
            assert set(verdict.outcomes) == {"read"}, f"{doubts}\n{page!r}"
        if layout.whole:
            flagged = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
            clear = {f.path for f in page.printed.figures if f.recoverability == "recoverable"}
            assert clear.isdisjoint(flagged), f"{', '.join(clear & flagged)}\n{doubts}\n{page!r}"


def damaged_pages_are_read_or_flagged(subject: Subject, form: Form) -> None:
    """After each damage every wrong, invented or missing figure is flagged, if labels are whole."""
    for seed, damage in enumerate(DAMAGES.values()):
        for layout in _WHOLE:
            choices = SeededChoices(seed)
            page = compose(form, consistent_values(form, choices), choices)
            if damage.fits(page, layout):
                printed = layout.print(apply_damages(page, [damage], choices))
                faults = judge(printed, subject.engine.parse_text(printed.text)).faults
                assert not faults, _message(Specimen(printed, layout, (damage,)), faults)


def every_wording_is_read(subject: Subject, form: Form) -> None:
    """Each additional wording of a row's label is read as an alias, under the same path."""
    layout = LAYOUTS["pipes"]
    page = specimen(form, SeededChoices(5), layout=layout, damages=()).printed.page
    for row in form.rows:
        for text in _further_wordings(form, row.terminal):
            lines = (_reworded(line, row, text) for line in page.lines)
            report = subject.engine.parse_text(layout.print(evolve(page, lines=tuple(lines))).text)
            figures = [report.by_path.get(path) for path in row.paths if not row.group]
            read = {figure.reading if figure is not None else None for figure in figures}
            assert read <= {"alias"}, f"{text} was not read as an alias of {row.path}: {read}"


def reports_come_back_from_json(subject: Subject, form: Form) -> None:
    """`loads` returns the report that `dumps` wrote, with its typed sections."""
    page = specimen(form, SeededChoices(1), layout=LAYOUTS["pipes"], damages=())
    report = subject.engine.parse_text(page.printed.text)
    again = subject.engine.loads(subject.engine.dumps(report))
    assert type(again) is form.report is type(report)
    assert again == report


def a_page_of_the_form_itself_is_no_variant(subject: Subject, form: Form) -> None:
    """A page without the variant's rows is read as one on the form that it is a variant of."""
    if form.base is None:
        return
    own = {row.path for row in form.rows} - {row.path for row in form.base.rows}
    page = specimen(form, SeededChoices(2), layout=LAYOUTS["pipes"], damages=()).printed.page

    def kept(line: PageLine) -> tuple[PageLine, ...]:
        return () if line.row is not None and line.row.path in own else (line,)

    report = subject.engine.parse_text(LAYOUTS["pipes"].print(page.each_line(kept)).text)
    assert _form_of(report) == form.generation


def national_pages_read_as_before(subject: Subject, form: Form) -> None:
    """A page on a national form gives the same report with the plugin as without."""
    for layout in _WHOLE:
        for seed in _SEEDS:
            page = specimen(form, SeededChoices(seed), layout=layout)
            before = subject.national.parse_text(page.printed.text)
            after = subject.engine.parse_text(page.printed.text)
            assert after == before, f"seed {seed}: {page!r}"


CHECKS = (
    undamaged_pages_are_read_without_doubt,
    damaged_pages_are_read_or_flagged,
    every_wording_is_read,
    reports_come_back_from_json,
    a_page_of_the_form_itself_is_no_variant,
)


def _form_of(report: Report) -> str | None:
    return f"{report.form}+{report.variant}" if report.variant else report.form


def _further_wordings(form: Form, terminal: str) -> tuple[str, ...]:
    """Return the wordings of a row that are neither official nor known to the base form."""
    label = form.labels.get(terminal)
    if label is None:
        return ()
    labels = form.base.labels.values() if form.base is not None else ()
    known = {wording.key for one in labels for wording in one.wordings}
    known |= {wording.key for wording in label.wordings if wording.official}
    return tuple(wording.text for wording in label.wordings if wording.key not in known)


def _reworded(line: PageLine, row: Row, text: str) -> PageLine:
    if line.row is not row:
        return line
    return line.each(lambda cell: evolve(cell, text=text) if cell.role == "label" else cell)


def _message(page: Specimen, faults: tuple[object, ...]) -> str:
    shown = "\n".join(map(str, faults[:5]))
    return f"{len(faults)} faults\n{shown}\n{page!r}"
