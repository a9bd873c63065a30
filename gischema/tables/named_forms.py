"""Find the forms of plugins that a document only names in its text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gischema.tables.detect_form import is_filled
from gischema.tables.items import ClassifiedText, Item, PrintedLabel


def named_in_passing(added: Collection[str], printed: ClassifiedText) -> frozenset[str]:
    """Return the added forms of which a document has labels of their own, none with figures.

    Such a label is a line of the text: the document does not stand on the form.
    """
    if not added:
        return frozenset()
    named: set[str] = set()
    filled: set[str] = set()
    items = printed.items
    for place, item in enumerate(items):
        if isinstance(item, PrintedLabel) and all(f in added for f in item.entry.terminals):
            named.update(item.entry.terminals)
            if item.tail is not None or is_filled(items, place) or _is_among_heads(items, place):
                filled.update(item.entry.terminals)
    return frozenset(named - filled)


def _is_among_heads(items: Sequence[Item], place: int) -> bool:
    """Return True if an item and one next to it are column heads of one form."""
    near = (*items[max(0, place - 1) : place], *items[place + 1 : place + 2])
    heads = [item.entry.heads for item in (items[place], *near) if isinstance(item, PrintedLabel)]
    return any(heads[0] & other for other in heads[1:])
