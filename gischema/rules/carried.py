"""The figures that a report takes over from last year's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gischema.rules.expressions import Compare, Operand

if TYPE_CHECKING:
    from gischema.forms.form import Form
    from gischema.rules.rulebook import RuleBook


def carried_over(form: Form, book: RuleBook) -> dict[str, str]:
    """Return the paths of figures that equal one of last year's report, with the path of that one.

    They are those that a rule compares alone: `requests.carried_in = previous(…)`.
    """
    return dict(_pairs(form, book))


def _pairs(form: Form, book: RuleBook) -> Iterator[tuple[str, str]]:
    for rule in book.bound(form).rules:
        for each in rule.checks:
            check = each.instance.check
            if not isinstance(check, Compare) or check.operator != "=":
                continue
            own, last = check.left, check.right
            if not isinstance(own, Operand) or not isinstance(last, Operand):
                continue
            if own == Operand(own.path) and last == Operand(last.path, "previous"):
                yield own.path, last.path
