"""The way of a report: the steps from a document to a report, one after another.

Each step takes values and gives a value to a later one; none changes what another has made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from attrs import evolve

from gischema.diagnostics import diagnose
from gischema.forms.form import Form
from gischema.forms.label_index import LabelIndexes
from gischema.metadata import Conflict, Metadata, read_metadata
from gischema.metadata.jurisdiction import Jurisdiction, jurisdiction_of
from gischema.metadata.table_captions import table_captions
from gischema.metadata.titles_within import titles_within
from gischema.narrative import NarrativeGrammar, RunningText, interpret
from gischema.reading import Document, UnreadableSource
from gischema.report import Diagnostic, Fact, Figure, Narrative, Report, of_text
from gischema.tables.classify import classify_text, label_starts, table_spans
from gischema.tables.corrections import check_corrections
from gischema.tables.cut_regions import cut_regions
from gischema.tables.damaged_characters import damage_in, flag_damage, flag_statements
from gischema.tables.detect_form import Evidence, FormChoice, choose_form, weigh
from gischema.tables.items import ClassifiedText
from gischema.tables.misread_labels import with_corrected_labels
from gischema.tables.named_forms import forms_not_meant
from gischema.tables.other_reports import check_other_reports, check_other_years, foreign_tables
from gischema.tables.read_tables import TablesRead, read_tables
from gischema.tables.reader_notes import reading_notes
from gischema.tables.recognised import (
    doubted_facts,
    mark_recognised,
    recognised_statements,
    unseen_figures,
    weak_readings,
)
from gischema.tables.region import Region
from gischema.tables.serial_column import without_serial_numbers
from gischema.tables.side_columns import set_side_columns_apart
from gischema.tables.tokenize import cut_cells
from gischema.tables.unread_rows import unclaimed_numbers
from gischema.text import NormalText, Places, normalise
from gischema.text.line_marks import without_line_marks

_FEW_ROWS = 2  # of a form may stand in any table by chance

_OF_THE_BODY = frozenset({"rounded", "cumulative", "joint"})
"""Marks of candidates that count something of the reporting body, if not of the year."""


class ReportSteps(NamedTuple):
    """A report as it was read, and what the steps on the way to it gave, for those who ask why.

    Attributes:
        report: The report. Its figures do not carry their `doubts` yet: plugins may still add
            diagnostics.
        evidence: How much of each form is printed.
        choice: The form.
        tables: The tables.
        printed: The labels and numbers of the document.
        places: Finds where something stood in the source.
    """

    report: Report
    evidence: Evidence
    choice: FormChoice
    tables: TablesRead
    printed: ClassifiedText
    places: Places


def read_report(
    document: Document,
    indexes: LabelIndexes,
    grammar: NarrativeGrammar,
    *,
    added: Collection[str] = (),
    form: Form | None = None,
    year: int | None = None,
) -> ReportSteps:
    """Return the report in a document, with what the steps on the way gave.

    Args:
        document: The text and the places of its cells.
        indexes: The forms to choose from, with their labels.
        grammar: What running text is read with.
        added: The ids of the forms that plugins add. Labels of such a form change nothing on a page
            of another form.
        form: The form to read, whatever the document says.
        year: The year of the report, whatever the document says.

    Raises:
        UnreadableSource: The document is no report at all.
    """
    text = normalise(document.text)
    text = evolve(text, text=without_line_marks(text.text))
    places = Places(text, document)
    asked = text.text.replace("?", " ")  # a lost blank leaves a question mark
    cells, aside = set_side_columns_apart(without_serial_numbers(cut_cells(asked)))
    forms, index = indexes.forms, indexes.without()
    cells = with_corrected_labels(cells, document, places, index)
    printed = classify_text(cells, index)
    evidence = weigh(forms, printed)
    not_meant = forms_not_meant(added, forms, printed, evidence)
    if not_meant := not_meant - {form.id if form is not None else ""}:
        forms = {name: one for name, one in forms.items() if name not in not_meant}
        index = indexes.without(not_meant)
        printed = classify_text(cells, index)
        evidence = weigh(forms, printed)
    _require_topic(document, text, evidence)
    spans = table_spans(printed)
    running = RunningText(grammar, places, spans)
    metadata = read_metadata(places, document.meta, running.lead, grammar.bodies, year)
    year = metadata.year
    choice = choose_form(forms, evidence, year, form, added)
    regions = cut_regions(choice, forms, printed, year)
    foreign = foreign_tables(
        text.text,
        titles_within(text.text, grammar.bodies),
        table_captions(text.text, grammar.bodies, spans, label_starts(printed)),
        spans,
        metadata,
        grammar.bodies,
    )
    tables = read_tables(regions, printed, places, foreign)
    unclaimed = (*tables.unclaimed, *unclaimed_numbers(aside, places))
    tables = evolve(tables, unclaimed=unclaimed)
    narrative = interpret(running, choice.form, year, metadata.agency, metadata.title)
    _require_report(document, running, evidence, narrative)
    figures = mark_recognised(document, tuple(sorted(tables.figures.values(), key=_offset)))
    damage = damage_in(document.text)
    narrative = evolve(
        narrative,
        diagnostics=(
            *narrative.diagnostics,
            *flag_statements(damage, narrative),
            *recognised_statements(document, (*narrative.figures, *narrative.candidates)),
        ),
    )
    diagnostics = (
        *flag_damage(damage, figures),
        *reading_notes(document, figures, choice.form, index),
        *weak_readings(document, figures),
        *unseen_figures(document, figures, choice.form),
        *_metadata_notes(metadata),
        *_form_notes(choice, regions, figures),
        *tables.diagnostics,
        *map(of_text, narrative.diagnostics),
        *check_other_years(tables.rows, year),
        *check_other_reports(tables.rows, figures, foreign),
        *check_corrections(text.text, tables.rows, figures, spans),
    )
    report = _build(document, metadata, choice, figures, tables, narrative, diagnostics)
    return ReportSteps(report, evidence, choice, tables, printed, places)


def _require_topic(document: Document, text: NormalText, evidence: Evidence) -> None:
    """Raise UnreadableSource if no row of any form was found and the topic does not occur."""
    if evidence.rows:
        return
    from gischema.metadata.page_kind import speaks_of_disclosure  # 2 ms, rarely needed

    if not speaks_of_disclosure(text.text):
        raise _not_a_report(document)


def _require_report(
    document: Document, running: RunningText, evidence: Evidence, narrative: Narrative
) -> None:
    """Raise UnreadableSource if the document is a page of another kind."""
    if evidence.shows_form and evidence.rows > _FEW_ROWS:
        return
    from gischema.metadata.page_kind import Contents, is_other_page, is_report  # as above

    if evidence.shows_form:
        if is_other_page(running.printed, running.grammar.bodies):
            raise _not_a_report(document)
        return
    lead, rows = running.lead, evidence.rows + evidence.in_sentences
    doubted = (one for one in narrative.candidates if not _OF_THE_BODY.isdisjoint(one.marks))
    contents = Contents(
        [running.kind(heading) for heading in running.headings],
        has_figures=bool(rows or narrative.figures or any(doubted)),
        announces=lead.year is not None or lead.span_start is not None,
    )
    if not is_report(running.printed, contents, running.grammar.bodies):
        raise _not_a_report(document)


def _not_a_report(document: Document) -> UnreadableSource:
    return UnreadableSource(
        document.name,
        "不像政府信息公开工作年度报告：没有这种报告的表格，也没有它的标题、章节或数字",
        "no annual report on government information disclosure: it has neither the tables nor the "
        "title, chapters or figures of one",
        "not_a_report",
    )


def _metadata_notes(metadata: Metadata) -> Iterator[Diagnostic]:
    """Yield what is missing in the metadata, in doubt, or contradicts itself."""
    year, period = metadata.year, metadata.period_year
    if year is None:
        yield diagnose("D403")
    elif period not in (None, year):
        yield diagnose("D404", years=f"{year}、{period}")
    yield from metadata.diagnostics
    yield from map(_contradiction, metadata.conflicts)


def _contradiction(conflict: Conflict) -> Diagnostic:
    words = {"one": conflict.one, "other": conflict.other}
    for name, (zh, en) in (
        ("field", conflict.field),
        ("place", conflict.place),
        ("other_place", conflict.other_place),
    ):
        words |= {name: zh, f"{name}_en": en}
    return diagnose("D606", None, (), **words)


def _form_notes(
    choice: FormChoice, regions: Sequence[Region], figures: Sequence[Figure]
) -> Iterator[Diagnostic]:
    """Yield what is special about the forms that the tables stand on."""
    if not figures:
        yield diagnose("D402")
    yield from choice.diagnostics
    if choice.form is not None:
        for other in sorted({region.form.id for region in regions} - {choice.form.id}):
            yield diagnose("D401", form=choice.form.id, other=other)


def _form_fact(choice: FormChoice) -> Fact:
    """Return the grounds of the form: its rows, the year, or the caller."""
    doubts = tuple(note.code for note in choice.diagnostics)
    if choice.given:
        return Fact("given")
    if choice.form is None:
        return Fact("absent", doubts=doubts)
    return Fact(
        "stated" if choice.printed else "inferred",
        "tables" if choice.printed else "year",
        doubts=doubts,
    )


def _build(
    document: Document,
    metadata: Metadata,
    choice: FormChoice,
    figures: tuple[Figure, ...],
    tables: TablesRead,
    narrative: Narrative,
    diagnostics: tuple[Diagnostic, ...],
) -> Report:
    """Build the report, of the class that its form has."""
    form = choice.form
    own = jurisdiction_of(metadata.agency) if metadata.agency else Jurisdiction()
    report = form.report if form is not None else Report
    return report(
        form=form.generation if form is not None else None,
        variant=form.variant if form is not None else None,
        year=metadata.year,
        title=metadata.title,
        agency=metadata.agency,
        region=own.region,
        level=own.level,
        period=metadata.period,
        published=metadata.published,
        index_no=metadata.index_no,
        document_no=metadata.document_no,
        source_url=metadata.source_url,
        source_name=document.name,
        facts=doubted_facts(document, {**metadata.facts, "form": _form_fact(choice)}),
        figures=figures,
        narrative=narrative,
        unclaimed=tuple(sorted(tables.unclaimed, key=lambda number: number.origin.start)),
        diagnostics=diagnostics,
        declared=form.declared if form is not None else {},
    )


def _offset(figure: Figure) -> int:
    return figure.origin.start if figure.origin else 0
