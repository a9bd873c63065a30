"""Turn the examples of rules into reports, so that every rule is tested by its own examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import field, fields_dict, frozen

from gischema.report import Figure, NarrativeFigure, Origin, Part, Report, Status
from gischema.rules.binding import PathBinder
from gischema.rules.checking import check
from gischema.rules.expressions import FACTS, FigureSource, Operand, PathReference, ReportRole
from gischema.rules.form_view import FormView
from gischema.rules.model import ExampleValue, Rule, RuleExample, Value
from gischema.rules.report_facts import ReportFact
from gischema.rules.reports import Reports
from gischema.rules.results import CheckResult
from gischema.rules.rulebook import RuleBook

if TYPE_CHECKING:
    from gischema.forms.form import Form

_ATTRIBUTES = frozenset(fields_dict(Report))
_ORIGIN = Origin(0, 0, 1, 1)
_RAW = {"blank": "", "not_applicable": "-"}
_MARKS: Mapping[FigureSource, tuple[str, ...]] = {
    "narrative": (),
    "with_carry_over": ("carry_over_included",),
    "whole_region": ("region", "own_region"),
}
"""The marks of a statement that rules find under a source."""


def example_holds(example: RuleExample, result: CheckResult) -> bool:
    """Return True if a result is what the example says.

    A passing example needs a check that held and no finding, a failing one needs a finding.
    """
    if example.passes:
        return not result.findings and result.held > 0
    return bool(result.findings)


def check_example(
    rule: Rule,
    example: RuleExample,
    form: Form,
    own_facts: Mapping[str, ReportFact] | None = None,
) -> CheckResult:
    """Return the result of checking the report of an example against its rule alone."""
    described = _ExampleReports(FormView(form), form.id)
    for path, status, value in example.entries:
        described.add(path, status, value)
    if rule.years is not None:
        described.assume_year(rule.years[0])
    return check(
        described.reports(), form, RuleBook((rule,), own_facts or {}), assumed=described.assumed
    )


@frozen
class _ExampleReports:
    """The reports that an example describes.

    Attributes:
        view: The form.
        form_id: The form that the reports are on.
        figures: The figures by report and source, then by path.
        attributes: The attributes of each report.
        assumed: The other facts by key.
    """

    view: FormView
    form_id: str
    figures: dict[tuple[ReportRole, FigureSource], dict[str, Figure]] = field(factory=dict)
    attributes: dict[ReportRole, dict[str, Any]] = field(factory=dict)
    assumed: dict[str, Value] = field(factory=dict)

    def add(self, reference: PathReference, status: Status, value: ExampleValue | None) -> None:
        """Add one entry of the example."""
        if reference.path.startswith(FACTS):
            self._add_fact(reference, value)
        else:
            self._add_figures(reference, status, value)

    def assume_year(self, year: int) -> None:
        """Let the reports be of a year, and of the one before, unless the example states one."""
        self.attributes.setdefault("own", {}).setdefault("year", year)
        if any(role == "previous" for role, _ in self.figures):
            self.attributes.setdefault("previous", {}).setdefault("year", year - 1)

    def _add_fact(self, reference: PathReference, value: ExampleValue | None) -> None:
        room, _, name = reference.path.partition(".")
        if room == "report" and name in _ATTRIBUTES:
            self.attributes.setdefault(reference.role, {})[name] = value
        elif value is not None:
            self.assumed[Operand(reference.path, reference.role).key] = value

    def _add_figures(
        self, reference: PathReference, status: Status, value: ExampleValue | None
    ) -> None:
        binder = PathBinder(self.view, {})
        several = "*" in reference.path
        paths = binder.members(reference) if several else [binder.resolve(reference)]
        figures = self.figures.setdefault((reference.role, reference.source), {})
        number = value if isinstance(value, int | Decimal) else None
        raw = _RAW.get(status, str(value))
        for path in paths:
            cell = self.view.cells.get(path)
            unit = cell.unit if cell is not None and "/" not in (cell.unit or "") else None
            figures[path] = Figure(path, number, unit, status, raw, self.view.label(path))

    def reports(self) -> Reports:
        """Return the report of the example with the reports that it is compared with."""
        given = {role for role, _ in self.figures} | self.attributes.keys()
        below = (self._report("below"),) if "below" in given else ()
        previous = self._report("previous") if "previous" in given else None
        version = self._report("version") if "version" in given else None
        return Reports(self._report("own"), previous, version, below)

    def _report(self, role: ReportRole) -> Report:
        attributes = {"form": self.form_id, **self.attributes.get(role, {})}
        stated = tuple(self.figures.get((role, "table"), {}).values())
        return Report(figures=stated, narrative=tuple(self._statements(role)), **attributes)

    def _statements(self, role: ReportRole) -> Iterator[NarrativeFigure]:
        """Yield the statements of the running text; a list has one item that is not 0."""
        for source, marks in _MARKS.items():
            for figure in self.figures.get((role, source), {}).values():
                yield _statement(figure, marks=marks)
        shares = self.figures.get((role, "share"), {})
        for path, figure in self.figures.get((role, "share_of"), {}).items():
            yield _statement(figure, share=shares[path].value)
        sums = self.figures.get((role, "listed"), {})
        for path, figure in self.figures.get((role, "list_whole"), {}).items():
            values = (sums[path].value, 0)
            yield _statement(figure, parts=tuple(Part("", v, 0, "", _ORIGIN) for v in values))


def _statement(figure: Figure, **more: Any) -> NarrativeFigure:
    f = figure
    return NarrativeFigure(f.path, f.value, f.unit, f.status, f.raw, f.label, **more)
