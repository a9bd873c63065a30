"""The error of unusable settings."""

from __future__ import annotations

from pathlib import Path


class SettingsError(ValueError):
    """Settings that cannot be used. `str()` gives the Chinese message, `message_en` the English."""

    def __init__(self, file: Path, message: str, message_en: str) -> None:
        super().__init__(file, message, message_en)
        self.message = f"{file}：{message}"
        self.message_en = f"{file}: {message_en}"

    def __str__(self) -> str:
        return self.message
