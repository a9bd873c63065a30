"""A broken sum as an addition: the parts on each side, in the order of the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.rules.expressions import Compare, PathReference, SignedSum

if TYPE_CHECKING:
    from gischema.rules import Finding, Rule
    from gischema.rules.expressions import Expression


@frozen
class Addition:
    """The two sides of an equation: the first `left` operands of a finding, and the others."""

    left: int
    sums: tuple[int | Decimal, int | Decimal]


def addition(finding: Finding, rules: Iterable[Rule]) -> Addition | None:
    """Return the addition that a finding is about; None if its rule adds nothing up.

    Both sides are added up again: what does not give the figures of the finding is no addition.
    """
    rule = next((each for each in rules if each.code == finding.code), None)
    values = [0 if value is None else value for value in finding.values]
    numbers = [v for v in values if isinstance(v, int | Decimal) and not isinstance(v, bool)]
    if len(numbers) != len(values) or len(values) < 3:
        return None
    checks = rule.checks if rule is not None else ()
    for left in (cut for check in checks for cut in _cuts(check, len(values))):
        sums = sum(numbers[:left]), sum(numbers[left:])
        if sums == (finding.actual, finding.expected):
            return Addition(left, sums)
    return None


def _cuts(check: Expression, operands: int) -> Iterator[int]:
    """Yield how many operands may be on the left: a side without `*` has a known number."""
    if not isinstance(check, Compare) or check.operator != "=":
        return
    left, right = _number(check.left), _number(check.right)
    if left is not None:
        yield left
    if right is not None and operands - right != left:
        yield operands - right


def _number(side: Expression) -> int | None:
    """Return how many figures a side adds up; None if it depends on the form, or subtracts."""
    if isinstance(side, PathReference):
        return None if "*" in side.path else 1
    if not isinstance(side, SignedSum):
        return None
    numbers = [_number(term) if sign == 1 else None for sign, term in side.terms]
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
