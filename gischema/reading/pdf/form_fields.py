"""Read the text of form fields and of annotations: it is not part of what a page draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, list_value, num_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import Matrix, apply_matrix_pt, decode_text

from gischema.reading.pdf.page_content import Glyph, PageContent

_MOST = 2_000  # of a page
_HIDDEN = 0x02
_LARGEST = 12.0  # points of the type of a field


def field_glyphs(page: PDFPage, sheet: PageContent) -> Iterator[Glyph]:
    """Yield the values of the fields of a page, and texts written over it, where they stand."""
    if page.annots is None:
        return
    for entry in islice(list_value(page.annots), _MOST):
        annotation = dict_value(entry)
        text = _text(annotation)
        if text:
            yield from _glyphs(text, annotation, page, sheet)


def _text(annotation: Mapping[str, object]) -> str:
    kind, flags = resolve1(annotation.get("Subtype")), resolve1(annotation.get("F", 0))
    if not isinstance(kind, PSLiteral) or (isinstance(flags, int) and flags & _HIDDEN):
        return ""
    value: object = None
    if literal_name(kind) == "FreeText":
        value = resolve1(annotation.get("Contents"))
    elif literal_name(kind) == "Widget":
        value = resolve1(annotation.get("V", dict_value(annotation.get("Parent", {})).get("V")))
    return decode_text(value) if isinstance(value, bytes) else ""


def _glyphs(
    text: str, annotation: Mapping[str, object], page: PDFPage, sheet: PageContent
) -> Iterator[Glyph]:
    """Yield one glyph for each line of a text, which fills its field."""
    corners = [num_value(number) for number in list_value(annotation.get("Rect", []))]
    if len(corners) != 4:
        return
    shown = _as_shown(page)
    x0, y0 = apply_matrix_pt(shown, (corners[0], corners[1]))
    x1, y1 = apply_matrix_pt(shown, (corners[2], corners[3]))
    left, right = min(x0, x1), max(x0, x1)
    top, bottom = sheet.height - max(y0, y1), sheet.height - min(y0, y1)
    lines = text.split("\n") if "\n" in text else text.split("\r")
    height = (bottom - top) / len(lines)
    for number, line in enumerate(lines):
        if line.strip():
            upper = top + number * height
            size = min(height, _LARGEST)
            yield Glyph(line.strip(), left, upper, right, upper + height, size)


def _as_shown(page: PDFPage) -> Matrix:
    """Return the matrix from places on a page to the page as shown, which may be turned."""
    x0, y0, x1, y1 = page.mediabox
    turned: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return turned.get(page.rotate, (1, 0, 0, 1, -x0, -y0))
