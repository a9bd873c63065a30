"""What was measured, as the files in `docs/measured` hold it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "measured"


@cache
def measured(name: str = "accuracy") -> Any:
    """Return the content of a file of measurements."""
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
