"""What a plugin may add: the hooks that it implements. `docs/plugins/hooks.md` has an example each.

A plugin is a module or an object with functions of these names, marked by `hookimpl`; it leaves out
what it does not need. Hooks may come to have more arguments, never fewer. A plugin that raises is
named in a diagnostic and the run goes on. In which order plugins are loaded changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from gischema.forms.form import Form
    from gischema.output.exporter import Exporter
    from gischema.reading import Document, Reader
    from gischema.report import Diagnostic, Report

__all__ = ["hookimpl"]

PROJECT = "gischema"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def gischema_forms() -> Iterable[Form]:  # type: ignore[empty-body]
    """Forms and regional variants, each made by `gischema.read_form` from its grammar."""


@hookspec
def gischema_rules() -> Iterable[Path]:  # type: ignore[empty-body]
    """Rule files (`*.rules`)."""


@hookspec
def gischema_aliases() -> Mapping[str, Mapping[str, Iterable[str]]]:  # type: ignore[empty-body]
    """Further wordings of labels, by form and by terminal of its grammar.

    `{"stat-2014": {"FAX": ["电报申请数"]}}`; they hold for the variants of the form too.
    """


@hookspec
def gischema_narrative() -> Iterable[Path]:  # type: ignore[empty-body]
    """Files (TOML) that add wordings and clauses to those of running text."""


@hookspec
def gischema_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Readers of other kinds of file. They are asked before those of the package."""


@hookspec
def gischema_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]
    """Further formats of `gischema figures --format NAME`."""


@hookspec
def gischema_choose_form(document: Document, forms: Iterable[str]) -> str | None:
    """The id, one of `forms`, of the form that a document stands on; None leaves it to its labels.

    If plugins disagree none is followed.
    """


@hookspec
def gischema_report_parsed(report: Report, document: Document) -> Iterable[Diagnostic]:  # type: ignore[empty-body]
    """What the plugin noticed about a report just read; its figures stay as they were read."""
