"""An index of the labels of one or several forms: every wording by its squeezed key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from attrs import field, frozen

from gischema.forms import form as form_module
from gischema.forms.cache import cached
from gischema.forms.form import Form, is_caption

Terminals: TypeAlias = Mapping[str, bool]
"""Terminals of one form that a wording may stand for; True where it is their official wording."""


_OPENING = 2  # characters
_ALIAS = 0.6
"""Weight of an alias in the choice of a page's form; an official wording counts 1."""


@frozen(eq=False)
class Entry:
    """The possible meanings of a wording.

    Attributes:
        terminals: All terminals that it may stand for, by the id of the form.
        rows: Those of rows, by form.
        captions: Those that are neither rows nor page furniture, by form.
        heads: The forms that have it among their column heads.
        columns: The forms of which it is the official wording of a column.
        filled: True if some form has figures behind it; False if it only heads groups of rows.
        votes: Its weight for each form when the form of a page is chosen. A wording that several
            generations share weighs little.
    """

    terminals: Mapping[str, Terminals]
    rows: Mapping[str, tuple[str, ...]]
    captions: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    columns: frozenset[str]
    filled: bool
    votes: tuple[tuple[str, float], ...]

    def of(self, form: str) -> Terminals:
        """Return the terminals of one form."""
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
        """Return the index of all labels of `forms`."""
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
        """Return the same from the cache, if no form has changed since it was put there."""
        forms = tuple(forms)
        stated = (f"{form.id} {form.aliases!r} {form.grammar.digest}" for form in forms)
        makers = (Path(__file__), Path(form_module.__file__))
        return cached(cls, ("labels", *stated, *makers), lambda: cls.of(forms))

    def may_begin(self, text: str) -> bool:
        """Return True if a label may begin where `text` does; this rules out most running text."""
        opening = text[:_OPENING]
        if opening in self.openings or opening[0] in self.openings:
            return True
        return len(opening) < _OPENING or not opening.isalnum()


@frozen
class LabelIndexes:
    """The index of the labels of some forms, and those without some of them."""

    forms: Mapping[str, Form]
    _kept: dict[frozenset[str], LabelIndex] = field(factory=dict, init=False, repr=False)

    def without(self, left_out: frozenset[str] = frozenset()) -> LabelIndex:
        """Return the index of the labels of all forms but those left out, by id."""
        known = self._kept.get(left_out)
        if known is None:
            forms = (form for name, form in self.forms.items() if name not in left_out)
            known = self._kept[left_out] = LabelIndex.kept(forms)
        return known


def _entry(forms: Mapping[str, Form], terminals: Mapping[str, Terminals]) -> Entry:
    """Return the entry of a wording that may stand for these terminals, by the id of their form."""
    rows = _chosen(terminals, lambda form, name: name in forms[form].rows_of)
    captions = _chosen(
        terminals,
        lambda form, name: name not in forms[form].rows_of and name not in forms[form].ignored,
    )
    heads = frozenset(_chosen(terminals, lambda form, name: name in forms[form].head_terminals))
    return Entry(
        terminals,
        rows,
        captions,
        heads,
        frozenset(form for form in heads if _owns_column(terminals[form])),
        _is_filled(forms, rows),
        _votes(forms, terminals, rows.keys() | captions.keys()),
    )


def _chosen(
    terminals: Mapping[str, Terminals], is_chosen: Callable[[str, str], bool]
) -> dict[str, tuple[str, ...]]:
    """Return by form the terminals for which `is_chosen(form, terminal)` holds, without blanks."""
    found = {
        form: tuple(name for name in names if is_chosen(form, name))
        for form, names in terminals.items()
    }
    return {form: names for form, names in found.items() if names}


def _owns_column(terminals: Terminals) -> bool:
    """Return True if the wording is the official one of a column."""
    return any(official and not is_caption(name) for name, official in terminals.items())


def _is_filled(forms: Mapping[str, Form], rows: Mapping[str, tuple[str, ...]]) -> bool:
    """Return True if some form has figures in one of these rows."""
    of_terminals = (forms[form].rows_of[name] for form, names in rows.items() for name in names)
    return any(not row.group for candidates in of_terminals for row in candidates)


def _votes(
    forms: Mapping[str, Form], terminals: Mapping[str, Terminals], known: Collection[str]
) -> tuple[tuple[str, float], ...]:
    """Return how much a wording speaks for each of the forms that know it."""
    voting = [form for form in terminals if form in known]
    shared = len({forms[form].generation for form in voting})
    return tuple(
        (form, (1.0 if any(terminals[form].values()) else _ALIAS) / shared) for form in voting
    )
