"""Which form a document stands on, block by block: labels and heads first, then the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from gischema.diagnostics import diagnose
from gischema.forms.form import Form, is_caption
from gischema.report import Diagnostic
from gischema.tables.items import ClassifiedText, Item, NumberCells, PrintedLabel, UnknownText
from gischema.tables.printed_units import is_unit

_FOREIGN_HEADS = 2  # one head alone may be a word of another form by chance
_ROW = 2.0  # weight of a row with figures, or a column head, against a caption


@frozen
class Evidence:
    """How much of each form was found.

    `rows` counts the printed rows and heads that a form knows, `unknown` the rows with figures
    that none does. `own` are the variants of which a row or head is printed that the form itself
    does not have.
    """

    weights: Mapping[str, float]
    rows: int
    unknown: int
    own: frozenset[str]

    @property
    def foreign(self) -> bool:
        """Whether most rows are of a form that is not known: what fits then fits by chance."""
        return self.unknown > self.rows

    def best(self, forms: Mapping[str, Form], year: int | None) -> Form | None:
        """The form with most evidence; the year decides between equals. None without any row."""
        if not self.rows:
            return None

        def merit(form: Form) -> tuple[float, bool]:
            fits = year is not None and form.in_force(year)
            return round(self.weights.get(form.id, 0.0), 6), fits

        return max((f for f in forms.values() if self._may_be(f, forms)), key=merit)

    def _may_be(self, form: Form, forms: Mapping[str, Form]) -> bool:
        """Whether a form comes into question: a variant does by what it alone prints."""
        return not form.variant or form.id in self.own or form.generation not in forms


@frozen
class FormChoice:
    """The form of a report.

    Attributes:
        form: The form; without tables, the one in force in the year of the report.
        printed: False if no table of it is printed.
        given: True if the caller gave it.
        diagnostics: What is in doubt about it.
    """

    form: Form | None
    printed: bool
    given: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def choose_form(
    forms: Mapping[str, Form], evidence: Evidence, year: int | None, given: Form | None
) -> FormChoice:
    """Choose the form that is `given`, else the one with most evidence, else the one in force."""
    if given is not None:
        return FormChoice(given, printed=True, given=True)
    best = evidence.best(forms, year)
    if best is not None and not evidence.foreign:
        return FormChoice(best, printed=True)
    notes: tuple[Diagnostic, ...] = ()
    if best is not None:
        words = {"form": best.id, "known": evidence.rows, "unknown": evidence.unknown}
        notes = (diagnose("D405", None, tuple(best.declared), **words),)
    due = (form for form in forms.values() if year is not None and form.in_force(year))
    in_force = next((form for form in due if not form.variant), None)
    return FormChoice(in_force, printed=False, diagnostics=notes)


def weigh(forms: Mapping[str, Form], scan: ClassifiedText) -> Evidence:
    """Weigh the labels of a document for each form. A label that forms share says little."""
    weights = dict.fromkeys(forms, 0.0)
    rows = 0
    items = scan.items
    unknown = 0
    own: set[str] = set()
    seen: set[str] = set()
    for place, item in enumerate(items):
        if not isinstance(item, PrintedLabel):
            unknown += _is_unknown_row(items, place) and rows > 0
            continue
        followed = item.tail is not None or (
            place + 1 < len(items) and not isinstance(items[place + 1], PrintedLabel)
        )
        entry = item.entry
        tells = bool(entry.heads or (followed and entry.rows))
        rows += tells
        if item.text in seen:
            continue
        seen.add(item.text)
        for form, vote in entry.votes:
            weights[form] += vote * _ROW if tells else vote
        if tells:
            own.update(f for f in entry.terminals if f.partition("+")[0] not in entry.terminals)
    return Evidence(weights, rows, unknown, frozenset(own))


def _is_unknown_row(items: Sequence[Item], place: int) -> bool:
    """Whether a text that no form knows has figures behind it."""
    item = items[place]
    if not isinstance(item, UnknownText) or is_unit(item.text):
        return False
    behind = [i for i in items[place + 1 : place + 3] if not _is_unit(i)]
    return bool(behind) and isinstance(behind[0], NumberCells)


def _is_unit(item: Item) -> bool:
    return isinstance(item, UnknownText) and is_unit(item.text)


def blocks(
    forms: Mapping[str, Form], main: Form, items: Sequence[Item]
) -> Iterator[tuple[Form, tuple[Item, ...]]]:
    """The items in runs that stand on one form each.

    A block leaves the main form only for one whose column heads it prints and whose heads the main
    form does not know: several of them, or as many as a table of that form has.
    """
    run: list[Item] = []
    current = main
    for block in _cut(main, items):
        form = _form_of(forms, main, block)
        if form is not current and run:
            yield current, tuple(run)
            run = []
        current = form
        run.extend(block)
    yield current, tuple(run)


def _cut(main: Form, items: Sequence[Item]) -> Iterator[list[Item]]:
    """The items cut before each caption of any form."""
    block: list[Item] = []
    for item in items:
        if isinstance(item, PrintedLabel) and _opens_block(main, item) and block:
            yield block
            block = []
        block.append(item)
    if block:
        yield block


def _opens_block(main: Form, label: PrintedLabel) -> bool:
    if label.entry.rows or main.id in label.entry.heads:
        return False
    return any(is_caption(name) for names in label.entry.terminals.values() for name in names)


def _form_of(forms: Mapping[str, Form], main: Form, block: list[Item]) -> Form:
    foreign: dict[str, set[str]] = {}
    own, printed = False, 0
    for item in block:
        if isinstance(item, NumberCells) or (
            isinstance(item, PrintedLabel) and item.tail is not None
        ):
            break  # heads stand above the first figure
        if not isinstance(item, PrintedLabel):
            printed += isinstance(item, UnknownText)
            continue
        heads = item.entry.heads
        if heads == {main.id}:
            return main
        official = item.entry.columns
        own = own or main.id in official
        printed += bool(official)
        if main.id in item.entry.terminals:
            heads = frozenset() if main.id in official else official
        for form in heads:
            foreign.setdefault(form, set()).add(item.text)
    found = max(foreign, key=lambda form: len(foreign[form]), default=main.id)
    other, texts = forms.get(found, main), foreign.get(found, set())
    whole = not own and any(len(group.columns) == printed for group in other.heads)
    return other if len(texts) >= _FOREIGN_HEADS or (texts and whole) else main
