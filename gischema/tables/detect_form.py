"""Detect the form of a document: by labels and heads, then by year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from gischema.diagnostics import diagnose
from gischema.forms.form import Form
from gischema.report import Diagnostic
from gischema.tables.items import (
    ClassifiedText,
    Item,
    NumberCells,
    PrintedLabel,
    UnknownText,
    stands_as_row,
)
from gischema.tables.printed_units import is_unit

_SEVERAL_ROWS = 5  # known rows; so many hardly match by chance, as regional forms share them
_ROW = 2.0  # weight of a row with figures or of a column head; a caption weighs 1


class Evidence(NamedTuple):
    """How much of each form was found.

    Attributes:
        weights: The weight of the labels found, by form.
        rows: The number of printed rows and heads that some form has.
        unknown: The number of rows with figures that no form has.
        ahead: The number of such rows above the first row that some form has.
        in_sentences: The number of rows with figures that stand in sentences.
        own: The variants of which a row or head is printed that their form does not have.
    """

    weights: Mapping[str, float]
    rows: int
    unknown: int
    ahead: int
    in_sentences: int
    own: frozenset[str]

    @property
    def shows_form(self) -> bool:
        """True if most rows with figures are rows of forms."""
        return self.rows > self.unknown + self.ahead

    @property
    def foreign(self) -> bool:
        """True if most rows are of no known form: the others, if they are few, match by chance."""
        share = 2 if self.rows >= _SEVERAL_ROWS else 1
        return self.unknown > share * self.rows

    def best(self, forms: Mapping[str, Form], year: int | None) -> Form | None:
        """Return the form with most evidence, None without any row; the year breaks a tie."""

        def fits(form: Form) -> bool:
            return year is not None and form.in_force(year)

        return max(self.heaviest(forms), key=fits, default=None)

    def heaviest(self, forms: Mapping[str, Form]) -> list[Form]:
        """Return the forms with most evidence, whatever the year; none without any row."""
        possible = [form for form in forms.values() if self.rows and self._may_be(form, forms)]
        weights = {form.id: round(self.weights.get(form.id, 0.0), 6) for form in possible}
        most = max(weights.values(), default=0.0)
        return [form for form in possible if weights[form.id] == most]

    def _may_be(self, form: Form, forms: Mapping[str, Form]) -> bool:
        """Return True unless the form is a variant and nothing that only it has is printed."""
        return not form.variant or form.id in self.own or form.generation not in forms


class FormChoice(NamedTuple):
    """The form of a report.

    Attributes:
        form: The form; without tables, the one in force in the year of the report.
        printed: False if no table of it is printed.
        given: True if the caller gave it.
        diagnostics: The doubts about it.
    """

    form: Form | None
    printed: bool
    given: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def choose_form(
    forms: Mapping[str, Form],
    evidence: Evidence,
    year: int | None,
    given: Form | None,
    added: Collection[str] = (),
) -> FormChoice:
    """Choose the form that is `given`, else the one with most evidence, else the one in force.

    Of the forms that plugins add only one that replaces another is in force everywhere: a form of
    one region is none of reports that print no table.
    """
    if given is not None:
        return FormChoice(given, printed=True, given=True)
    best = evidence.best(forms, year)
    if best is not None and not evidence.foreign:
        return FormChoice(best, printed=True, diagnostics=_equal_variants(forms, evidence, best))
    notes: tuple[Diagnostic, ...] = ()
    if best is not None:
        words = {"form": best.id, "known": evidence.rows, "unknown": evidence.unknown}
        notes = (diagnose("D405", None, tuple(best.declared), **words),)
    due = (form for form in forms.values() if year is not None and form.in_force(year))
    in_force = next((f for f in due if not f.variant and (f.id not in added or f.replaces)), None)
    return FormChoice(in_force, printed=False, diagnostics=notes)


def _equal_variants(
    forms: Mapping[str, Form], evidence: Evidence, best: Form
) -> tuple[Diagnostic, ...]:
    """Flag the rows of a variant if another variant explains the page as well (D409)."""

    def weight(form: str) -> float:
        return round(evidence.weights.get(form, 0.0), 6)

    equal = [
        form
        for form in forms.values()
        if form.id in evidence.own and form.id != best.id and weight(form.id) == weight(best.id)
    ]
    if best.id not in evidence.own or not equal:
        return ()
    base = best.base.indicators if best.base is not None else {}
    paths = dict.fromkeys(
        path for form in (best, *equal) for path in form.indicators if path not in base
    )
    others = "、".join(form.id for form in equal)
    return (diagnose("D409", None, tuple(paths), form=best.id, others=others),)


def _is_filled(items: Sequence[Item], place: int) -> bool:
    """Return True if figures stand behind an item, or behind a unit after it."""
    behind = [i for i in items[place + 1 : place + 3] if not _is_unit(i)]
    return bool(behind) and isinstance(behind[0], NumberCells)


def weigh(forms: Mapping[str, Form], printed: ClassifiedText) -> Evidence:
    """Weigh the labels of a document for each form. A label that many forms share weighs little."""
    weights = dict.fromkeys(forms, 0.0)
    rows = 0
    items = printed.items
    unknown = ahead = in_sentences = 0
    own: set[str] = set()
    seen: set[str] = set()
    for place, item in enumerate(items):
        if not isinstance(item, PrintedLabel):
            begun = item.row if isinstance(item, UnknownText) else None
            in_sentences += begun is not None and begun.tail is not None
            is_unknown = is_unknown_row(items, place)
            unknown += is_unknown and rows > 0
            ahead += is_unknown and rows == 0
            continue
        followed = item.tail is not None or (
            place + 1 < len(items) and not isinstance(items[place + 1], PrintedLabel)
        )
        entry = item.entry
        is_row = bool(entry.heads or (followed and entry.rows))
        rows += is_row
        if item.text in seen:
            continue
        seen.add(item.text)
        for form, vote in entry.votes:
            weights[form] += vote * _ROW if is_row else vote
        if is_row:
            own.update(f for f in entry.terminals if f.partition("+")[0] not in entry.terminals)
    return Evidence(weights, rows, unknown, ahead, in_sentences, frozenset(own))


def is_unknown_row(items: Sequence[Item], place: int) -> bool:
    """Return True if an item is a text that no form has, with figures behind it."""
    item = items[place]
    if not isinstance(item, UnknownText) or is_unit(item.text):
        return False
    if item.tail is not None:
        return stands_as_row(item)
    return _is_filled(items, place)


def _is_unit(item: Item) -> bool:
    return isinstance(item, UnknownText) and is_unit(item.text)
