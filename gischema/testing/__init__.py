"""The damage laboratory, for tests of forms, readers and plugins.

`consistent(form)` draws figures that add up, for any form; `specimens(form)` prints them in any of
the `LAYOUTS` after some of the `DAMAGES`; `judge` compares what was printed with what was read.
Hypothesis is imported only when a strategy is asked for; `specimen(form, SeededChoices(1))` does
without.

    @given(specimens(my_form))
    def test_pages_of_my_form_read_back(page):
        assert not judge(page.printed, engine.parse_text(page.printed.text)).faults
"""

from __future__ import annotations

from gischema.testing.choices import Choices, DrawnChoices, PlainChoices, SeededChoices
from gischema.testing.compose import compose, table_lines
from gischema.testing.damages import DAMAGES, Damage
from gischema.testing.identities import Balance, Identities, Sum
from gischema.testing.laboratory import Specimen, befall, specimen
from gischema.testing.layouts import LAYOUTS, Layout
from gischema.testing.page import Cell, Fate, Line, Mark, Page
from gischema.testing.printed import Printed, PrintedFigure, Writer
from gischema.testing.strategies import consistent, specimens
from gischema.testing.values import consistent_values
from gischema.testing.verdict import Fault, Verdict, judge

__all__ = [
    "DAMAGES",
    "LAYOUTS",
    "Balance",
    "Cell",
    "Choices",
    "Damage",
    "DrawnChoices",
    "Fate",
    "Fault",
    "Identities",
    "Layout",
    "Line",
    "Mark",
    "Page",
    "PlainChoices",
    "Printed",
    "PrintedFigure",
    "SeededChoices",
    "Specimen",
    "Sum",
    "Verdict",
    "Writer",
    "befall",
    "compose",
    "consistent",
    "consistent_values",
    "judge",
    "specimen",
    "specimens",
    "table_lines",
]
