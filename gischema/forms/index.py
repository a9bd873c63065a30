"""Which labels a text may hold: the wordings of one or several forms by their squeezed keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from gischema.forms.form import Form


@frozen
class Match:
    """A label of a form that a printed wording stands for."""

    form: str
    terminal: str
    official: bool


@frozen
class LabelIndex:
    """The labels of forms by key, and every beginning of a key."""

    matches: Mapping[str, tuple[Match, ...]]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, forms: Iterable[Form]) -> LabelIndex:
        """The index of all labels of `forms`."""
        found: dict[str, dict[Match, None]] = {}
        for form in forms:
            for terminal, label in form.labels.items():
                for wording in label.wordings:
                    match = Match(form.id, terminal, wording.official)
                    found.setdefault(wording.key, {})[match] = None
        matches = {k: tuple(v) for k, v in found.items()}
        return cls(matches, frozenset(k[:n] for k in matches for n in range(1, len(k))))
