"""Forms: the rows, columns and indicators that a grammar declares."""

from __future__ import annotations

from pathlib import Path

from gischema.forms.form import Column, Form, HeadGroup, Indicator, Row
from gischema.forms.grammars import Grammar, grammar_folder
from gischema.forms.report_classes import Art20Report2019, Art20Report2021, StatReport2014
from gischema.report import Report

__all__ = [
    "Art20Report2019",
    "Art20Report2021",
    "Column",
    "Form",
    "Grammar",
    "HeadGroup",
    "Indicator",
    "Row",
    "StatReport2014",
    "grammar_folder",
    "load_form",
    "national_forms",
]

_NATIONAL: tuple[tuple[str, tuple[int, int | None], str, type[Report]], ...] = (
    ("stat-2014", (2014, 2018), "国办发〔2014〕32号", StatReport2014),
    ("art20-2019", (2019, 2020), "国办公开办函〔2019〕60号", Art20Report2019),
    ("art20-2021", (2021, None), "国办公开办函〔2021〕30号", Art20Report2021),
)


def load_form(
    form_id: str,
    grammar: Path,
    *,
    years: tuple[int, int | None],
    basis: str,
    report: type[Report] = Report,
) -> Form:
    """Return the form that a grammar file declares."""
    return Form(form_id, years, basis, Grammar(grammar), report)


def national_forms() -> tuple[Form, ...]:
    """Return the three national forms, oldest first."""
    folder = grammar_folder()
    return tuple(
        load_form(
            form_id,
            folder / f"{form_id.replace('-', '_')}.lark",
            years=years,
            basis=basis,
            report=report,
        )
        for form_id, years, basis, report in _NATIONAL
    )
