"""A file without a result: its entry in an output, and the line about it."""

from __future__ import annotations

from types import TracebackType
from typing import Literal, NamedTuple

from gischema.diagnostics import FAILURES, diagnose
from gischema.filenames import displayed
from gischema.output.language import Lang, message, say

_LONGEST = 200  # characters of the message of an exception


class Failed(NamedTuple):
    """A file without a result: it could not be read, or the program crashed on it.

    Attributes:
        file: The name of the file as given by the user; the messages do not repeat it.
        exception: The name of the exception's class if the program crashed.
    """

    file: str
    status: Literal["unreadable", "crashed"]
    message: str
    message_en: str
    exception: str | None = None

    @classmethod
    def unreadable(cls, file: str, why: str, why_en: str) -> Failed:
        """Return the entry of a file that cannot be read, with the reason in both languages."""
        return cls(file, "unreadable", why, why_en)

    @classmethod
    def crashed(cls, file: str, error: Exception) -> Failed:
        """Return the entry of a file on which the program raised `error`; it is not kept."""
        about = diagnose(FAILURES["crashed"], error=_about(error))
        return cls(file, "crashed", about.message, about.message_en, type(error).__name__)

    @property
    def code(self) -> str:
        """The code, for `gischema explain`."""
        return FAILURES[self.status]

    @property
    def name(self) -> str:
        """The name of the file for display."""
        return displayed(self.file)

    def line(self, lang: Lang) -> str:
        """Return the line for standard error; the code of a crash is part of what to report."""
        code = f"{self.code} " if self.status == "crashed" else ""
        return say(lang, "{}：{}{}", "{}: {}{}").format(self.name, code, message(self, lang))

    def record(self) -> dict[str, str]:
        """Return the JSON object that replaces the results of the file."""
        return {
            "file": self.name,
            "status": self.status,
            "code": self.code,
            "message": self.message,
            "message_en": self.message_en,
        }


def _about(error: Exception) -> str:
    """Return the class of an exception, its message on one line, and where it was raised."""
    try:
        words = displayed(" ".join(str(error).split()))
    except Exception:  # noqa: BLE001 - an exception of a plugin may have no words
        words = ""
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST]}…"
    parts = f"{type(error).__name__}: {words}" if words else type(error).__name__
    place = _place(error.__traceback__)
    return f"{parts}; {place}" if place else parts


def _place(trace: TracebackType | None) -> str:
    """Return the module and line of this package that was reached last."""
    place = ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__"))
        if module.partition(".")[0] == "gischema":
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
