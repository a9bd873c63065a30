"""Fixed words and colours of the remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

AUTHOR = "gischema"
"""The author of all remarks; those of an earlier run are found by it."""

COLOURS: Mapping[Literal["error", "warning", "info", "doubtful"], str] = {
    "error": "C00000",
    "warning": "C55A11",
    "info": "1F4E9E",
    "doubtful": "7F6000",
}
"""The colour of the title of a remark, in red, green and blue."""

FILLS: Mapping[Literal["error", "warning", "info", "doubtful"], str] = {
    "error": "FF9999",
    "warning": "FFCC99",
    "info": "BDD7EE",
    "doubtful": "FFF2A8",
}
"""The colour behind a cell with a remark."""
