"""Limit the time and memory that a hostile PDF can take.

pdfminer.six inflates whatever a file holds, and has no option for limits. So this module extends
its classes by overriding their public methods: each stream is measured before it is inflated, and
what a page draws and a font declares is counted while it is read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define
from pdfminer.ascii85 import ascii85decode, asciihexdecode
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
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfminer.utils import PathSegment

MAX_PAGES = 200
"""The most pages. A report of 30 pages is long."""

_MAX_UNPACKED = 64 * 2**20  # bytes of all streams of a file; a Chinese font may have 20 MB
_MAX_CONTENT = 3 * 2**20  # bytes of what the pages draw; a report of 30 pages has half a MB
_MAX_FIGURES = 5_000  # drawings within drawings
_MAX_CODES = 0x20000  # characters of a font
_CURVES = frozenset("cvy")
_MAX_LZW = 2**20
_MAX_COLUMNS = 2**16
_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)(?:end(?:bf|cid)range|\Z)", re.DOTALL)
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<[^>]*>|\[[^]]*\]|\d+)")


class PdfTooComplex(Exception):
    """The file asks for more than any report needs."""


@define(eq=False)
class PdfBudget:
    """The bytes and drawings that one file may still use."""

    unpacked: int = _MAX_UNPACKED
    content: int = _MAX_CONTENT
    figures: int = _MAX_FIGURES

    def unpack(self, size: int) -> None:
        """Count bytes that a stream inflates to.

        Raises:
            PdfTooComplex: If the file has inflated too much.
        """
        self.unpacked -= size
        if self.unpacked < 0:
            raise PdfTooComplex("streams")

    def draw(self, size: int) -> None:
        """Count bytes of drawing instructions, each time they are carried out.

        Raises:
            PdfTooComplex: If the pages draw too much.
        """
        self.content -= size
        self.figures -= 1
        if self.content < 0 or self.figures < 0:
            raise PdfTooComplex("content")


class MeasuredStream(PDFStream):
    """A stream that is measured before it is inflated."""

    budget: PdfBudget

    def decode(self) -> None:
        """Inflate the stream.

        Raises:
            PdfTooComplex: If it is too large.
        """
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for number, (name, params) in enumerate(self.get_filters()):
            if isinstance(params, Mapping) and not _modest(params):
                raise PdfTooComplex("columns")
            data = self._unpacked(literal_name(name) if number < 4 else "", data)
        super().decode()

    def _unpacked(self, name: str, data: bytes) -> bytes:
        if name in ("FlateDecode", "Fl"):
            data = self._inflated(data)
        elif name in ("ASCII85Decode", "A85"):
            data = ascii85decode(data)
        elif name in ("ASCIIHexDecode", "AHx"):
            data = asciihexdecode(data)
        elif name in ("LZWDecode", "LZW", "CCITTFaxDecode", "CCF", "") and len(data) > _MAX_LZW:
            raise PdfTooComplex(name)
        self.budget.unpack(len(data))
        return data

    def _inflated(self, data: bytes) -> bytes:
        """Return what a compressed stream holds, as far as it is intact."""
        try:
            return zlib.decompressobj().decompress(data, self.budget.unpacked + 1)
        except zlib.error:
            return b""


class MeasuringParser(PDFParser):
    """Reads the objects of a file, and measures its streams."""

    budget: PdfBudget

    def push(self, *objs: Any) -> None:
        """Put objects on the stack, as the parser of pdfminer.six does."""
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

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Take a text. Invisible text is taken as white. The graphic state is the text's own."""
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
        if _CURVES.isdisjoint(step[0] for step in path):
            super().paint_path(gstate, stroke, fill, evenodd, path)


class MeasuringInterpreter(PDFPageInterpreter):
    """Carries out the drawing instructions of a page, within the budget."""

    device: MeasuringDevice

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the instructions in some streams."""
        self.device.budget.draw(sum(len(stream_value(one).get_data()) for one in streams))
        super().execute(streams)


class MeasuringFonts(PDFResourceManager):
    """Makes the fonts of a file, within the limits."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return the font of a description."""
        for key in ("ToUnicode", "Encoding"):
            table = resolve1(spec.get(key))
            if isinstance(table, PDFStream):
                _count_codes(table.get_data())
        for key, length in (("W", 3), ("W2", 5)):
            _count_widths(list_value(spec.get(key, [])), length)
        return super().get_font(objid, spec)


def _modest(params: Mapping[str, object]) -> bool:
    columns, colors = resolve1(params.get("Columns", 1)), resolve1(params.get("Colors", 1))
    return all(isinstance(n, int) and 0 < n <= _MAX_COLUMNS for n in (columns, colors))


def _count_codes(table: bytes) -> None:
    """Raise PdfTooComplex if the ranges of a character map have too many characters."""
    codes = 0
    for ranges in _RANGES.findall(table):
        if b"(" in ranges:  # codes as strings cannot be counted, and no program writes them
            raise PdfTooComplex("codes")
        codes += sum(max(0, int(high, 16) - int(low, 16)) for low, high in _RANGE.findall(ranges))
        if codes > _MAX_CODES:
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
        if codes > _MAX_CODES:
            raise PdfTooComplex("widths")
