"""Errors of usage in the chosen language: those of this package, and those of click."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

import click

from gischema.cli.locale import language
from gischema.filenames import displayed
from gischema.output.language import Lang, say

_CLICK: tuple[tuple[str, str], ...] = (
    (r"'(.*)' is not one of (.+)\.", "“{0}”不是 {1} 之一"),
    (r"'(.*)' is not a valid (?:integer|int)(?: range)?\.", "“{0}”不是整数"),
    (r"(.*) is not in the range (.+)\.", "{0} 不在范围内：{1}"),
    (r"(?:Directory|Path) '(.*)' does not exist\.", "没有文件夹“{0}”"),
    (r"Directory '(.*)' is a file\.", "“{0}”不是文件夹"),
    (r"No such command '(.*)'\..*", "没有命令“{0}”"),
    (r"Missing command\.", "请给出命令"),
    (r"Option '(.*)' requires an argument\.", "选项 {0} 后面要有一个值"),
    (r"Option '(.*)' does not take a value\.", "选项 {0} 不带值"),
    (r"Got unexpected extra arguments? \((.*)\)", "多余的参数：{0}"),
)
"""The messages of click that these commands can raise, and their Chinese wordings.

Any other message stays as it is.
"""


class WrongUsage(click.UsageError):
    """Arguments or options that do not go together, in both languages."""

    def __init__(self, message: str, message_en: str, about: str | None = None) -> None:
        super().__init__(message)
        self.message_en = message_en
        self.about = about

    @classmethod
    def by(cls, error: Exception, about: str | None = None) -> WrongUsage:
        """Return the error of usage for an error of the library; `about` is an argument."""
        zh = getattr(error, "message", None) or str(error)
        return cls(zh, getattr(error, "message_en", None) or str(error), about)

    @classmethod
    def of_format(cls, format: str, known: Iterable[str]) -> WrongUsage:
        """Return the error for a format that neither the command nor a plugin has."""
        names = "、".join(known)
        return cls(
            f"没有格式 {format}；现有：{names}",
            f"no format {format!r}; there are {names}",
            "--format",
        )

    def format_message(self) -> str:
        """Return the message in both languages, for whoever does not choose one."""
        return f"{self.message} ({self.message_en})"


def chosen_language(arguments: Sequence[str]) -> Lang:
    """Return the language that the arguments choose, else that of the locale.

    The arguments need not be valid.
    """
    chosen: str | None = None
    for argument, following in zip_longest(arguments, arguments[1:]):
        name, given, value = argument.partition("=")
        if name == "--lang":
            chosen = value if given else following
    return "zh" if chosen == "zh" else "en" if chosen == "en" else language()


def usage_text(error: click.UsageError, lang: Lang) -> str:
    """Return the text about an error: how the command is called, what is wrong, where help is."""
    lines = [f"gischema: {displayed(_words(error, lang))}"]
    if error.ctx is not None:
        command = error.ctx.command_path
        parts = " ".join(error.ctx.command.collect_usage_pieces(error.ctx))
        usage = say(lang, f"用法：{command} {parts}", f"Usage: {command} {parts}")
        zh, en = f"选项见 {command} --help", f"See {command} --help"
        lines = [usage, *lines, say(lang, zh, en)]
    return "".join(f"{line}\n" for line in lines)


def _words(error: click.UsageError, lang: Lang) -> str:
    if isinstance(error, WrongUsage):
        words = say(lang, error.message, error.message_en)
        return words if error.about is None else f"{error.about}{say(lang, '：', ': ')}{words}"
    if lang == "en":
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}" + (f"；是否指 {near}？" if near else "")
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_hint(error)}"
    words = _translated(error.message)
    hint = _hint(error) if isinstance(error, click.BadParameter) else ""
    return f"{hint}：{words}" if hint else words


def _hint(error: click.BadParameter) -> str:
    """Return the name of the parameter that an error is about."""
    hint = error.param_hint
    if hint is None and error.param is not None:
        hint = error.param.get_error_hint(error.ctx) if error.ctx else error.param.name
    if isinstance(hint, str) or hint is None:
        return (hint or "").replace("'", "")
    return " / ".join(hint)


def _translated(message: str) -> str:
    for pattern, wording in _CLICK:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return wording.format(*found.groups())
    return message
