"""Check a table of reports: every check is one expression over its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, count, islice
from typing import TYPE_CHECKING

import polars as pl
from attrs import frozen

from gischema.rules.bound import BoundCheck, BoundRule
from gischema.rules.columnar.frame import FORM, OUTCOME, VARIANT, require_form
from gischema.rules.columnar.translation import Inexpressible, PolarsTranslator
from gischema.rules.form_view import FormView
from gischema.rules.rulebook import RuleBook

if TYPE_CHECKING:
    from gischema.forms.form import Form

_REPORT = "report"
_AT_ONCE = 50  # columns


@frozen
class LeftOut:
    """A rule that cannot be checked on a table, and why. `gischema.check` checks it."""

    code: str
    message: str
    message_en: str


@frozen
class TableCheck:
    """The result of checking a table.

    Attributes:
        outcomes: A row per report and a column per check: `held`, `broken`, `not_assessable`, or
            null where the check does not apply.
        checks: The checks by column.
        left_out: The rules without columns.
    """

    outcomes: pl.DataFrame
    checks: Mapping[str, BoundCheck]
    left_out: tuple[LeftOut, ...]

    @property
    def evaluations(self) -> int:
        """The number of evaluated checks."""
        return self.outcomes.height * self.outcomes.width

    def tallies(self) -> pl.DataFrame:
        """Return the number of checks by outcome, one row per report and rule."""
        codes: dict[str, list[str]] = {}
        for name, check in self.checks.items():
            codes.setdefault(check.rule.code, []).append(name)
        counts = [
            pl.sum_horizontal(pl.col(name) == outcome for name in names).alias(f"{code}:{outcome}")
            for code, names in codes.items()
            for outcome in OUTCOME.categories
        ]
        wide = self.outcomes.select(counts).with_row_index(_REPORT)
        long = wide.unpivot(index=_REPORT, variable_name="rule", value_name="number")
        parts = pl.col("rule").str.split_exact(":", 1).struct.rename_fields(["code", "outcome"])
        tidy = long.with_columns(parts.alias("parts")).unnest("parts").drop("rule")
        tallies = tidy.pivot("outcome", index=[_REPORT, "code"], values="number")
        return tallies.sort(_REPORT, maintain_order=True)

    def findings(self) -> pl.DataFrame:
        """Return the broken checks: `report` (its row, from 0), `code`, `check` and its `paths`."""
        names = list(self.checks)
        about = pl.DataFrame(
            {
                "check": names,
                "code": [self.checks[name].rule.code for name in names],
                "paths": [
                    [op.path for op in self.checks[n].instance.check_operands] for n in names
                ],
            },
            schema={"check": pl.String, "code": pl.String, "paths": pl.List(pl.String)},
        )
        broken = (
            self.outcomes.with_row_index(_REPORT)
            .unpivot(index=_REPORT, variable_name="check")
            .filter(pl.col("value") == "broken")
            .select(_REPORT, "check")
        )
        found = broken.join(about, on="check", maintain_order="left")
        return found.select(_REPORT, "code", "check", "paths").sort(_REPORT, maintain_order=True)


def check_table(
    frame: pl.DataFrame, form: Form, book: RuleBook, *, select: Iterable[str] | None = None
) -> TableCheck:
    """Check every row of a table.

    A missing column is a cell that no report prints. If a figure has no status column, null is a
    cell that is not printed.

    Args:
        frame: A table made by `tabulate`, or with the same column names.
        form: The form of all reports.
        book: The rules.
        select: Codes or prefixes of codes of the rules to check; all without.

    Raises:
        ValueError: No rule has a code of `select`, or the column `report.form`, if there is one,
            names another form than `form`.
        RuleBindingError: As `gischema.check` does.
    """
    if FORM in frame.columns:
        variant = pl.col(VARIANT) if VARIANT in frame.columns else pl.lit(form.variant)
        require_form(frame.select(pl.col(FORM), variant.alias(VARIANT)).iter_rows(), form)
    chosen = None if select is None else book.choose(select)
    bound = book.bound(form)
    translator = PolarsTranslator(frozenset(frame.columns))
    compiler = _Compiler(bound.view, translator)
    columns: dict[str, pl.Expr] = {}
    checks: dict[str, BoundCheck] = {}
    left_out: list[LeftOut] = []
    for rule in bound.rules:
        if chosen is not None and rule.rule.code not in chosen:
            continue
        try:
            made = compiler.rule(rule)
        except Inexpressible as problem:
            left_out.append(LeftOut(rule.rule.code, problem.message, problem.message_en))
            continue
        for check, outcome in made:
            name = _name(check, checks)
            columns[name], checks[name] = outcome.alias(name), check
    helpers = [helper.alias(name) for name, helper in translator.helpers.items()]
    return TableCheck(_computed(frame, helpers, columns), checks, tuple(left_out))


def _computed(
    frame: pl.DataFrame, helpers: Iterable[pl.Expr], columns: Mapping[str, pl.Expr]
) -> pl.DataFrame:
    """Return columns computed from a table, some at a time: one plan for all takes 50 MB."""
    whole = frame.with_columns(helpers)
    outcomes = pl.DataFrame(height=frame.height)
    for start in range(0, len(columns), _AT_ONCE):
        part = islice(columns.values(), start, start + _AT_ONCE)
        outcomes = outcomes.hstack(whole.select(part))
    return outcomes


@frozen
class _Compiler:
    """Compiles checks to Polars expressions."""

    view: FormView
    translator: PolarsTranslator

    def rule(self, bound: BoundRule) -> list[tuple[BoundCheck, pl.Expr]]:
        """Return every check of a rule with its outcome. Raises Inexpressible."""
        if bound.problem is not None:
            raise Inexpressible(bound.problem.message, bound.problem.message_en)
        return [(check, self._outcome(check)) for check in bound.checks]

    def _outcome(self, check: BoundCheck) -> pl.Expr:
        """Return the outcome of a check, null where it does not apply."""
        instance, rule = check.instance, check.rule
        holds = self.translator.translated(instance.check, rule.blanks, rule.tolerance)
        outcome = (
            pl.when(holds.is_null())
            .then(_outcome_of("not_assessable"))
            .when(holds)
            .then(_outcome_of("held"))
            .otherwise(_outcome_of("broken"))
        )
        if instance.guard is not None:
            guard = self.translator.translated(instance.guard, rule.blanks)
            outcome = (
                pl.when(guard.is_null())
                .then(_outcome_of("not_assessable"))
                .when(guard)
                .then(outcome)
            )  # fmt: skip
        for extra in sorted(instance.extras):
            outcome = pl.when(self._present(extra)).then(outcome)
        return outcome

    def _present(self, extra: str) -> pl.Expr:
        """Return True if a report prints a figure in a row or column beyond the form."""

        def made() -> pl.Expr:
            cells = self.view.cells.items()
            paths = [path for path, cell in cells if extra in cell.extras]
            printed, empty = self.translator.printed, self.translator.empty
            return pl.any_horizontal(*(printed(path) & ~empty(path) for path in paths))

        return self.translator.helper(f"{extra}:present", made)


def _outcome_of(outcome: str) -> pl.Expr:
    return pl.lit(outcome, dtype=OUTCOME)


def _name(check: BoundCheck, taken: Mapping[str, BoundCheck]) -> str:
    """Return a column name for a check: its rule and its scope, with a number if taken."""
    name = " ".join((check.rule.code, *check.scope.values()))
    others = (f"{name} #{number}" for number in count(2))
    return next(each for each in chain([name], others) if each not in taken)
