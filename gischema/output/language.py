"""The two languages of every message."""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias

Lang: TypeAlias = Literal["zh", "en"]


class Bilingual(Protocol):
    """An object with a message in both languages: a finding, a diagnostic, an error."""

    @property
    def message(self) -> str:
        """The message in Chinese."""

    @property
    def message_en(self) -> str:
        """The message in English."""


def say(lang: Lang, zh: str, en: str) -> str:
    """Return the wording in `lang`."""
    return zh if lang == "zh" else en


def message(item: Bilingual, lang: Lang) -> str:
    """Return the message of `item` in `lang`."""
    return say(lang, item.message, item.message_en)
