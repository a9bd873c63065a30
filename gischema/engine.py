"""The engine: what is done with reports, by the forms, rules and readers of a registry."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from os import PathLike
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeAlias,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
    overload,
)

from attrs import evolve

from gischema.errors import InvalidData, InvalidSource
from gischema.folders import files_in
from gischema.forms.form import Form
from gischema.pipeline import ReportSteps, read_report
from gischema.reading import (
    Document,
    Single,
    Source,
    UnreadableSource,
    join_documents,
    read,
    read_text,
)
from gischema.registry import Registry, StrPath
from gischema.report import IN_TEXT, Diagnostic, Report, with_doubts
from gischema.rules import (
    CheckResult,
    Reports,
    check,
    check_without_form,
    series,
)
from gischema.rules.form_tables import table_of
from gischema.rules.vouching import needs_vouching, repairs, without_vouched
from gischema.tables.foreign_rows import foreign_rows
from gischema.tables.recognised import other_readings

if TYPE_CHECKING:
    from gischema.comparison import Comparison
    from gischema.forms import Art20Report2019, Art20Report2021, StatReport2014
    from gischema.forms.printed_names import PrintedNames
    from gischema.measures import Derived
    from gischema.plugins.inactive import InactiveForm
    from gischema.rules.missing_periods import MissingPeriod
    from gischema.settings.confirmed import ConfirmedReadings
    from gischema.settings.model import Settings
    from gischema.tracing import Trace

Result: TypeAlias = "Report | CheckResult | Comparison | Derived"
_R = TypeVar("_R", "Report", "CheckResult", "Comparison", "Derived")


class TextOptions(TypedDict, total=False):
    """What `parse_text` takes besides the text and its form."""

    year: int | None
    name: str | None


class ParseOptions(TextOptions, total=False):
    """What `parse` takes besides the source and its form."""

    confirmed: ConfirmedReadings | StrPath | None


class Gischema(Registry):
    """A set of forms, rules and plugins. Engines are independent of each other, safe in threads.

    Plugins are loaded when they are first needed. One that fails is left out, with a diagnostic in
    `problems` and in every report.

    Args:
        forms: The forms; the national ones by default.
        extra_rules: Rule files that add to the national rules.
        only_rules: Rule files that replace the national rules.
        narrative: TOML files that add wordings and clauses to those of running text
            (`docs/en/reference/narrative.md`).
        plugins: Modules or objects that implement hooks, paths of folders with grammars and rule
            files, of one such file or of a Python file, or `gischema.InstalledPlugins()`.
    """

    def read(self, source: Source, *, name: str | None = None) -> Document:
        """Return the document of a source: its text, with places.

        Arguments and exceptions are those of `parse`.
        """
        if not isinstance(source, (list, tuple)):
            document = read(cast(Single, source), self.readers, name=name)
            try:
                self._require_same_report(document.parts)
            except InvalidSource as error:
                raise UnreadableSource(
                    document.name, error.message, error.message_en, "unsupported"
                ) from error
            return document
        if not source:
            raise InvalidSource("没有要读取的文件", "no source")
        documents = [read(one, self.readers) for one in source]
        self._require_same_report(documents)
        joined = join_documents(documents)
        return joined if name is None else evolve(joined, name=name)

    def _require_same_report(self, documents: Sequence[Document]) -> None:
        if len(documents) > 1:
            from gischema.same_report import require_same_report  # most reports are one file

            require_same_report(documents, self._indexes.without(), self.narrative)

    @overload
    def parse(
        self, source: Source, *, form: Literal["stat-2014"], **options: Unpack[ParseOptions]
    ) -> StatReport2014: ...
    @overload
    def parse(
        self, source: Source, *, form: Literal["art20-2019"], **options: Unpack[ParseOptions]
    ) -> Art20Report2019: ...
    @overload
    def parse(
        self, source: Source, *, form: Literal["art20-2021"], **options: Unpack[ParseOptions]
    ) -> Art20Report2021: ...
    @overload
    def parse(
        self, source: Source, *, form: str | None = None, **options: Unpack[ParseOptions]
    ) -> Report: ...
    def parse(
        self,
        source: Source,
        *,
        form: str | None = None,
        year: int | None = None,
        name: str | None = None,
        confirmed: ConfirmedReadings | StrPath | None = None,
    ) -> Report:
        """Return the report in a source.

        The class of the report is that of its form. A type checker knows its typed sections by
        `form` or by `isinstance`.

        Args:
            source: A path (a `str` is a path), a file object, bytes or a Document. A list of these
                is one report: a page and its attachments. `parse_text` reads a text.
            form: The id of the form, instead of the one that the content determines.
            year: The report year, instead of the one that the source states.
            name: The name of the source, for `source_name` and messages.
            confirmed: Readings of this and other sources that a person has confirmed, or their
                file. They replace the figures of their paths.

        Raises:
            UnreadableSource: The source is no report.
            InvalidSource: A string is no path, or a list holds files of different reports.
            UnknownName: The form is unknown.
            SettingsError: The file of confirmed readings cannot be used.
            OSError: A file cannot be opened.
        """
        if isinstance(confirmed, (str, PathLike)):
            from gischema.settings.confirmed import load_confirmed  # few callers have one

            confirmed = load_confirmed(confirmed)
        return self._parse(self.read(source, name=name), form, year, confirmed)

    @overload
    def parse_text(
        self, text: str, *, form: Literal["stat-2014"], **options: Unpack[TextOptions]
    ) -> StatReport2014: ...
    @overload
    def parse_text(
        self, text: str, *, form: Literal["art20-2019"], **options: Unpack[TextOptions]
    ) -> Art20Report2019: ...
    @overload
    def parse_text(
        self, text: str, *, form: Literal["art20-2021"], **options: Unpack[TextOptions]
    ) -> Art20Report2021: ...
    @overload
    def parse_text(
        self, text: str, *, form: str | None = None, **options: Unpack[TextOptions]
    ) -> Report: ...
    def parse_text(
        self,
        text: str,
        *,
        form: str | None = None,
        year: int | None = None,
        name: str | None = None,
    ) -> Report:
        """Return the report in a text. Arguments and exceptions are those of `parse`."""
        return self._parse(read_text(text, name, self.readers), form, year)

    def parse_folder(
        self,
        folder: StrPath,
        *,
        jobs: int = 1,
        form: str | None = None,
        year: int | None = None,
    ) -> Iterator[tuple[Path, Report | Exception]]:
        """Yield each file of a folder with its report, or with the error that it gave.

        The files are those that some reader accepts, in the folders below too, sorted by name.
        Whatever a file does, the others go on; only some reports are in memory at a time.

        Args:
            folder: The folder.
            jobs: The number of processes. With more than one, the script that calls this needs
                `if __name__ == "__main__":` where processes are not forked.
            form: The id of the form of all reports, as in `parse`.
            year: The year of all reports, as in `parse`.

        Raises:
            UnknownName: The form is unknown.
            OSError: There is no such folder, or it cannot be listed.
        """
        if jobs < 1:
            raise ValueError(f"expected at least one job, not {jobs}")
        if form is not None:
            self.form(form)
        _ = next(Path(folder).iterdir(), None)
        return self._parse_folder(folder, jobs, form, year)

    def _parse_folder(
        self, folder: StrPath, jobs: int, form: str | None, year: int | None
    ) -> Iterator[tuple[Path, Report | Exception]]:
        from gischema.parallel import outcomes  # 10 ms, for one function

        suffixes = frozenset().union(*(reader.suffixes for reader in self.readers))
        parse = partial(_parse_in_process, pickle.dumps(self) if jobs > 1 else self, form, year)
        for file, outcome in outcomes(parse, files_in(folder, suffixes), jobs):
            yield (Path(file.filename) if isinstance(file, OSError) else file), outcome

    def _parse(
        self,
        document: Document,
        form: str | None,
        year: int | None,
        confirmed: ConfirmedReadings | None = None,
    ) -> Report:
        return self._read_steps(document, form, year, confirmed)[0]

    def _read_steps(
        self,
        document: Document,
        form: str | None,
        year: int | None,
        confirmed: ConfirmedReadings | None,
    ) -> tuple[Report, ReportSteps]:
        """Return the report in a document, and what the steps that read it gave."""
        notes: list[Diagnostic] = []
        if self.extension is not None and form is None:
            form = self.extension.choose_form(document, self.forms, notes)
        chosen = self.form(form) if form is not None else None
        if year is not None and not isinstance(year, int):
            raise TypeError(f"expected a year as int, not {type(year).__name__}")
        steps = read_report(
            document, self._indexes, self.narrative, added=self._added, form=chosen, year=year
        )
        report = steps.report
        if self.extension is not None:
            report = self.extension.completed(report, document, (*self._left_out, *notes))
        if steps.evidence.unknown + steps.evidence.ahead:
            notes = self._about_unknown_rows(steps)
            report = evolve(report, diagnostics=(*report.diagnostics, *notes))
        if needs_vouching(report) and (form_of_report := self._form_of(report)) is not None:
            vouched = without_vouched(report, form_of_report, self.rules)
            readings = other_readings(document, report.figures)
            found = repairs(report, form_of_report, self.rules, readings) if readings else ()
            report = evolve(vouched, diagnostics=(*vouched.diagnostics, *found))
        if confirmed is not None:
            report = confirmed.applied(report, document.digests)
        return with_doubts(report), steps

    def _about_unknown_rows(self, steps: ReportSteps) -> list[Diagnostic]:
        """Return what is to be said about rows that no active form has."""
        from gischema.plugins.inactive import rows_without_form  # few pages have such rows

        inactive, unread = self._inactive, steps.tables.unknown
        rows = list(foreign_rows(steps.printed)) if inactive else []
        return list(rows_without_form(rows, unread, steps.report.form, inactive, steps.places))

    @cached_property
    def _inactive(self) -> tuple[InactiveForm, ...]:
        """The forms that come with the package and are not active."""
        from gischema.plugins.inactive import inactive_forms  # as above

        plugins = self.extension.plugins.active if self.extension is not None else ()
        return inactive_forms({plugin.name for plugin in plugins}, self.forms, self.rules)

    def trace(
        self,
        source: Source,
        path: str,
        *,
        form: str | None = None,
        year: int | None = None,
        confirmed: ConfirmedReadings | None = None,
    ) -> Trace:
        """Return why the value at a path stands in the report of a source.

        It has the places where it is printed, how its row and column were recognised, what else it
        may be, the doubts about it and the rules that use it. The source is read for it.

        Args:
            source: The source, as `parse` takes it.
            path: The path; `narrative PATH` is the same.
            form: The id of the form, as in `parse`.
            year: The year, as in `parse`.
            confirmed: Readings that a person has confirmed.

        Raises:
            UnknownName: The report does not have the path. The message lists similar ones.
            UnreadableSource: The source is no report.
        """
        from gischema.tracing import trace_figure  # for one command

        report, steps = self._read_steps(self.read(source), form, year, confirmed)
        known = self._form_of(report)
        path = path.removeprefix(IN_TEXT)
        rules = check(report, known, self.rules, about=path) if known is not None else None
        return trace_figure(path, report, steps, known, rules)

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

        A report without a known form has no result of rules: its verdict is `incomplete`, or it
        has the one finding that it has no tables.

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
        below = tuple(below)
        _require_reports(report, *(one for one in (previous, version) if one is not None), *below)
        reports = Reports(report, previous, version, below)
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
        _require_reports(*reports)
        return [self._checked(each, select, ignore, settings) for each in self.series(reports)]

    def series(self, reports: Sequence[Report]) -> list[Reports]:
        """Return each report with those that `check_series` compares it with.

        To check them one by one: `check(each.own, previous=each.previous, version=each.version)`.
        """
        return series(reports)

    def missing_periods(self, reports: Sequence[Report]) -> list[MissingPeriod]:
        """Return the years, halves, quarters and months that no report is about, between others.

        Reports of a body on parts of one length are a series.
        """
        from gischema.rules.missing_periods import missing_periods  # 1 ms, for one option

        _require_reports(*reports)
        return list(missing_periods(reports))

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

        _require_reports(old, new)
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
            result = check_without_form(reports.own, self.rules, select=select, ignore=ignore)
        else:
            result = check(reports, form, self.rules, select=select, ignore=ignore)
        result = evolve(result, about=reports.own.about, diagnostics=reports.own.diagnostics)
        return result if settings is None else settings.applied(result, reports.own)

    def derived(self, report: Report) -> tuple[Derived, ...]:
        """Return the shares and rates computed from the figures of a report.

        The result is empty for a report without a known form.
        """
        from gischema.measures import derive  # 4 ms, for one option

        _require_reports(report)
        form = self._form_of(report)
        return derive(report, form, self.measures) if form is not None else ()

    def describe(self, report: Report, path: str) -> str:
        """Return a figure of a table as a person would say it, with the names of its form.

        `表三 一、… / … = 60 件`; without a known form, or for a row that the form does not have,
        what `str(figure)` is.

        Raises:
            UnknownName: Neither report nor form has the path.
        """
        _require_reports(report)
        figure, form = report.figure(path), self._form_of(report)
        cell = self.rules.bound(form).view.names.cell(path) if form is not None else None
        if form is None or cell is None:
            return str(figure)
        words = " / ".join(name for name in cell if name)
        return figure.described(f"{table_of(form, path).name.zh} {words}")

    def explain(self, code: str, lang: Literal["zh", "en"] = "zh", *, verbose: bool = False) -> str:
        """Return the page about a rule or a diagnostic, in `zh` or `en`.

        The check of a rule is a sentence with the labels of a form; `verbose` adds the expression,
        the message and the examples of the rule file.

        Raises:
            UnknownName: The code is unknown.
        """
        from gischema.output.explain import explain  # 1 ms, for one command

        return explain(code, self.rules, self.forms, lang, verbose=verbose)

    def dumps(self, item: Result | Sequence[Result], *, indent: int | None = 2) -> str:
        """Return a report, a check, a comparison or a derived measure as JSON text.

        `loads` gives an equal object. A list or tuple becomes an array, which `loads_all` reads.
        """
        from gischema.output.result_json import dumps  # with cattrs, 8 ms

        return dumps(item, indent=indent)

    @overload
    def loads(self, text: str | bytes) -> Report: ...
    @overload
    def loads(self, text: str | bytes, kind: type[_R]) -> _R: ...
    def loads(self, text: str | bytes, kind: type[Any] = Report) -> Any:
        """Return what `dumps` wrote: a report, or `loads(text, CheckResult)`.

        Raises:
            InvalidData: The text is of another kind. The message has the place of the error.
        """
        from gischema.output.result_json import parsed  # with cattrs, 8 ms

        return self._loaded(parsed(text), kind)

    @overload
    def loads_all(self, text: str | bytes) -> list[Report]: ...
    @overload
    def loads_all(self, text: str | bytes, kind: type[_R]) -> list[_R]: ...
    def loads_all(self, text: str | bytes, kind: type[Any] = Report) -> list[Any]:
        """Return the objects in a JSON array, as `loads` does for one.

        Raises:
            InvalidData: The text is no array, or an item is of another kind.
        """
        from gischema.output.result_json import parsed  # with cattrs, 8 ms

        items = parsed(text)
        if not isinstance(items, list):
            raise InvalidData("应为 JSON 数组", "expected an array")
        return [self._loaded(item, kind) for item in items]

    def _loaded(self, data: Any, kind: type[Any]) -> Any:
        from gischema.measures import Derived  # as above
        from gischema.output.result_json import structure  # with cattrs, 8 ms

        found = structure(data, kind, self.measures if kind is Derived else ())
        if not isinstance(found, Report):
            return found
        form = self._form_of(found)
        return with_doubts(form.rebuild(found) if form is not None else found)

    def printed_names(self, report: Report) -> PrintedNames | None:
        """Return the names of rows and cells in messages, None without a known form."""
        form = self._form_of(report)
        return self.rules.bound(form).view.names if form is not None else None

    def _form_of(self, report: Report) -> Form | None:
        if report.form is None:
            return None
        variant = f"{report.form}+{report.variant}" if report.variant else report.form
        return self.forms.get(variant) or self.forms.get(report.form)


def _require_reports(*reports: Report) -> None:
    """Raise TypeError if something is no report, such as a path that was not parsed."""
    for report in reports:
        if not isinstance(report, Report):
            raise TypeError(f"expected a Report, as parse gives, not {type(report).__name__}")


def _parse_in_process(
    engine: Gischema | bytes, form: str | None, year: int | None, file: Path | OSError
) -> Report:
    """Return the report in a file; raise the error of a folder that cannot be listed.

    Args:
        engine: The engine, pickled for another process, which keeps the one that it restores.
        form: The id of the form.
        year: The year.
        file: The file, or the error.
    """
    if isinstance(file, OSError):
        raise file
    if isinstance(engine, bytes):
        engine = _restored(engine)
    return engine.parse(file, form=form, year=year)


@lru_cache(maxsize=1)
def _restored(engine: bytes) -> Gischema:
    restored: Gischema = pickle.loads(engine)
    return restored
