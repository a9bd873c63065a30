"""Layouts: the ways in which pages reach a reader as text. A plugin may print in its own."""

from __future__ import annotations

from gischema.testing.layouts.bar_layouts import BARRED, BarSeparated
from gischema.testing.layouts.layout import Layout, Write, tables, with_leads
from gischema.testing.layouts.line_layouts import LINES, CellPerLine, RowPerLine
from gischema.testing.layouts.positioned_layout import DRAWN, Positioned

__all__ = [
    "LAYOUTS",
    "BarSeparated",
    "CellPerLine",
    "Layout",
    "Positioned",
    "RowPerLine",
    "Write",
    "tables",
    "with_leads",
]

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (*BARRED, *LINES, *DRAWN)}
"""The layouts of this package by name."""
