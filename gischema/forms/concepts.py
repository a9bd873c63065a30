"""Concepts: indicators that forms of different years share, declared in `indicators.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from attrs import frozen

from gischema.forms.indicators import indicator_tables
from gischema.report import Figure, Report

Comparability = Literal["same", "close"]
"""`same` if a concept means the same on every form, `close` if its definition changed."""

_LABELS = ("label", "comparability", "note")


@frozen
class Concept:
    """An indicator that several forms state under different paths.

    Attributes:
        note_zh: How the definition changed between the forms; `note_en` in English.
        paths: The paths by the id of the form. Several are added up; `*` stands for any one step.
    """

    name: str
    zh: str
    en: str
    comparability: Comparability
    note_zh: str
    note_en: str
    paths: Mapping[str, tuple[str, ...]]

    def figures(self, report: Report) -> tuple[Figure, ...]:
        """Return the figures of the report that state the concept, none if its form does not."""
        patterns = [_pattern(path) for path in self.paths.get(report.form or "", ())]
        known = {**report.declared, **report.by_path}
        return tuple(
            report.figure(path)
            for path in known
            if any(pattern.fullmatch(path) for pattern in patterns)
        )

    def value(self, report: Report) -> int | Decimal | None:
        """Return the value that the report states; None unless all its figures are stated."""
        values = [figure.value for figure in self.figures(report)]
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(values) else None


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """Return the concepts of the national forms."""
    return tuple(_concept(name, table) for name, table in indicator_tables()["concept"].items())


def _concept(name: str, table: Mapping[str, object]) -> Concept:
    label, note = _words(table["label"]), _words(table.get("note", {}))
    paths = {form: _paths(given) for form, given in table.items() if form not in _LABELS}
    comparability: Comparability = "close" if table["comparability"] == "close" else "same"
    return Concept(name, *label, comparability, *note, paths)


def _words(given: object) -> tuple[str, str]:
    words = given if isinstance(given, dict) else {}
    return str(words.get("zh", "")), str(words.get("en", ""))


def _paths(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list) else ()


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(r"\*", r"[a-z0-9_]+"))
