"""The errors that the package raises on purpose, all below `GischemaError`."""

from __future__ import annotations


class GischemaError(Exception):
    """An error of this package; `except GischemaError` catches all of them.

    Attributes:
        message: The message in Chinese.
        message_en: The message in English.
    """

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message, message_en)
        self.message, self.message_en = message, message_en

    def __str__(self) -> str:
        """Return the message in Chinese, and in English after it."""
        return f"{self.message} ({self.message_en})"


class InvalidSource(GischemaError, ValueError):
    """Something that is not read as it was given, such as a text in the place of a path."""


class UnknownName(GischemaError, KeyError, ValueError):
    """No form, rule, diagnostic or figure has this name. The message lists similar ones."""


class InvalidData(GischemaError, ValueError):
    """JSON that `loads` cannot use. The message has the places of the errors."""


class FormError(GischemaError, ValueError):
    """A form, a plugin or a template that cannot be used as it is written."""


class MissingPackage(GischemaError, ImportError):
    """A package that an extra installs is missing. The message says how to install it."""
