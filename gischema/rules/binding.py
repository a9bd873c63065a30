"""Bind the expressions of a rule to a form: resolve paths, write out sums over groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product

from attrs import define, field, frozen

from gischema.file_errors import near
from gischema.rules.errors import RuleBindingError, RuleError
from gischema.rules.expressions import (
    FACTS,
    OWN_FACT,
    Call,
    Expression,
    Junction,
    Operand,
    PathReference,
    SignedSum,
    children,
    rebuilt,
    walk,
)
from gischema.rules.form_view import FormView
from gischema.rules.functions import AGGREGATES
from gischema.rules.missing_rows import PARTS
from gischema.rules.model import Rule
from gischema.rules.quantifiers import COLUMN, FIGURES, quantifier_values, unknown_path


@frozen(slots=False)
class CheckInstance:
    """One check of a rule, for one choice of what the rule ranges over, in one form.

    Attributes:
        rule: The rule.
        scope: The values of the quantifiers, such as `{"column": "natural_person"}`.
        check: The statement that must be true.
        guard: The condition under which it must be true.
        check_operands: The operands of `check`.
        operands: The operands of `check` and `guard`.
        extras: Rows and columns beyond the form that must be printed for the check to apply.
    """

    rule: Rule
    scope: Mapping[str, str]
    check: Expression
    guard: Expression | None
    check_operands: tuple[Operand, ...]
    operands: tuple[Operand, ...]
    extras: frozenset[str]


def bind_check(
    rule: Rule, view: FormView, scope: Mapping[str, str], statement: Expression
) -> CheckInstance:
    """Bind one statement of a rule, and its guard, to a form.

    Raises:
        RuleError: The form lacks an operand.
    """
    binder = PathBinder(view, scope)
    check = binder.bind(statement)
    check_operands = tuple(binder.operands.values())
    condition = rule.condition
    guard = binder.bind(condition) if condition is not None else None
    operands = tuple(binder.operands.values())
    parts = binder.parts
    extras = frozenset(
        extra
        for operand in operands
        if not operand.in_narrative and operand.key not in parts
        for extra in view.extras(operand.path)
    )
    return CheckInstance(rule, scope, check, guard, check_operands, operands, extras)


def scopes(rule: Rule, view: FormView) -> tuple[Mapping[str, str], ...]:
    """Return every combination of quantifier values, in the order of the form.

    Raises:
        RuleBindingError: A quantifier has no values.
    """
    kinds = [quantifier.kind for quantifier in rule.quantifiers]
    values = (quantifier_values(quantifier, view) for quantifier in rule.quantifiers)
    return tuple(dict(zip(kinds, chosen, strict=True)) for chosen in product(*values))


def is_uniform(rule: Rule) -> bool:
    """Return True if a rule ranges over figures and refers to each only by its variable.

    If one check of such a rule can be bound, all can: the form has every figure.
    """
    if [quantifier.kind for quantifier in rule.quantifiers] not in [[kind] for kind in FIGURES]:
        return False
    lead = f"{rule.quantifiers[0].kind}."
    statements = (*rule.checks, *(() if rule.guard is None else (rule.guard,)))
    paths = (e for each in statements for e in walk(each) if isinstance(e, PathReference))
    return not any(path.path.startswith(lead) for path in paths)


@contextmanager
def errors_of(rule: Rule) -> Iterator[None]:
    """Add the code of the rule and its position in the file to errors."""
    try:
        yield
    except RuleError as error:
        raise RuleBindingError(
            f"规则{rule.code}：{error.message}",
            f"rule {rule.code}: {error.message_en}",
            rule.file,
            *((error.line, error.column) if error.line else rule.at),
        ) from None


@define(eq=False)
class PathBinder:
    """Resolves the paths of a rule in a form, for one choice of what the rule ranges over.

    Attributes:
        view: The form.
        scope: The values of the quantifiers.
        star_values: The path that each path with `*` means while a sum is written out.
        operands: The operands that have been resolved, by key.
        parts: The keys of those that stand for rows, not for cells.
    """

    view: FormView
    scope: Mapping[str, str]
    star_values: Mapping[str, str] = field(factory=dict)
    operands: dict[str, Operand] = field(factory=dict)
    parts: set[str] = field(factory=set)

    def bind(self, expression: Expression) -> Expression:
        """Return the expression with operands of the form instead of paths."""
        match expression:
            case PathReference():
                return self._operand(self.resolve(expression), expression)
            case Call() if expression.name in AGGREGATES:
                return self._aggregate(expression)
            case Call("missing", (PathReference() as reference,)):
                return Call("missing", (self._part(reference),))
            case SignedSum():
                return _flat((sign, self.bind(term)) for sign, term in expression.terms)
            case _:
                return rebuilt(expression, tuple(map(self.bind, children(expression))))

    def _operand(self, path: str, reference: PathReference) -> Operand:
        operand = self.view.operand(path, reference)
        self.operands[operand.key] = operand
        return operand

    def _part(self, reference: PathReference) -> Operand:
        """Return the operand for a row, or with `*` for all rows of a group."""
        full = self.expand(reference.path)
        if (reference.role, reference.source) != ("own", "table") or not self.view.has(
            full.removesuffix(PARTS)
        ):
            raise unknown_path(full, self.view, reference.at)
        operand = self._operand(full, reference)
        self.parts.add(operand.key)
        return operand

    def resolve(self, reference: PathReference) -> str:
        """Return the path of the cell or fact that a reference means.

        Raises:
            RuleBindingError: The form lacks it, or the reference means several cells.
        """
        if reference.path in self.star_values:
            return self.star_values[reference.path]
        full = self.expand(reference.path)
        if full.startswith(OWN_FACT) and full not in self.view.own_facts:
            zh, en = near(full, self.view.own_facts)
            raise RuleBindingError(
                f"没有插件算出“{full}”{zh}", f"no plugin computes {full}{en}", "", *reference.at
            )
        if full.startswith(FACTS):
            return full
        if reference.source != "table" and full in self.view.narrative_labels:
            return full
        if "*" in full:
            raise RuleBindingError(
                f"“{reference.path}”只能写在 sum( ) 等函数中",
                f"{reference.path} needs a function such as sum( ) around it",
                "",
                *reference.at,
            )
        path = self.view.cell_path(full, self.scope.get(COLUMN))
        if path is None:
            raise self._no_cell(full, reference)
        return path

    def expand(self, path: str) -> str:
        """Return the path with the variable at its start replaced."""
        first, dot, rest = path.partition(".")
        if first in self.scope and first != COLUMN:
            return f"{self.scope[first]}{dot}{rest}"
        return path

    def _no_cell(self, full: str, reference: PathReference) -> RuleBindingError:
        row = self.view.rows.get(full)
        if row is None or row.heads is None:
            return unknown_path(full, self.view, reference.at)
        keys = ", ".join(column.key for column in row.heads.columns)
        return RuleBindingError(
            f"“{full}”是一行，请注明列：{keys}",
            f"“{full}” is a row; say which column: {keys}",
            "",
            *reference.at,
        )

    def _aggregate(self, call: Call) -> Expression:
        """Return a call of `sum`, `all`, `any`, `max` or `min` applied to every part."""
        parts = tuple(part for argument in call.arguments for part in self._parts(argument, call))
        match call.name:
            case "sum":
                return _flat((1, part) for part in parts)
            case "all":
                return Junction("and", parts)
            case "any":
                return Junction("or", parts)
            case _:
                return Call(call.name, parts)

    def _parts(self, argument: Expression, call: Call) -> Iterator[Expression]:
        """Yield the bound argument once per cell that its `*` means."""
        if isinstance(argument, PathReference) and "*" in argument.path:
            for member in self.members(argument):
                yield self._operand(member, argument)
            return
        paths = {
            e.path: e for e in walk(argument) if isinstance(e, PathReference) and "*" in e.path
        }
        if not paths:
            if len(call.arguments) == 1:
                raise _needs_star(call)
            yield self.bind(argument)
            return
        ranges = [self.members(path) for path in paths.values()]
        if len({len(members) for members in ranges}) > 1:
            raise _unequal_parts(list(paths), call)
        inner = PathBinder(self.view, self.scope, operands=self.operands)
        for chosen in zip(*ranges, strict=True):
            inner.star_values = dict(zip(paths, chosen, strict=True))
            yield inner.bind(argument)

    def members(self, reference: PathReference) -> list[str]:
        """Return the paths of the cells that a path with `*` means."""
        lead, _, rest = self.expand(reference.path).partition("*")
        if "*" in rest.removeprefix("*"):
            raise _two_stars(reference, lead)
        lead = lead.removesuffix(".")
        deep, column = rest.startswith("*"), self.scope.get(COLUMN)
        rest = rest.removeprefix("*").removeprefix(".")
        if rest:
            column = rest
        found = self.view.all_below(lead, column) if deep else self.view.parts(lead, column)
        if not found and not self.view.has(lead):
            raise unknown_path(lead, self.view, reference.at)
        if not found or not all(path in self.view.cells for path in found):
            raise RuleBindingError(
                f"“{lead}”不是可以求和的一组；若为多列的一组行，请注明列，如 {lead}.*.total",
                f"“{lead}” has no parts to add; if it is a group of rows with columns, say which "
                f"column, as in {lead}.*.total",
                "",
                *reference.at,
            )
        return found


def _two_stars(reference: PathReference, lead: str) -> RuleBindingError:
    return RuleBindingError(
        f"“{reference.path}”中只能有一处 *；其下所有的格写作 {lead}**",
        f"“{reference.path}” may have one * only; all cells below are written {lead}**",
        "",
        *reference.at,
    )


def _needs_star(call: Call) -> RuleBindingError:
    return RuleBindingError(
        f"{call.name}( ) 需要一个带 * 的路径，如 requests.disposed.*",
        f"{call.name}( ) needs a path with *, such as requests.disposed.*",
        "",
        *call.at,
    )


def _unequal_parts(paths: list[str], call: Call) -> RuleBindingError:
    return RuleBindingError(
        f"{'、'.join(paths)} 的项数不同，不能逐项对应",
        f"{', '.join(paths)} have different numbers of parts",
        "",
        *call.at,
    )


def _flat(terms: Iterable[tuple[int, Expression]]) -> SignedSum:
    """Return a sum with nested sums merged into it, so that blanks count for the whole sum."""
    found: list[tuple[int, Expression]] = []
    for sign, term in terms:
        if isinstance(term, SignedSum):
            found += ((sign * other, part) for other, part in term.terms)
        else:
            found.append((sign, term))
    return SignedSum(tuple(found))
