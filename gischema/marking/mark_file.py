"""Check a file and put remarks into a copy of it."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from os import PathLike
from pathlib import Path, PurePath
from typing import Protocol, cast

from attrs import frozen

from gischema.api import default_engine
from gischema.engine import Gischema
from gischema.errors import MissingPackage
from gischema.marking.remarks import Remarks, remarks_on
from gischema.output.checked import Frame
from gischema.output.language import Lang
from gischema.output.settings_used import SettingsUsed
from gischema.reading import UnreadableSource
from gischema.report import Report
from gischema.rules import CheckResult
from gischema.settings.model import Settings
from gischema.viewer import checked

_ADDITION = re.compile(r"（已批注\d*）\Z")
"""What the name of a file with remarks ends with, before its suffix."""

_SIGNED = re.compile(rb"gischema( \d+\n)?\Z")
_LONGEST = 40
"""What our files end with, and its longest form: other programs write other ends."""

_KINDS = {"docx": "word", "xlsx": "excel", "html": "page", "pdf": "pdf"}
"""The module that writes remarks into the files of each reader."""

MARKABLE = frozenset(_KINDS)
"""The readers whose files take remarks."""


class FileMarker(Protocol):
    """A module that writes remarks into one kind of file."""

    def without_own_remarks(self, data: bytes, /) -> bytes:
        """Return a file without the remarks of an earlier run."""

    def with_remarks(self, data: bytes, remarks: Remarks, /, *, suggest: bool) -> bytes:
        """Return a file with remarks; those of an earlier run are replaced."""


@frozen
class Marked:
    """A copy of a file with remarks.

    Attributes:
        name: The name for the copy, without a folder.
        data: Its content.
        report: The report in the file.
        result: The result of its check.
        remarks: What the copy says.
    """

    name: str
    data: bytes
    report: Report
    result: CheckResult
    remarks: Remarks


def mark(
    source: str | PathLike[str] | bytes,
    *,
    name: str | None = None,
    engine: Gischema | None = None,
    previous: Report | None = None,
    settings: Settings | None = None,
    lang: Lang = "zh",
    suggest: bool = False,
) -> Marked:
    """Return a copy of a Word, Excel, PDF or HTML file with a remark at each wrong cell.

    The remarks of an earlier run are replaced; everything else in the file stays as it is.

    Args:
        source: The path of the file, or its content.
        name: The name of the file, instead of its own.
        engine: The forms and rules; by default those behind `gischema.parse`.
        previous: Last year's report of the same body.
        settings: The settings of a project, with waivers.
        lang: The language of the remarks.
        suggest: Also replace figures by tracked changes in a Word file where the figures determine
            which cell is wrong.

    Raises:
        UnreadableSource: The source is no report, or of a kind that takes no remarks.
        MissingPackage: A package of the extra `mark` is not installed.
        OSError: The file cannot be opened.
    """
    engine = engine or default_engine()
    if isinstance(source, bytes):
        data = source
    else:
        engine.read(source)  # refuses a file that is too large before it is read as a whole
        data, name = Path(source).read_bytes(), name or str(source)
    document = engine.read(data, name=name)
    marker = _marker(document.kind, name)
    bare = marker.without_own_remarks(data)
    item = checked(
        document if bare is data else bare,
        name=name,
        previous=previous,
        settings=settings,
        engine=engine,
    )
    used = SettingsUsed() if settings is None else SettingsUsed.of(settings, engine.rules)
    remarks = remarks_on(item, Frame(lang, engine.rules.rules, settings=used))
    copy = marker.with_remarks(bare, remarks, suggest=suggest)
    copy_name = marked_name(name or f"report.{document.kind}")
    return Marked(copy_name, copy, item.report, item.result, remarks)


def marked_name(name: str, number: int = 1) -> str:
    """Return the name of the copy of a file: `2025年度报告（已批注）.docx`.

    A file that is such a copy keeps its name. `number` tells several copies apart.
    """
    path = PurePath(name.replace("\\", "/"))
    if is_marked_name(path.name) and number == 1:
        return path.name
    stem = _ADDITION.sub("", path.stem)
    return f"{stem}（已批注{number if number > 1 else ''}）{path.suffix}"


def is_marked_name(name: str) -> bool:
    """Return True if a name is that of a copy with remarks."""
    return _ADDITION.search(PurePath(name).stem) is not None


def was_saved_since(copy: bytes) -> bool:
    """Return True if another program has saved a copy since it was made; never for a web page."""
    return copy.startswith((b"PK", b"%PDF")) and _SIGNED.search(copy[-_LONGEST:]) is None


def require_packages() -> None:
    """Raise MissingPackage unless the packages of the extra `mark` are installed."""
    for package in ("lxml", "pypdf"):
        if find_spec(package) is None:
            raise _missing(package)


def _marker(kind: str, name: str | None) -> FileMarker:
    """Return the module for a kind of file.

    Raises:
        UnreadableSource: There is none.
        MissingPackage: A package that it needs is not installed.
    """
    if kind not in _KINDS:
        raise UnreadableSource(
            name,
            "这种文件不能批注：请另存为 .docx 或 .xlsx，再批注",
            "this kind of file takes no remarks: save it as .docx or .xlsx first",
            "unsupported",
        )
    try:
        return cast(FileMarker, import_module(f"gischema.marking.{_KINDS[kind]}"))
    except ImportError as error:
        raise _missing(error.name) from error


def _missing(package: str | None) -> MissingPackage:
    return MissingPackage(
        f"批注文件需要安装：pip install 'gischema[mark]'（缺 {package}）",
        f"this needs: pip install 'gischema[mark]'; {package} is missing",
    )
