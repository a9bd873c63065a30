"""The one error of reading: the input is no report."""

from __future__ import annotations

from gischema.filenames import displayed


class UnreadableSource(ValueError):
    """The source cannot be read, or holds no report. `str()` is Chinese, `message_en` English.

    Both begin with the name of the source if it has one; `why` and `why_en` are without it.
    """

    def __init__(self, name: str | None, message: str, message_en: str) -> None:
        super().__init__(name, message, message_en)  # pickle builds the error from these
        self.name = name
        self.why, self.why_en = message, message_en
        self.message = f"{displayed(name)}：{message}" if name else message
        self.message_en = f"{displayed(name)}: {message_en}" if name else message_en

    def __str__(self) -> str:
        return self.message
