"""The hooks that a plugin may implement. `docs/en/reference/hooks.md` has an example of each.

A plugin is a module or an object with functions of these names, marked by `hookimpl`; it may leave
out any of them. Hooks may get further arguments, never fewer. A plugin that raises is reported in a
diagnostic and the run goes on. The order in which plugins are loaded has no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from gischema.forms.form import Form
    from gischema.output.exporter import CheckExporter, Exporter
    from gischema.reading import Document, Reader
    from gischema.report import Diagnostic, Report
    from gischema.rules.report_facts import ReportFact

__all__ = ["hookimpl"]

PROJECT = "gischema"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def gischema_forms() -> Iterable[Form]:  # type: ignore[empty-body]
    """Return forms and regional variants, each made by `gischema.read_form` from its grammar."""


@hookspec
def gischema_rules() -> Iterable[Path]:  # type: ignore[empty-body]
    """Return rule files (`*.rules`)."""


@hookspec
def gischema_aliases() -> Mapping[str, Mapping[str, Iterable[str]]]:  # type: ignore[empty-body]
    """Return further wordings of labels, by form and by terminal of its grammar.

    `{"stat-2014": {"FAX": ["电报申请数"]}}`; they hold for the variants of the form too.
    """


@hookspec
def gischema_narrative() -> Iterable[Path]:  # type: ignore[empty-body]
    """Return files (TOML) that add wordings and clauses to those of running text."""


@hookspec
def gischema_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Return readers of other kinds of file. They take precedence over those of the package."""


@hookspec
def gischema_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]
    """Return further formats of `gischema figures --format NAME`."""


@hookspec
def gischema_check_exporters() -> Iterable[CheckExporter]:  # type: ignore[empty-body]
    """Return further formats of `gischema check --format NAME`."""


@hookspec
def gischema_measures() -> Iterable[Path]:  # type: ignore[empty-body]
    """Return files (TOML) of further measures: shares and rates computed from figures."""


@hookspec
def gischema_facts() -> Mapping[str, ReportFact]:  # type: ignore[empty-body]
    """Return facts for rules by name: numbers that a rule file cannot express, `own.NAME` there."""


@hookspec
def gischema_choose_form(document: Document, forms: Iterable[str]) -> str | None:
    """Return the id of the form that a document uses, one of `forms`; None if the labels decide.

    If plugins disagree, the labels decide.
    """


@hookspec
def gischema_report_parsed(report: Report, document: Document) -> Iterable[Diagnostic]:  # type: ignore[empty-body]
    """Return diagnostics about a report just read; its figures cannot be changed."""
