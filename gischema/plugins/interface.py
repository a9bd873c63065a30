"""Which plugin interface a file is written for: `// interface: 2` or `# interface: 2` at its top.

An older interface is refused with what to change, a newer one with what to install. A file that
says nothing is taken to be of the current one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gischema._version import __version__
from gischema.file_errors import FileError
from gischema.forms.grammar_source import read_source

INTERFACE = 2
"""The interface of plugins: what the files and the hooks of a plugin may say."""

ATTRIBUTE = "gischema_interface"
"""What a plugin in Python may have in place of the comment: `gischema_interface = 2`."""

_LINE = re.compile(r"(?://|#)[ \t]*interface:[ \t]*(.*?)[ \t]*")
_COMMENT = ("//", "#")


class InterfaceChange(NamedTuple):
    """What an interface asks of authors of files that were written for the one before.

    Attributes:
        interface: The interface.
        kind: The suffix of the files; empty for Python.
        zh: What to change.
        en: The same in English.
    """

    interface: int
    kind: str
    zh: str
    en: str


CHANGES = (
    InterfaceChange(
        2,
        ".lark",
        "没有用到的 %override 现在是错误：请删去，或写 start 用到的名称；竖线后写什么单位，"
        "数字就读作什么单位；正文词库改写为 narrative*.toml（见 docs/en/reference/narrative.md）",
        "an %override that nothing uses is an error: delete it, or name what start uses; figures "
        "are in the unit behind the bar, whatever it is; wordings of running text go into "
        "narrative*.toml (docs/en/reference/narrative.md)",
    ),
    InterfaceChange(
        2,
        ".rules",
        "years 现在是规则的一行（施行年度），不能再作单独一段的指标路径",
        "years is a line of a rule (its years in force), and no longer a path of one step",
    ),
)


def require_interface(file: Path) -> None:
    """Raise FileError, with what to do, if a file is empty or written for another interface."""
    lines = (line.strip() for line in read_source(file).splitlines())
    if not any(line and not line.startswith(_COMMENT) for line in lines):
        raise FileError(
            "文件是空的；请写入内容，或删去文件",
            "the file is empty: write into it, or delete it",
            file.name,
        )
    for number, line in _head(file):
        if (match := _LINE.fullmatch(line)) is not None:
            if fault := _fault(match[1], file.suffix, line.partition("interface")[0]):
                raise FileError(*fault, file.name, number)
            return


def require_interface_of(plugin: object) -> None:
    """Raise FileError if a plugin in Python states that it is written for another interface."""
    stated = getattr(plugin, ATTRIBUTE, None)
    if stated is not None and (fault := _fault(str(stated), "", f"{ATTRIBUTE} = ")):
        raise FileError(*fault)


def _head(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the comments before the first other line, with their numbers."""
    for number, line in enumerate(read_source(file).splitlines(), 1):
        if line.strip() and not line.startswith(_COMMENT):
            return
        yield number, line


def _fault(stated: str, kind: str, lead: str) -> tuple[str, str] | None:
    """Return why an interface cannot be used and what to do; None if it can."""
    written = f"{lead}interface: {INTERFACE}" if kind else f"{lead}{INTERFACE}"
    if not stated.isdecimal():
        return f"接口应为数字，如 {written}", f"an interface is a number, as in {written}"
    if int(stated) > INTERFACE:
        zh = f"它为插件接口 {stated} 编写，gischema {__version__} 只到 {INTERFACE}；请升级 gischema"
        en = (
            f"it is written for plugin interface {stated}, gischema {__version__} has {INTERFACE}: "
            "upgrade gischema"
        )
        return zh, en
    changes = [c for c in CHANGES if c.kind == kind and int(stated) < c.interface]
    if not changes:
        return None
    zh, en = "；".join(c.zh for c in changes), "; ".join(c.en for c in changes)
    return (
        f"它为插件接口 {stated} 编写，现为 {INTERFACE}。要改：{zh}。改好后写 {written}",
        f"it is written for plugin interface {stated}. To change: {en}. Then write {written}",
    )
