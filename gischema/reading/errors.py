"""The one error of reading: the input is no report."""

from __future__ import annotations


class UnreadableSource(ValueError):
    """The source cannot be read, or holds no report. `str()` is Chinese, `message_en` English."""

    def __init__(self, name: str | None, message: str, message_en: str) -> None:
        super().__init__(name, message, message_en)  # pickle builds the error from these
        self.name = name
        self.message = f"{name}：{message}" if name else message
        self.message_en = f"{name}: {message_en}" if name else message_en

    def __str__(self) -> str:
        return self.message
