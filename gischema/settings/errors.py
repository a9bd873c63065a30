"""The error of unusable settings."""

from __future__ import annotations

from pathlib import Path

from gischema.errors import GischemaError


class SettingsError(GischemaError, ValueError):
    """Settings that cannot be used. The messages begin with the name of the file."""

    def __init__(self, file: Path, message: str, message_en: str) -> None:
        super().__init__(f"{file}：{message}", f"{file}: {message_en}")
        self.args = (file, message, message_en)  # pickle builds the error from these
