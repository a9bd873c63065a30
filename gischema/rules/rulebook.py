"""A collection of rules, and the rules that are bound to one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from gischema.errors import UnknownName
from gischema.file_errors import near
from gischema.rules.bound import BoundRule
from gischema.rules.diagnosis.equations import FormConstraints, is_table_figure
from gischema.rules.errors import DuplicateRuleError
from gischema.rules.expressions import Operand, ReportRole
from gischema.rules.form_view import FormView
from gischema.rules.model import Rule
from gischema.rules.report_facts import ReportFact
from gischema.rules.rule_cache import load_rules

if TYPE_CHECKING:
    from gischema.forms.form import Form


@frozen(slots=False)
class RuleSelection:
    """Rules that are checked together."""

    rules: tuple[BoundRule, ...]

    @cached_property
    def facts(self) -> frozenset[Operand]:
        """The facts that any of the rules uses."""
        return frozenset().union(*(rule.facts for rule in self.rules))

    @cached_property
    def narratives(self) -> frozenset[ReportRole]:
        """The reports whose running text any of the rules uses."""
        return frozenset().union(*(rule.narratives for rule in self.rules))

    def about(self, path: str) -> RuleSelection:
        """Return the rules with those of their checks that use the figure at a path."""
        rules = ((rule, tuple(c for c in rule.checks if c.uses(path))) for rule in self.rules)
        return RuleSelection(tuple(evolve(rule, checks=own) for rule, own in rules if own))


@frozen(slots=False, eq=False)
class BoundRules:
    """All rules of a form."""

    view: FormView
    rules: tuple[BoundRule, ...]

    @cached_property
    def required(self) -> frozenset[str]:
        """The operands outside the report's own tables that guards require."""
        return frozenset().union(*(rule.required or () for rule in self.rules))

    @cached_property
    def _all(self) -> RuleSelection:
        return RuleSelection(self.rules)

    def selection(self, selected: frozenset[str] | None, ignored: frozenset[str]) -> RuleSelection:
        """Return the rules whose codes are selected (None: all) and not ignored."""
        if selected is None and not ignored:
            return self._all
        codes = {rule.rule.code for rule in self.rules} if selected is None else selected
        codes -= ignored
        return RuleSelection(tuple(rule for rule in self.rules if rule.rule.code in codes))

    @cached_property
    def cells_in_identities(self) -> frozenset[str]:
        """The figures of tables that an identity checks against other figures of tables."""
        identities = (rule for rule in self.rules if rule.rule.kind == "identity")
        checks = (check.instance.operands for rule in identities for check in rule.checks)
        tables = (operands for operands in checks if all(map(is_table_figure, operands)))
        return frozenset(operand.key for operands in tables for operand in operands)

    @cached_property
    def constraints(self) -> FormConstraints:
        """The identities and bounds, for the search for culprits."""
        return FormConstraints.of(
            self.view, (check for rule in self.rules for check in rule.checks)
        )


@frozen
class RuleBook:
    """An immutable collection of rules.

    It keeps the bound rules of each form, so use one book for many reports. Threads may share it.
    `facts` are those that plugins compute, by path.
    """

    rules: tuple[Rule, ...]
    facts: Mapping[str, ReportFact] = field(factory=dict, eq=False, repr=False)
    _by_code: dict[str, Rule] = field(init=False, repr=False)
    _bound: dict[int, BoundRules] = field(init=False, factory=dict, repr=False)

    @_by_code.default
    def _(self) -> dict[str, Rule]:
        found: dict[str, Rule] = {}
        for rule in self.rules:
            first = found.setdefault(rule.code, rule)
            if first is not rule:
                one, other = (f"{r.file or '?'}:{r.at[0]}" for r in (first, rule))
                raise DuplicateRuleError(
                    f"规则代码{rule.code}重复：{one}与{other}",
                    f"two rules have the code {rule.code}: {one} and {other}",
                )
        return found

    def __reduce__(self) -> tuple[type[RuleBook], tuple[object, ...]]:
        return RuleBook, (self.rules, self.facts)

    @classmethod
    def load(cls, files: Iterable[Path | str]) -> RuleBook:
        """Return the rules of rule files.

        Raises:
            RuleError: A file has an error, or two rules have the same code.
        """
        return cls(load_rules(*map(Path, files)))

    @classmethod
    def parse(cls, text: str, name: str = "") -> RuleBook:
        """Return the rules of a text; errors give `name` as the file."""
        from gischema.rules.language import parse_rules  # 2 ms, and files mostly come from a cache

        return cls(parse_rules(text, name))

    def __or__(self, other: RuleBook) -> RuleBook:
        return RuleBook((*self.rules, *other.rules), {**self.facts, **other.facts})

    def get(self, code: str) -> Rule:
        """Return the rule with a code. Raises UnknownName with similar codes."""
        if code not in self._by_code:
            raise self._unknown(code)
        return self._by_code[code]

    def for_form(self, form_id: str) -> tuple[Rule, ...]:
        """Return the rules that apply to a form, in the order of the book."""
        return tuple(rule for rule in self.rules if rule.applies_to(form_id))

    def choose(self, select: Iterable[str]) -> frozenset[str]:
        """Return the codes that match `select`: whole codes (`B1`) or prefixes (`B`, `B14`).

        Raises:
            UnknownName: An item matches no rule. The message has similar codes.
        """
        chosen: set[str] = set()
        for prefix in (select,) if isinstance(select, str) else select:
            matching = {code for code in self._by_code if _matches(code, prefix)}
            if not matching:
                raise self._unknown(prefix)
            chosen |= matching
        return frozenset(chosen)

    def require(self, codes: Iterable[str]) -> None:
        """Raise UnknownName, with similar codes, if one of `codes` is not the code of a rule."""
        for code in codes:
            if code not in self._by_code:
                raise self._unknown(code)

    def _unknown(self, code: str) -> UnknownName:
        zh, en = near(code, self._by_code)
        return UnknownName(f"没有规则{code}{zh}", f"there is no rule {code}{en}")

    def bound(self, form: Form) -> BoundRules:
        """Return the rules bound to `form`; they are bound once and kept.

        On a variant, whose grammar may lack a row of the form, a rule that uses the row has no
        checks.

        Raises:
            RuleBindingError: A rule uses what the very form that it claims does not have.
        """
        known = self._bound.get(id(form))
        if known is None or known.view.form is not form:
            view = FormView(form, self.facts)
            rules = tuple(BoundRule.bind(rule, view) for rule in self.for_form(form.id))
            known = self._bound[id(form)] = BoundRules(view, rules)
        return known


def _matches(code: str, prefix: str) -> bool:
    """Return True if `prefix` is the code or a prefix of it; `B1` is no prefix of `B14`."""
    if not prefix or not code.startswith(prefix):
        return False
    return not (prefix[-1].isdigit() and code[len(prefix) : len(prefix) + 1].isdigit())
