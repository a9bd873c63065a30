"""Streams of a PDF file that are measured before they are inflated."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name
from pdfminer.runlength import rldecode

from gischema.reading.limits import MAX_PDF_COLUMNS, MAX_PDF_SLOW, MAX_PDF_TEXT
from gischema.reading.pdf.budget import PdfBudget, PdfTooComplex

_BLANKS = re.compile(rb"\s+")
_MOST_BLANKS = 1000
_FAX = frozenset({"CCITTFaxDecode", "CCF"})
_END_OF_RUNS = 128
_FILTERS = 4  # more filters after one another than any program uses
_BYTES_OF_A_VALUE = 4  # in a stream that holds objects, on average at least


class MeasuredStream(PDFStream):
    """A stream that is measured before it is inflated."""

    budget: PdfBudget

    def decode(self) -> None:
        """Inflate the stream. A picture sent as a fax is left out: it would hold no text.

        Raises:
            PdfTooComplex: If it is too large.
        """
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for number, (filter_, params) in enumerate(self.get_filters()):
            name = literal_name(filter_)
            if name in _FAX:
                self.data, self.rawdata = b"", None
                return
            if number >= _FILTERS or (isinstance(params, Mapping) and not _modest(params)):
                raise PdfTooComplex("filters")
            data = self._unpacked(name, data)
        if "N" in self.attrs and "First" in self.attrs:
            self.budget.build(len(data) // _BYTES_OF_A_VALUE)
        super().decode()

    def _unpacked(self, name: str, data: bytes) -> bytes:
        if name in ("FlateDecode", "Fl"):
            data = self._inflated(data)
        elif name in ("ASCII85Decode", "A85", "ASCIIHexDecode", "AHx"):
            data = _written_out(data, ascii85decode if "85" in name else asciihexdecode)
        elif name in ("LZWDecode", "LZW"):
            data = self._expanded(_within(data, MAX_PDF_SLOW))
        elif name in ("RunLengthDecode", "RL"):
            data = self._repeated(_within(data, MAX_PDF_SLOW))
        self.budget.unpack(len(data))
        return data

    def _inflated(self, data: bytes) -> bytes:
        """Return what a compressed stream holds, as far as it is intact."""
        try:
            return zlib.decompressobj().decompress(data, self.budget.unpacked + 1)
        except zlib.error:
            return b""

    def _expanded(self, data: bytes) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in LZWDecoder(BytesIO(data)).run():
            size += len(part)
            if size > MAX_PDF_TEXT:
                raise PdfTooComplex("LZW")
            parts.append(part)
        return b"".join(parts)

    def _repeated(self, data: bytes) -> bytes:
        at = size = 0
        while at < len(data) and data[at] != _END_OF_RUNS:
            copied = data[at] < _END_OF_RUNS
            size += data[at] + 1 if copied else 257 - data[at]
            at += data[at] + 2 if copied else 2
            if size > MAX_PDF_TEXT:
                raise PdfTooComplex("runs")
        return rldecode(data)


def _within(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise PdfTooComplex("stream")
    return data


def _written_out(data: bytes, decode: Callable[[bytes], bytes]) -> bytes:
    """Return what letters stand for. pdfminer.six takes long for runs of blanks."""
    _within(data, MAX_PDF_TEXT)
    blanks = any(len(run) > _MOST_BLANKS for run in _BLANKS.findall(data))
    if blanks or data.count(b"z") > MAX_PDF_SLOW:  # a z stands for four bytes
        raise PdfTooComplex("letters")
    return decode(data)


def _modest(params: Mapping[str, object]) -> bool:
    columns, colors = resolve1(params.get("Columns", 1)), resolve1(params.get("Colors", 1))
    return all(isinstance(n, int) and 0 < n <= MAX_PDF_COLUMNS for n in (columns, colors))
