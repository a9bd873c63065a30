"""The metadata of a report, and where a source contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from gischema.report import Diagnostic, Fact, FactName, FactSource, Period

Bilingual: TypeAlias = tuple[str, str]
"""A name in Chinese and in English."""

IN_TITLE: Bilingual = ("标题", "the title")
IN_HEAD: Bilingual = ("页首", "the page head")

PLACES: Mapping[FactSource, Bilingual] = {
    "title": IN_TITLE,
    "page_head": IN_HEAD,
    "file": ("网页元数据", "the metadata of the page"),
    "lead": ("引言", "the introduction"),
    "signature": ("落款", "the signature"),
    "contact": ("联系方式", "the contact"),
    "text": ("正文", "the text"),
}
"""What messages call the places that facts are taken from."""


def in_file(name: str) -> Bilingual:
    """Return metadata of the file itself, as a place."""
    return f"元数据{name}", f"the metadata {name}"


class Conflict(NamedTuple):
    """Two statements of a source about the report that contradict each other.

    Attributes:
        field: What they state.
        one: The first statement, which counts.
        place: Where it stands.
        other: The other statement.
        other_place: Where that stands.
    """

    field: Bilingual
    one: str
    place: Bilingual
    other: str
    other_place: Bilingual


@frozen
class Metadata:
    """What a source states of the report, None for what it does not state.

    Attributes:
        period: The reporting period.
        period_year: The year of the span of dates that the figures are of.
        facts: The grounds of title, body, year, period and day of publication.
        conflicts: Where the source contradicts itself.
        diagnostics: What was inferred or is in doubt.
    """

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    period_year: int | None = None
    published: date | None = None
    index_no: str | None = None
    document_no: str | None = None
    source_url: str | None = None
    facts: Mapping[FactName, Fact] = field(factory=dict, hash=False)
    conflicts: tuple[Conflict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
