"""Coverage-guided fuzzing of the readers of office files (`pip install atheris`).

    python -m tests.fuzz.office docx -max_total_time=600 FOLDER

FOLDER collects the inputs that reach new code. What is found becomes a test. Bytes are taken as
instructions to build well-formed XML from the words of the format, or else they would rarely get
beyond the XML parser; for `rtf` they are instructions to write control words. The targets `zip`,
`doc`, `xls` and `csv` take them as they are: copy `tests/fixtures/libreoffice/*.doc` into FOLDER first.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, quoteattr

import atheris

with atheris.instrument_imports(include=["gischema.reading", "xlrd"]):
    from gischema.reading import UnreadableSource, read
    from gischema.reading.sheets import delimited, ods, xls, xlsx  # noqa: F401
    from gischema.reading.word import doc, doc_binary, odt, rtf  # noqa: F401
    from gischema.reading.word.read_word import read_word  # noqa: F401

from tests.reading.office import excel, open_document, word, zipped

_VALUES = (
    "", "0", "1", "2", "-1", "x", "restart", "begin", "separate", "end", "99999999999", "1e999",
    "A1", "C3:A1", "A1:XFD1048576", "s", "b", "e", "n", "str", "inlineStr", "hidden", "collapse",
    "float", "date", "1900-01-04", "PAGE", "%1.%2", "chineseCounting", "decimal", "bullet", "F02D",
    "一、总体情况", "规章", "3.0", "#REF!", "Symbol", "true", "yyyy", "nan", '0.0,"件"', "20",
)  # fmt: skip
_WORD = [
    "p",
    "r",
    "t",
    "tab",
    "br",
    "sym",
    "fldChar",
    "instrText",
    "fldSimple",
    "del",
    "ins",
    "moveFrom",
    "sdt",
    "sdtContent",
    "hyperlink",
    "pPr",
    "rPr",
    "numPr",
    "numId",
    "ilvl",
    "pStyle",
    "vanish",
    "tbl",
    "tr",
    "trPr",
    "tc",
    "tcPr",
    "gridSpan",
    "vMerge",
    "hMerge",
    "gridBefore",
    "hidden",
    "drawing",
    "txbxContent",
    "object",
    "OLEObject",
    "blip",
    "AlternateContent",
    "Choice",
    "Fallback",
    "ruby",
    "rt",
    "rubyBase",
    "altChunk",
    "cellDel",
]
_NUMBERS = [
    "abstractNum",
    "num",
    "lvl",
    "start",
    "numFmt",
    "lvlText",
    "lvlRestart",
    "pStyle",
    "abstractNumId",
    "lvlOverride",
    "startOverride",
    "numStyleLink",
    "style",
    "name",
    "basedOn",
    "pPr",
    "numPr",
    "numId",
    "ilvl",
]
_EXCEL = [
    "row",
    "c",
    "v",
    "f",
    "is",
    "t",
    "r",
    "rPh",
    "mergeCells",
    "mergeCell",
    "cols",
    "col",
    "si",
    "xf",
    "numFmt",
    "cellXfs",
]
_ODS = [
    "table:table",
    "table:table-row",
    "table:table-cell",
    "table:covered-table-cell",
    "table:table-column",
    "text:p",
    "text:s",
    "text:span",
    "style:style",
    "style:table-properties",
    "office:annotation",
]
_WORD_ATTRIBUTES = [
    "w:val",
    "w:fldCharType",
    "w:instr",
    "w:char",
    "w:font",
    "w:numId",
    "w:abstractNumId",
    "w:ilvl",
    "w:styleId",
]
_EXCEL_ATTRIBUTES = ["r", "t", "s", "hidden", "min", "max", "ref", "numFmtId", "formatCode"]
_ODS_ATTRIBUTES = [
    "table:name",
    "table:number-columns-repeated",
    "table:number-rows-repeated",
    "table:number-rows-spanned",
    "table:number-columns-spanned",
    "table:visibility",
    "office:value-type",
    "office:value",
    "office:date-value",
    "table:formula",
    "table:style-name",
    "style:name",
    "table:display",
]


def xml(data: bytes, tags: list[str], attributes: list[str], prefix: str = "") -> str:
    """Well-formed XML that `data` describes: two bytes an event."""
    return "".join(_events(data, [prefix + tag for tag in tags], attributes))


def _events(data: bytes, tags: list[str], attributes: list[str]) -> Iterator[str]:
    opened: list[str] = []
    for kind, which in zip(data[::2], data[1::2], strict=False):
        value = _VALUES[which % len(_VALUES)]
        if kind < 110:
            tag = tags[which % len(tags)]
            at = kind % len(attributes)
            opened.append(tag)
            yield f"<{tag} {attributes[at]}={quoteattr(_VALUES[(kind * 7 + which) % len(_VALUES)])}>"
        elif kind < 190 and opened:
            yield f"</{opened.pop()}>"
        else:
            yield escape(value)
    while opened:
        yield f"</{opened.pop()}>"


def _word(data: bytes) -> bytes:
    body, _, rest = data.partition(b"\xff\xff")
    numbers = xml(rest, _NUMBERS, _WORD_ATTRIBUTES, "w:")
    return word(xml(body, _WORD, _WORD_ATTRIBUTES, "w:"), numbers, numbers)


def _excel(data: bytes) -> bytes:
    rows, _, rest = data.partition(b"\xff\xff")
    more = xml(rest, _EXCEL, _EXCEL_ATTRIBUTES)
    return excel(xml(rows, _EXCEL, _EXCEL_ATTRIBUTES), more, strings=more, styles=more)


def _open_document(data: bytes) -> bytes:
    inside = xml(data, _ODS, _ODS_ATTRIBUTES)
    return open_document(
        f"{inside}<office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body>"
    )


_ODT = [
    "text:p",
    "text:h",
    "text:span",
    "text:s",
    "text:tab",
    "text:list",
    "text:list-item",
    "text:section",
    "text:note",
    "text:note-body",
    "text:change",
    "text:change-start",
    "text:change-end",
    "text:tracked-changes",
    "text:changed-region",
    "text:deletion",
    "table:table",
    "table:table-row",
    "table:table-cell",
    "table:covered-table-cell",
    "draw:frame",
    "draw:text-box",
    "draw:image",
    "draw:custom-shape",
]
_ODT_ATTRIBUTES = [
    "text:style-name",
    "text:c",
    "text:display",
    "text:start-value",
    "text:continue-numbering",
    "table:number-columns-repeated",
    "table:number-rows-repeated",
    "table:number-rows-spanned",
    "table:number-columns-spanned",
    "table:visibility",
]
_RTF = (
    "par", "cell", "row", "trowd", "intbl", "itap2", "itap0", "nestcell", "nestrow", "cellx1000",
    "cellx2000", "cellx-5", "clvmgf", "clvmrg", "clmgf", "clmrg", "trleft500", "pard", "plain", "v",
    "v0", "deleted", "revised", "super", "u35268", "uc2", "uc0", "u-10179", "u-8704", "bin3",
    "ansicpg936", "fcharset134", "f1", "*", "shptxt", "footnote", "fldinst", "fldrslt", "pict",
    "upr", "ud", "object", "nesttableprops", "fonttbl", "listtext", "'b9", "'e6", "line", "tab",
)  # fmt: skip


def _open_text(data: bytes) -> bytes:
    inside = xml(data, _ODT, _ODT_ATTRIBUTES)
    kind = "application/vnd.oasis.opendocument.text"
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="a" xmlns:draw="d">'
        f"<office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": kind, "content.xml": content})


def _rtf(data: bytes) -> bytes:
    """An RTF file that `data` describes: a byte a group, a control word or a text."""
    parts = [rb"{\rtf1 "]
    for byte in data:
        if byte < 30:
            parts.append(b"{")
        elif byte < 60:
            parts.append(b"}")
        elif byte < 60 + 3 * len(_RTF):
            parts.append(b"\\" + _RTF[(byte - 60) % len(_RTF)].encode())
        else:
            parts.append(b" 12 ")
    return b"".join(parts)


TARGETS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "docx": ("x.docx", _word),
    "xlsx": ("x.xlsx", _excel),
    "ods": ("x.ods", _open_document),
    "zip": ("x.docx", lambda data: b"PK\x03\x04" + data),
    "odt": ("x.odt", _open_text),
    "rtf": ("x.rtf", _rtf),
    "doc": ("x.doc", bytes),
    "archive": ("x.zip", bytes),
    "xls": ("x.xls", lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data),
    "csv": ("x.csv", bytes),
}


def _one_input(name: str, build: Callable[[bytes], bytes], data: bytes) -> None:
    """A file is read, or refused in one line; places are in order and within the text."""
    import io

    file = io.BytesIO(build(data))
    file.name = name
    try:
        document = read(file)
    except UnreadableSource:
        return
    end = 0
    for place in document.places:
        assert end <= place.start < place.end <= len(document.text)
        end = place.end


def main() -> None:
    """Fuzz the target that is named; all other arguments are those of libFuzzer."""
    name, build = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda data: _one_input(name, build, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
