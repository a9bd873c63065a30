"""Measures computed for one report: exactly, or not at all and with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from gischema.measures.measure import Formula, Measure, national_measures, total
from gischema.report import Amount, Report
from gischema.rules.evaluation import compiled
from gischema.rules.expressions import Operand, SignedSum, cells
from gischema.rules.form_view import FormView
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports

if TYPE_CHECKING:
    from gischema.forms.form import Form


Missing = Literal["absent", "blank", "unreadable", "zero_base", "form"]
"""Why a measure has no value: a row or cell is not printed, it is empty, it was not understood, the
base is 0, or this variant of the form lacks what the formula names."""

PLACES = 6
"""Decimals of a value that is written out; the value itself is exact."""
_SHOWN = Decimal(1).scaleb(-PLACES)


@frozen
class Derived:
    """One measure of one report.

    `value` is exact: `numerator` divided by `base`; None with a `reason` and the paths that are
    `missing`. `paths` are the figures that it rests on, `doubtful` those among them whose reading
    is in doubt: check the reading first. `doubts` are the codes of the diagnostics that flag them.
    Empty cells count as nothing beside filled ones, as in rules.
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

    @property
    def name(self) -> str:
        """The name of the measure."""
        return self.measure.name

    @property
    def rounded(self) -> Decimal | None:
        """The value with six decimals, halves to even."""
        if self.value is None:
            return None
        scaled = round(self.value * 10**PLACES)  # a Fraction rounds halves to even
        return Decimal(scaled).scaleb(-PLACES).quantize(_SHOWN, ROUND_HALF_EVEN)


def derive(
    report: Report, form: Form, measures: Iterable[Measure] | None = None
) -> tuple[Derived, ...]:
    """The measures of a report that its form knows, in the order of their declaration."""
    outline = FormView(form)
    found = []
    for measure in national_measures() if measures is None else measures:
        formula = measure.formula(form.id)
        if formula is not None:
            found.append(_derived(report, outline, measure, formula))
    return tuple(found)


def _derived(report: Report, outline: FormView, measure: Measure, formula: Formula) -> Derived:
    of, base = total(formula.of, outline), total(formula.base, outline)
    if of is None or base is None:
        return Derived(measure, formula, None, None, None, (), "form")
    asked = tuple(dict.fromkeys((*cells(of), *cells(base))))
    facts = ReportOperands.of(Reports(report), outline.form, asked)
    numerator, divisor = (_added(each, facts) for each in (of, base))
    doubtful = tuple(cell.path for cell in asked if cell.key in facts.doubts)
    doubts = tuple(dict.fromkeys(code for path in doubtful for code in facts.doubts[path]))
    paths = tuple(cell.path for cell in asked)
    reason, missing = _gap(asked, facts, numerator, divisor)
    value = None if reason or not divisor else Fraction(numerator or 0) / Fraction(divisor)
    return Derived(
        measure, formula, value, numerator, divisor, paths, reason, missing, doubtful, doubts
    )  # fmt: skip


def _added(expression: SignedSum, facts: ReportOperands) -> Amount | None:
    found: Amount | None = compiled(expression, 0, "nothing")(facts)
    return found


def _gap(
    asked: tuple[Operand, ...], facts: ReportOperands, numerator: Amount | None, base: Amount | None
) -> tuple[Missing | None, tuple[str, ...]]:
    """Why there is no value, and the cells that are to blame."""
    if numerator is not None and base is not None:
        return (None, ()) if base else ("zero_base", ())
    lacking = [cell for cell in asked if cell.key not in facts.values]
    kinds: dict[Missing, list[str]] = {"unreadable": [], "absent": [], "blank": []}
    for cell in lacking:
        printed = cell.key in facts.figures
        kind: Missing = (
            "blank" if cell.key in facts.empty else "unreadable" if printed else "absent"
        )
        kinds[kind].append(cell.path)
    reason = next(kind for kind, paths in kinds.items() if paths)
    return reason, tuple(kinds[reason])
