"""Layouts: the ways in which pages reach a reader as text. A plugin may print with its own."""

from __future__ import annotations

from gischema.testing.layouts.barred import BARRED, Bars
from gischema.testing.layouts.drawn import DRAWN, Drawn
from gischema.testing.layouts.layout import Layout, Write, tables, with_leads
from gischema.testing.layouts.lines import LINES, Lines, Words

__all__ = ["LAYOUTS", "Bars", "Drawn", "Layout", "Lines", "Words", "Write", "tables", "with_leads"]

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (*BARRED, *LINES, *DRAWN)}
"""The layouts of this package by name."""
