"""The result of comparing two reports."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import asdict, frozen

from gischema.figure import STATUS, Origin, Status, number
from gischema.forms.concepts import Comparability
from gischema.frames import ColumnType, pandas_frame, polars_frame
from gischema.html_text import html_table
from gischema.report import ABOUT_COLUMNS, AboutReport
from gischema.rules.results import CheckResult, decimal

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


@frozen
class ComparedValue:
    """The value that one report states, its status, and where."""

    value: int | Decimal | None
    status: Status
    paths: tuple[str, ...]
    origin: Origin | None = None

    @property
    def printed(self) -> str:
        """The value, or the status in Chinese, for people."""
        return f"({STATUS[self.status][0]})" if self.value is None else number(self.value)


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

    old: AboutReport
    new: AboutReport
    changed: tuple[FigureChange, ...]
    unchanged: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    between: CheckResult
    chapters: tuple[ChapterLikeness, ...]

    def __repr__(self) -> str:
        years = f"{self.old.year} → {self.new.year}"
        return f"<Comparison {years}: {len(self.changed)} changed, {self.unchanged} unchanged>"

    def __str__(self) -> str:
        old, new = ((one.title or one.agency or one.file or "报告") for one in (self.old, self.new))
        return f"{old} → {new}：{len(self.changed)} 处不同，{self.unchanged} 处相同"

    def _repr_html_(self) -> str:
        rows = (
            (change.label, change.old.printed, change.new.printed, change.difference)
            for change in self.changed
        )
        return html_table(
            str(self), ("名称", self.old.year or "前", self.new.year or "后", "相差"), rows
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return the figures that differ as rows of a table, each with both reports."""
        about = {
            f"{side}_{name}": value
            for side, each in (("old", self.old), ("new", self.new))
            for name, value in asdict(each).items()
        }
        return [about | _row(change) for change in self.changed]

    def to_polars(self) -> pl.DataFrame:
        """Return `rows` as a Polars frame."""
        return polars_frame(self.rows(), COLUMNS)

    def to_pandas(self) -> pd.DataFrame:
        """Return `rows` as a pandas frame."""
        return pandas_frame(self.rows(), COLUMNS)


COLUMNS: Mapping[str, ColumnType] = {
    **{f"{side}_{name}": kind for side in ("old", "new") for name, kind in ABOUT_COLUMNS.items()},
    **dict.fromkeys(("name", "label", "label_en"), "text"),
    **dict.fromkeys(("old_value", "new_value", "difference"), "decimal"),
    **dict.fromkeys(("old_status", "new_status", "comparability"), "text"),
    **dict.fromkeys(("old_paths", "new_paths"), "texts"),
    **dict.fromkeys(("note", "note_en"), "text"),
}
"""The columns of rows of changed figures, and their types in frames."""


def _row(change: FigureChange) -> dict[str, Any]:
    return {
        "name": change.name,
        "label": change.label,
        "label_en": change.label_en,
        "old_value": decimal(change.old.value),
        "new_value": decimal(change.new.value),
        "difference": decimal(change.difference),
        "old_status": change.old.status,
        "new_status": change.new.status,
        "comparability": change.comparability,
        "old_paths": list(change.old.paths),
        "new_paths": list(change.new.paths),
        "note": change.note,
        "note_en": change.note_en,
    }
