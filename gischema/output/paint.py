"""Roles of text for people; the front end decides what a role looks like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["title", "error", "warning", "info", "good", "mark", "quiet"]
Paint: TypeAlias = Callable[[Role, str], str]
"""Returns a text with the looks of a role."""


def plain(_: Role, text: str) -> str:
    """Return the text as it is."""
    return text
