"""The rule: one definition that is checked, explained, listed and documented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

from gischema.report import Status
from gischema.rules.expressions import (
    Compare,
    Expression,
    Junction,
    Number,
    PathReference,
    Position,
)

Kind = Literal["identity", "bound", "expectation"]
"""`identity` must hold exactly, `bound` sets a limit, `expectation` is worth a look."""

Severity = Literal["error", "warning", "info"]

Certainty = Literal["printed", "structure", "practice"]
"""How certain the source of a rule is.

- `printed`: the form says so in words
- `structure`: the layout of the form implies it
- `practice`: those who work with these reports expect it
"""

Blanks = Literal["nothing", "unknown"]
"""How a sum treats an empty cell.

- `nothing`: it adds nothing, as long as another cell of the sum is filled
- `unknown`: the check is undecided
"""

Language = Literal["zh", "en"]

ValueKind = Literal["number", "truth", "text", "date"]

Value: TypeAlias = int | Decimal | date | str | bool
"""A value of an operand."""


@frozen
class Localized:
    """A text for people in Chinese and English."""

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """Return the text in one language."""
        return self.en if language == "en" else self.zh


@frozen
class Citation:
    """The source of a rule: the notice, the article or table in it, and its certainty."""

    notice: str
    article: str | None
    certainty: Certainty


@frozen
class Quantifier:
    """A line `for each KIND of PATHS with COLUMNS except ENDINGS` of a rule."""

    kind: str
    within: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    at: Position = field(default=(0, 0), eq=False, repr=False)


ExampleValue: TypeAlias = int | Decimal | date | str
"""A value that an example gives to an operand."""


@frozen
class RuleExample:
    """Figures for which a rule holds or is broken. Cells that it does not mention are not printed.

    Attributes:
        passes: True if the rule holds for the figures.
        form: The form of the example; None for every form of the rule.
        entries: The path, status and value of each figure or fact.
    """

    passes: bool
    form: str | None
    entries: tuple[tuple[PathReference, Status, ExampleValue | None], ...]


_YEAR = PathReference("report.year")


@frozen
class Rule:
    """A declared check. All of `checks` must hold for everything that `quantifiers` range over.

    `years` are the first and the last report year that it is in force for, the last None if it is
    still in force; `guard` is the condition that its file states.
    """

    code: str
    kind: Kind
    severity: Severity
    forms: tuple[str, ...]
    title: Localized
    message: Localized
    citations: tuple[Citation, ...]
    since: str
    checks: tuple[Expression, ...]
    quantifiers: tuple[Quantifier, ...] = ()
    guard: Expression | None = None
    tolerance: int | Decimal = 0
    blanks: Blanks = "nothing"
    why: Localized | None = None
    examples: tuple[RuleExample, ...] = ()
    years: tuple[int, int | None] | None = None
    file: str = field(default="", eq=False)
    at: Position = field(default=(0, 0), eq=False, repr=False)

    @property
    def condition(self) -> Expression | None:
        """The condition under which the rule applies: its guard, in the years of the rule."""
        if self.years is None:
            return self.guard
        first, last = self.years
        terms: list[Expression] = [Compare(">=", _YEAR, Number(first))]
        if last is not None:
            terms.append(Compare("<=", _YEAR, Number(last)))
        match self.guard:
            case None:
                pass
            case Junction("and", own):
                terms += own
            case guard:
                terms.append(guard)
        return terms[0] if len(terms) == 1 else Junction("and", tuple(terms))

    def claims(self, form_id: str) -> bool:
        """Return True if the rule lists this very form."""
        return form_id in self.forms

    def applies_to(self, form_id: str) -> bool:
        """Return True if the rule lists this form, or the form that it is a variant of."""
        return self.claims(form_id) or self.claims(form_id.partition("+")[0])
