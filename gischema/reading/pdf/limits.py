"""Limit the time and memory that a hostile PDF can take.

pdfminer.six inflates whatever a file holds, and has no option for limits. So this module extends
its classes by overriding their public methods: each stream is measured before it is inflated, and
what a page draws and a font declares is counted while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfcolor import PREDEFINED_COLORSPACE, PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, list_value, resolve1, stream_value
from pdfminer.utils import Matrix, PathSegment

from gischema.reading.limits import MAX_PDF_CODES, MAX_PDF_STATES
from gischema.reading.pdf.budget import PdfBudget, PdfTooComplex
from gischema.reading.pdf.measured_stream import MeasuredStream

_CURVES = frozenset("cvy")
_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)(?:end(?:bf|cid)range|\Z)", re.DOTALL)
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<[^>]*>|\[[^]]*\]|\d+)")


class MeasuringParser(PDFParser):
    """Reads the objects of a file, and measures its streams."""

    budget: PdfBudget

    def push(self, *objs: Any) -> None:
        """Put objects on the stack, as the parser of pdfminer.six does."""
        self.budget.build(len(objs))
        super().push(*((place, self._measured(thing)) for place, thing in objs))

    def _measured(self, thing: Any) -> Any:
        if type(thing) is not PDFStream:
            return thing
        stream = MeasuredStream(thing.attrs, thing.rawdata or b"", thing.decipher)
        stream.budget = self.budget
        return stream


_INVISIBLE = 3  # the rendering mode of text that paints nothing


class MeasuringDevice(PDFPageAggregator):
    """Collects what a page draws. Curves are skipped: they are no lines of tables."""

    budget: PdfBudget

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Begin a page."""
        self.budget.turn_page()
        super().begin_page(page, ctm)

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Take a text. Invisible text is taken as white. The graphic state is the text's own."""
        self.budget.write(sum(len(part) for part in seq if isinstance(part, bytes)))
        if textstate.render == _INVISIBLE:
            ncs, graphicstate.ncolor = PREDEFINED_COLORSPACE["DeviceGray"], 1.0
        super().render_string(textstate, seq, ncs, graphicstate)

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Take a drawing made of straight lines."""
        self.budget.trace(len(path))
        if _CURVES.isdisjoint(step[0] for step in path):
            super().paint_path(gstate, stroke, fill, evenodd, path)


class MeasuringInterpreter(PDFPageInterpreter):
    """Carries out the drawing instructions of a page, within the budget."""

    device: MeasuringDevice

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the instructions in some streams."""
        for one in streams:
            self.device.budget.draw(stream_value(one).get_data())
        super().execute(streams)

    def do_q(self) -> None:
        """Save the graphic state."""
        if len(self.gstack) >= MAX_PDF_STATES:
            raise PdfTooComplex("states")
        super().do_q()


class MeasuringFonts(PDFResourceManager):
    """Makes the fonts of a file, within the limits."""

    budget: PdfBudget

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return the font of a description."""
        for key in ("ToUnicode", "Encoding"):
            table = resolve1(spec.get(key))
            if isinstance(table, PDFStream):
                self.budget.draw(table.get_data())
                _count_codes(table.get_data())
        for key, length in (("W", 3), ("W2", 5)):
            _count_widths(list_value(spec.get(key, [])), length)
        return super().get_font(objid, spec)


def _count_codes(table: bytes) -> None:
    """Raise PdfTooComplex if the ranges of a character map have too many characters."""
    codes = 0
    for ranges in _RANGES.findall(table):
        if b"(" in ranges:  # codes as strings cannot be counted, and no program writes them
            raise PdfTooComplex("codes")
        codes += sum(max(0, int(high, 16) - int(low, 16)) for low, high in _RANGE.findall(ranges))
        if codes > MAX_PDF_CODES:
            raise PdfTooComplex("codes")


def _count_widths(widths: Sequence[object], length: int) -> None:
    """Raise PdfTooComplex if the ranges of a table of widths have too many characters."""
    run: list[float] = []
    codes = 0
    for width in map(resolve1, widths):
        if isinstance(width, (int, float)):
            run.append(width)
        else:
            run = []
        if len(run) == length:
            codes += max(0, int(run[1]) - int(run[0]))
            run = []
        if codes > MAX_PDF_CODES:
            raise PdfTooComplex("widths")
