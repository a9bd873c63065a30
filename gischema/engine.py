"""The engine: forms, rules, readers and plugins, and what can be done. Holds no state beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gischema.forms import national_forms
from gischema.forms.form import Form
from gischema.forms.label_index import LabelIndex
from gischema.pipeline import read_report
from gischema.plugins import InstalledPlugins, as_plugins
from gischema.reading import READERS, Document, Reader, Source, read, read_text
from gischema.report import Diagnostic, Report, with_doubts
from gischema.rules import CheckResult, Reports, RuleBook, check, national_rules, series

if TYPE_CHECKING:
    from gischema.comparison import Comparison
    from gischema.measures import Derived
    from gischema.narrative import NarrativeGrammar
    from gischema.output.exporter import Exporter
    from gischema.plugins.extension import Extension
    from gischema.plugins.plugin import ActivePlugin
    from gischema.settings import Settings


class Gischema:
    """A set of forms, rules and plugins. Engines are independent of each other, safe in threads.

    `forms` and `rules` (rule files) default to the national ones, `narrative` are TOML files that
    add wordings and clauses to those of running text (`docs/narrative.md`). `plugins` are modules
    or objects that implement hooks, paths of folders with grammars and rule files, or
    `gischema.InstalledPlugins()`; they are loaded when they are first needed. A plugin that fails
    is named in `problems` and in the diagnostics of every report.
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
        """What it was made of: a copy builds the rest anew, in this process or in another."""
        given = ("_given", "_rule_files", "_narrative_files", "_plugins")
        return {name: vars(self)[name] for name in given}

    @cached_property
    def extension(self) -> Extension | None:
        """What the plugins add; None without plugins, and then nothing of them is imported."""
        plugins = as_plugins(self._plugins)
        if not plugins:
            return None
        from gischema.plugins.extension import Extension

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
        """The readers in the order in which they are asked."""
        return self.extension.readers(READERS) if self.extension is not None else READERS

    @cached_property
    def exporters(self) -> Mapping[str, Exporter]:
        """The formats that plugins add, by name."""
        return self.extension.exporters() if self.extension is not None else {}

    @property
    def plugins(self) -> tuple[ActivePlugin, ...]:
        """The plugins that are active, by name, and what each adds."""
        if self.extension is None:
            return ()
        self._ask_for_everything()
        return self.extension.active

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the plugins: each is named, with its version, and left out."""
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
        """What running text is read with. Raises OSError, or ValueError for a wrong file."""
        if self.extension is not None:
            return self.extension.narrative(self._narrative_files, self.forms)
        from gischema.narrative import NarrativeGrammar, national_grammar

        files = self._narrative_files
        return NarrativeGrammar.load(*files) if files else national_grammar()

    @cached_property
    def _index(self) -> LabelIndex:
        return LabelIndex.kept(self.forms.values())

    def read(self, source: Source) -> Document:
        """The text of a source and where it stood. Raises as `parse` does."""
        return read(source, self.readers)

    def parse(self, source: Source, *, form: str | None = None, year: int | None = None) -> Report:
        """The report in a file (path or file object), bytes, a text of several lines or a Document.

        A list of these is one report: a page and its attachments. `form` and `year` overrule what
        the source says. Raises UnreadableSource if it is no report, ValueError for an unknown form,
        OSError if a file cannot be opened.
        """
        return self._parse(self.read(source), form, year)

    def parse_text(self, text: str, *, form: str | None = None, year: int | None = None) -> Report:
        """The report in a text; see `parse`."""
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
        """What the rules of the report's form say about it.

        `previous` is last year's report of the same body, `version` another version of this one,
        `below` the reports of all bodies that it includes. `select` and `ignore` are rule codes or
        beginnings of codes, or one of these alone. `settings` are the choices of a project: its
        `select` counts where none is given here, its `ignore`, severities and waivers in any case.
        A report without a known form has nothing to check. Raises ValueError for a code that no
        rule has.
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
        """What the rules say about each of several reports, one result a report.

        Each is held beside the report of the same body of the year before, and beside an earlier
        one of the same year. The rest as in `check`.
        """
        return [self._checked(each, select, ignore, settings) for each in self.series(reports)]

    def series(self, reports: Sequence[Report]) -> list[Reports]:
        """Return each report with those that `check_series` holds it against.

        To check them one by one: `check(each.own, previous=each.previous, version=each.version)`.
        """
        return series(reports)

    def require_rules(self, settings: Settings) -> None:
        """Raise ValueError, naming similar codes, if `settings` name a rule that there is not."""
        self.rules.choose((*(settings.select or ()), *settings.ignore))
        self.rules.require((*settings.severity, *(one.rule for one in settings.waivers)))

    def compare(self, old: Report, new: Report) -> Comparison:
        """What became of a report: of one year and the next, or of two versions of one.

        Gives the figures that differ, what the rules across reports say, and how like the texts of
        the chapters are.
        """
        from gischema.comparison import compare

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
        """The shares and rates that the figures of a report make: see `docs/measures.md`.

        A report without a known form has none.
        """
        from gischema.measures import derive

        form = self._form_of(report)
        return derive(report, form) if form is not None else ()

    def explain(self, code: str, lang: Literal["zh", "en"] = "zh") -> str:
        """The page about a rule or a diagnostic, in `zh` or `en`. Raises ValueError if unknown."""
        from gischema.output.explain import explain

        return explain(code, self.rules, lang)

    def dumps(self, report: Report, *, indent: int | None = 2) -> str:
        """The report as JSON text; `loads` gives an equal report."""
        from gischema.output.report_json import dumps

        return dumps(report, indent=indent)

    def loads(self, text: str | bytes) -> Report:
        """The report that `dumps` wrote. Raises ValueError, naming the place, if it is none."""
        from gischema.output.report_json import loads

        report = loads(text)
        form = self._form_of(report)
        return with_doubts(form.rebuild(report) if form is not None else report)

    def _form_of(self, report: Report) -> Form | None:
        if report.form is None:
            return None
        variant = f"{report.form}+{report.variant}" if report.variant else report.form
        return self.forms.get(variant) or self.forms.get(report.form)

    def form(self, form_id: str) -> Form:
        """The form of an id. Raises ValueError, naming the forms there are."""
        if form_id not in self.forms:
            known = "、".join(self.forms)
            raise ValueError(f"没有表式 {form_id}；现有：{known} (no form {form_id!r})")
        return self.forms[form_id]
