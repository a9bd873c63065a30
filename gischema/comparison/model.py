"""The result of comparing two reports."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from gischema.forms.concepts import Comparability
from gischema.report import Origin, Status
from gischema.rules.results import CheckResult


@frozen
class ComparedValue:
    """The value that one report states, its status, and where."""

    value: int | Decimal | None
    status: Status
    paths: tuple[str, ...]
    origin: Origin | None = None


@frozen
class FigureChange:
    """A figure that differs between the reports.

    Attributes:
        name: The path of the figure, or the name of the concept if the forms state it under
            different paths.
        difference: `new` minus `old`, None unless both are stated.
        note: How the definition of a concept changed.
    """

    name: str
    label: str
    label_en: str
    old: ComparedValue
    new: ComparedValue
    difference: int | Decimal | None
    comparability: Comparability = "same"
    note: str = ""
    note_en: str = ""


@frozen
class ChapterLikeness:
    """The likeness of two chapters in per cent, None if there is no text to compare.

    All text is compared except digits and tables.
    """

    kind: str | None
    old_title: str | None
    new_title: str | None
    likeness: float | None


@frozen
class ComparedReport:
    """The identification of a report."""

    form: str | None
    variant: str | None
    year: int | None
    agency: str | None
    title: str | None


@frozen
class Comparison:
    """The result of comparing two reports.

    Attributes:
        changed: The figures that differ.
        unchanged: The number of figures that both reports print alike.
        only_old: The paths that only the old report prints, without a counterpart on the new form.
        only_new: The paths that only the new report prints, without a counterpart on the old form.
        between: The result of the rules about several reports: those about consecutive years, or
            about versions if both reports are of the same year.
        chapters: The likeness of the chapters.
    """

    old: ComparedReport
    new: ComparedReport
    changed: tuple[FigureChange, ...]
    unchanged: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    between: CheckResult
    chapters: tuple[ChapterLikeness, ...]
