"""What a rule is: one definition that is checked, explained, listed and documented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

from gischema.record import Record
from gischema.report import Status
from gischema.rules.expressions import Expression, PathReference, Place

Kind = Literal["identity", "bound", "expectation"]
"""`identity` must hold exactly, `bound` sets a limit, `expectation` is worth a look."""

Severity = Literal["error", "warning", "info"]

Certainty = Literal["printed", "structure", "practice"]
"""`printed` the form says so in words, `structure` the form's layout implies it, `practice` those
who work with these reports expect it."""

Blanks = Literal["nothing", "unknown"]
"""What an empty cell is in a sum: nothing, as long as another cell of the sum is filled, or
unknown, which leaves the check undecided."""

Language = Literal["zh", "en"]

ValueKind = Literal["number", "truth", "text", "date"]

Value: TypeAlias = int | Decimal | date | str | bool
"""What an operand may come to."""


@frozen(eq=False, repr=False)
class Localized(Record):
    """A text for people in Chinese and English."""

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """The text in one language."""
        return self.en if language == "en" else self.zh


@frozen(eq=False, repr=False)
class Citation(Record):
    """Where a rule comes from: the notice, the article or table in it, and how sure that is."""

    notice: str
    article: str | None
    certainty: Certainty


@frozen(eq=False, repr=False)
class Quantifier(Record):
    """`for each KIND of PATHS with COLUMNS except ENDINGS`."""

    kind: str
    within: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    at: Place = field(default=(0, 0), eq=False, repr=False)


Known: TypeAlias = int | Decimal | date | str
"""A value that an example gives to an operand."""


@frozen(eq=False, repr=False)
class RuleExample(Record):
    """Figures under which a rule holds or is broken; what is not given is not printed."""

    passes: bool
    form: str | None
    facts: tuple[tuple[PathReference, Status, Known | None], ...]


@frozen(eq=False, repr=False)
class Rule(Record):
    """A declared check. `checks` must all hold for everything that `quantifiers` range over."""

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
    file: str = field(default="", eq=False)
    at: Place = field(default=(0, 0), eq=False, repr=False)

    def claims(self, form_id: str) -> bool:
        """Whether the rule names this very form."""
        return form_id in self.forms

    def holds_on(self, form_id: str) -> bool:
        """Whether the rule is meant for this form: it names it, or the form it is a variant of."""
        return self.claims(form_id) or self.claims(form_id.partition("+")[0])
