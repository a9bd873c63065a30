"""What is wrong with plugins, as diagnostics: which part is left out, where the mistake is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import dropwhile
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from gischema.diagnostics import diagnose
from gischema.errors import GischemaError
from gischema.file_errors import FileError
from gischema.plugins.plugin import Plugin
from gischema.report import Diagnostic

T = TypeVar("T")
Words = tuple[str, str]
"""A text in Chinese and in English."""

PLUGIN: Words = ("已跳过", "it was skipped")
_LIBRARY = Path(os.__file__).parent
_PACKAGE = Path(__file__).parents[1]


def left_out(zh: str, en: str = "") -> Words:
    """Return the words that say that a part of a plugin is left out; the rest of it is used."""
    return f"未采用{zh}，其余照用", f"{en or zh} was left out, the rest is used"


class PluginFault(FileError):
    """Raised for an answer of a plugin that cannot be used."""


class Problems(list[Diagnostic]):
    """Diagnostics about plugins, with their versions: what failed is left out."""

    def failed(self, plugin: Plugin, error: BaseException, part: Words = PLUGIN) -> None:
        """Add the diagnostic of a plugin that raised; `part` says what is left out."""
        self.append(diagnose("D901", **failure(plugin, error, part)))

    def check(self, plugin: Plugin, find: Callable[[], Iterable[FileError]]) -> None:
        """Add the diagnostics of what is wrong in a plugin that is used all the same."""
        self.faults(plugin, self.guard(plugin, lambda: list(find())) or ())

    def faults(self, plugin: Plugin, found: Iterable[FileError]) -> None:
        """Add the diagnostics of faults in a plugin that is used all the same."""
        for error in found:
            zh, en = explained(error)
            self.append(diagnose("D906", plugin=plugin.title, fault=zh, fault_en=en))

    def clash(self, plugin: Plugin, what: Words, other: str) -> None:
        """Add the diagnostic of a plugin that adds what exists already."""
        self.append(
            diagnose("D902", plugin=plugin.title, what=what[0], what_en=what[1], other=other)
        )

    def guard(self, plugin: Plugin, do: Callable[[], T], part: Words = PLUGIN) -> T | None:
        """Return the result of `do`; None, with a diagnostic, if it raises."""
        try:
            return do()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
            self.failed(plugin, error, part)
            return None


def failure(plugin: Plugin, error: BaseException, part: Words = PLUGIN) -> dict[str, Any]:
    """Return the words of diagnostic D901 about a plugin that raised."""
    zh, en = explained(error)
    return {
        "plugin": plugin.title,
        "error": zh,
        "error_en": en,
        "left_out": part[0],
        "left_out_en": part[1],
    }


def explained(error: BaseException) -> Words:
    """Return what an exception says, with the file and the line that it is about."""
    if isinstance(error, GischemaError):
        place = getattr(error, "position", "")
        leads = (f"{place}：", f"{place}: ") if place else ("", "")
        return leads[0] + error.message, leads[1] + error.message_en
    words = " ".join(str(error).split()) or "—"
    place = _place(error.__traceback__)
    if isinstance(error, SyntaxError) and error.filename:
        words, place = str(error.msg), f"{Path(error.filename).name}:{error.lineno}"
    elif isinstance(error, FileNotFoundError) and error.filename:
        zh = f"没有文件 {error.filename}；旁边的文件请写 Path(__file__).with_name(…)"
        en = f"there is no file {error.filename}; one next to it is Path(__file__).with_name(…)"
        return (f"{place}：{zh}", f"{place}: {en}") if place else (zh, en)
    text = f"{type(error).__name__}: {words}"
    return (f"{place}：{text}", f"{place}: {text}") if place else (text, text)


def _place(trace: TracebackType | None) -> str:
    """Return the file and line of the plugin's code that raised; empty if no code of it did."""
    frames = [frame for frame in _frames(trace) if not _is_of_python(frame[0])]
    foreign = list(dropwhile(lambda frame: frame[0].is_relative_to(_PACKAGE), frames))
    if not foreign:
        return ""
    home = foreign[0][0].parent
    file, line = next(frame for frame in reversed(foreign) if frame[0].parent == home)
    return f"{file.name}:{line}" if file.is_file() else ""


def _is_of_python(file: Path) -> bool:
    """Return True for a file of Python itself: of its library, or `<frozen importlib>`."""
    own = file.is_relative_to(_LIBRARY) and "site-packages" not in file.parts
    return own or str(file).startswith("<")


def _frames(trace: TracebackType | None) -> Iterator[tuple[Path, int]]:
    while trace is not None:
        yield Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno
        trace = trace.tb_next
