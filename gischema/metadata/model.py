"""The metadata of a report, and where a source contradicts itself."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import frozen

Bilingual: TypeAlias = tuple[str, str]
"""A name in Chinese and in English."""

IN_TITLE: Bilingual = ("标题", "the title")
IN_HEAD: Bilingual = ("页首", "the page head")


def in_file(name: str) -> Bilingual:
    """Return metadata of the file itself, as a place."""
    return f"元数据{name}", f"the metadata {name}"


@frozen
class Conflict:
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
        period: The year of the span of dates that the figures are of.
    """

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    period: int | None = None
    published: date | None = None
    index_no: str | None = None
    document_no: str | None = None
    source_url: str | None = None
    conflicts: tuple[Conflict, ...] = ()
