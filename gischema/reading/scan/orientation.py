"""Turn pages that lie on their side, or upside down."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gischema.reading.scan.line_readings import cut_out
from gischema.reading.scan.page_layout import PageLayout, ScanLine
from gischema.reading.scan.raster import Image, clean, image
from gischema.reading.scan.recogniser import Recogniser

_SAMPLE = 12  # lines
_LINE, _WIDTH = (0.6, 1.5), (2.5, 14.0)  # of the height of type: heights and widths of such lines
_FEWEST = 3  # such lines; a page with fewer shows no words
_LEGIBLE = 0.85  # probability of the characters of a page that is upright
_BETTER = 0.1  # by how much those of another way up have to be surer


def upright(colours: Image, scale: float, recogniser: Recogniser) -> PageLayout:
    """Return the layout of a page, turned so that its words can be read.

    Their lines run across a page that is upright or upside down, and down one on its side. Of the
    two ways up that are left, the words of one can be read.

    Args:
        colours: Red, green and blue of each pixel.
        scale: Points per pixel.
        recogniser: The recogniser.
    """
    layout = PageLayout(clean(colours, scale))
    if not layout.raster.ink.any():
        return layout
    sideways = layout.lines_run_down()
    if sideways:
        layout = _turned(colours, scale, 1)
    best = _legibility(layout, recogniser)
    if best < _LEGIBLE:
        other = _turned(colours, scale, 3 if sideways else 2)
        if _legibility(other, recogniser) > best + _BETTER:
            return other
    return layout


def _turned(colours: Image, scale: float, quarters: int) -> PageLayout:
    return PageLayout(clean(image(np.rot90(colours, quarters)), scale, quarters))


def _legibility(layout: PageLayout, recogniser: Recogniser) -> float:
    """Return how likely the characters of some lines of words are, 0 if there are no such lines."""
    lines = list(_lines_of_words(layout))
    if len(lines) < _FEWEST:
        return 0.0
    apart = len(lines) / min(len(lines), _SAMPLE)
    sample = [lines[int(n * apart)] for n in range(min(len(lines), _SAMPLE))]
    texts = [one.text() for one in recogniser.read([cut_out(layout, line) for line in sample])]
    scores = [score for text in texts for score in text.scores]
    return sum(scores) / len(scores) if scores else 0.0


def _lines_of_words(layout: PageLayout) -> Iterator[ScanLine]:
    for line in layout.text_lines():
        height, width = line.box.height / layout.em, line.box.width / layout.em
        if _LINE[0] <= height <= _LINE[1] and _WIDTH[0] <= width <= _WIDTH[1]:
            yield line
