"""Forms that come with the package and are not active, though a page prints their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from gischema.diagnostics import diagnose
from gischema.forms.form import Form
from gischema.plugins.extension import Extension
from gischema.plugins.shipped import shipped_plugins
from gischema.report import Diagnostic
from gischema.rules import RuleBook
from gischema.tables.foreign_rows import ForeignRow
from gischema.tables.region import UnknownRow
from gischema.tables.remarks import shortened
from gischema.text import Places

_SEVERAL = 3
"""Rows of no known form that are more than a slip of the page: perhaps of a regional form."""

_NAMED = 3
_LONG = 5  # characters of a label that is found among other words
_ENOUGH = 5
"""Rows of a form that hardly match by chance, as regional forms share rows."""


@frozen
class InactiveForm:
    """A form of a plugin that is not active.

    Attributes:
        form: The form.
        plugin: The name of its plugin.
        keys: The keys of the labels that its rows have, without those of the form that it varies.
        rules: The codes of the rules of the plugin that apply to it.
    """

    form: Form
    plugin: str
    keys: frozenset[str]
    rules: tuple[str, ...]

    def has(self, key: str) -> bool:
        """Return True if a key is that of a row, or has one in it: `2504其中1政府网站公开数条`."""
        return key in self.keys or any(len(k) >= _LONG and k in key for k in self.keys)


def inactive_forms(
    active: Collection[str], forms: Mapping[str, Form], book: RuleBook
) -> tuple[InactiveForm, ...]:
    """Return the forms that come with the package and are not active.

    Args:
        active: The names of the active plugins.
        forms: The active forms by id, which variants extend.
        book: The rules of the active forms.
    """
    plugins = [plugin for plugin in shipped_plugins() if plugin.name not in active]
    if not plugins:
        return ()
    extension = Extension.load(plugins)
    known = extension.forms(forms.values())
    rules = extension.rules((), known).rules
    codes = {rule.code for rule in book.rules}
    added = extension.added["forms"]
    return tuple(
        InactiveForm(
            form,
            added[form.id].name,
            _own_keys(form),
            tuple(r.code for r in rules if r.applies_to(form.id) and r.code not in codes),
        )
        for form in known.values()
        if form.id in added
    )


def _own_keys(form: Form) -> frozenset[str]:
    base = form.base.labels if form.base is not None else {}
    shared = {one.key for label in base.values() for one in label.wordings}
    rows = (form.labels[name] for name in form.rows_of if name in form.labels)
    return frozenset(one.key for label in rows for one in label.wordings) - shared


def rows_without_form(
    rows: Sequence[ForeignRow],
    unread: Sequence[UnknownRow],
    generation: str | None,
    inactive: Sequence[InactiveForm],
    places: Places,
) -> Iterator[Diagnostic]:
    """Yield what is to be said about rows that no active form has (D410, D411).

    Args:
        rows: The rows whose labels no active form has.
        unread: Those of tables that were not read as rows with a slip.
        generation: The form of the report.
        inactive: The forms that are not active.
        places: Finds where something stood in the source.
    """
    matches = [
        (each, found)
        for each in inactive
        if (found := [row for row in rows if each.has(row.key)])
        and _is_meant(each, len(found), generation)
    ]
    if matches:
        each, found = max(matches, key=lambda pair: len(pair[1]))
        origin = places.origin(found[0].start, found[0].end)
        codes = " ".join(each.rules)
        yield diagnose(
            "D410",
            origin,
            count=len(found),
            labels=_names(found),
            form=each.form.id,
            plugin=each.plugin,
            rules=f"，规则{codes}没有执行" if codes else "",
            rules_en=f", and the rules {codes} were not run" if codes else "",
        )
    elif len(unread) >= _SEVERAL:
        origin = places.origin(unread[0].start, unread[0].end)
        yield diagnose("D411", origin, count=len(unread), labels=_names(unread))


def _is_meant(each: InactiveForm, found: int, generation: str | None) -> bool:
    """Return True if so many rows of a form are no chance.

    A variant is looked for on its form alone. A few rows of another form match by chance.
    """
    if each.form.base is not None and each.form.generation != generation:
        return False
    return found >= _ENOUGH or 2 * found >= len(each.keys)


def _names(rows: Sequence[ForeignRow | UnknownRow]) -> str:
    names = "、".join(f"“{shortened(row.label)}”" for row in rows[:_NAMED])
    return names if len(rows) <= _NAMED else f"{names}…"
