"""Checked reports, and the formats in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from gischema.output.language import Lang
from gischema.output.paint import Paint, plain
from gischema.output.words import ELSEWHERE
from gischema.report import Origin, Report

if TYPE_CHECKING:
    from gischema.rules import CheckResult, Finding, Rule


@frozen(eq=False, repr=False)
class Checked:
    """A report, what the rules found in it, and the text it was read from.

    `file` is the name by which it was asked for. `plain` tells whether lines and columns are those
    of the file itself; otherwise they are those of the text that was read out of it.
    """

    file: str
    text: str
    report: Report
    result: CheckResult
    plain: bool = True

    @property
    def uri(self) -> str:
        """The file as a relative reference with forward slashes."""
        return PurePath(self.file.replace("\\", "/")).as_posix()


@frozen(eq=False, repr=False)
class Frame:
    """What a format needs to know besides: language, all rules, and how text is to look.

    `many` tells whether the output may hold several files: each entry then names its own.
    """

    lang: Lang
    rules: tuple[Rule, ...]
    many: bool = False
    columns: int = 100
    paint: Paint = plain
    verbose: bool = False


Write: TypeAlias = Callable[[Iterable[Checked], Frame], Iterator[str]]


def writer(name: str) -> Write:
    """The function that writes checked reports in a format: `write` of the module `check_NAME`."""
    write: Write = import_module(f"gischema.output.check_{name}").write
    return write


def main_origin(finding: Finding) -> Origin | None:
    """Where a finding stands: at its culprit, else at the first figure of this report."""
    culprit = finding.culprit
    wrong = (culprit.path, culprit.source) if culprit is not None else None
    first = None
    for path, origin, source in zip(finding.paths, finding.origins, finding.sources, strict=True):
        if origin is None or source.startswith(ELSEWHERE):
            continue
        if (path, source) == wrong:
            return origin
        first = first or origin
    return first
