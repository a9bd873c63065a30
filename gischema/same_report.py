"""Refuse files of different reports where one report of several files is expected."""

from __future__ import annotations

from collections.abc import Sequence

from gischema.chinese.body_names import is_same_body
from gischema.errors import InvalidSource
from gischema.filenames import displayed
from gischema.forms.label_index import LabelIndex
from gischema.metadata import Metadata, read_metadata
from gischema.narrative import NarrativeGrammar, RunningText
from gischema.reading import Document
from gischema.tables.classify import classify_text, table_spans
from gischema.tables.tokenize import cut_cells
from gischema.text import Places, normalise


def require_same_report(
    documents: Sequence[Document], index: LabelIndex, grammar: NarrativeGrammar
) -> None:
    """Raise InvalidSource if two documents have titles of different bodies or periods.

    A table or an appendix without a title of a report belongs to any report.
    """
    titled = [
        (document.name or f"({number})", found)
        for number, document in enumerate(documents, start=1)
        if (found := _metadata(document, index, grammar)).title is not None
    ]
    for name, other in titled[1:]:
        first_name, first = titled[0]
        if _differ(first, other):
            one, two = (f"{displayed(n)}《{m.title}》" for n, m in (titled[0], (name, other)))
            raise InvalidSource(
                f"{one}与{two}不是同一份报告，请分开读取",
                f"{displayed(first_name)} and {displayed(name)} are two reports: "
                "read each on its own",
            )


def _differ(one: Metadata, other: Metadata) -> bool:
    if one.year and other.year and one.year != other.year:
        return True
    parts = [metadata.period.part for metadata in (one, other) if metadata.period is not None]
    if len(parts) > 1 and None not in parts and parts[0] != parts[1]:
        return True
    return bool(one.agency and other.agency and not is_same_body(one.agency, other.agency))


def _metadata(document: Document, index: LabelIndex, grammar: NarrativeGrammar) -> Metadata:
    text = normalise(document.text)
    printed = classify_text(cut_cells(text.text), index)
    places = Places(text, document)
    running = RunningText(grammar, places, table_spans(printed))
    return read_metadata(places, document.meta, running.lead, grammar.bodies)
