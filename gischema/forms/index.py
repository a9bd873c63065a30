"""Which labels a text may hold: the wordings of one or several forms by their squeezed keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from gischema.forms import form as form_module
from gischema.forms.cache import cached
from gischema.forms.form import Form, is_caption

Terminals: TypeAlias = Mapping[str, bool]
"""Terminals of one form that a wording may stand for, and whether it is their official one."""


_OPENING = 2
_ALIAS = 0.6
"""What an alias says about the form of a page, against an official wording."""


@frozen(eq=False)
class Entry:
    """What a wording may be.

    `terminals`, `rows` and `captions` are by form: all its terminals, those of rows, and those that
    are neither rows nor page furniture. `heads` are the forms where it stands among column heads,
    `columns` those of which it is a column's own wording. `filled` tells that some form has figures
    behind it: it does not only name a group of rows. `votes` tell how much it speaks for each form:
    a wording that generations share says little.
    """

    terminals: Mapping[str, Terminals]
    rows: Mapping[str, tuple[str, ...]]
    captions: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    columns: frozenset[str]
    filled: bool
    votes: tuple[tuple[str, float], ...]

    def of(self, form: str) -> Terminals:
        """The terminals of one form."""
        return self.terminals.get(form, _NONE)


_NONE: Terminals = {}


@frozen(eq=False)
class LabelIndex:
    """The labels of forms by key, the beginnings of keys, and their first two characters."""

    entries: Mapping[str, Entry]
    beginnings: frozenset[str]
    openings: frozenset[str]

    @classmethod
    def of(cls, forms: Iterable[Form]) -> LabelIndex:
        """The index of all labels of `forms`."""
        forms = tuple(forms)
        found: dict[str, dict[str, dict[str, bool]]] = {}
        for form in forms:
            for terminal, label in form.labels.items():
                for wording in label.wordings:
                    terminals = found.setdefault(wording.key, {}).setdefault(form.id, {})
                    terminals[terminal] = terminals.get(terminal, False) or wording.official
        by_id = {form.id: form for form in forms}
        entries = {key: _entry(by_id, terminals) for key, terminals in found.items()}
        beginnings = frozenset(k[:n] for k in entries for n in range(1, len(k)))
        return cls(entries, beginnings, frozenset(k[:_OPENING] for k in entries))

    @classmethod
    def kept(cls, forms: Iterable[Form]) -> LabelIndex:
        """The same from the cache, if no form has changed since it was put there."""
        forms = tuple(forms)
        stated = (f"{form.id} {form.aliases!r} {form.grammar.digest}" for form in forms)
        makers = (Path(__file__), Path(form_module.__file__))
        return cached(cls, ("labels", *stated, *makers), lambda: cls.of(forms))

    def may_begin(self, text: str) -> bool:
        """Whether a label may begin where `text` does; most running text is told apart by this."""
        opening = text[:_OPENING]
        if opening in self.openings or opening[0] in self.openings:
            return True
        return len(opening) < _OPENING or not opening.isalnum()


def _entry(forms: Mapping[str, Form], terminals: Mapping[str, Terminals]) -> Entry:
    rows: dict[str, tuple[str, ...]] = {}
    captions: dict[str, tuple[str, ...]] = {}
    heads: set[str] = set()
    for form_id, names in terminals.items():
        form = forms[form_id]
        if found := tuple(n for n in names if n in form.rows_of):
            rows[form_id] = found
        if found := tuple(n for n in names if n not in form.rows_of and n not in form.ignored):
            captions[form_id] = found
        if not form.head_terminals.isdisjoint(names):
            heads.add(form_id)
    known = [form_id for form_id in terminals if form_id in rows or form_id in captions]
    shared = len({forms[form_id].generation for form_id in known})
    votes = tuple(
        (form_id, (1.0 if any(terminals[form_id].values()) else _ALIAS) / shared)
        for form_id in known
    )
    columns = frozenset(
        form_id
        for form_id in heads
        if any(own and not is_caption(name) for name, own in terminals[form_id].items())
    )
    filled = any(
        not row.group
        for form_id, names in rows.items()
        for n in names
        for row in forms[form_id].rows_of[n]
    )
    return Entry(terminals, rows, captions, frozenset(heads), columns, filled, votes)
