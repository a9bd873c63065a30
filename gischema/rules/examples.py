"""The examples of rules made into reports, so that every rule is tested by its own words."""

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
from gischema.rules.model import Known, Rule, RuleExample, Value
from gischema.rules.reports import Reports
from gischema.rules.results import CheckResult
from gischema.rules.rulebook import RuleBook

if TYPE_CHECKING:
    from gischema.forms.form import Form

_ATTRIBUTES = frozenset(fields_dict(Report))
_HERE = Origin(0, 0, 1, 1)
_RAW = {"blank": "", "not_applicable": "-"}
_MARKS: Mapping[FigureSource, tuple[str, ...]] = {
    "narrative": (),
    "with_carry_over": ("carry_over_included",),
    "whole_region": ("region", "own_region"),
}
"""The marks by which a statement of the text comes from a source."""


def example_holds(example: RuleExample, result: CheckResult) -> bool:
    """Whether a result is what the example says: findings, or none and something that held."""
    if example.passes:
        return not result.findings and result.held > 0
    return bool(result.findings)


def check_example(rule: Rule, example: RuleExample, form: Form) -> CheckResult:
    """The result of checking the report that an example describes against its rule alone."""
    described = _Described(FormView(form), form.id)
    for path, status, value in example.facts:
        described.say(path, status, value)
    return check(described.reports(), form, RuleBook((rule,)), known=described.known)


@frozen(eq=False, repr=False)
class _Described:
    """What an example says: figures by source, and facts."""

    outline: FormView
    form_id: str
    figures: dict[tuple[ReportRole, FigureSource], dict[str, Figure]] = field(factory=dict)
    about: dict[ReportRole, dict[str, Any]] = field(factory=dict)
    known: dict[str, Value] = field(factory=dict)

    def say(self, path: PathReference, status: Status, value: Known | None) -> None:
        """Take down one entry of the example."""
        if path.path.startswith(FACTS):
            cell = Operand(path.path, path.whose)
            own = path.path.partition(".")[2]
            if path.path.startswith("report.") and own in _ATTRIBUTES:
                self.about.setdefault(path.whose, {})[own] = value
            elif value is not None:
                self.known[cell.key] = value
            return
        binder = PathBinder(self.outline, {})
        paths = binder.members(path) if "*" in path.path else [binder.resolve(path)]
        table = self.figures.setdefault((path.whose, path.said), {})
        for one in paths:
            number = value if isinstance(value, int | Decimal) else None
            spot = self.outline.cells_by_path.get(one)
            unit = spot.unit if spot is not None and "/" not in (spot.unit or "") else None
            raw = _RAW.get(status, str(value))
            table[one] = Figure(one, number, unit, status, raw, self.outline.label(one))

    def reports(self) -> Reports:
        """The report of the example and those beside it."""
        named = {whose for whose, _ in self.figures} | self.about.keys()
        below = (self._report("below"),) if "below" in named else ()
        previous = self._report("previous") if "previous" in named else None
        version = self._report("version") if "version" in named else None
        return Reports(self._report("own"), previous, version, below)

    def _report(self, whose: ReportRole) -> Report:
        about = {"form": self.form_id, **self.about.get(whose, {})}
        stated = tuple(self.figures.get((whose, "table"), {}).values())
        return Report(stated=stated, narrative=tuple(self._told(whose)), **about)

    def _told(self, whose: ReportRole) -> Iterator[NarrativeFigure]:
        """Statements of the running text; a list has all but one of its items at 0."""
        for said, marks in _MARKS.items():
            for figure in self.figures.get((whose, said), {}).values():
                yield _statement(figure, marks=marks)
        shares = self.figures.get((whose, "share"), {})
        for path, figure in self.figures.get((whose, "share_of"), {}).items():
            yield _statement(figure, share=shares[path].value)
        sums = self.figures.get((whose, "listed"), {})
        for path, figure in self.figures.get((whose, "list_whole"), {}).items():
            values = (sums[path].value, 0)
            yield _statement(figure, parts=tuple(Part("", v, 0, "", _HERE) for v in values))


def _statement(figure: Figure, **more: Any) -> NarrativeFigure:
    f = figure
    return NarrativeFigure(f.path, f.value, f.unit, f.status, f.raw, f.label, **more)
