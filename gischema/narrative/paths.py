"""Which indicator of a form a clause of the grammar speaks of."""

from __future__ import annotations

from attrs import field, frozen

from gischema.forms.form import Form
from gischema.forms.told import TOLD_LABELS

_DISPOSED = "requests.disposed"
_ART20 = {
    "requests.answered": f"{_DISPOSED}.total.total",
    "requests.concluded": f"{_DISPOSED}.total.total",
    "requests.answered.granted": f"{_DISPOSED}.granted.total",
    "requests.answered.partially_granted": f"{_DISPOSED}.partially_granted.total",
    "requests.answered.refused": f"{_DISPOSED}.refused.total",
    "requests.answered.refused.security": f"{_DISPOSED}.refused.security_stability",
    "unavailable": f"{_DISPOSED}.unavailable.total",
    "not_processed": f"{_DISPOSED}.not_processed.total",
    "other_handling": f"{_DISPOSED}.other.total",
    "reconsideration": "review.reconsideration.total",
    "litigation": "review.litigation.total",
    "litigation.direct": "review.litigation.direct.total",
    "litigation.after_reconsideration": "review.litigation.after_reconsideration.total",
    "fees": "processing_fee",
    "proactive.normative.issued": "proactive.normative.made",
    "proactive.rules.issued": "proactive.rules.made",
}
_ART20_BELOW = {
    "requests.answered.refused": f"{_DISPOSED}.refused",
    "unavailable": f"{_DISPOSED}.unavailable",
    "not_processed": f"{_DISPOSED}.not_processed",
    "other_handling": f"{_DISPOSED}.other",
    "reconsideration": "review.reconsideration",
}
_STAT = {"proactive.normative.issued": "proactive.normative_issued"}
_FIRST_ART20 = 2019
_OTHER_UNITS = ("institution.", "training.", "response.", "fees")
"""What is counted neither in 条 nor in 件."""


@frozen(eq=False, repr=False)
class Paths:
    """The indicators that may be stated under one form, or in a year without a form."""

    form: Form | None
    year: int | None
    _art20: bool = field(init=False)

    @_art20.default
    def _is_art20(self) -> bool:
        if self.form is not None:
            return self.form.generation.startswith("art20")
        return self.year is not None and self.year >= _FIRST_ART20

    def path(self, idea: str) -> str | None:
        """The path of an indicator, None if neither the form nor running text has it."""
        return next(filter(self._has, self._candidates(idea)), None)

    def label(self, path: str) -> str | None:
        """The form's own label of a path."""
        declared = self.form.declared.get(path) if self.form else None
        return declared.label if declared else TOLD_LABELS.get(path)

    def unit(self, path: str) -> str | None:
        """The form's unit of a path."""
        declared = self.form.declared.get(path) if self.form else None
        if declared is not None:
            return declared.unit
        if self.form is None and path.startswith(_OTHER_UNITS):
            return None
        if path == "processing_fee":
            return "元"
        return "条" if path.startswith("proactive.") else "件"

    def _candidates(self, idea: str) -> tuple[str, ...]:
        if not self._art20:
            return (_STAT.get(idea, idea),)
        known = _ART20.get(idea)
        if known is None:
            head, _, last = idea.rpartition(".")
            known = f"{_ART20_BELOW.get(head, head)}.{last}" if head else idea
        return tuple(dict.fromkeys((known, f"{known}.total", idea)))

    def _has(self, path: str) -> bool:
        if path in TOLD_LABELS:
            return not (path.startswith((_DISPOSED, "review.")) and not self._art20)
        if self.form is None:
            return not self._art20
        return path in self.form.declared
