"""The engine: forms, rules, readers and plugins, with the operations on reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gischema.errors import UnknownName
from gischema.forms import national_forms
from gischema.forms.form import Form
from gischema.forms.label_index import LabelIndex
from gischema.narrative import NarrativeGrammar, national_grammar
from gischema.output.explain import explain
from gischema.pipeline import read_report
from gischema.plugins import InstalledPlugins, as_plugins
from gischema.reading import READERS, Document, Reader, Source, read, read_text
from gischema.report import Diagnostic, Report, with_doubts
from gischema.rules import CheckResult, Reports, RuleBook, check, national_rules, series

if TYPE_CHECKING:
    from gischema.comparison import Comparison
    from gischema.measures import Derived
    from gischema.output.exporter import Exporter
    from gischema.plugins.extension import Extension
    from gischema.plugins.plugin import ActivePlugin
    from gischema.settings import Settings


class Gischema:
    """A set of forms, rules and plugins. Engines are independent of each other, safe in threads.

    Plugins are loaded when they are first needed. One that fails is left out, with a diagnostic in
    `problems` and in every report.

    Args:
        forms: The forms; the national ones by default.
        rules: Rule files; the national ones by default.
        narrative: TOML files that add wordings and clauses to those of running text
            (`docs/narrative.md`).
        plugins: Modules or objects that implement hooks, paths of folders with grammars and rule
            files, or `gischema.InstalledPlugins()`.
    """

    def __init__(
        self,
        forms: Iterable[Form] | None = None,
        rules: Iterable[Path] | None = None,
        *,
        narrative: Iterable[Path] = (),
        plugins: Iterable[object] = (),
    ) -> None:
        self._given = tuple(forms) if forms is not None else None
        self._rule_files = tuple(rules) if rules is not None else None
        self._narrative_files = tuple(narrative)
        alone = isinstance(plugins, (InstalledPlugins, str))
        self._plugins = (plugins,) if alone else tuple(plugins)

    def __getstate__(self) -> dict[str, object]:
        """Return the arguments of the constructor; a copy builds the rest again."""
        given = ("_given", "_rule_files", "_narrative_files", "_plugins")
        return {name: vars(self)[name] for name in given}

    @cached_property
    def extension(self) -> Extension | None:
        """The additions of the plugins; None, and nothing imported, without plugins."""
        plugins = as_plugins(self._plugins)
        if not plugins:
            return None
        from gischema.plugins.extension import Extension  # 8 ms, and mostly there is no plugin

        return Extension.load(plugins)

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The forms by id: the national ones oldest first, then those of plugins."""
        given = self._given if self._given is not None else national_forms()
        if self.extension is not None:
            return self.extension.forms(given)
        return {form.id: form for form in given}

    @cached_property
    def rules(self) -> RuleBook:
        """The rules."""
        files = self._rule_files if self._rule_files is not None else national_rules()
        if self.extension is not None:
            return self.extension.rules(files, self.forms)
        return RuleBook.load(files)

    @cached_property
    def readers(self) -> tuple[Reader, ...]:
        """The readers in the order in which they are tried."""
        return self.extension.readers(READERS) if self.extension is not None else READERS

    @cached_property
    def exporters(self) -> Mapping[str, Exporter]:
        """The formats that plugins add, by name."""
        return self.extension.exporters() if self.extension is not None else {}

    @property
    def plugins(self) -> tuple[ActivePlugin, ...]:
        """The loaded plugins by name, with their additions."""
        if self.extension is None:
            return ()
        self._ask_for_everything()
        return self.extension.active

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Diagnostics about plugins that were left out, with name and version."""
        if self.extension is None:
            return ()
        self._ask_for_everything()
        return self.extension.problems

    def _ask_for_everything(self) -> None:
        _ = self.forms, self.rules, self.readers, self.exporters
        if self.extension is not None and self.extension.adds_narrative:
            _ = self.narrative

    @cached_property
    def narrative(self) -> NarrativeGrammar:
        """The grammar of running text.

        Raises:
            OSError: A file cannot be opened.
            ValueError: A file has an error.
        """
        if self.extension is not None:
            return self.extension.narrative(self._narrative_files, self.forms)
        files = self._narrative_files
        return NarrativeGrammar.load(*files) if files else national_grammar()

    @cached_property
    def _index(self) -> LabelIndex:
        return LabelIndex.kept(self.forms.values())

    def read(self, source: Source) -> Document:
        """Return the document of a source: its text, with places. Exceptions as in `parse`."""
        return read(source, self.readers)

    def parse(self, source: Source, *, form: str | None = None, year: int | None = None) -> Report:
        """Return the report in a source.

        Args:
            source: A path, a file object, bytes, a text of several lines or a Document. A list of
                these is one report: a page and its attachments.
            form: The id of the form, instead of the one that the content determines.
            year: The report year, instead of the one that the source states.

        Raises:
            UnreadableSource: The source is no report.
            UnknownName: The form is unknown.
            OSError: A file cannot be opened.
        """
        return self._parse(self.read(source), form, year)

    def parse_text(self, text: str, *, form: str | None = None, year: int | None = None) -> Report:
        """Return the report in a text. Arguments and exceptions are those of `parse`."""
        return self._parse(read_text(text, readers=self.readers), form, year)

    def _parse(self, document: Document, form: str | None, year: int | None) -> Report:
        notes: list[Diagnostic] = []
        if self.extension is not None and form is None:
            form = self.extension.choose_form(document, self.forms, notes)
        chosen = self.form(form) if form is not None else None
        report = read_report(
            document, self.forms, self._index, self.narrative, form=chosen, year=year
        )
        if self.extension is not None:
            report = self.extension.completed(report, document, (*self.problems, *notes))
        return with_doubts(report)

    def check(
        self,
        report: Report,
        *,
        previous: Report | None = None,
        version: Report | None = None,
        below: Iterable[Report] = (),
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        settings: Settings | None = None,
    ) -> CheckResult:
        """Return the result of the rules of the report's form.

        The result is empty for a report without a known form.

        Args:
            report: The report to check.
            previous: Last year's report of the same body.
            version: Another version of the report.
            below: The reports of all bodies that the report includes.
            select: The codes of rules to use, or beginnings of codes; also one alone.
            ignore: The codes of rules not to use, in the same way.
            settings: The settings of a project. Its `select` applies unless `select` is given; its
                `ignore`, severities and waivers apply in addition.

        Raises:
            UnknownName: No rule has a given code.
        """
        reports = Reports(report, previous, version, tuple(below))
        return self._checked(reports, select, ignore, settings)

    def check_series(
        self,
        reports: Sequence[Report],
        *,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        settings: Settings | None = None,
    ) -> list[CheckResult]:
        """Return the result of the rules for each of several reports.

        Each report is compared with the report of the same body of the year before, and with an
        earlier one of the same year. The other arguments are those of `check`.
        """
        return [self._checked(each, select, ignore, settings) for each in self.series(reports)]

    def series(self, reports: Sequence[Report]) -> list[Reports]:
        """Return each report with those that `check_series` compares it with.

        To check them one by one: `check(each.own, previous=each.previous, version=each.version)`.
        """
        return series(reports)

    def require_rules(self, settings: Settings) -> None:
        """Raise UnknownName, with similar codes, if `settings` have the code of no rule."""
        self.rules.choose((*(settings.select or ()), *settings.ignore))
        self.rules.require((*settings.severity, *(one.rule for one in settings.waivers)))

    def compare(self, old: Report, new: Report) -> Comparison:
        """Return what changed between two years of a report, or between two versions of one.

        The comparison holds the figures that differ, the result of the rules about several reports,
        and the likeness of the chapters.
        """
        from gischema.comparison import compare  # 10 ms, for one command

        return compare(old, new, self._form_of(new), self.rules)

    def _checked(
        self,
        reports: Reports,
        select: Iterable[str] | None,
        ignore: Iterable[str],
        settings: Settings | None,
    ) -> CheckResult:
        if settings is not None:
            select = settings.select if select is None else select
            ignore = self.rules.choose(ignore) | self.rules.choose(settings.ignore)
            self.rules.require((*settings.severity, *(one.rule for one in settings.waivers)))
        form = self._form_of(reports.own)
        if form is None:
            return CheckResult((), (), ())
        result = check(reports, form, self.rules, select=select, ignore=ignore)
        return result if settings is None else settings.applied(result, reports.own)

    def derived(self, report: Report) -> tuple[Derived, ...]:
        """Return the shares and rates computed from the figures of a report (`docs/measures.md`).

        The result is empty for a report without a known form.
        """
        from gischema.measures import derive  # 4 ms, for one option

        form = self._form_of(report)
        return derive(report, form) if form is not None else ()

    def explain(self, code: str, lang: Literal["zh", "en"] = "zh") -> str:
        """Return the page about a rule or a diagnostic, in `zh` or `en`.

        Raises:
            UnknownName: The code is unknown.
        """
        return explain(code, self.rules, lang)

    def dumps(self, report: Report, *, indent: int | None = 2) -> str:
        """Return the report as JSON text; `loads` gives an equal report."""
        from gischema.output.report_json import dumps  # with cattrs, 8 ms

        return dumps(report, indent=indent)

    def loads(self, text: str | bytes) -> Report:
        """Return the report that `dumps` wrote.

        Raises:
            InvalidData: The text is no report. The message has the place of the error.
        """
        from gischema.output.report_json import loads  # with cattrs, 8 ms

        report = loads(text)
        form = self._form_of(report)
        return with_doubts(form.rebuild(report) if form is not None else report)

    def _form_of(self, report: Report) -> Form | None:
        if report.form is None:
            return None
        variant = f"{report.form}+{report.variant}" if report.variant else report.form
        return self.forms.get(variant) or self.forms.get(report.form)

    def form(self, form_id: str) -> Form:
        """Return the form of an id.

        Raises:
            UnknownName: There is no such form. The message lists the known ones.
        """
        if form_id not in self.forms:
            known = "、".join(self.forms)
            raise UnknownName(f"没有表式 {form_id}；现有：{known}", f"no form {form_id!r}")
        return self.forms[form_id]
