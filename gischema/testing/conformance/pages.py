"""Checks on printed pages: on the plugin's forms, and on the national forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zlib import crc32

from attrs import evolve

from gischema.forms import Form, Row
from gischema.report import Amount, Figure, Report
from gischema.testing.choices import SeededChoices
from gischema.testing.compose import compose
from gischema.testing.conformance.subject import Subject
from gischema.testing.laboratory import apply_damages, specimen
from gischema.testing.layouts import LAYOUTS, Layout
from gischema.testing.printed_page import PrintedFigure, PrintedPage
from gischema.testing.sample_page import PageCell, PageLine
from gischema.testing.values import busy_values, consistent_values
from gischema.testing.verdict import Fault, judge

_SEEDS = range(2)
_MOST = 1000  # seeds

_MOST_SHOWN = 5


def undamaged_pages_are_read_without_doubt(subject: Subject, form: Form) -> None:
    """In every layout a page is recognised as one on the form, and all its figures are read.

    A figure that the layout shows clearly is not flagged. Rows that `%extend` adds stand in a
    different place on each page.
    """
    for seed, layout in enumerate(subject.some(subject.layouts)):
        choices = SeededChoices(seed)
        page = compose(form, busy_values(form, choices), choices)
        printed = layout.print(page)
        report = subject.engine.parse_text(printed.text)
        taken = f"a page on {form.id} was taken for {_form_of(report)}"
        assert _form_of(report) == form.id, _message(taken, printed, report)
        doubted = _doubted(printed, report, layout)
        faults = tuple(f for f in judge(printed, report).faults if f.path not in doubted)
        wrong = _lines(faults, doubted)
        assert not wrong, _message(wrong, printed, report)


def _is_of_empty_row(fault: Fault, printed: PrintedPage) -> bool:
    """Return True for a blank cell of a row without figures: a label alone on its line is text."""
    row = fault.path.rpartition(".")[0]
    cells = [f for f in printed.figures if fault.path == f.path or f.path.startswith(f"{row}.")]
    return fault.kind == "lost" and all(figure.value is None for figure in cells)


def damaged_pages_are_read_or_flagged(subject: Subject, form: Form) -> None:
    """After each damage every wrong, invented or missing figure is flagged, if labels are whole."""
    for damage in subject.damages:
        seed = crc32(damage.name.encode()) % _MOST  # another damage changes no page of this one
        for layout in subject.whole:
            choices = SeededChoices(seed)
            page = compose(form, _values(form, choices), choices)
            if damage.fits(page, layout):
                printed = layout.print(apply_damages(page, [damage], choices))
                report = subject.engine.parse_text(printed.text)
                faults = [
                    fault
                    for fault in judge(printed, report).faults
                    if not _is_of_empty_row(fault, printed)
                ]
                first = f"{_lines(faults, {})}\nafter the damage {damage.name}"
                assert not faults, _message(first, printed, report)


def every_wording_is_read(subject: Subject, form: Form) -> None:
    """Each additional wording of a row's label is read as an alias, under the same path."""
    layout = LAYOUTS["pipes"]
    page = specimen(form, SeededChoices(5), layout=layout, damages=()).printed.page
    for row in form.rows:
        for text in _further_wordings(form, row.terminal):
            lines = (_reworded(line, row, text) for line in page.lines)
            report = subject.engine.parse_text(layout.print(evolve(page, lines=tuple(lines))).text)
            for path in () if row.group else row.paths:
                figure = report.by_path.get(path)
                read = figure.reading if figure is not None else "nothing"
                assert read == "alias", f"{path}: printed “{text}”, read {read}, not an alias"


def reports_come_back_from_json(subject: Subject, form: Form) -> None:
    """`loads` returns the report that `dumps` wrote, with its typed sections."""
    page = specimen(form, SeededChoices(1), layout=LAYOUTS["pipes"], damages=())
    report = subject.engine.parse_text(page.printed.text)
    again = subject.engine.loads(subject.engine.dumps(report))
    for one in (report, again):
        assert type(one) is form.report, f"{type(one).__name__} instead of {form.report.__name__}"
    assert again == report, f"a report on {form.id} differs after `loads(dumps(report))`"


def a_page_of_the_form_itself_is_no_variant(subject: Subject, form: Form) -> None:
    """A page without the variant's rows is read as one on the form that it is a variant of."""
    if form.base is None:
        return
    choices = SeededChoices(2)
    printed = LAYOUTS["pipes"].print(compose(form.base, busy_values(form.base, choices), choices))
    report = subject.engine.parse_text(printed.text)
    taken = f"a page on {form.generation} was taken for {_form_of(report)}"
    assert _form_of(report) == form.generation, _message(taken, printed, report)


def labels_in_a_text_change_no_other_page(subject: Subject, form: Form) -> None:
    """A line of a national page that is a label of the form, without figures, stays text."""
    labels = [label for name, label in form.labels.items() if name in form.rows_of]
    for national in subject.national.forms.values():
        known = {w.key for one in national.labels.values() for w in one.wordings}
        own = [one.text for one in labels if known.isdisjoint(w.key for w in one.wordings)]
        whole = specimen(national, SeededChoices(0), layout=LAYOUTS["pipes"], damages=())
        page = whole.printed.page
        place = next(at for at, line in enumerate(page.lines) if line.role == "prose") + 1
        added = [PageLine("prose", (PageCell("text", text),)) for text in own]
        lines = (*page.lines[:place], *added, *page.lines[place:])
        _require_same(subject, LAYOUTS["pipes"].print(evolve(page, lines=lines)))


def national_pages_read_as_before(subject: Subject, form: Form) -> None:
    """A page on a national form gives the same report with the plugin as without."""
    for layout in subject.some(subject.whole):
        for seed in _SEEDS[:1] if subject.fast else _SEEDS:
            _require_same(subject, specimen(form, SeededChoices(seed), layout=layout).printed)


CHECKS = (
    undamaged_pages_are_read_without_doubt,
    damaged_pages_are_read_or_flagged,
    every_wording_is_read,
    reports_come_back_from_json,
    a_page_of_the_form_itself_is_no_variant,
    labels_in_a_text_change_no_other_page,
)
SLOW = frozenset({damaged_pages_are_read_or_flagged})


def _values(form: Form, choices: SeededChoices) -> dict[str, Amount]:
    """Return figures like those of real reports, but not zero in every cell."""
    values = consistent_values(form, choices)
    return values if any(values.values()) else busy_values(form, choices)


def _form_of(report: Report) -> str | None:
    return f"{report.form}+{report.variant}" if report.variant else report.form


def _doubted(
    printed: PrintedPage, report: Report, layout: Layout
) -> dict[str, tuple[PrintedFigure, Figure | None, str]]:
    """Return the figures that an undamaged page shows clearly and that a diagnostic flags."""
    if not layout.whole:
        return {}
    flags = {path: note for note in report.diagnostics for path in note.paths}
    read = {figure.path: figure for figure in report.figures}
    return {
        figure.path: (figure, read.get(figure.path), flags[figure.path].message_en)
        for figure in printed.figures
        if figure.path in flags and (layout.plain or figure.recoverability == "recoverable")
    }


def _lines(
    faults: Iterable[Fault], doubted: dict[str, tuple[PrintedFigure, Figure | None, str]]
) -> str:
    """Return a line for each figure that is wrong or in doubt: its path, printed and read."""
    lines = [
        *map(str, faults),
        *(
            f"doubted {path}: printed {printed.raw!r}, read "
            f"{read.raw if read is not None else 'nothing'!r}: {why}"
            for path, (printed, read, why) in doubted.items()
        ),
    ]
    more = len(lines) - _MOST_SHOWN
    return "\n".join([*lines[:_MOST_SHOWN], *([f"and {more} more"] if more > 0 else [])])


def _require_same(subject: Subject, printed: PrintedPage) -> None:
    """Raise AssertionError if the plugin changes the report of a page."""
    before = subject.national.parse_text(printed.text)
    after = subject.engine.parse_text(printed.text)
    if after != before:
        differences = "\n".join(_differences(before, after)) or "the reports differ"
        raise AssertionError(_message(differences, printed, after))


def _differences(before: Report, after: Report) -> Iterator[str]:
    """Yield what differs between two readings, figures first."""
    if _form_of(before) != _form_of(after):
        yield f"the form: {_form_of(before)} without the plugin, {_form_of(after)} with it"
    for path in dict.fromkeys((*before.by_path, *after.by_path)):
        one, other = before.by_path.get(path), after.by_path.get(path)
        if one != other and (one is None or other is None or one.raw != other.raw):
            shown = [figure.raw if figure is not None else None for figure in (one, other)]
            yield f"{path}: {shown[0]!r} without the plugin, {shown[1]!r} with it"
    for note in set(after.diagnostics) ^ set(before.diagnostics):
        word = "only with" if note in after.diagnostics else "only without"
        yield f"{word} the plugin: {note.code} {note.message_en} {', '.join(note.paths[:3])}"
    if before.narrative != after.narrative:
        yield "the running text and its chapters"


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


def _message(first: str, printed: PrintedPage, report: Report) -> str:
    """Return what is wrong, then the doubts, then the page."""
    doubts = "\n".join(f"{d.code} {d.message_en}" for d in report.diagnostics[:_MOST_SHOWN])
    return f"{first}\n\n{doubts}\n\nthe page, as {printed.layout}:\n{printed.text}"
