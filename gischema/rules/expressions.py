"""What a check says, as a tree. A parsed tree holds `Path`, a tree bound to a form `Cell`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from attrs import field, frozen

from gischema.record import Record

Place: TypeAlias = tuple[int, int]
"""Line and column in a rule file, counted from 1."""

Comparison = Literal["=", "!=", "<=", "<", ">=", ">"]


@frozen(eq=False, repr=False)
class Number(Record):
    """A number written in a rule."""

    value: int | Decimal


@frozen(eq=False, repr=False)
class Text(Record):
    """A text written in a rule."""

    value: str


ReportRole = Literal["own", "previous", "version", "below"]
"""Which report is asked: the one that is checked, last year's, another version of the same report,
or those of subordinate bodies together."""

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
"""Where a figure is looked for: in the tables, in the running text, there with last year's cases
counted in, there as that of the whole region whose government reports, as the sum of a list in the
text, as the figure above such a list, as a percentage beside a figure of the text, or as the figure
that has one."""

REPORT_ROLES = frozenset(get_args(ReportRole)) - {"own"}
FIGURE_SOURCES = frozenset(get_args(FigureSource)) - {"table"}


@frozen(eq=False, repr=False)
class PathReference(Record):
    """A path as a rule writes it: it may begin with a variable and hold `*`.

    `whose` and `said` are the sources written around it, as in `previous(narrative(PATH))`.
    """

    path: str
    whose: ReportRole = "own"
    said: FigureSource = "table"
    at: Place = field(default=(0, 0), eq=False, repr=False)


@frozen
class Operand:
    """One operand of a bound rule: a figure of the form, or a fact such as `report.year`.

    `key` is its name among all operands of all sources.
    """

    path: str
    whose: ReportRole = "own"
    said: FigureSource = "table"
    key: str = field(init=False, eq=False, repr=False)

    @key.default
    def _key(self) -> str:
        return operand_key(self.path, self.whose, self.said)

    @property
    def previous(self) -> bool:
        """Whether last year's report is asked."""
        return self.whose == "previous"

    @property
    def narrative(self) -> bool:
        """Whether the running text is asked."""
        return self.said != "table"

    @property
    def is_fact(self) -> bool:
        """Whether it is no figure but a fact about the report or the form."""
        return self.path.startswith(FACTS)


@frozen(eq=False, repr=False)
class SignedSum(Record):
    """Terms that are added (1) or taken away (-1); the unit of what blanks mean."""

    terms: tuple[tuple[int, Expression], ...]


@frozen(eq=False, repr=False)
class Product(Record):
    """A multiplication or a division."""

    operator: Literal["*", "/"]
    left: Expression
    right: Expression


@frozen(eq=False, repr=False)
class Compare(Record):
    """A comparison of two values."""

    operator: Comparison
    left: Expression
    right: Expression


@frozen(eq=False, repr=False)
class Junction(Record):
    """Statements all of which, or one of which, must be true."""

    operator: Literal["and", "or"]
    terms: tuple[Expression, ...]


@frozen(eq=False, repr=False)
class Implies(Record):
    """If the left statement is true, so is the right one."""

    left: Expression
    right: Expression


@frozen(eq=False, repr=False)
class Not(Record):
    """The contrary of a statement."""

    term: Expression


@frozen(eq=False, repr=False)
class Call(Record):
    """A function: see `gischema.rules.functions`."""

    name: str
    arguments: tuple[Expression, ...]
    at: Place = field(default=(0, 0), eq=False, repr=False)


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

FACTS = ("report.", "form.", "lead.", "chapters.", "change.")
"""Paths that begin so are facts, not figures."""


def operand_key(path: str, whose: ReportRole = "own", said: FigureSource = "table") -> str:
    """The name under which an operand's value is kept."""
    if said != "table":
        path = f"{said} {path}"
    return path if whose == "own" else f"{whose} {path}"


def operand_source(cell: Operand) -> str:
    """Where an operand comes from: `table`, `fact` or running text, each also of another report."""
    kind = "fact" if cell.is_fact else cell.said
    if cell.whose == "own":
        return kind
    return cell.whose if kind == "table" else f"{cell.whose} {kind}"


def children(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that an expression is made of."""
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
    """The same expression made of other parts."""
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
    """An expression and all that it is made of, from left to right."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def cells(expression: Expression) -> tuple[Operand, ...]:
    """The operands that an expression rests on, each once, from left to right."""
    return tuple(dict.fromkeys(e for e in walk(expression) if isinstance(e, Operand)))
