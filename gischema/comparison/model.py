"""What a comparison of two reports gives."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from gischema.forms.concepts import Comparability
from gischema.report import Origin, Status
from gischema.rules.results import CheckResult


@frozen
class Side:
    """What one of the two reports states: value, status, and where."""

    value: int | Decimal | None
    status: Status
    paths: tuple[str, ...]
    origin: Origin | None = None


@frozen
class FigureChange:
    """A figure that differs between the reports.

    `name` is its path, or where the forms state it under different paths the name of the concept
    that ties them together; `note` then says how its definition moved. `difference` is what the
    new one is above the old one, None unless both are stated.
    """

    name: str
    label: str
    label_en: str
    old: Side
    new: Side
    difference: int | Decimal | None
    comparability: Comparability = "same"
    note: str = ""
    note_en: str = ""


@frozen
class ChapterLikeness:
    """How like two chapters are, in per cent; None where there is no text to compare.

    All of the text counts, digits left out; tables do not.
    """

    kind: str | None
    old_title: str | None
    new_title: str | None
    likeness: float | None


@frozen
class About:
    """Which report it is."""

    form: str | None
    variant: str | None
    year: int | None
    agency: str | None
    title: str | None


@frozen
class Comparison:
    """What became of a report.

    `changed` are the figures that differ and `unchanged` the number of those that both print
    alike; `only_old` and `only_new` are the paths that one of them prints and that nothing on the
    other's form answers to. `between` is what the rules across reports say: those of the years
    where one is of the year after the other, those of versions where both are of the same year.
    """

    old: About
    new: About
    changed: tuple[FigureChange, ...]
    unchanged: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    between: CheckResult
    chapters: tuple[ChapterLikeness, ...]
