"""Errors in rule files, with their position."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from gischema.errors import GischemaError


class RuleError(GischemaError, ValueError):
    """A rule that cannot be used.

    Attributes:
        message: The error in Chinese.
        message_en: The error in English.
        file: The rule file, empty if unknown.
        line: The line, counted from 1; 0 if unknown.
        column: The column, counted from 1; 0 if unknown.
        context: The line with a caret below the position, empty if the text is not available.
    """

    def __init__(
        self,
        message: str,
        message_en: str,
        file: str = "",
        line: int = 0,
        column: int = 0,
        context: str = "",
    ) -> None:
        super().__init__(message, message_en)
        self.args = (message, message_en, file, line, column, context)
        self.file = file
        self.line = line
        self.column = column
        self.context = context

    def __str__(self) -> str:
        position = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        lead = f"{position}: " if position else ""
        tail = f"\n{self.context}" if self.context else ""
        return f"{lead}{self.message} / {self.message_en}{tail}"


class RuleSyntaxError(RuleError):
    """A rule file that does not follow the grammar of the rule language."""


class RuleBindingError(RuleError):
    """A rule that uses a path which the form it claims does not have."""


class DuplicateRuleError(RuleError):
    """Two rules with the same code."""


def caret(text: str, line: int, column: int, width: int = 1) -> str:
    """Return one line of `text` with a caret below a position, empty if there is no such line.

    Full-width characters before the position are padded with full-width blanks, so that a terminal
    shows the caret in the right place.
    """
    lines = text.splitlines()
    if not 1 <= line <= len(lines):
        return ""
    printed = lines[line - 1].replace("\t", " ")
    pad = "".join("\u3000" if ord(c) > 0x2E7F else " " for c in printed[: column - 1])
    return f"{printed}\n{pad}{'^' * max(1, width)}"


def near(word: str, known: Iterable[str]) -> tuple[str, str]:
    """Return a hint at similar words in Chinese and English, empty if there are none."""
    found = get_close_matches(word, list(known), n=3, cutoff=0.5)
    if not found:
        return "", ""
    names = ", ".join(found)
    return f"；是否指 {names}？", f"; did you mean {names}?"
