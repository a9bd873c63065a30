"""Colours of text and of what is behind it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

import tinycss2.color4

Colour: TypeAlias = tuple[float, float, float, float]
"""Red, green, blue and opacity, each from 0 to 1."""

WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
IMAGE = "image"
"""The colour of a background that is a picture."""

_ALIKE = 0.06  # difference of two colours that no eye tells apart
_WORD = re.compile(r"[\w#-]+(?:\([^()]*\))?")


@lru_cache(maxsize=4096)
def parse_colour(value: str) -> Colour | None:
    """Return a colour by its name or number, None if it is none."""
    if value == IMAGE:
        return None
    colour = tinycss2.color4.parse_color(value)
    if colour is None or colour == "currentcolor":
        return None
    try:
        red, green, blue = colour.to("srgb").coordinates
    except (NotImplementedError, TypeError, ValueError):
        return None
    return float(red), float(green), float(blue), float(colour.alpha)


def background_in(value: str) -> str:
    """Return the colour in a declaration of a background: `IMAGE` if there is a picture."""
    words = _WORD.findall(value)
    if any(word.startswith("url") or "gradient" in word for word in words):
        return IMAGE
    return next((word for word in words if parse_colour(word) is not None), "transparent")


def are_alike(one: Colour | None, other: Colour | None) -> bool:
    """Return True if text of one colour is not seen on a background of the other."""
    if one is None or other is None or other[3] < 1.0:
        return False
    return all(abs(a - b) <= _ALIKE for a, b in zip(one[:3], other[:3], strict=True))
