"""What is computed from the figures of a report: shares and rates with their formula and base.

They are declared once, in `national.toml`; `docs/measures.md` lists them.
"""

from gischema.measures.derive import Derived, derive
from gischema.measures.measure import Formula, Measure, national_measures

__all__ = ["Derived", "Formula", "Measure", "derive", "national_measures"]
