"""Forms without the parser, and reports made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from gischema.forms.form import Form
from gischema.forms.grammars import Grammar, grammar_folder
from gischema.report import Diagnostic, Figure, Origin, Report
from gischema.rules import RuleBook, national_rules
from gischema.rules.form_view import FormView

YEARS = {"stat-2014": (2014, 2018), "art20-2019": (2019, 2020), "art20-2021": (2021, None)}


@pytest.fixture(scope="session")
def forms() -> dict[str, Form]:
    found = {}
    for name, years in YEARS.items():
        path = grammar_folder() / f"{name.replace('-', '_')}.lark"
        found[name] = Form(name, years, "", Grammar(path))
    return found


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return RuleBook.load(national_rules())


@pytest.fixture(scope="session")
def arithmetic(book: RuleBook) -> RuleBook:
    """What must hold between the figures of tables, whatever else a report says."""
    chosen = (rule for rule in book.rules if rule.kind != "expectation" and rule.code[0] in "AB")
    return RuleBook(tuple(rule for rule in chosen if rule.code[1].isdigit()))


@pytest.fixture(scope="session")
def make() -> Callable[..., Report]:
    """Makes a report of a form from values by path.

    None is a blank cell, `-` a dash, `?` one that was not understood. Figures stand in the source
    in the order in which they are given, ten characters apart.
    """

    def made(form: Form, values: Mapping[str, Any], **about: Any) -> Report:
        view = FormView(form)
        figures = []
        for place, (path, value) in enumerate(values.items()):
            spot = view.cells[path]
            raw = "" if value is None else str(value)
            known = isinstance(value, int | Decimal)
            status: Any = {None: "blank", "-": "not_applicable", "?": "unreadable"}.get(
                value, "stated"
            )
            origin = Origin(place * 10, place * 10 + len(raw), place + 1, 1)
            number = value if known else None
            figures.append(
                Figure(path, number, spot.unit, status, raw, view.label(path), origin, "exact")
            )
        doubtful = about.pop("doubtful", ())
        diagnostics = tuple(Diagnostic("D202", "", "", (path,)) for path in doubtful)
        return Report(form=form.id, figures=tuple(figures), diagnostics=diagnostics, **about)

    return made
