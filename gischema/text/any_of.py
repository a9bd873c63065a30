"""An expression for any of several wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(wordings: Iterable[str]) -> str:
    """Return an expression for any of `wordings`, longer ones first."""
    longest_first = sorted(wordings, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
