"""Rules bound to a form, ready to check reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from gischema.rules.binding import (
    CheckInstance,
    PathBinder,
    bind_check,
    errors_of,
    is_uniform,
    scopes,
)
from gischema.rules.errors import RuleBindingError
from gischema.rules.evaluation import Evaluator, compile_expression
from gischema.rules.expressions import (
    Call,
    Expression,
    Junction,
    Not,
    Operand,
    PathReference,
    ReportRole,
    operand_key,
)
from gischema.rules.form_view import FormView
from gischema.rules.messages import require_placeholders
from gischema.rules.model import Rule
from gischema.rules.report_operands import topic_of

_TABLES = ("own", "table")


@frozen(slots=False, eq=False)
class BoundCheck:
    """One statement of a rule for one choice of what the rule ranges over.

    Its expressions are bound when they are first needed. Most checks compare with running text or
    with another report and are never needed: binding all when a rule is loaded makes a cold start
    of `check` longer by 18 % (285 to 335 ms, median of six paired runs).
    """

    rule: Rule
    view: FormView
    scope: Mapping[str, str]
    statement: Expression

    @cached_property
    def instance(self) -> CheckInstance:
        """The bound expressions. Raises RuleError if the form lacks an operand."""
        return bind_check(self.rule, self.view, self.scope, self.statement)

    @cached_property
    def holds(self) -> Evaluator:
        """Evaluates the check: True, False, or None if it is undecided."""
        return compile_expression(self.instance.check, self.rule.tolerance, self.rule.blanks)

    @cached_property
    def guard(self) -> Evaluator | None:
        """Evaluates the condition under which the check applies; None if it always does."""
        guard = self.instance.guard
        return None if guard is None else compile_expression(guard, 0, self.rule.blanks)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The topics of running text that the check uses, as `ReportOperands.readings` takes."""
        narrative = (operand for operand in self.instance.operands if operand.in_narrative)
        return tuple(dict.fromkeys(map(topic_of, narrative)))

    def uses(self, path: str) -> bool:
        """Return True if an operand is the figure or the statement of the report at a path."""
        return any(o.path == path and o.role == "own" for o in self.instance.operands)


@frozen(slots=False, eq=False)
class BoundRule:
    """A rule in one form.

    Attributes:
        rule: The rule.
        view: The form.
        checks: A check for each combination of quantifier values and each statement, in the order
            of the form.
        problem: Why a variant of the form has no checks.
    """

    rule: Rule
    view: FormView
    checks: tuple[BoundCheck, ...]
    problem: RuleBindingError | None = None

    @classmethod
    def bind(cls, rule: Rule, view: FormView) -> BoundRule:
        """Bind a rule to a form.

        Raises:
            RuleBindingError: The rule claims this very form, and uses what the form lacks.
        """
        try:
            with errors_of(rule):
                checks = tuple(
                    BoundCheck(rule, view, scope, statement)
                    for scope in scopes(rule, view)
                    for statement in rule.checks
                )
                bound = cls(rule, view, checks)
                first, *_ = [check.instance for check in bound._representatives]
                require_placeholders(first, view)
        except RuleBindingError as error:
            if rule.claims(view.form.id):
                raise
            return cls(rule, view, (), error)
        return bound

    @cached_property
    def _representatives(self) -> tuple[BoundCheck, ...]:
        """Checks that show whether all can be bound, and which facts and reports all use."""
        return self.checks[: len(self.rule.checks)] if is_uniform(self.rule) else self.checks

    @cached_property
    def finds_missing(self) -> bool:
        """True if every check says that a row is not missing: all hold where none is."""
        return self.rule.condition is None and all(map(_is_about_missing, self.rule.checks))

    @cached_property
    def facts(self) -> frozenset[Operand]:
        """The facts that the rule uses."""
        return frozenset(operand for operand in self._operands if operand.is_fact)

    @cached_property
    def narratives(self) -> frozenset[ReportRole]:
        """The reports whose running text the rule uses."""
        return frozenset(operand.role for operand in self._operands if operand.in_narrative)

    @property
    def _operands(self) -> Iterator[Operand]:
        return (operand for check in self._representatives for operand in check.instance.operands)

    def applicable(self, stated: Collection[str]) -> Iterable[BoundCheck]:
        """Return the checks whose guard may hold.

        Where every guard requires a statement of running text or of another report, most of them
        cannot hold. Evaluating all of them makes parse and check of a report longer by 50 % (235
        to 350 ms for 50 reports, paired runs).

        Args:
            stated: The keys of operands that running text or other reports state.
        """
        if self.required is None:
            return self.checks
        numbers = (n for key in self.required.keys() & stated for n in self.required[key])
        return [self.checks[n] for n in sorted(numbers)]

    @cached_property
    def required(self) -> Mapping[str, list[int]] | None:
        """Indices of checks by the operand that their guard requires; None if it requires none."""
        reference = _required_operand(self.rule)
        if reference is None:
            return None
        found: dict[str, list[int]] = {}
        for number, check in enumerate(self.checks):
            path = PathBinder(self.view, check.scope).resolve(reference)
            key = operand_key(path, reference.role, reference.source)
            found.setdefault(key, []).append(number)
        return found


def _is_about_missing(statement: Expression) -> bool:
    return isinstance(statement, Not) and (
        isinstance(statement.term, Call) and statement.term.name == "missing"
    )


def _required_operand(rule: Rule) -> PathReference | None:
    """Return the first operand outside the report's own tables that a guard requires."""
    guard = rule.condition
    terms = guard.terms if isinstance(guard, Junction) and guard.operator == "and" else (guard,)
    for term in terms:
        match term:
            case Call("stated", (PathReference() as reference,)):
                if (reference.role, reference.source) != _TABLES:
                    return reference
    return None
