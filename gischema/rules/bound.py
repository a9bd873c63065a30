"""Rules bound to a form, ready to check reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from gischema.rules.binding import CheckInstance, alike, alone, choices, instance, naming, operand
from gischema.rules.errors import RuleBindingError
from gischema.rules.evaluation import Evaluator, compiled
from gischema.rules.expressions import (
    Call,
    Expression,
    Junction,
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


@frozen(slots=False, eq=False, repr=False)
class BoundCheck:
    """A statement of a rule and one thing that it ranges over; bound when that is first needed."""

    rule: Rule
    outline: FormView
    scope: Mapping[str, str]
    statement: Expression

    @cached_property
    def instance(self) -> CheckInstance:
        """What is checked. Raises RuleError if the form lacks it."""
        return instance(self.rule, self.outline, self.scope, self.statement)

    @cached_property
    def holds(self) -> Evaluator:
        """Whether what is checked is true."""
        return compiled(self.instance.check, self.rule.tolerance, self.rule.blanks)

    @cached_property
    def guard(self) -> Evaluator | None:
        """Whether there is anything to check."""
        guard = self.instance.guard
        return None if guard is None else compiled(guard, 0, self.rule.blanks)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """What the running text must state, by the names that `Facts.readings` takes."""
        narrated = (cell for cell in self.instance.operands if cell.narrative)
        return tuple(dict.fromkeys(map(topic_of, narrated)))


@frozen(eq=False, repr=False)
class BoundRule:
    """A rule in one form: a check for each of `choices` and each of its statements.

    `problem` says why a variant of the form has none.
    """

    rule: Rule
    outline: FormView
    choices: tuple[tuple[str, ...], ...]
    problem: RuleBindingError | None = None
    _made: dict[int, BoundCheck] = field(init=False, factory=dict)

    @classmethod
    def bind(cls, rule: Rule, outline: FormView) -> BoundRule:
        """The rule in a form. Raises RuleBindingError if it names what the very form lacks."""
        try:
            with naming(rule):
                bound = cls(rule, outline, choices(rule, outline))
                first, *_ = [check.instance for check in bound._telling]
                require_placeholders(first, outline)
        except RuleBindingError as error:
            if rule.claims(outline.form.id):
                raise
            return cls(rule, outline, (), error)
        return bound

    @cached_property
    def checks(self) -> tuple[BoundCheck, ...]:
        """Every check, in the order of the form."""
        return tuple(map(self.check, self._every))

    @cached_property
    def _every(self) -> range:
        return range(len(self.choices) * len(self.rule.checks))

    def check(self, place: int) -> BoundCheck:
        """One of the checks, counted in the order of the form."""
        known = self._made.get(place)
        if known is not None:
            return known
        choice, statement = divmod(place, len(self.rule.checks))
        kinds = (quantifier.kind for quantifier in self.rule.quantifiers)
        scope = dict(zip(kinds, self.choices[choice], strict=True))
        made = BoundCheck(self.rule, self.outline, scope, self.rule.checks[statement])
        return self._made.setdefault(place, made)

    @property
    def _telling(self) -> Iterable[BoundCheck]:
        """Those checks that tell what all ask for, and whether all can be bound."""
        return map(self.check, range(len(self.rule.checks))) if self._alike else self.checks

    @cached_property
    def _alike(self) -> bool:
        return alike(self.rule)

    @cached_property
    def facts(self) -> frozenset[Operand]:
        """The facts that the rule asks for."""
        return frozenset(cell for cell in self._operands if cell.is_fact)

    @cached_property
    def told(self) -> frozenset[ReportRole]:
        """Whose running text the rule asks."""
        return frozenset(cell.whose for cell in self._operands if cell.narrative)

    @property
    def _operands(self) -> Iterator[Operand]:
        return (cell for check in self._telling for cell in check.instance.operands)

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """The figure that each check looks at, if its value is all that the rule asks for."""
        one = len(self.rule.checks) == 1 and alone(self.rule)
        return tuple(figure for (figure,) in self.choices) if one else ()

    def due(self, beside: Collection[str]) -> Iterable[int]:
        """The places of the checks that there may be anything to say about.

        `beside` are the operands that are stated beside the tables of the report. Where every
        guard wants a statement of the text or of another report to be there, as in
        `when stated(narrative(figure))`, most of them are idle; to ask each would cost more than
        all the sums of the tables.
        """
        if self.wanted is None:
            return self._every
        stated = self.wanted.keys() & beside
        return sorted(place for key in stated for place in self.wanted[key])

    @cached_property
    def wanted(self) -> Mapping[str, list[int]] | None:
        """The checks by the operand that their guard wants, None if it wants none."""
        path = _wanted(self.rule)
        if path is None:
            return None
        statements = len(self.rule.checks)
        found: dict[str, list[int]] = {}
        for place, key in enumerate(self._keys(path)):
            every = range(place * statements, (place + 1) * statements)
            found.setdefault(key, []).extend(every)
        return found

    def _keys(self, path: PathReference) -> Iterator[str]:
        """The operand that a path of the rule means, for each choice."""
        kinds = [quantifier.kind for quantifier in self.rule.quantifiers]
        if self._alike and kinds == [path.path]:
            yield from (operand_key(figure, path.whose, path.said) for (figure,) in self.choices)
            return
        for chosen in self.choices:
            yield operand(self.outline, dict(zip(kinds, chosen, strict=True)), path).key


def _wanted(rule: Rule) -> PathReference | None:
    """The first operand beyond the tables of the report that must be stated for a guard to hold."""
    guard = rule.guard
    terms = guard.terms if isinstance(guard, Junction) and guard.operator == "and" else (guard,)
    for term in terms:
        match term:
            case Call("stated", (PathReference(_, whose, said) as path,)) if (
                whose,
                said,
            ) != _TABLES:
                return path
    return None
