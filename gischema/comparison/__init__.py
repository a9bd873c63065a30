"""Compare two reports: changed figures, rules across reports, likeness of the texts."""

from gischema.comparison.comparing import compare
from gischema.comparison.model import (
    ChapterLikeness,
    ComparedValue,
    Comparison,
    FigureChange,
)

__all__ = [
    "ChapterLikeness",
    "ComparedValue",
    "Comparison",
    "FigureChange",
    "compare",
]
