"""Read many inputs: a bad file gives one line on stderr and the others go on."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, NoReturn, TypeVar

import click
from attrs import evolve

import gischema
from gischema.cli.inputs import STDIN, ClosedFolder, EmptyFolder, Found, Input, expand, several
from gischema.cli.output_file import save
from gischema.cli.streams import Progress, complain
from gischema.cli.usage import WrongUsage
from gischema.filenames import displayed
from gischema.output.columns import aligned
from gischema.output.failed import Failed
from gischema.output.language import Lang, say
from gischema.report import AboutReport, Report

if TYPE_CHECKING:
    from gischema.tracing import Trace

CLEAN, FINDINGS, BAD_INPUT = 0, 1, 2
T = TypeVar("T")


class Loaded(NamedTuple):
    """A report that was read; `file` is the name of the file as given by the user."""

    file: str
    document: gischema.Document
    report: Report

    @property
    def name(self) -> str:
        """The name of the file for display."""
        return displayed(self.file)

    @property
    def about(self) -> AboutReport:
        """What identifies the report, with the name of the file for display."""
        return evolve(self.report.about, file=self.name)


class Run:
    """The inputs of one command, read one by one.

    Any exception of a reader, parser, rule or format gives a line on stderr and a `Failed` in place
    of the file; the other files go on. `failed` becomes True.
    """

    def __init__(
        self,
        engine: gischema.Gischema,
        names: tuple[str, ...],
        *,
        form: str | None,
        year: int | None,
        lang: Lang,
        together: bool | None = None,
    ) -> None:
        if form is not None:
            known_form(engine, form)
        self.engine = engine
        self.lang: Lang = lang
        self.many = several(names) and not together
        self.failed = False
        self._inputs = self.inputs(names)
        self._together = together
        self._form, self._year = form, year
        self._confirmed: gischema.ConfirmedReadings | None = None
        self._progress = Progress(len(self._inputs))
        self._kinds: Counter[tuple[str, bool]] = Counter()
        """How many files of each kind of a folder were read (True) and were not."""

    def confirm(self, file: str) -> None:
        """Apply the confirmed readings of a file; end with status 2 if it cannot be used."""
        try:
            self._confirmed = gischema.load_confirmed(file)
        except gischema.SettingsError as error:
            raise click.UsageError(say(self.lang, error.message, error.message_en)) from error

    def inputs(self, names: tuple[str, ...]) -> list[Found]:
        """Return the inputs of arguments; of a folder, the files that some reader accepts."""
        suffixes = frozenset().union(*(reader.suffixes for reader in self.engine.readers))
        return list(expand(names, suffixes))

    def __len__(self) -> int:
        return 1 if self._together else len(self._inputs)

    def __iter__(self) -> Iterator[Loaded]:
        """Yield the reports that were read."""
        return (each for each in self.loads() if isinstance(each, Loaded))

    def loads(self) -> Iterator[Loaded | Failed]:
        """Yield each report, or its `Failed`."""
        try:
            if self._together is None:
                yield from self._with_attachments()
            else:
                step = len(self._inputs) if self._together else 1
                for start in range(0, len(self._inputs), step):
                    yield from self._tried(*self._inputs[start : start + step])
        finally:
            self._progress.clear()

    def outcomes(self, make: Callable[[Loaded], T]) -> Iterator[T | Failed]:
        """Yield the result of `make` for each report, or its `Failed`.

        Code that may raise because of a file belongs into `make`, such as that of an output.
        """
        for each in self.loads():
            if isinstance(each, Failed):
                yield each
            else:
                yield self.attempt(each.file, partial(make, each))

    def made(self, make: Callable[[Loaded], T]) -> Iterator[T]:
        """Yield the result of `make` for each report; failures are only reported on stderr."""
        return (each for each in self.outcomes(make) if not isinstance(each, Failed))

    def attempt(self, file: str, do: Callable[[], T]) -> T | Failed:
        """Return the result of `do`; if it raises, a `Failed`, with a line on stderr."""
        try:
            return do()
        except gischema.UnreadableSource as error:
            failed = Failed.unreadable(file, error.why, error.why_en)
        except gischema.InvalidSource as error:
            failed = Failed.unreadable(file, error.message, error.message_en)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other files go on
            failed = Failed.crashed(file, error)
        self.complain(failed.line(self.lang))
        return failed

    def _with_attachments(self) -> Iterator[Loaded | Failed]:
        """Yield reports; join one without a table with the tables in the files listed after it."""
        group: list[Loaded] = []
        for item in self._inputs:
            for loaded in self._tried(item):
                if isinstance(loaded, Failed):
                    yield loaded
                    continue
                named = isinstance(item, Input) and item.named
                if group and not (named and is_attachment(loaded.report, group[0].report)):
                    yield self._joined(group)
                    group = []
                group.append(loaded)
                if loaded.report.figures and len(group) == 1:
                    yield group.pop()
        if group:
            yield self._joined(group)

    def _joined(self, group: list[Loaded]) -> Loaded | Failed:
        if len(group) == 1:
            return group[0]
        return self._parsed(group[0].file, [loaded.document for loaded in group])

    def _tried(self, *items: Found) -> Iterator[Loaded | Failed]:
        """Yield the report in some inputs together, or each of them that failed."""
        read = [self._read(item) for item in items]
        self._count_kinds(items, read)
        failed = [each for each in read if isinstance(each, Failed)]
        if failed:
            folders = {item.name for item in items if isinstance(item, EmptyFolder)}
            yield from (each for each in failed if each.file not in folders)
        else:
            documents = [each for each in read if not isinstance(each, Failed)]
            yield self._parsed(items[0].name, documents)
        for _ in items:
            self._progress.step()

    def _count_kinds(
        self, items: Sequence[Found], read: Sequence[gischema.Document | Failed]
    ) -> None:
        for item, found in zip(items, read, strict=True):
            if isinstance(item, Input) and not item.named:
                is_read = not isinstance(found, Failed)
                kind = (
                    PurePath(item.name).suffix.lower() if isinstance(found, Failed) else found.kind
                )
                self._kinds[kind.lstrip("."), is_read] += 1

    def load(self, item: Found) -> Loaded | Failed:
        """Return the report in one input."""
        document = self._read(item)
        if isinstance(document, Failed):
            return document
        return self._parsed(item.name, [document])

    def _read(self, item: Found) -> gischema.Document | Failed:
        return self.attempt(item.name, partial(self._document, item))

    def _document(self, item: Found) -> gischema.Document:
        if isinstance(item, EmptyFolder):
            zh, en = "文件夹中没有可读取的报告", "the folder holds no report that can be read"
            raise gischema.UnreadableSource(item.name, zh, en, "not_a_report")
        try:
            if isinstance(item, ClosedFolder):
                raise item.error
            return self.engine.read(_stdin() if item.path is None else item.path)
        except OSError as error:
            raise gischema.UnreadableSource(item.name, *os_error(error)) from error

    def _parsed(self, file: str, documents: list[gischema.Document]) -> Loaded | Failed:
        def parsed() -> Loaded:
            document = self.engine.read(documents)
            report = self.engine.parse(
                document, form=self._form, year=self._year, confirmed=self._confirmed
            )
            self._note_unused(document, report)
            return Loaded(file, document, report)

        return self.attempt(file, parsed)

    def trace(self, loaded: Loaded, path: str) -> Trace:
        """Return why the value at a path stands in a report. Raises InvalidSource if none does."""
        try:
            return self.engine.trace(
                loaded.document, path, form=self._form, year=self._year, confirmed=self._confirmed
            )
        except gischema.UnknownName as error:
            raise gischema.InvalidSource(error.message, error.message_en) from error

    def _note_unused(self, document: gischema.Document, report: Report) -> None:
        """List the confirmed readings of a file whose paths its report does not have."""
        for one in self._confirmed.readings if self._confirmed is not None else ():
            used = report.by_path.get(one.path) or report.declared.get(one.path)
            if one.source in document.digests and (used is None or used.reading != "confirmed"):
                name = displayed(document.name or "?")
                zh, en = (
                    f"{name}：未用到的确认：{one.path}",
                    f"{name}: unused confirmation: {one.path}",
                )
                self.note(say(self.lang, zh, en))

    def complain(self, line: str) -> None:
        """Print one line on stderr; the exit status becomes 2."""
        self.note(line)
        self.failed = True

    def note(self, line: str) -> None:
        """Print one line on stderr; the exit status stays as it is."""
        self._progress.clear()
        complain(line)

    def save(self, name: str, text: str) -> None:
        """Write a file; end with status 2 and a message if it cannot be written."""
        try:
            save(name, [text])
        except OSError as error:
            self.complain(Failed.unreadable(name, *os_error(error)).line(self.lang))
            self.exit()

    def kinds(self) -> Iterator[str]:
        """Yield a table of the kinds of files in folders, with the numbers read and not read."""
        if self._kinds:
            heads = say(self.lang, "种类 读出 未读出", "kind read unread").split()
            rows = [
                [kind, str(self._kinds[kind, True]), str(self._kinds[kind, False])]
                for kind in sorted({kind for kind, _ in self._kinds})
            ]
            yield "\n" + aligned([heads, *rows], right=(1, 2))

    def exit(self, *, findings: bool = False) -> NoReturn:
        """End the command; in the exit status unreadable input takes precedence over findings."""
        raise click.exceptions.Exit(BAD_INPUT if self.failed else FINDINGS if findings else CLEAN)


def is_attachment(report: Report, main: Report) -> bool:
    """Return True if a report is the missing table of another: no title, and no other year."""
    return (
        not main.figures
        and bool(report.figures)
        and report.title is None
        and report.year in (None, main.year)
    )


def known_form(engine: gischema.Gischema, form_id: str) -> str:
    """Return the id of a form; end with status 2 if there is no such form."""
    try:
        return engine.form(form_id).id
    except ValueError as error:
        raise WrongUsage.by(error) from error


def os_error(error: OSError) -> tuple[str, str]:
    """Return the reason in both languages why a file cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件，请检查文件名和路径", "no such file; check its name and path"
    if isinstance(error, PermissionError):
        return (
            "没有权限，请检查文件和文件夹的权限",
            "no permission; check those of file and folder",
        )
    reason = error.strerror or str(error)
    return f"无法读写（{reason}）", f"cannot be read or written ({reason})"


def _stdin() -> BinaryIO:
    """Return standard input.

    Raises:
        UnreadableSource: The process was started without standard input.
    """
    if sys.stdin is None:
        raise gischema.UnreadableSource(
            STDIN, "标准输入已关闭，没有可读取的内容", "standard input is closed"
        )
    return sys.stdin.buffer
