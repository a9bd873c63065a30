"""A collection of rules, and all rules of a form, ready to run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from gischema.rules.bound import BoundRule
from gischema.rules.diagnosis.equations import FormConstraints
from gischema.rules.errors import DuplicateRuleError, near
from gischema.rules.expressions import Operand, ReportRole
from gischema.rules.form_view import FormView
from gischema.rules.model import Rule
from gischema.rules.rule_cache import load_rules

if TYPE_CHECKING:
    from gischema.forms.form import Form


@frozen(eq=False, repr=False)
class RuleSelection:
    """Rules that are run together, the facts they ask for, and whose running text."""

    rules: tuple[BoundRule, ...]

    @cached_property
    def facts(self) -> frozenset[Operand]:
        """The facts that any of the rules asks for."""
        return frozenset().union(*(rule.facts for rule in self.rules))

    @cached_property
    def told(self) -> frozenset[ReportRole]:
        """Whose running text any of the rules asks."""
        return frozenset().union(*(rule.told for rule in self.rules))


@frozen(eq=False, repr=False)
class BoundRules:
    """All rules of a form, ready to run."""

    outline: FormView
    rules: tuple[BoundRule, ...]

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The operands beside the tables that guards want to be stated."""
        return frozenset().union(*(rule.wanted or () for rule in self.rules))

    @cached_property
    def every(self) -> RuleSelection:
        """All of them."""
        return RuleSelection(self.rules)

    def selection(self, chosen: frozenset[str] | None, ignored: frozenset[str]) -> RuleSelection:
        """The rules whose codes are `chosen` (all without) and not `ignored`."""
        if chosen is None and not ignored:
            return self.every
        codes = {rule.rule.code for rule in self.rules} if chosen is None else chosen
        codes -= ignored
        return RuleSelection(tuple(rule for rule in self.rules if rule.rule.code in codes))

    @cached_property
    def identities(self) -> FormConstraints:
        """The identities as equations, for the search for culprits."""
        return FormConstraints.of(
            self.outline, (check for rule in self.rules for check in rule.checks)
        )


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
            outline = FormView(form)
            rules = tuple(BoundRule.bind(rule, outline) for rule in self.for_form(form.id))
            known = self._bound[id(form)] = BoundRules(outline, rules)
        return known


def _begins(code: str, start: str) -> bool:
    """Whether `start` is the code or its beginning; `B1` is not the beginning of `B14`."""
    if not start or not code.startswith(start):
        return False
    return not (start[-1].isdigit() and code[len(start) : len(start) + 1].isdigit())
