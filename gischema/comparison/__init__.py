"""Two reports beside each other: what changed, what must follow, how like the texts are."""

from gischema.comparison.comparing import compare
from gischema.comparison.model import About, ChapterLikeness, Comparison, FigureChange, Side

__all__ = ["About", "ChapterLikeness", "Comparison", "FigureChange", "Side", "compare"]
