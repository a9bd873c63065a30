"""Remarks in a PDF file: highlights with a text, added behind the bytes of the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import Highlight, Text
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from gischema.marking.remarks import Remark, Remarks
from gischema.marking.words import AUTHOR, FILLS
from gischema.reading import UnreadableSource

_END = re.compile(rb"\n%gischema (\d{1,9})\n\Z")
"""The comment behind the last update of the file: how long the file was before it."""

_NOTE = 20.0  # points; the size of the note with the verdict


def without_own_remarks(data: bytes) -> bytes:
    """Return a PDF file without the highlights of an earlier run.

    If nothing was saved since, these are the bytes before that run; else the file is written anew.
    """
    if (end := _END.search(data)) is not None:
        return data[: int(end[1])]
    reader = _opened(data)
    if all(note.get_object().get("/T") != AUTHOR for p in reader.pages for note in _notes(p)):
        return data
    writer = PdfWriter(clone_from=reader)
    for page in writer.pages:
        kept = [note for note in _notes(page) if note.get_object().get("/T") != AUTHOR]
        page[NameObject("/Annots")] = ArrayObject(kept)
    return _written(writer)


def with_remarks(data: bytes, remarks: Remarks, *, suggest: bool) -> bytes:  # noqa: ARG001
    """Return a PDF file with the remarks; the pages themselves stay as they are."""
    data = without_own_remarks(data)
    writer = PdfWriter(_opened(data), incremental=True)
    lost = [remark for remark in remarks.placed if not _highlight(writer, remark)]
    said = "\n".join((remarks.verdict, *(f"{each.place} {each.text}" for each in lost)))
    page = writer.pages[0]
    left, top = float(page.mediabox.left), float(page.mediabox.top)
    rectangle = (left, top - _NOTE, left + _NOTE, top)
    _add(writer, page, Text(rect=rectangle, text=said, open=False), said)
    return b"%b\n%%gischema %d\n" % (_written(writer), len(data))


def page_point(page: PageObject, across: float, down: float) -> tuple[float, float]:
    """Return the point of the page's own system that is shown `across` and `down` from its corner.

    A page may be turned, and its system may begin anywhere.
    """
    box = page.mediabox
    left, bottom, right, top = map(float, (box.left, box.bottom, box.right, box.top))
    return {
        0: (left + across, top - down),
        90: (left + down, bottom + across),
        180: (right - across, bottom + down),
        270: (right - down, top - across),
    }.get(page.rotation % 360, (left + across, top - down))


def _highlight(writer: PdfWriter, remark: Remark) -> bool:
    """Add the highlight of a remark; return False if its place is not known."""
    number, box = remark.origin.page, remark.origin.box
    if number is None or box is None or not 0 < number <= len(writer.pages):
        return False
    page = writer.pages[number - 1]
    corners = page_point(page, box[0], box[1]), page_point(page, box[2], box[3])
    (left, right), (bottom, top) = (sorted(each) for each in zip(*corners, strict=True))
    quad = [FloatObject(n) for n in (left, top, right, top, left, bottom, right, bottom)]
    highlight = Highlight(
        rect=(left, bottom, right, top),
        quad_points=ArrayObject(quad),
        highlight_color=FILLS[remark.standing],
    )
    text = f"“{remark.sentence.strip()}”\n{remark.text}" if remark.sentence else remark.text
    _add(writer, page, highlight, text)
    return True


def _add(writer: PdfWriter, page: PageObject, annotation: DictionaryObject, text: str) -> None:
    annotation[NameObject("/Contents")] = TextStringObject(text)
    annotation[NameObject("/T")] = TextStringObject(AUTHOR)
    annotation[NameObject("/F")] = NumberObject(4)  # printed with the page
    writer.add_annotation(page, annotation)


def _opened(data: bytes) -> PdfReader:
    """Return the reader of a file that can be added to.

    Raises:
        UnreadableSource: The file is protected, or not sound enough to be added to.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableSource(
                None,
                "PDF 设有保护，不能批注：请先取消保护，或批注 Word、Excel 原件",
                "the PDF is protected and takes no remarks: remove the protection, "
                "or use the Word or Excel file",
                "protected",
            )
        _ = reader.pages[0]
    except PyPdfError as error:
        raise UnreadableSource(
            None,
            "PDF 已损坏，不能批注：请重新导出",
            "the PDF is damaged and takes no remarks: export it again",
        ) from error
    return reader


def _notes(page: PageObject) -> Iterator[Any]:
    found = page.get("/Annots")
    yield from (found.get_object() if found is not None else ()) or ()


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
