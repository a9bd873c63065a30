"""Run what a page of the docs shows, in the order of the page.

Blocks whose first line names a file (```` ```lark lakeside/lakeside.lark ````) are written, lines of
`console` blocks behind `$` are run, `pycon` blocks are one Python session. `...` in an output stands
for any text.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from gischema.cli.app import app

BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
_ALIKE = doctest.OutputChecker()
_OPTIONS = doctest.ELLIPSIS
_ALONE = {"convert", "summary", "serve"}
"""Commands that start processes of their own."""


class Walk:
    """A person who follows a page in a folder."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.locale = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[language]
        self.known: dict[str, object] = {"__name__": "__main__"}
        self.ran = 0
        self._programs()

    def follow(self, page: str) -> str:
        """Return the page with the outputs that its blocks have now."""
        return BLOCK.sub(self._block, page)

    def _block(self, block: re.Match[str]) -> str:
        kind, text = block["kind"], block["text"]
        if block["file"]:
            file = self.folder / block["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        elif kind == "console":
            return block[0].replace(text, "".join(self._console(text)))
        elif kind == "pycon":
            return block[0].replace(text, "".join(self._session(text)))
        return block[0]

    def _console(self, text: str) -> Iterator[str]:
        for command, shown in re.findall(r"^\$ (.*\n)((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            yield f"$ {command}"
            yield self._kept(shown, self._output(command.strip()))

    def _kept(self, shown: str, printed: str) -> str:
        self.ran += 1
        printed = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
        if _ALIKE.check_output(shown, printed, _OPTIONS):
            return shown
        lines = shown.splitlines(keepends=True), printed.splitlines(keepends=True)
        if len(lines[0]) != len(lines[1]):
            return printed
        alike = (
            (old, _ALIKE.check_output(old, new, _OPTIONS), new)
            for old, new in zip(*lines, strict=True)
        )
        return "".join(old if same else new for old, same, new in alike)

    def _output(self, command: str) -> str:
        first, *rest = shlex.split(command)
        if {"pip", "venv"} & {first, *rest}:
            return ""  # what is installed here is what the page installs
        plain = not re.search(r"[|<>;&*]", command)
        if first == "gischema" and plain and rest[0] not in _ALONE:
            done = CliRunner(env={"LC_ALL": self.locale}).invoke(app, rest, prog_name="gischema")
            if done.exception is not None and not isinstance(done.exception, SystemExit):
                raise done.exception
            return done.output
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8", "PATH": self.path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        ).stdout

    def _programs(self) -> None:
        """Put `gischema`, `python` and `pytest` of this environment in front of all others."""
        programs = self.folder.with_name(f"{self.folder.name}-bin")
        programs.mkdir()
        root = Path(__file__).resolve().parents[2]
        for name, run in {"gischema": "-m gischema", "python": "", "pytest": "-m pytest"}.items():
            program = programs / name
            lines = ["#!/bin/sh", f"export PYTHONPATH={root} LC_ALL={self.locale}"]
            lines.append(f'exec {sys.executable} {run} "$@"')
            program.write_text("\n".join(lines), "utf-8")
            program.chmod(0o755)
        self.path = f"{programs}{os.pathsep}{os.environ['PATH']}"

    def _session(self, text: str) -> Iterator[str]:
        for each in doctest.DocTestParser().get_examples(text):
            lines = each.source.rstrip("\n").split("\n")
            yield "".join(
                f"{'...' if at else '>>>'} {line}".rstrip() + "\n" for at, line in enumerate(lines)
            )
            yield self._kept(each.want, self._printed(each.source))

    def _printed(self, source: str) -> str:
        got: list[str] = []

        class Runner(doctest.DocTestRunner):
            def report_failure(
                self, _out: object, _test: object, _example: object, output: str
            ) -> None:
                got.append(output)

            def report_unexpected_exception(
                self, _out: object, _test: object, _example: object, error: tuple
            ) -> None:
                got.append(
                    f"Traceback (most recent call last):\n{error[0].__module__}.{error[0].__name__}: {error[1]}\n"
                )

        test = doctest.DocTest(
            [doctest.Example(source, "\0")], self.known, "page", None, None, None
        )
        Runner().run(test, clear_globs=False)
        self.known.update(test.globs)
        return "".join(got)
