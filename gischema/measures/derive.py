"""Compute measures for one report: exactly, or not at all and with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from gischema.measures.measure import Formula, Measure, formula_sum, national_measures
from gischema.report import AboutReport, Amount, Report
from gischema.rules.evaluation import compile_expression
from gischema.rules.expressions import Operand, SignedSum, operands_of
from gischema.rules.form_view import FormView
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports

if TYPE_CHECKING:
    from gischema.forms.form import Form


Missing = Literal["absent", "blank", "unreadable", "zero_base", "form"]
"""The reason why a measure has no value.

- `absent`: a row or cell is not printed
- `blank`: a cell is empty
- `unreadable`: a cell was not understood
- `zero_base`: the base is 0
- `form`: the variant of the form lacks what the formula uses
"""

PLACES = 6
"""The decimals of a rounded value."""
_SHOWN = Decimal(1).scaleb(-PLACES)


@frozen
class Derived:
    """One measure of one report.

    As in rules, an empty cell adds nothing if another cell of the sum is filled.

    Attributes:
        value: The exact value, `numerator` divided by `base`; None with a `reason`.
        paths: The figures that it uses.
        reason: Why there is no value.
        missing: The paths of the figures that are missing.
        doubtful: The paths of the figures that may have been misread.
        doubts: The codes of the diagnostics that flag them.
        about: The report.
    """

    measure: Measure
    formula: Formula
    value: Fraction | None
    numerator: Amount | None
    base: Amount | None
    paths: tuple[str, ...]
    reason: Missing | None = None
    missing: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    about: AboutReport = field(factory=AboutReport)

    @property
    def name(self) -> str:
        """The name of the measure."""
        return self.measure.name

    @property
    def rounded(self) -> Decimal | None:
        """The value with six decimals, halves rounded to even."""
        if self.value is None:
            return None
        scaled = round(self.value * 10**PLACES)  # a Fraction rounds halves to even
        return Decimal(scaled).scaleb(-PLACES).quantize(_SHOWN, ROUND_HALF_EVEN)


def derive(
    report: Report, form: Form, measures: Iterable[Measure] | None = None
) -> tuple[Derived, ...]:
    """Return the measures of a report that its form has, in the order of their declaration.

    Args:
        report: The report.
        form: The form of the report.
        measures: The measures; the national ones by default.
    """
    view = FormView(form)
    found = []
    for measure in national_measures() if measures is None else measures:
        formula = measure.formula(form.id)
        if formula is not None:
            found.append(_derived(report, view, measure, formula))
    return tuple(found)


def _derived(report: Report, view: FormView, measure: Measure, formula: Formula) -> Derived:
    of, base = formula_sum(formula.of, view), formula_sum(formula.base, view)
    if of is None or base is None:
        return Derived(measure, formula, None, None, None, (), "form", about=report.about)
    used = tuple(dict.fromkeys((*operands_of(of), *operands_of(base))))
    operands = ReportOperands.of(Reports(report), view.form, used)
    numerator, divisor = (_value(each, operands) for each in (of, base))
    doubtful = tuple(operand.path for operand in used if operand.key in operands.doubts)
    codes = (code for path in doubtful for code in operands.doubts[path])
    reason, missing = _gap(used, operands, numerator, divisor)
    value = None if reason or not divisor else Fraction(numerator or 0) / Fraction(divisor)
    return Derived(
        measure,
        formula,
        value,
        numerator,
        divisor,
        tuple(operand.path for operand in used),
        reason,
        missing,
        doubtful,
        tuple(dict.fromkeys(codes)),
        report.about,
    )


def _value(expression: SignedSum, operands: ReportOperands) -> Amount | None:
    value: Amount | None = compile_expression(expression, 0, "nothing")(operands)
    return value


def _gap(
    used: tuple[Operand, ...],
    operands: ReportOperands,
    numerator: Amount | None,
    base: Amount | None,
) -> tuple[Missing | None, tuple[str, ...]]:
    """Return why there is no value, and the cells that are missing."""
    if numerator is not None and base is not None:
        return (None, ()) if base else ("zero_base", ())
    missing: dict[Missing, list[str]] = {"unreadable": [], "absent": [], "blank": []}
    for operand in used:
        if operand.key not in operands.values:
            missing[_state(operand, operands)].append(operand.path)
    reason = next(kind for kind, paths in missing.items() if paths)
    return reason, tuple(missing[reason])


def _state(operand: Operand, operands: ReportOperands) -> Missing:
    """Return how a cell without a value is printed."""
    if operand.key in operands.empty:
        return "blank"
    return "unreadable" if operand.key in operands.figures else "absent"
