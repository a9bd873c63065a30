"""Reading many inputs: one bad file is named on stderr and the others go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click
from attrs import frozen

import gischema
from gischema.cli.inputs import EmptyFolder, Input, expand, several
from gischema.cli.streams import Progress
from gischema.output.language import Lang, message, say
from gischema.report import Report

CLEAN, FINDINGS, BAD_INPUT = 0, 1, 2


@frozen(eq=False, repr=False)
class Loaded:
    """A report that could be read; `file` is the name by which it was asked for."""

    file: str
    document: gischema.Document
    report: Report


class Run:
    """The inputs of one command. Iterate to read them; `failed` tells if any could not be."""

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
        self._progress = Progress(len(self._inputs))

    def inputs(self, names: tuple[str, ...]) -> list[Input | EmptyFolder]:
        """What arguments name; of a folder, the files that a reader of the engine takes."""
        suffixes = frozenset().union(*(reader.suffixes for reader in self.engine.readers))
        return list(expand(names, suffixes))

    def __len__(self) -> int:
        return 1 if self._together else len(self._inputs)

    def __iter__(self) -> Iterator[Loaded]:
        if self._together is None:
            yield from self._with_attachments()
        else:
            step = len(self._inputs) if self._together else 1
            for start in range(0, len(self._inputs), step):
                yield from self._tried(*self._inputs[start : start + step])
        self._progress.clear()

    def _with_attachments(self) -> Iterator[Loaded]:
        """A report without a table, and files that are named behind it and hold one, are one."""
        group: list[Loaded] = []
        for item in self._inputs:
            for loaded in self._tried(item):
                named = isinstance(item, Input) and item.named
                if group and not (named and is_attachment(loaded.report, group[0].report)):
                    yield self._joined(group)
                    group = []
                group.append(loaded)
                if loaded.report.stated and len(group) == 1:
                    yield group.pop()
        if group:
            yield self._joined(group)

    def _joined(self, group: list[Loaded]) -> Loaded:
        if len(group) == 1:
            return group[0]
        return self._parsed(group[0].file, [loaded.document for loaded in group])

    def _tried(self, *items: Input | EmptyFolder) -> Iterator[Loaded]:
        """The report in some inputs together, or a complaint."""
        try:
            yield self.load(*items)
        except Unreadable as error:
            self.complain(error)
        for _ in items:
            self._progress.step()

    def load(self, *items: Input | EmptyFolder) -> Loaded:
        """The report in one or several inputs. Raises Unreadable if there is none."""
        documents = [self._read(item) for item in items]
        return self._parsed(items[0].name, documents)

    def _read(self, item: Input | EmptyFolder) -> gischema.Document:
        if isinstance(item, EmptyFolder):
            zh, en = "文件夹中没有可读取的报告", "the folder holds no report that can be read"
            raise Unreadable(say(self.lang, f"{item.name}：{zh}", f"{item.name}: {en}"))
        try:
            return self.engine.read(sys.stdin.buffer if item.path is None else item.path)
        except gischema.UnreadableSource as error:
            raise Unreadable(message(error, self.lang)) from error
        except OSError as error:
            raise Unreadable(os_error(item.name, error, self.lang)) from error

    def _parsed(self, name: str, documents: list[gischema.Document]) -> Loaded:
        try:
            document = self.engine.read(documents)
            report = self.engine.parse(document, form=self._form, year=self._year)
        except gischema.UnreadableSource as error:
            raise Unreadable(message(error, self.lang)) from error
        return Loaded(name, document, report)

    def complain(self, error: Unreadable) -> None:
        """One line on stderr, which also decides the exit status."""
        self.note(str(error))
        self.failed = True

    def note(self, line: str) -> None:
        """Write one line to stderr; the exit status stays as it is."""
        self._progress.clear()
        click.echo(f"gischema: {line}", err=True)

    def save(self, name: str, text: str) -> None:
        """Writes a file; leaves with status 2, saying why, if it cannot be written."""
        try:
            Path(name).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            self.complain(Unreadable(os_error(name, error, self.lang)))
            self.exit()

    def tagged(self, loaded: Loaded) -> dict[str, str]:
        """`{"file": name}` where several files may be in the output, else nothing."""
        return {"file": loaded.file} if self.many else {}

    def exit(self, *, findings: bool = False) -> NoReturn:
        """Ends the command; unreadable input weighs more in the exit status than findings."""
        raise click.exceptions.Exit(BAD_INPUT if self.failed else FINDINGS if findings else CLEAN)


def is_attachment(report: Report, main: Report) -> bool:
    """Whether a report is the table that another one lacks: no title, and no other year."""
    return (
        not main.stated
        and bool(report.stated)
        and report.title is None
        and report.year in (None, main.year)
    )


def known_form(engine: gischema.Gischema, form_id: str) -> str:
    """The id of a form, if there is such a form; else the command ends with status 2."""
    try:
        return engine.form(form_id).id
    except ValueError as error:
        raise click.UsageError(str(error)) from error


class Unreadable(Exception):
    """An input that holds no report; `str()` is the line to print."""


def os_error(name: str, error: OSError, lang: Lang) -> str:
    """The line about a file that cannot be opened, for reading or for writing."""
    if isinstance(error, FileNotFoundError):
        zh, en = "没有这个文件，请检查文件名和路径", "no such file; check its name and path"
    elif isinstance(error, PermissionError):
        zh, en = (
            "没有权限，请检查文件和文件夹的权限",
            "no permission; check those of file and folder",
        )
    else:
        reason = error.strerror or str(error)
        zh, en = f"无法读写（{reason}）", f"cannot be read or written ({reason})"
    return say(lang, f"{name}：{zh}", f"{name}: {en}")
