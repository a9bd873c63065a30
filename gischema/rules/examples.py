"""The examples of rules made into reports, so that every rule is tested by its own words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gischema.report import Figure, NarrativeFigure, Report
from gischema.rules.binding import Binder
from gischema.rules.book import RuleBook
from gischema.rules.checking import check
from gischema.rules.model import Example, Rule
from gischema.rules.outline import Outline
from gischema.rules.results import CheckResult

if TYPE_CHECKING:
    from gischema.forms.form import Form

_RAW = {"blank": "", "not_applicable": "-"}


def bears_out(example: Example, result: CheckResult) -> bool:
    """Whether a result is what the example says: findings, or none and something that held."""
    if example.passes:
        return not result.findings and result.held > 0
    return bool(result.findings)


def play(rule: Rule, example: Example, form: Form) -> CheckResult:
    """The result of checking the report that an example describes against its rule alone."""
    report, previous = _reports(example, form)
    return check(report, form, RuleBook((rule,)), previous=previous)


def _reports(example: Example, form: Form) -> tuple[Report, Report | None]:
    """The report of an example, and last year's if it says anything about it."""
    outline = Outline(form)
    binder = Binder(outline, {})
    tables: dict[tuple[bool, bool], dict[str, Figure]] = {}
    about: dict[bool, dict[str, Any]] = {False: {"form": form.id}, True: {}}
    for path, status, value in example.facts:
        if path.path.startswith("report."):
            about[path.previous][path.path.removeprefix("report.")] = value
            continue
        paths = binder.members(path) if "*" in path.path else [binder.resolve(path)]
        table = tables.setdefault((path.previous, path.narrative), {})
        for one in paths:
            raw = _RAW.get(status, str(value))
            number = value if isinstance(value, int | Decimal) else None
            spot = outline.spots[one]
            table[one] = Figure(one, number, spot.unit, status, raw, outline.label(one))
    reports = []
    for previous in (False, True):
        stated = tuple(tables.get((previous, False), {}).values())
        told = tuple(
            NarrativeFigure(f.path, f.value, f.unit, f.status, f.raw, f.label)
            for f in tables.get((previous, True), {}).values()
        )
        reports.append(Report(stated=stated, narrative=told, **about[previous]))
    report, older = reports
    return report, older if older != Report() else None
