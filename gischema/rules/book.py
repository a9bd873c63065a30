"""A collection of rules, and the rules bound to a form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from gischema.rules.binding import Instance, alike, alone, choices, instance, naming, operand
from gischema.rules.errors import DuplicateRuleError, RuleBindingError, near
from gischema.rules.evaluation import Evaluator, compiled
from gischema.rules.expressions import Call, Cell, Expression, Junction, Whose, operand_key
from gischema.rules.expressions import Path as Operand
from gischema.rules.facts import topic_of
from gischema.rules.messages import require_placeholders
from gischema.rules.model import Rule
from gischema.rules.outline import Outline
from gischema.rules.store import load_rules

if TYPE_CHECKING:
    from gischema.forms.form import Form
    from gischema.rules.repair.ledger import Identities

_TABLES = ("own", "table")


@frozen(slots=False, eq=False, repr=False)
class Check:
    """A statement of a rule and one thing that it ranges over; bound when that is first needed."""

    rule: Rule
    outline: Outline
    scope: Mapping[str, str]
    statement: Expression

    @cached_property
    def instance(self) -> Instance:
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
    outline: Outline
    choices: tuple[tuple[str, ...], ...]
    problem: RuleBindingError | None = None
    _made: dict[int, Check] = field(init=False, factory=dict)

    @classmethod
    def bind(cls, rule: Rule, outline: Outline) -> BoundRule:
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
    def checks(self) -> tuple[Check, ...]:
        """Every check, in the order of the form."""
        return tuple(map(self.check, self._every))

    @cached_property
    def _every(self) -> range:
        return range(len(self.choices) * len(self.rule.checks))

    def check(self, place: int) -> Check:
        """One of the checks, counted in the order of the form."""
        known = self._made.get(place)
        if known is not None:
            return known
        choice, statement = divmod(place, len(self.rule.checks))
        kinds = (quantifier.kind for quantifier in self.rule.quantifiers)
        scope = dict(zip(kinds, self.choices[choice], strict=True))
        made = Check(self.rule, self.outline, scope, self.rule.checks[statement])
        return self._made.setdefault(place, made)

    @property
    def _telling(self) -> Iterable[Check]:
        """Those checks that tell what all ask for, and whether all can be bound."""
        return map(self.check, range(len(self.rule.checks))) if self._alike else self.checks

    @cached_property
    def _alike(self) -> bool:
        return alike(self.rule)

    @cached_property
    def facts(self) -> frozenset[Cell]:
        """The facts that the rule asks for."""
        return frozenset(cell for cell in self._operands if cell.is_fact)

    @cached_property
    def told(self) -> frozenset[Whose]:
        """Whose running text the rule asks."""
        return frozenset(cell.whose for cell in self._operands if cell.narrative)

    @property
    def _operands(self) -> Iterator[Cell]:
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

    def _keys(self, path: Operand) -> Iterator[str]:
        """The operand that a path of the rule means, for each choice."""
        kinds = [quantifier.kind for quantifier in self.rule.quantifiers]
        if self._alike and kinds == [path.path]:
            yield from (operand_key(figure, path.whose, path.said) for (figure,) in self.choices)
            return
        for chosen in self.choices:
            yield operand(self.outline, dict(zip(kinds, chosen, strict=True)), path).key


def _wanted(rule: Rule) -> Operand | None:
    """The first operand beyond the tables of the report that must be stated for a guard to hold."""
    guard = rule.guard
    terms = guard.terms if isinstance(guard, Junction) and guard.operator == "and" else (guard,)
    for term in terms:
        match term:
            case Call("stated", (Operand(_, whose, said) as path,)) if (whose, said) != _TABLES:
                return path
    return None


@frozen(eq=False, repr=False)
class Selection:
    """Rules that are run together, the facts they ask for, and whose running text."""

    rules: tuple[BoundRule, ...]

    @cached_property
    def facts(self) -> frozenset[Cell]:
        """The facts that any of the rules asks for."""
        return frozenset().union(*(rule.facts for rule in self.rules))

    @cached_property
    def told(self) -> frozenset[Whose]:
        """Whose running text any of the rules asks."""
        return frozenset().union(*(rule.told for rule in self.rules))


@frozen(eq=False, repr=False)
class BoundRules:
    """All rules of a form, ready to run."""

    outline: Outline
    rules: tuple[BoundRule, ...]

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The operands beside the tables that guards want to be stated."""
        return frozenset().union(*(rule.wanted or () for rule in self.rules))

    @cached_property
    def every(self) -> Selection:
        """All of them."""
        return Selection(self.rules)

    def selection(self, chosen: frozenset[str] | None, ignored: frozenset[str]) -> Selection:
        """The rules whose codes are `chosen` (all without) and not `ignored`."""
        if chosen is None and not ignored:
            return self.every
        codes = {rule.rule.code for rule in self.rules} if chosen is None else chosen
        codes -= ignored
        return Selection(tuple(rule for rule in self.rules if rule.rule.code in codes))

    @cached_property
    def identities(self) -> Identities:
        """The identities as equations, for the search for culprits."""
        from gischema.rules.repair.ledger import Identities

        return Identities.of(self)


@frozen(eq=False, repr=False)
class RuleBook:
    """An immutable collection of rules.

    It remembers the forms that its rules were bound to, so one book should be kept and used for
    many reports; it may be shared between threads.
    """

    rules: tuple[Rule, ...]
    _by_code: dict[str, Rule] = field(init=False, repr=False)
    _bound: dict[int, BoundRules] = field(init=False, factory=dict, repr=False)

    @_by_code.default
    def _(self) -> dict[str, Rule]:
        found: dict[str, Rule] = {}
        for rule in self.rules:
            first = found.setdefault(rule.code, rule)
            if first is not rule:
                places = [f"{r.file or '?'}:{r.at[0]}" for r in (first, rule)]
                raise DuplicateRuleError(
                    f"规则代码{rule.code}重复：{places[0]}与{places[1]}",
                    f"two rules have the code {rule.code}: {places[0]} and {places[1]}",
                )
        return found

    def __reduce__(self) -> tuple[type[RuleBook], tuple[tuple[Rule, ...]]]:
        return RuleBook, (self.rules,)

    @classmethod
    def load(cls, files: Iterable[Path | str]) -> RuleBook:
        """The rules of these files. Raises RuleError if one is not well written or codes clash."""
        return cls(load_rules(*map(Path, files)))

    @classmethod
    def parse(cls, text: str, name: str = "") -> RuleBook:
        """The rules that a text declares; `name` stands for the file in errors."""
        from gischema.rules.language import parse_rules

        return cls(parse_rules(text, name))

    def __or__(self, other: RuleBook) -> RuleBook:
        return RuleBook((*self.rules, *other.rules))

    def get(self, code: str) -> Rule:
        """The rule with this code. Raises KeyError, naming similar codes."""
        if code not in self._by_code:
            raise KeyError(f"there is no rule {code}{near(code, self._by_code)[1]}")
        return self._by_code[code]

    def for_form(self, form_id: str) -> tuple[Rule, ...]:
        """The rules that are meant for a form, in the order of the book."""
        return tuple(rule for rule in self.rules if rule.holds_on(form_id))

    def choose(self, select: Iterable[str]) -> frozenset[str]:
        """The codes that `select` names: whole codes (`B1`) or their beginnings (`B`, `B14`).

        Raises ValueError, naming similar codes, if one fits no rule.
        """
        chosen: set[str] = set()
        for one in (select,) if isinstance(select, str) else select:
            fitting = {code for code in self._by_code if _begins(code, one)}
            if not fitting:
                raise self._unknown(one)
            chosen |= fitting
        return frozenset(chosen)

    def require(self, codes: Iterable[str]) -> None:
        """Raises ValueError, naming similar codes, for one that is not the code of a rule."""
        for code in codes:
            if code not in self._by_code:
                raise self._unknown(code)

    def _unknown(self, code: str) -> ValueError:
        zh, en = near(code, self._by_code)
        return ValueError(f"没有规则{code}{zh} / there is no rule {code}{en}")

    def bound(self, form: Form) -> BoundRules:
        """The rules bound to `form`, made once and kept.

        Raises RuleBindingError if a rule names what the very form it claims does not have. On a
        variant, whose grammar may have dropped a row of the form, such a rule has no checks.
        """
        known = self._bound.get(id(form))
        if known is None or known.outline.form is not form:
            outline = Outline(form)
            rules = tuple(BoundRule.bind(rule, outline) for rule in self.for_form(form.id))
            known = self._bound[id(form)] = BoundRules(outline, rules)
        return known


def _begins(code: str, start: str) -> bool:
    """Whether `start` is the code or its beginning; `B1` is not the beginning of `B14`."""
    if not start or not code.startswith(start):
        return False
    return not (start[-1].isdigit() and code[len(start) : len(start) + 1].isdigit())
