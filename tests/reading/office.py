"""Write Word and Excel files part by part, for content that common libraries do not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = "<w:p><w:r><w:t>青禾市云岭县财政局2020年政府信息公开工作年度报告</w:t></w:r></w:p>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            stored = name == "mimetype"  # so that readers know the kind without opening it
            package.writestr(name, content, zipfile.ZIP_STORED if stored else None)
    return file.getvalue()


def relations(**targets: str) -> str:
    """Return a part of relationships: the last word of each type, and its target."""
    found = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f"<Relationships>{found}</Relationships>"


def word(
    body: str,
    numbering: str = "",
    styles: str = "",
    namespace: str = WORD,
    footnotes: str = "",
    header: str = "",
) -> bytes:
    """Return a Word file with this body, in the XML of Word."""
    parts = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(
            numbering="numbering.xml",
            styles="styles.xml",
            footnotes="footnotes.xml",
            header="header1.xml",
        ),
        "word/document.xml": _root("document", f"<w:body>{body}</w:body>", namespace),
        "word/numbering.xml": _root("numbering", numbering, namespace),
        "word/styles.xml": _root("styles", styles, namespace),
        "word/footnotes.xml": _root("footnotes", footnotes, namespace),
        "word/header1.xml": _root("hdr", header, namespace),
    }
    return zipped(parts)


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(content: str, properties: str = "") -> str:
    """Return a table cell; `content` is text, or blocks."""
    inside = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a table row of texts or of cells."""
    inside = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def _root(tag: str, content: str, namespace: str) -> str:
    more = 'xmlns:mc="urn:mc" xmlns:r="urn:r" xmlns:v="urn:v" xmlns:wps="urn:wps" xmlns:m="urn:m"'
    return f'<w:{tag} xmlns:w="{namespace}" {more}>{content}</w:{tag}>'


def excel(
    rows: str, more: str = "", *, strings: str = "", styles: str = "", book: str = ""
) -> bytes:
    """Return an Excel file of one sheet 表 with these rows, in the XML of Excel."""
    parts = {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="strings.xml", styles="styles.xml"
        ),
        "xl/workbook.xml": f'<workbook>{book}<sheets><sheet name="表" id="rworksheet"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData>{more}</worksheet>",
        "xl/strings.xml": f"<sst>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>",
    }
    return zipped(parts)


def open_document(content: str) -> bytes:
    """Return an OpenDocument sheet with these tables."""
    prefixes = "".join(
        f' xmlns:{prefix}="urn:{prefix}"' for prefix in ("office", "table", "text", "style")
    )
    root = f"<office:document-content{prefixes}>{content}</office:document-content>"
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": root}
    )
