"""Concepts: indicators that forms of different years share, declared in `indicators.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, cast

from attrs import frozen

from gischema.forms.indicators import indicator_tables, text_indicators
from gischema.report import Figure, Report

Comparability = Literal["same", "close", "broken"]
"""`same` if a concept means the same on every form, `close` if its definition changed, `broken` if
figures before and after the change must not be compared."""

ConceptSource = Literal["table", "text"]
"""Where reports on a form state a concept: in the tables, or only in the running text."""


@frozen
class Concept:
    """An indicator that several forms state, under different paths or in the running text.

    Attributes:
        name: The name, also that of its column in a panel.
        zh: The label in Chinese; `en` in English.
        meaning_zh: What is counted; `meaning_en` in English.
        comparability: How far figures of different forms can be compared.
        note_zh: How the definition changed between the forms; `note_en` in English.
        paths: The paths in the tables by the id of the form. Several are added up; `*` stands for
            any one step.
        text: The paths under which the running text states it, where they are others.
        breaks: The forms with which the definition changed.
        notices: The notices that prescribe the forms, by the id of the form.
    """

    name: str
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str
    comparability: Comparability
    note_zh: str
    note_en: str
    paths: Mapping[str, tuple[str, ...]]
    text: Mapping[str, tuple[str, ...]]
    breaks: tuple[str, ...]
    notices: Mapping[str, str]

    @property
    def sources(self) -> dict[str, ConceptSource]:
        """Where reports on each form state the concept; forms that do not are left out."""
        forms = (form for form in self.notices if form in self.paths or form in self.text)
        return {form: "table" if form in self.paths else "text" for form in forms}

    def figures(self, report: Report) -> tuple[Figure, ...]:
        """Return the table figures that state the concept, none if the form has no such rows.

        A form that is not national states it if it has all the rows of the form of its year.
        """
        found: list[str] = []
        form = generation_of(report.form, report.year)
        for path in self.paths.get(form, ()):
            known = {**report.declared, **report.by_path}
            if "*" in path:
                found += filter(_pattern(path).fullmatch, known)
            elif path in known:
                found.append(path)
            elif form != report.form:
                return ()
        return tuple(map(report.figure, found))

    def text_paths(self, report: Report) -> tuple[tuple[str, ...], ...]:
        """Return the paths under which the running text of a report may state the concept.

        Those before others count. Reports without a form, as before 2014, and those on a form that
        is not national state it under the paths of the form of their year.
        """
        form = generation_of(report.form, report.year)
        printed = tuple(figure.path for figure in self.figures(report))
        if not printed and form != report.form:
            printed = self.paths.get(form, ())
        return tuple(paths for paths in (self.text.get(form, ()), printed) if paths)

    def value(self, report: Report) -> int | Decimal | None:
        """Return the value of the tables; None unless all figures of the concept are stated."""
        values = [figure.value for figure in self.figures(report)]
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(values) else None

    def comparability_of(self, form: str | None, year: int | None) -> Comparability:
        """Return how far a figure of a report can be compared with those on the newest form.

        Before the first form each body counts in its own way: `close` at best.
        """
        begun = text_indicators().generations
        since = begun[generation_of(form, year)]
        if any(begun[one] > since for one in self.breaks):
            return self.comparability
        if form not in begun and (year or 0) < min(begun.values()):
            return "close" if self.comparability == "same" else self.comparability
        return "same"


def generation_of(form: str | None, year: int | None) -> str:
    """Return the national form whose paths a report uses: its own, else that of its year."""
    names = text_indicators()
    if form is not None and form in names.generations:
        return form
    return names.generation(year)


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """Return the indicators that the national forms of different years share.

    Each has a definition, where each form states it, and how far the years can be compared.
    """
    tables = indicator_tables()
    notices = cast(Mapping[str, str], tables["notice"])
    return tuple(_concept(name, table, notices) for name, table in tables["concept"].items())


def _concept(name: str, table: Mapping[str, Any], notices: Mapping[str, str]) -> Concept:
    paths, text = _by_form(table, notices), _by_form(table.get("text", {}), notices)
    return Concept(
        name,
        *_words(table["label"]),
        *_words(table["meaning"]),
        table["comparability"],
        *_words(table.get("note", {})),
        paths,
        text,
        tuple(table.get("breaks", ())),
        {form: notice for form, notice in notices.items() if form in paths or form in text},
    )


def _words(given: Mapping[str, str]) -> tuple[str, str]:
    return given.get("zh", ""), given.get("en", "")


def _by_form(
    table: Mapping[str, Iterable[str]], forms: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    return {form: tuple(table[form]) for form in forms if form in table}


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(r"\*", r"[a-z0-9_]+"))
