"""Rules bound to a form: quantifiers expanded, paths resolved, sums over groups written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product

from attrs import define, field, frozen

from gischema.rules.errors import RuleBindingError, RuleError
from gischema.rules.expressions import (
    FACTS,
    Call,
    Compare,
    Expression,
    Implies,
    Junction,
    Not,
    Operand,
    PathReference,
    Product,
    SignedSum,
    walk,
)
from gischema.rules.form_view import FormView
from gischema.rules.functions import AGGREGATES, FUNCTIONS
from gischema.rules.model import Rule
from gischema.rules.quantifiers import COLUMN, FIGURES, unknown_path, values

_SINGLE = [[kind] for kind in FIGURES]


@frozen(slots=False, eq=False, repr=False)
class CheckInstance:
    """One check of a rule for one thing that it ranges over, in one form.

    `scope` says which: `{"column": "natural_person"}`. `cells` are the operands that the check
    rests on, `operands` those of the guard besides. `extras` are rows and columns beyond the form
    that must be printed for it to mean anything.
    """

    rule: Rule
    scope: Mapping[str, str]
    check: Expression
    guard: Expression | None
    cells: tuple[Operand, ...]
    operands: tuple[Operand, ...]
    extras: frozenset[str]


def instance(
    rule: Rule, outline: FormView, scope: Mapping[str, str], statement: Expression
) -> CheckInstance:
    """A statement of a rule over cells of the form. Raises RuleError if the form lacks one."""
    binder = PathBinder(outline, scope)
    bound = binder.bound(statement)
    own = tuple(binder.operands.values())
    guard = binder.bound(rule.guard) if rule.guard is not None else None
    every = own if guard is None else tuple(binder.operands.values())
    extras = frozenset(
        extra for cell in every if not cell.narrative for extra in outline.extras(cell.path)
    )
    return CheckInstance(rule, scope, bound, guard, own, every, extras)


def operand(outline: FormView, scope: Mapping[str, str], path: PathReference) -> Operand:
    """The operand that a path of a rule means for what the rule ranges over."""
    return outline.operand(PathBinder(outline, scope).resolve(path), path)


def choices(rule: Rule, outline: FormView) -> tuple[tuple[str, ...], ...]:
    """What the quantifiers of a rule range over, in the order of the form.

    Raises RuleBindingError if one ranges over nothing.
    """
    return tuple(product(*(values(quantifier, outline) for quantifier in rule.quantifiers)))


def alike(rule: Rule) -> bool:
    """Whether a rule says the same of each figure of a form.

    It speaks of them only by its variable, never of something below it: if one check of it can be
    bound, so can the others, for the form has each figure.
    """
    if [quantifier.kind for quantifier in rule.quantifiers] not in _SINGLE:
        return False
    lead = f"{rule.quantifiers[0].kind}."
    said = (*rule.checks, *(() if rule.guard is None else (rule.guard,)))
    paths = (each for one in said for each in walk(one) if isinstance(each, PathReference))
    return not any(path.path.startswith(lead) for path in paths)


def alone(rule: Rule) -> bool:
    """Whether a rule looks at the value of each figure and at nothing else.

    Then it says of a figure what it says of any other with the same value.
    """
    if (
        rule.guard is not None
        or [quantifier.kind for quantifier in rule.quantifiers] not in _SINGLE
    ):
        return False
    variable = PathReference(rule.quantifiers[0].kind)
    said = [each for one in rule.checks for each in walk(one)]
    asks = any(isinstance(each, Call) and FUNCTIONS[each.name].asks for each in said)
    return not asks and all(each == variable for each in said if isinstance(each, PathReference))


@contextmanager
def naming(rule: Rule) -> Iterator[None]:
    """Lets errors leave with the code of the rule and its place in a file."""
    try:
        yield
    except RuleError as error:
        raise RuleBindingError(
            f"规则{rule.code}：{error.message}",
            f"rule {rule.code}: {error.message_en}",
            rule.file,
            *((error.line, error.column) if error.line else rule.at),
        ) from None


@define(eq=False, repr=False)
class PathBinder:
    """Resolves the paths of a rule in a form, for one choice of what it ranges over.

    `star` is what the pattern with `*` stands for while a sum over it is written out; `operands`
    gathers what was resolved, by key.
    """

    outline: FormView
    scope: Mapping[str, str]
    star: Mapping[str, str] = field(factory=dict)
    operands: dict[str, Operand] = field(factory=dict)

    def bound(self, expression: Expression) -> Expression:
        """The expression over cells of the form."""
        bound, e = self.bound, expression
        match e:  # by class alone: to take apart what does not fit costs more than all the rest
            case PathReference():
                return self._operand(self.resolve(e), e)
            case Call():
                if e.name in AGGREGATES:
                    return self._aggregate(e)
                return Call(e.name, tuple(map(bound, e.arguments)), e.at)
            case SignedSum():
                return _flat((sign, bound(term)) for sign, term in e.terms)
            case Compare():
                return Compare(e.operator, bound(e.left), bound(e.right))
            case Junction():
                return Junction(e.operator, tuple(map(bound, e.terms)))
            case Product():
                return Product(e.operator, bound(e.left), bound(e.right))
            case Implies():
                return Implies(bound(e.left), bound(e.right))
            case Not():
                return Not(bound(e.term))
            case _:
                return e

    def _operand(self, path: str, said: PathReference) -> Operand:
        cell = self.outline.operand(path, said)
        self.operands[cell.key] = cell
        return cell

    def resolve(self, path: PathReference) -> str:
        """The path of the cell or the fact that `path` means here."""
        if path.path in self.star:
            return self.star[path.path]
        column = self.scope.get(COLUMN)
        full = self.expanded(path.path)
        if full.startswith(FACTS) or (path.said != "table" and full in self.outline.told):
            return full
        if "*" in full:
            raise RuleBindingError(
                f"“{path.path}”只能写在 sum( ) 等函数中",
                f"{path.path} needs a function such as sum( ) around it",
                "",
                *path.at,
            )
        cell = self.outline.cell(full, column)
        if cell is None:
            raise self._no_cell(full, path)
        return cell

    def expanded(self, path: str) -> str:
        """The path with the variable at its beginning replaced."""
        first, dot, rest = path.partition(".")
        if first in self.scope and first != COLUMN:
            return f"{self.scope[first]}{dot}{rest}"
        return path

    def _no_cell(self, full: str, path: PathReference) -> RuleBindingError:
        row = self.outline.rows.get(full)
        if row is None or row.heads is None:
            return unknown_path(full, self.outline, path.at)
        keys = ", ".join(column.key for column in row.heads.columns)
        return RuleBindingError(
            f"“{full}”是一行，请注明列：{keys}",
            f"“{full}” is a row; say which column: {keys}",
            "",
            *path.at,
        )

    def _aggregate(self, call: Call) -> Expression:
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
        """The argument once for every cell that its `*` stands for."""
        if isinstance(argument, PathReference) and "*" in argument.path:
            for member in self.members(argument):
                yield self._operand(member, argument)
            return
        paths = [e for e in walk(argument) if isinstance(e, PathReference) and "*" in e.path]
        if not paths:
            if len(call.arguments) == 1:
                raise RuleBindingError(
                    f"{call.name}( ) 需要一个带 * 的路径，如 requests.disposed.*",
                    f"{call.name}( ) needs a path with *, such as requests.disposed.*",
                    "",
                    *call.at,
                )
            yield self.bound(argument)
            return
        texts = list(dict.fromkeys(path.path for path in paths))
        ranges = [self.members(path) for path in {p.path: p for p in paths}.values()]
        if len({len(members) for members in ranges}) > 1:
            raise RuleBindingError(
                f"{'、'.join(texts)} 的项数不同，不能逐项对应",
                f"{', '.join(texts)} have different numbers of parts",
                "",
                *call.at,
            )
        inner = PathBinder(self.outline, self.scope, operands=self.operands)
        for chosen in zip(*ranges, strict=True):
            inner.star = dict(zip(texts, chosen, strict=True))
            yield inner.bound(argument)

    def members(self, path: PathReference) -> list[str]:
        """The cells that a path with `*` stands for."""
        lead, _, rest = self.expanded(path.path).partition("*")
        lead = lead.removesuffix(".")
        deep, column = rest.startswith("*"), self.scope.get(COLUMN)
        rest = rest.removeprefix("*").removeprefix(".")
        if rest:
            column = rest
        found = self.outline.all_below(lead, column) if deep else self.outline.parts(lead, column)
        if not found and not self.outline.has(lead):
            raise unknown_path(lead, self.outline, path.at)
        if not found or not all(p in self.outline.cells_by_path for p in found):
            raise RuleBindingError(
                f"“{lead}”不是可以求和的一组；若为多列的一组行，请注明列，如 {lead}.*.total",
                f"“{lead}” has no parts to add; if it is a group of rows with columns, say which "
                f"column, as in {lead}.*.total",
                "",
                *path.at,
            )
        return found


def _flat(terms: Iterable[tuple[int, Expression]]) -> SignedSum:
    """A sum with the sums among its terms merged into it: blanks count as nothing in all."""
    found: list[tuple[int, Expression]] = []
    for sign, term in terms:
        if isinstance(term, SignedSum):
            found += ((sign * other, part) for other, part in term.terms)
        else:
            found.append((sign, term))
    return SignedSum(tuple(found))
