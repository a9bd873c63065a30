"""Checked reports, and the formats in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol, cast

from attrs import field, frozen

from gischema.filenames import displayed
from gischema.forms.printed_names import PrintedNames
from gischema.output.cell_names import CellNames
from gischema.output.failed import Failed
from gischema.output.language import Lang, say
from gischema.output.paint import Paint, plain
from gischema.output.places import place
from gischema.output.settings_used import SettingsUsed
from gischema.output.words import ELSEWHERE
from gischema.report import Origin, Report

if TYPE_CHECKING:
    from gischema.comparison import Comparison
    from gischema.rules import CheckResult, Finding, Rule


@frozen
class Checked:
    """A report, the result of its check, and the text it was read from.

    Attributes:
        file: The name of the file as given by the user.
        text: The source text.
        report: The report.
        result: The result of the check.
        kind: The kind of its reader: `text`, `docx`, `html` …
        printed: The names of the form, None if it is not known.
        comparison: What changed since another report of the body, None if there is none.
        picture: Returns a PNG of a place in a scanned file, None if there is none.
    """

    file: str
    text: str
    report: Report
    result: CheckResult
    kind: str = "text"
    printed: PrintedNames | None = None
    comparison: Comparison | None = None
    picture: Callable[[Origin], bytes | None] | None = None

    @property
    def plain(self) -> bool:
        """True if lines and columns are those of the file, not those of text extracted from it."""
        return self.kind == "text"

    @property
    def names(self) -> CellNames:
        """The names of the figures in messages."""
        return CellNames(self.report, self.printed)

    @property
    def name(self) -> str:
        """The name of the file for display."""
        return displayed(self.file)

    def advice(self, lang: Lang) -> str | None:
        """Return what to do about tables that were not read; None if nothing is known to help."""
        figures = (figure.origin for figure in self.report.figures)
        origins = (*figures, *(each.origin for each in self.report.diagnostics))
        pages = any(each is not None and each.page is not None for each in origins)
        if not (self.result.unread and pages):
            return None
        zh = "请改用 Word 或 Excel 原件再校验：PDF 中的表格没有读准"
        en = "check the Word or Excel file instead: the tables of the PDF are in doubt"
        return say(lang, zh, en)

    @property
    def path(self) -> str:
        """The name of the file for display, with forward slashes."""
        return displayed(with_slashes(self.file))

    def unread_line(self, lang: Lang) -> str | None:
        """Return the line that says which tables were not read; None if all were."""
        unread = self.result.unread
        if not unread:
            return None
        zh = "、".join(dict.fromkeys(each.name for each in unread))
        en = ", ".join(dict.fromkeys(each.name_en for each in unread))
        return say(
            lang,
            f"未读出{zh}，不能据此认为勾稽关系成立",
            f"not read: {en}; the report cannot be said to balance",
        )


@frozen
class Frame:
    """Settings of an output: language, all rules, and the looks of text.

    `many` is True if the output may hold several files: each entry then has the name of its file.
    """

    lang: Lang
    rules: tuple[Rule, ...]
    many: bool = False
    columns: int = 100
    paint: Paint = plain
    verbose: bool = False
    settings: SettingsUsed = field(factory=SettingsUsed)


class Format(Protocol):
    """A module `check_NAME`, which writes checked reports in the format NAME."""

    def entry(self, item: Checked, frame: Frame, /) -> Any:
        """Return the output about one report.

        Only this function uses the report, so that an exception concerns this report alone.
        """

    def failed(self, file: Failed, frame: Frame, /) -> Any:
        """Return the output about a file without a result; None if nothing is."""

    def document(self, entries: Iterable[Any], frame: Frame, /) -> Iterator[str]:
        """Yield the output piece by piece, as the entries arrive."""


def format_of(name: str) -> Format:
    """Return the format of that name."""
    return cast(Format, import_module(f"gischema.output.check_{name}"))


def written(format: Format, outcomes: Iterable[Any | Failed], frame: Frame) -> Iterator[str]:
    """Yield an output piece by piece; `outcomes` are entries and files without a result."""
    entries = (format.failed(e, frame) if isinstance(e, Failed) else e for e in outcomes)
    yield from format.document((entry for entry in entries if entry is not None), frame)


def with_slashes(file: str) -> str:
    """Return the name of a file with forward slashes."""
    return PurePath(file.replace("\\", "/")).as_posix()


def main_origin(finding: Finding) -> Origin | None:
    """Return the place of a finding: its culprit, else the first figure of this report."""
    main = _main_operand(finding)
    return main[1] if main is not None else None


def main_place(item: Checked, finding: Finding, lang: Lang) -> str:
    """Return the place of a finding as a person finds it in the file; empty if it has none."""
    main = _main_operand(finding)
    if main is None:
        return ""
    path, origin, source = main
    return item.names.place(path, origin, lang) if source == "table" else place(origin, lang)


def _main_operand(finding: Finding) -> tuple[str, Origin, str] | None:
    """Return the path, origin and source of the culprit, else of the first figure."""
    culprit = finding.culprit
    wrong = (culprit.path, culprit.source) if culprit is not None else None
    first = None
    for path, origin, source in zip(finding.paths, finding.origins, finding.sources, strict=True):
        if origin is None or source.startswith(ELSEWHERE):
            continue
        if (path, source) == wrong:
            return path, origin, source
        first = first or (path, origin, source)
    return first
