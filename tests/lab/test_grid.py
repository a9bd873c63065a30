"""Pages on grids, from which files are written: every printed cell is there once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from gischema.forms import Form
from gischema.testing import LAYOUTS, Specimen, specimens
from gischema.testing.layouts import tables, with_leads
from gischema.testing.layouts.table_grid import TableGrid, blocks


def test_every_cell_of_a_damaged_page_is_on_a_grid_once(form: Form) -> None:
    """No cell is lost, no two cells overlap, and every row covers every column."""

    @settings(settings.get_profile("quick"), max_examples=20)
    @given(specimens(form, layout=LAYOUTS["pipes"]))
    def holds(specimen: Specimen) -> None:
        page = specimen.printed.page
        leads = [lead for _, lead in with_leads(page)]
        for run, block in zip(tables(page), blocks(page), strict=True):
            if not isinstance(block, TableGrid):
                continue
            lines = [page.lines[at] for at in run]
            begun = (leads[at] for at, line in zip(run, lines, strict=True) if line.role == "row")
            printed = Counter(cell.text for cells in begun for cell in cells)
            printed.update(cell.text for line in lines for cell in line.cells)
            assert Counter(placed.cell.text for placed in block.cells) == printed
            covered = sum(placed.rows * placed.columns for row in block.by_row() for placed in row)
            assert covered == block.rows * block.columns

    holds()
