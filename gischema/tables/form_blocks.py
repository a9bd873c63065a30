"""Cut the items of a document into blocks of one form each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from gischema.chinese.units import KNOWN
from gischema.forms.form import Form, is_caption
from gischema.tables.items import Item, NumberCells, PrintedLabel, UnknownText

_FOREIGN_HEADS = 2  # one head alone may be a word of another form by chance


def blocks(
    forms: Mapping[str, Form], main: Form, items: Sequence[Item]
) -> Iterator[tuple[Form, tuple[Item, ...]]]:
    """Yield the items in runs of one form each.

    A block is of another form than the main one only if it prints column heads of that form that
    the main form does not have: several of them, or all that a table of that form has.
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
    """Yield the items in blocks, cut before each caption of any form."""
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


def _form_of(forms: Mapping[str, Form], main: Form, block: Sequence[Item]) -> Form:
    """Return the form of a block by the heads above its first figure."""
    above = [*takewhile(lambda item: not _has_figures(item), block)]
    labels = [item for item in above if isinstance(item, PrintedLabel)]
    if any(label.entry.heads == {main.id} for label in labels):
        return main
    foreign: dict[str, set[str]] = {}
    for label in labels:
        for form in _foreign_heads(main, label):
            foreign.setdefault(form, set()).add(label.text)
    found = max(foreign, key=lambda form: len(foreign[form]), default=main.id)
    other, texts = forms.get(found, main), foreign.get(found, set())
    own = any(main.id in label.entry.columns for label in labels)
    printed = sum(_may_be_column(item) for item in above)
    whole = not own and any(len(group.columns) == printed for group in other.heads)
    return other if len(texts) >= _FOREIGN_HEADS or (texts and whole) else main


def _has_figures(item: Item) -> bool:
    return isinstance(item, NumberCells) or (
        isinstance(item, PrintedLabel) and item.tail is not None
    )


def _may_be_column(item: Item) -> bool:
    """Return True for a head and for a text that may be one; a unit stands in a row."""
    if isinstance(item, PrintedLabel):
        return bool(item.entry.columns)
    return isinstance(item, UnknownText) and item.text not in KNOWN


def _foreign_heads(main: Form, label: PrintedLabel) -> frozenset[str]:
    """Return the forms that have a label as a column head which the main form does not have."""
    entry = label.entry
    if main.id in entry.columns:
        return frozenset()
    return entry.columns if main.id in entry.terminals else entry.heads
