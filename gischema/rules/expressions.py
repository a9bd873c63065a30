"""The expression tree of rules.

The tree of a parsed rule has `PathReference` leaves, the tree of a rule bound to a form `Operand`
leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from attrs import field, frozen

Position: TypeAlias = tuple[int, int]
"""Line and column in a rule file, counted from 1."""

ComparisonOperator = Literal["=", "!=", "<=", "<", ">=", ">"]


@frozen
class Number:
    """A number literal."""

    value: int | Decimal


@frozen
class Text:
    """A text literal."""

    value: str


ReportRole = Literal["own", "previous", "version", "below"]
"""Which report an operand is taken from.

- `own`: the report that is checked
- `previous`: last year's report of the same body
- `version`: another version of the same report
- `below`: the reports of subordinate bodies, added up
"""

FigureSource = Literal[
    "table",
    "narrative",
    "with_carry_over",
    "whole_region",
    "listed",
    "list_whole",
    "share",
    "share_of",
]
"""Where in a report a figure is taken from.

- `table`: the tables
- `narrative`: a statement of the running text
- `with_carry_over`: a statement that includes last year's carried-over cases
- `whole_region`: a statement about the whole region whose government reports
- `listed`: the sum of a list in the running text
- `list_whole`: the figure that such a list breaks down
- `share`: a percentage that the running text gives next to a figure
- `share_of`: the figure that such a percentage belongs to
"""

REPORT_ROLES = frozenset(get_args(ReportRole)) - {"own"}
"""The roles that rule files write as functions around a path."""

FIGURE_SOURCES = frozenset(get_args(FigureSource)) - {"table"}
"""The sources that rule files write as functions around a path."""


@frozen
class PathReference:
    """A path as a rule file writes it. It may start with a variable and contain `*`.

    `role` and `source` are written around the path, as in `previous(narrative(PATH))`.
    """

    path: str
    role: ReportRole = "own"
    source: FigureSource = "table"
    at: Position = field(default=(0, 0), eq=False, repr=False)


@frozen
class Operand:
    """A figure of the form, or a fact such as `report.year`, that a bound rule uses.

    `key` identifies the operand among those of all roles and sources.
    """

    path: str
    role: ReportRole = "own"
    source: FigureSource = "table"
    key: str = field(init=False, eq=False, repr=False)

    @key.default
    def _key(self) -> str:
        return operand_key(self.path, self.role, self.source)

    @property
    def in_narrative(self) -> bool:
        """True if the operand is taken from running text."""
        return self.source != "table"

    @property
    def is_fact(self) -> bool:
        """True for a fact about the report or the form, False for a figure."""
        return self.path.startswith(FACTS)


@frozen
class SignedSum:
    """Terms with their signs: 1 to add, -1 to subtract. Blank cells are treated sum by sum."""

    terms: tuple[tuple[int, Expression], ...]


@frozen
class Product:
    """A multiplication or a division."""

    operator: Literal["*", "/"]
    left: Expression
    right: Expression


@frozen
class Compare:
    """A comparison of two values."""

    operator: ComparisonOperator
    left: Expression
    right: Expression


@frozen
class Junction:
    """A conjunction or disjunction of statements."""

    operator: Literal["and", "or"]
    terms: tuple[Expression, ...]


@frozen
class Implies:
    """An implication: if `left` is true, `right` must be true."""

    left: Expression
    right: Expression


@frozen
class Not:
    """The negation of a statement."""

    term: Expression


@frozen
class Call:
    """A function call. `gischema.rules.functions` declares the functions."""

    name: str
    arguments: tuple[Expression, ...]
    at: Position = field(default=(0, 0), eq=False, repr=False)


Expression: TypeAlias = (
    Number
    | Text
    | PathReference
    | Operand
    | SignedSum
    | Product
    | Compare
    | Junction
    | Implies
    | Not
    | Call
)

OWN_FACT = "own."
"""What the path of a fact begins with that a plugin computes."""

FACTS = ("report.", "form.", "lead.", "chapters.", "change.", OWN_FACT)
"""Prefixes of paths that are facts, not figures."""


def operand_key(path: str, role: ReportRole = "own", source: FigureSource = "table") -> str:
    """Return the key of an operand, such as `previous narrative requests.received`."""
    if source != "table":
        path = f"{source} {path}"
    return path if role == "own" else f"{role} {path}"


def operand_source(operand: Operand) -> str:
    """Return the source of an operand as findings give it.

    This is `table`, `fact` or a source in running text. For another report the role stands before
    it; the role alone means the tables of that report.
    """
    kind = "fact" if operand.is_fact else operand.source
    if operand.role == "own":
        return kind
    return operand.role if kind == "table" else f"{operand.role} {kind}"


def children(expression: Expression) -> tuple[Expression, ...]:
    """Return the direct subexpressions of an expression, from left to right."""
    match expression:
        case SignedSum(terms):
            return tuple(term for _, term in terms)
        case Product(_, left, right) | Compare(_, left, right) | Implies(left, right):
            return (left, right)
        case Junction(_, parts) | Call(_, parts):
            return parts
        case Not(term):
            return (term,)
        case _:
            return ()


def rebuilt(expression: Expression, parts: tuple[Expression, ...]) -> Expression:
    """Return a copy of an expression with other direct subexpressions."""
    match expression:
        case SignedSum(terms):
            return SignedSum(tuple((sign, p) for (sign, _), p in zip(terms, parts, strict=True)))
        case Product(operator):
            return Product(operator, *parts)
        case Compare(operator):
            return Compare(operator, *parts)
        case Implies():
            return Implies(*parts)
        case Junction(operator):
            return Junction(operator, parts)
        case Not():
            return Not(*parts)
        case Call(name):
            return Call(name, parts, expression.at)
        case _:
            return expression


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all its subexpressions, depth first, from left to right."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def operands_of(expression: Expression) -> tuple[Operand, ...]:
    """Return the operands of an expression, each once, from left to right."""
    return tuple(dict.fromkeys(e for e in walk(expression) if isinstance(e, Operand)))
