"""Parsing: from a document to a report. One way in: `parse_document`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from gischema.diagnostics import diagnose
from gischema.forms.form import Form
from gischema.forms.index import LabelIndex
from gischema.parsing.cells import cut
from gischema.parsing.choose import blocks, weigh
from gischema.parsing.doubts import reading_notes
from gischema.parsing.metadata import Conflict, Metadata, body_that_answers, in_full, read_metadata
from gischema.parsing.read_tables import TablesRead, read_tables
from gischema.parsing.region import Region
from gischema.parsing.scan import Figures, Label, Scan, scan
from gischema.reading import Document, UnreadableSource
from gischema.report import Diagnostic, Figure, Narrative, Report
from gischema.text import Places, normalise

if TYPE_CHECKING:
    from gischema.narrative import NarrativeGrammar

__all__ = ["parse_document"]

_TOPIC = re.compile(r"信息公开|政务公开")
_MENTIONS = 2  # a report without a table speaks of its topic more than once


def parse_document(
    document: Document,
    forms: Mapping[str, Form],
    index: LabelIndex,
    grammar: NarrativeGrammar,
    *,
    form: Form | None = None,
    year: int | None = None,
) -> Report:
    """Return the report in a document.

    Its figures do not carry their `doubts` yet: plugins may still add diagnostics.

    Args:
        document: The text and the places of its cells.
        forms: The forms to choose from, by id.
        index: Their labels.
        grammar: The grammar of running text.
        form: The form to read, whatever the document says.
        year: The year of the report, whatever the document says.

    Raises:
        UnreadableSource: The document is no report at all.
    """
    from gischema.narrative import RunningText, interpret  # a fifth of what a start costs

    text = normalise(document.text)
    scanned = scan(cut(text.text.replace("?", " ")), index)  # ? is what a lost blank leaves
    evidence = weigh(forms, scanned)
    if not evidence.rows and len(_TOPIC.findall(text.text)) < _MENTIONS:
        raise UnreadableSource(
            document.name,
            "不像政府信息公开工作年度报告：没有找到任何表格行，也很少提到政府信息公开",
            "no annual report: no row of any form was found, and the text hardly speaks of "
            "government information disclosure",
        )
    metadata = read_metadata(text.text, document.meta)
    year = year or metadata.year
    main = form or evidence.best(forms, year)
    places = Places(text, document)
    tables = TablesRead()
    if main is not None and form is None and evidence.foreign:
        words = {"form": main.id, "known": evidence.rows, "unknown": evidence.unknown}
        foreign = diagnose("D405", None, tuple(main.declared), **words)
        tables = TablesRead(diagnostics=(foreign,))
        main = None
    found: list[str] = []
    if main is not None:
        regions = _regions(main, {main.id: main} if form else forms, scanned)
        found = [region.form.id for region in regions]
        tables = read_tables(regions, places)
    elif year is not None:
        main = next((f for f in forms.values() if f.in_force(year) and not f.variant), None)
    running = RunningText(grammar, places, _taken(scanned))
    narrative = interpret(running, main, year, metadata.agency, metadata.title)
    agency = metadata.agency
    if agency is None:
        answers = body_that_answers(text.text)
        agency = in_full(running.body, answers) or answers
    elif metadata.title is None:
        agency = in_full(agency, running.body)
    metadata = evolve(metadata, agency=agency)
    doubts = partial(reading_notes, document, form=main, index=index)
    return _report(document, metadata, main, year, tables, doubts, found, narrative)


def _regions(main: Form, forms: Mapping[str, Form], scanned: Scan) -> list[Region]:
    """Cut a document into regions that stand on one form each."""
    gap = _usual_gap(scanned)
    runs = [run for run in blocks(forms, main, scanned.items) if run[1]]
    stops = [*(items[0].first for _, items in runs[1:]), len(scanned.cells)]
    return [
        Region(form, scanned, items, stop, gap)
        for (form, items), stop in zip(runs, stops, strict=True)
    ]


def _report(
    document: Document,
    metadata: Metadata,
    main: Form | None,
    year: int | None,
    tables: TablesRead,
    doubts: Callable[[Sequence[Figure]], Iterable[Diagnostic]],
    found: list[str],
    narrative: Narrative,
) -> Report:
    figures = tuple(sorted(tables.figures.values(), key=_offset))
    others = sorted(set(found) - {main.id}) if main else []
    notes = [
        *doubts(figures),
        *_notes(metadata, year, bool(figures)),
        *tables.diagnostics,
    ]
    if main is not None:
        notes += [diagnose("D401", form=main.id, other=other) for other in others]
    report_class = main.report if main else Report
    return report_class(
        form=main.generation if main else None,
        variant=main.variant if main else None,
        year=year,
        title=metadata.title,
        agency=metadata.agency,
        published=metadata.published,
        index_no=metadata.index_no,
        document_no=metadata.document_no,
        source_url=metadata.source_url,
        source_name=document.name,
        stated=figures,
        narrative=narrative,
        unclaimed=tuple(sorted(tables.unclaimed, key=lambda u: u.origin.start)),
        diagnostics=tuple(notes),
        declared=main.declared if main else {},
    )


def _offset(figure: Figure) -> int:
    return figure.origin.start if figure.origin else 0


def _notes(metadata: Metadata, year: int | None, tables: bool) -> list[Diagnostic]:
    notes = []
    if year is None:
        notes.append(diagnose("D403"))
    elif metadata.period not in (None, year):
        notes.append(diagnose("D404", years=f"{year}、{metadata.period}"))
    if not tables:
        notes.append(diagnose("D402"))
    return notes + [_contradiction(conflict) for conflict in metadata.conflicts]


def _contradiction(conflict: Conflict) -> Diagnostic:
    words = {"one": conflict.one, "other": conflict.other}
    for name, (zh, en) in (
        ("field", conflict.field),
        ("place", conflict.place),
        ("other_place", conflict.other_place),
    ):
        words |= {name: zh, f"{name}_en": en}
    return diagnose("D606", None, (), **words)


def _taken(scanned: Scan) -> list[tuple[int, int]]:
    """What of the text stands in tables: figures and their labels, but no captions."""
    return [
        (scanned.cells[item.first].start, scanned.cells[item.last].end)
        for item in scanned.items
        if isinstance(item, Figures)
        or (isinstance(item, Label) and (item.entry.rows or item.entry.heads))
    ]


def _usual_gap(scanned: Scan) -> int:
    """How many empty lines usually stand between two cells of a table with one cell a line."""
    gaps = Counter(
        cell.gap
        for cell, following in pairwise(scanned.cells)
        if cell.closing == "\n" and cell.text and following.text
    )
    return max(gaps, key=gaps.__getitem__, default=0)
