"""The normal form of a text, with a way back to every source offset."""

from .normal_form import normalise
from .normal_text import NormalText
from .places import Places

__all__ = ["NormalText", "Places", "normalise"]
