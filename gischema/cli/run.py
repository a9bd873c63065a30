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
    ) -> None:
        if form is not None:
            known_form(engine, form)
        self.engine = engine
        self.lang: Lang = lang
        self.many = several(names)
        self.failed = False
        self._inputs = list(expand(names))
        self._form, self._year = form, year
        self._progress = Progress(len(self._inputs))

    def __len__(self) -> int:
        return len(self._inputs)

    def __iter__(self) -> Iterator[Loaded]:
        for item in self._inputs:
            try:
                yield self.load(item)
            except Unreadable as error:
                self.complain(error)
            self._progress.step()
        self._progress.clear()

    def load(self, item: Input | EmptyFolder) -> Loaded:
        """The report in `item`. Raises Unreadable if there is none."""
        if isinstance(item, EmptyFolder):
            zh, en = "文件夹中没有可读取的报告", "the folder holds no report that can be read"
            raise Unreadable(say(self.lang, f"{item.name}：{zh}", f"{item.name}: {en}"))
        try:
            document = self.engine.read(sys.stdin.buffer if item.path is None else item.path)
            report = self.engine.parse(document, form=self._form, year=self._year)
        except gischema.UnreadableSource as error:
            raise Unreadable(message(error, self.lang)) from error
        except OSError as error:
            raise Unreadable(os_error(item.name, error, self.lang)) from error
        return Loaded(item.name, document, report)

    def complain(self, error: Unreadable) -> None:
        """One line on stderr, which also decides the exit status."""
        self._progress.clear()
        click.echo(f"gischema: {error}", err=True)
        self.failed = True

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


def known_form(engine: gischema.Gischema, form_id: str) -> str:
    """The id of a form, if there is such a form; else the command ends with status 2."""
    try:
        return engine.form(form_id).id
    except ValueError as error:
        raise click.UsageError(str(error)) from error


class Unreadable(Exception):
    """An input that holds no report; `str()` is the line to print."""


def os_error(name: str, error: OSError, lang: Lang) -> str:
    """The line about a file that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        zh, en = "没有这个文件，请检查文件名和路径", "no such file; check its name and path"
    elif isinstance(error, PermissionError):
        zh, en = "没有读取权限，请检查文件权限", "no permission to read it; check its permissions"
    else:
        reason = error.strerror or str(error)
        zh, en = f"无法读取（{reason}）", f"cannot be read ({reason})"
    return say(lang, f"{name}：{zh}", f"{name}: {en}")
