"""The one error of reading: the input is no report."""

from __future__ import annotations

from typing import Literal, TypeAlias

from gischema.errors import GischemaError
from gischema.filenames import displayed

Unreadable: TypeAlias = Literal[
    "not_a_report", "damaged", "protected", "scan", "missing_extra", "unsupported", "too_large"
]
"""Why a source cannot be read.

- `not_a_report`: it can be read, but no report is in it
- `damaged`: it is empty, cut off or broken
- `protected`: it needs a password
- `scan`: it is a picture, or pages of pictures
- `missing_extra`: an optional package is not installed
- `unsupported`: no reader takes this kind of file
- `too_large`: it is larger than any report, or more deeply nested
"""


class UnreadableSource(GischemaError, ValueError):
    """The source cannot be read, or holds no report.

    Attributes:
        name: The name of the source, if it has one; the messages begin with it.
        why: The message in Chinese without the name.
        why_en: The message in English without the name.
        reason: The kind of error.
    """

    def __init__(
        self, name: str | None, message: str, message_en: str, reason: Unreadable = "damaged"
    ) -> None:
        super().__init__(message, message_en)
        self.args = (name, message, message_en, reason)  # pickle builds the error from these
        self.name = name
        self.reason: Unreadable = reason
        self.why, self.why_en = message, message_en
        if name:
            self.message = f"{displayed(name)}：{message}"
            self.message_en = f"{displayed(name)}: {message_en}"
