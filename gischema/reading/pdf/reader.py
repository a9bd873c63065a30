"""The reader of PDF files. pdfminer.six is optional, and imported when the first PDF is read."""

from __future__ import annotations

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.reader import Reader

_HEAD = 1024  # bytes that mail gateways and web servers may have put before the mark


def _accepts(data: bytes, _name: str | None) -> bool:
    return b"%PDF-" in data[:_HEAD]


def _read(data: bytes, name: str | None) -> Document:
    try:
        from gischema.reading.pdf.read_pdf import read_pdf
    except ImportError as error:
        raise UnreadableSource(
            name,
            "读取 PDF 需要 pdfminer.six：pip install 'gischema[pdf]'",
            "reading a PDF needs pdfminer.six: pip install 'gischema[pdf]'",
            "missing_extra",
        ) from error
    return read_pdf(data, name)


PDF = Reader("pdf", frozenset({".pdf"}), _accepts, _read)
