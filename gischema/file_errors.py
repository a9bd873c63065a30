"""Errors in files that a person writes (grammars, rules), with their position."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from gischema.errors import FormError


class FileError(FormError):
    """A file, or a part of one, that cannot be used.

    Attributes:
        message: The error in Chinese.
        message_en: The error in English.
        file: The name of the file, empty if unknown.
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
        position = self.position
        lead = f"{position}: " if position else ""
        tail = f"\n{self.context}" if self.context else ""
        return f"{lead}{self.message} / {self.message_en}{tail}"

    @property
    def position(self) -> str:
        """File, line and column as far as they are known: `ferry.rules:9:3`."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


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
    found = get_close_matches(word, list(dict.fromkeys(known)), n=3, cutoff=0.5)
    if not found:
        return "", ""
    names = ", ".join(found)
    return f"；是否指 {names}？", f"; did you mean {names}?"
