"""What can be wrong with a rule file, and where."""

from __future__ import annotations

from collections.abc import Iterable


class RuleError(ValueError):
    """A rule that cannot be used. `message` is Chinese, `message_en` English.

    `line` and `column` count from 1; `context` is the line with a caret below the place, where
    the text is at hand.
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
        super().__init__(message, message_en, file, line, column, context)
        self.message = message
        self.message_en = message_en
        self.file = file
        self.line = line
        self.column = column
        self.context = context

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        lead = f"{place}: " if place else ""
        tail = f"\n{self.context}" if self.context else ""
        return f"{lead}{self.message} / {self.message_en}{tail}"


class RuleSyntaxError(RuleError):
    """A rule file that is not written in the language."""


class RuleBindingError(RuleError):
    """A rule that names what the form it claims does not have."""


class DuplicateRuleError(RuleError):
    """Two rules with the same code."""


def caret(text: str, line: int, column: int, width: int = 1) -> str:
    """The line of `text` at a place with a caret below it.

    What stands before the place is repeated as full-width blanks where it is full-width, so that
    the caret stands right on a terminal.
    """
    lines = text.splitlines()
    if not 1 <= line <= len(lines):
        return ""
    printed = lines[line - 1].replace("\t", " ")
    pad = "".join("\u3000" if ord(c) > 0x2E7F else " " for c in printed[: column - 1])
    return f"{printed}\n{pad}{'^' * max(1, width)}"


def near(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint at similar words in Chinese and English, empty if there are none."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=3, cutoff=0.5)
    if not found:
        return "", ""
    names = ", ".join(found)
    return f"；是否指 {names}？", f"; did you mean {names}?"
