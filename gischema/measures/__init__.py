"""Measures: shares and rates computed from the figures of a report.

`national.toml` declares them; `docs/en/reference/measures.md` lists them.
"""

from gischema.measures.derive import Derived, derive
from gischema.measures.measure import Formula, Measure, national_measures

__all__ = ["Derived", "Formula", "Measure", "derive", "national_measures"]
