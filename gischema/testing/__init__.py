"""The damage laboratory: generated reports to test forms, readers and plugins with.

`consistent(form)` draws figures that add up, for any form; `specimens(form)` prints them in any of
the `LAYOUTS` after some of the `DAMAGES`; `judge` compares what was printed with what was read.
Only strategies import Hypothesis; `specimen(form, SeededChoices(1))` works without it.

    @given(specimens(my_form))
    def test_pages_of_my_form_read_back(page):
        assert not judge(page.printed, engine.parse_text(page.printed.text)).faults
"""

from __future__ import annotations

from gischema.testing.choices import ChoiceSource, DrawnChoices, PlainChoices, SeededChoices
from gischema.testing.compose import compose, table_lines
from gischema.testing.damages import DAMAGES, Damage
from gischema.testing.identities import BalanceIdentity, FormIdentities, SumIdentity
from gischema.testing.laboratory import Specimen, apply_damages, specimen
from gischema.testing.layouts import LAYOUTS, Layout
from gischema.testing.printed_page import LayoutWriter, PrintedFigure, PrintedPage
from gischema.testing.sample_page import CellFigure, PageCell, PageLine, Recoverability, SamplePage
from gischema.testing.strategies import consistent, specimens
from gischema.testing.values import consistent_values
from gischema.testing.verdict import Fault, Verdict, judge

__all__ = [
    "DAMAGES",
    "LAYOUTS",
    "BalanceIdentity",
    "CellFigure",
    "ChoiceSource",
    "Damage",
    "DrawnChoices",
    "Fault",
    "FormIdentities",
    "Layout",
    "LayoutWriter",
    "PageCell",
    "PageLine",
    "PlainChoices",
    "PrintedFigure",
    "PrintedPage",
    "Recoverability",
    "SamplePage",
    "SeededChoices",
    "Specimen",
    "SumIdentity",
    "Verdict",
    "apply_damages",
    "compose",
    "consistent",
    "consistent_values",
    "judge",
    "specimen",
    "specimens",
    "table_lines",
]
