"""Which labels a text may hold: the wordings of one or several forms by their squeezed keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import frozen

from gischema.forms.form import Form

Terminals: TypeAlias = Mapping[str, bool]
"""Terminals of one form that a wording may stand for, and whether it is their official one."""


@frozen(eq=False)
class Entry:
    """What a wording may be: terminals by form, the forms where it is row, head, furniture."""

    terminals: Mapping[str, Terminals]
    rows: frozenset[str]
    heads: frozenset[str]
    furniture: frozenset[str]

    def of(self, form: str) -> Terminals:
        """The terminals of one form."""
        return self.terminals.get(form, _NONE)


_NONE: Terminals = {}


@frozen(eq=False)
class LabelIndex:
    """The labels of forms by key, and every beginning of a key."""

    entries: Mapping[str, Entry]
    beginnings: frozenset[str]

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
        entries = {key: _entry(forms, terminals) for key, terminals in found.items()}
        return cls(entries, frozenset(k[:n] for k in entries for n in range(1, len(k))))


def _entry(forms: tuple[Form, ...], terminals: Mapping[str, Terminals]) -> Entry:
    def among(kind: str) -> frozenset[str]:
        return frozenset(
            form.id
            for form in forms
            if any(name in getattr(form, kind) for name in terminals.get(form.id, ()))
        )

    return Entry(terminals, among("rows_of"), among("head_terminals"), among("ignored"))
