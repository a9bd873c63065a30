"""Files that ask for too much, reach for the outside or are broken: bounded, and one clear line."""

from __future__ import annotations

import base64
import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
import xlwt

import gischema
from gischema.reading import read
from tests.reading.office import (
    cell,
    excel,
    open_document,
    paragraph,
    relations,
    row,
    table,
    word,
    zipped,
)

MEGABYTE = 2**20
HTML = "<html><body><table><tr><td>规章</td><td>1</td></tr></table></body></html>"


def with_part(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a Word file one part of which is replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        package.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        package.writestr(name, content)
    return file.getvalue()


def declared(size: int) -> bytes:
    """Return a Word file whose directory declares that its text inflates to this size."""
    data = bytearray(word(paragraph("x" * 1000)))
    for at in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        data[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(data)


def entities(external: str = "") -> bytes:
    definitions = external or "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    text = f'<!DOCTYPE d [<!ENTITY a0 "ha">{definitions}]><d><body><p><r><t>&a9;</t></r></p></body></d>'
    return with_part("word/document.xml", text.encode())


def nested(depth: int) -> bytes:
    body = paragraph("规章")
    for _ in range(depth):
        body = table(row(cell(body), "1"))
    return word(body)


def flagged(flag: int) -> bytes:
    """Return a Word file with a flag set on all parts: 1 encrypted, 32 patched."""
    data = bytearray(word(paragraph("x")))
    for at in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        data[at + 8] |= flag
    return bytes(data)


def misplaced() -> bytes:
    """Return a Word file whose end declares a directory larger than what stands before it."""
    data = bytearray(word(paragraph("x")))
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = (int.from_bytes(data[end + 16 : end + 20], "little") + 90).to_bytes(
        4, "little"
    )
    return bytes(data)


def ole(*streams: str) -> bytes:
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + directory


def old_excel() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "规章")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


REPEATED = (
    '<table:table-cell table:number-columns-repeated="1000"><text:p>1</text:p></table:table-cell>'
)
WIDE = f'<table:table-row table:number-rows-repeated="1000">{REPEATED}</table:table-row>'
ODS = "<office:body><office:spreadsheet><table:table>{}</table:table></office:spreadsheet></office:body>"
ZEROS = b"<document>" + b" " * 20 * MEGABYTE

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a part that inflates to much": (lambda: with_part("word/document.xml", ZEROS), "解压后过大"),
    "a part that lies about its size": (
        lambda: with_part("word/document.xml", ZEROS).replace(
            len(ZEROS).to_bytes(4, "little"), (1000).to_bytes(4, "little")
        ),
        "解压后过大|损坏",
    ),
    "a part that is squeezed a thousandfold": (
        lambda: with_part("word/document.xml", b"<d>" + b" " * 2 * MEGABYTE),
        "解压后过大",
    ),
    "a part said to be huge": (lambda: declared(2**31), "解压后过大"),
    "another way to squeeze": (
        lambda: with_part("word/document.xml", b"<d/>", zipfile.ZIP_LZMA),
        "压缩方法",
    ),
    "too many parts": (
        lambda: zipped({"word/document.xml": "<d/>", **{f"{n}": "" for n in range(10_001)}}),
        "条目过多",
    ),
    "entities in entities": (entities, "文档类型声明"),
    "an entity from a file": (lambda: entities('<!ENTITY a9 SYSTEM "file:///etc/passwd">'), "声明"),
    "an entity from the network": (lambda: entities('<!ENTITY a9 SYSTEM "http://x.invalid/">'), "声明"),
    "elements in elements": (
        lambda: with_part("word/document.xml", b"<p>" * 100_000),
        "嵌套过深",
    ),
    "too many elements": (
        lambda: with_part(
            "word/document.xml",
            b"<p>" + b"".join(b"<t>%d</t>" % (n * 7919 % 99_991) for n in range(1_000_001)) + b"</p>",
        ),
        "元素过多",
    ),
    "a document type behind a long comment": (
        lambda: with_part("word/document.xml", b"<!--" + b"x" * 70_000 + b"--><!DOCTYPE d><d/>"),
        "文档类型声明",
    ),
    "tables in tables": (lambda: nested(100), "嵌套过深"),
    "a string in many cells": (
        lambda: excel(
            "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>",
            strings="<si><t>" + "规章" * 60_000 + "</t></si>",
        ),
        "单元格",
    ),
    "a sheet that repeats its cells": (lambda: open_document(ODS.format(WIDE)), "单元格"),
    "a part that is no XML": (lambda: with_part("word/document.xml", b"<d"), "合格的 XML"),
    "no text": (lambda: with_part("word/other.xml", b"<d/>"), "没有正文"),
    "another part for its text": (lambda: with_part("word/document.xml", b"<html/>"), "没有正文"),
    "a binary workbook": (lambda: zipped({"xl/workbook.bin": b"x"}), "xlsb"),
    "a sheet without content": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "content.xml",
    ),
    "parts that are protected": (lambda: flagged(1), "密码"),
    "parts that begin before the file": (misplaced, "损坏"),
    "parts that are patches": (lambda: flagged(32), "损坏"),
    "a protected file": (lambda: ole("EncryptionInfo", "EncryptedPackage", "Workbook"), "密码"),
    "an old Word file that is damaged": (lambda: ole("Root Entry", "WordDocument"), r"\.docx"),
    "a WPS file": (lambda: ole("Root Entry", "WpsDocument"), r"WPS.*\.docx"),
    "a presentation": (lambda: ole("PowerPoint Document"), r"演示.*\.pdf"),
    "an old Excel file that is damaged": (lambda: ole("Root Entry", "Workbook"), "损坏"),
    "an old Excel file that is cut off": (lambda: old_excel()[:-2000], r"旧版.*\.xlsx"),
    "groups in groups": (lambda: rb"{\rtf1" + b"{" * 1000 + b"x" + b"}" * 1001, r"RTF.*嵌套过深"),
    "Word 2003 as XML": (
        lambda: b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        r"Word 2003.*\.docx",
    ),
    "an OpenDocument text without content": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
        r"没有正文",
    ),
    "an OFD file": (lambda: zipped({"OFD.xml": "<x/>"}), "OFD"),
    "an archive without a report": (lambda: zipped({"图.png": b"\x89PNG\r\n\x1a\n"}), "图.png.*图片"),
    "an archive in an archive": (lambda: zipped({"a.zip": zipped({"b.txt": "x"})}), "还有压缩文件"),
    "too many files": (lambda: zipped({f"{n}.txt": "x" for n in range(60)}), "过多"),
    "a bomb in an archive": (lambda: gzip.compress(bytes(40 * MEGABYTE)), "过大"),
    "a RAR archive": (lambda: b"Rar!\x1a\x07" + bytes(99), "先解压"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused_in_one_line(make: Callable[[], bytes], reason: str) -> None:
    data = make()
    with pytest.raises(gischema.UnreadableSource, match=reason) as caught:
        gischema.parse(data)
    assert "\n" not in caught.value.message
    assert caught.value.message_en.isascii()


@pytest.mark.parametrize(
    "name",
    [
        "a part that inflates to much",
        "a part that lies about its size",
        "entities in entities",
        "elements in elements",
    ],
)
def test_bombs_do_not_go_off(name: str) -> None:
    """A refused file was never inflated."""
    data = REFUSED[name][0]()
    tracemalloc.start()
    try:
        with pytest.raises(gischema.UnreadableSource):
            read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 * MEGABYTE


@pytest.mark.parametrize("make", [lambda: word(table(row("规章", "1")) * 200), old_excel])
def test_files_cut_off_anywhere_are_refused_or_read(make: Callable[[], bytes]) -> None:
    """Never anything but a document or the one error."""
    data = make()
    for end in range(1, len(data), max(1, len(data) // 40)):
        try:
            read(data[:end])
        except gischema.UnreadableSource:
            continue


def test_sheets_of_absurd_size_cost_what_they_hold() -> None:
    """A dimension, a merge or a cell at the far end of a sheet is no reason to fill it."""
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    merged = '<mergeCells><mergeCell ref="C1:XFD1048575"/></mergeCells>'
    document = read(excel(far, f'<dimension ref="A1:XFD1048576"/>{merged}'))
    assert document.text == "1 | 2 | \n"


def test_what_lies_outside_the_file_is_not_looked_at() -> None:
    """Relationships lead to parts of the file: no network, no folder of the machine."""
    outside = (
        '<Relationships><Relationship Id="a" Type="x/styles" TargetMode="External" '
        'Target="http://x.invalid/styles.xml"/><Relationship Id="b" Type="x/numbering" '
        'Target="../../../../etc/passwd"/><Relationship Id="c" Type="x/styles" '
        'Target="file:///etc/passwd"/></Relationships>'
    )
    data = zipped(
        {
            "_rels/.rels": relations(officeDocument="/word/document.xml"),
            "word/_rels/document.xml.rels": outside,
            "word/document.xml": "<d><body><p><r><t>文</t></r></p></body></d>",
            "../../outside.txt": "x",
        }
    )
    assert read(data).text == "文\n"


def test_macros_are_data() -> None:
    """A file with macros is read like one without."""
    data = zipped(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": "<d><body><p><r><t>文</t></r></p></body></d>",
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen",
        }
    )
    assert read(data).text == "文\n"


MHTML = """From: <Saved by Word>
Subject: x
 y
MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_Part"

------=_Part
Content-Transfer-Encoding: base64
Content-Type: text/html; charset="gb2312"

{}
------=_Part
Content-Type: image/png

x
------=_Part--
"""
PAGES = {
    "html": HTML.encode(),
    "html in GBK": HTML.encode("gb18030"),
    "mhtml": MHTML.format(base64.b64encode(HTML.encode("gb18030")).decode()).encode(),
}


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("name", ["年报.doc", "表.xls", "x.docx"])
def test_web_pages_with_the_name_of_an_office_file_are_web_pages(data: bytes, name: str) -> None:
    file = io.BytesIO(data)
    file.name = name
    document = read(file)
    assert (document.kind, "规章 | 1 |" in document.text) == ("html", True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (MHTML.replace("text/html", "text/plain"), "没有网页"),
        (MHTML + 'Content-Type: multipart/mixed; boundary="x"\n' * 30, "嵌套过深"),
    ],
)
def test_archives_without_pages_or_nested_in_themselves_are_refused(data: str, reason: str) -> None:
    with pytest.raises(gischema.UnreadableSource, match=reason):
        read(data.encode())
