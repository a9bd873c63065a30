"""Looks of text for people, as roles; what a role looks like is up to who draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["title", "error", "warning", "info", "good", "mark", "quiet"]
Paint: TypeAlias = Callable[[Role, str], str]
"""Gives a text the looks of a role."""


def plain(_: Role, text: str) -> str:
    """The text as it is."""
    return text
