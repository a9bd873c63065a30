"""Recognise kinds of file that no reader supports, and say how to convert them."""

from __future__ import annotations

from attrs import frozen

from gischema.reading.document import Document
from gischema.reading.errors import Unreadable, UnreadableSource
from gischema.reading.signatures import OLE, ZIP, ZIP_END, has_part, has_stream, is_open_document

_HEAD = 4096  # bytes in which a flat XML file names its program


@frozen
class UnsupportedFormat:
    """A kind of file: what it is and how to convert it, in Chinese and English."""

    message: str
    message_en: str
    reason: Unreadable = "unsupported"


def _converted(kind: str, kind_en: str, suffix: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"这是{kind}，不能直接读取：请用 Word 或 WPS 另存为 .{suffix}，"
        f"或用 LibreOffice 转换（soffice --headless --convert-to {suffix} 文件）",
        f"this is {kind_en} and cannot be read as it is: save it as .{suffix} with Word or WPS, or "
        f"convert it with LibreOffice (soffice --headless --convert-to {suffix} FILE)",
    )


_SHEET = _converted(
    "旧版 Excel 或 WPS 表格文件（.xls、.et）", "an old Excel or WPS file (.xls, .et)", "xlsx"
)
_SLIDES = _converted("演示文稿", "a presentation", "pdf")
_FLAT = _converted("Word 2003 的 XML 文件", "an XML file of Word 2003", "docx")
_FLAT_SHEET = _converted("Excel 2003 的 XML 文件", "an XML file of Excel 2003", "xlsx")
_OLD = UnsupportedFormat(
    "这是旧版 Word、WPS 或 Excel 文件，或已不完整，不能直接读取："
    "请用 Word 或 WPS 另存为 .docx 或 .xlsx",
    "this is an old or incomplete Word, WPS or Excel file and cannot be read as it is: "
    "save it as .docx or .xlsx with Word or WPS",
)
_LOCKED = UnsupportedFormat(
    "文件有密码保护，请先取消密码再读取",
    "the file is protected by a password; remove the password first",
    "protected",
)
_CUT = UnsupportedFormat(
    "这是 Word、Excel 或压缩文件，但不完整，请重新下载",
    "this is a Word, Excel or zip file that is cut off; download it again",
    "damaged",
)
_ARCHIVE = UnsupportedFormat(
    "这是 RAR 或 7z 压缩文件，请先解压（WinRAR、7-Zip、Bandizip），再读取其中的文件；也可改用 .zip",
    "this is a RAR or 7z archive; unpack it (WinRAR, 7-Zip) and read its files, or use .zip",
)
_PICTURE = UnsupportedFormat(
    "这是 GIF 图片，不能读取；请另存为 .png 或 .jpg，再作文字识别",
    "this is a GIF picture, which is not read; save it as .png or .jpg to have it recognised",
    "scan",
)
_ELECTRONIC = UnsupportedFormat(
    "这是 OFD 版式文件，不能直接读取：请另存为 .pdf 或 .docx",
    "this is an OFD file and cannot be read as it is: save it as .pdf or .docx",
)

_BEGINNINGS = (
    (b"GIF8", _PICTURE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
)
_STREAMS = (
    ("EncryptedPackage", _LOCKED),
    ("Workbook", _SHEET),
    ("Book", _SHEET),
    ("PowerPoint Document", _SLIDES),
)
_OFFICE_PARTS = (b"word/", b"xl/", b"ppt/", b"[content_types]")
_PROGRAMS = ((b'progid="Word.Document"', _FLAT), (b'progid="Excel.Sheet"', _FLAT_SHEET))


def unsupported_format(data: bytes) -> UnsupportedFormat | None:
    """Return what kind of file `data` is, None if it may be text, HTML or PDF."""
    if data.startswith(ZIP):
        return _zip(data)
    if data.startswith(OLE):
        return next((kind for name, kind in _STREAMS if has_stream(data, name)), _OLD)
    for magic, kind in _BEGINNINGS:
        if data.startswith(magic):
            return kind
    head = data[:_HEAD]
    if b"<?mso-application" in head:
        return next((kind for program, kind in _PROGRAMS if program in head), None)
    return None


def is_unsupported(data: bytes, _name: str | None) -> bool:
    """Return True if no reader supports this kind of file."""
    return unsupported_format(data) is not None


def refuse(data: bytes, name: str | None) -> Document:
    """Raise UnreadableSource, which says what the file is and how to convert it."""
    kind = unsupported_format(data) or _OLD
    raise UnreadableSource(name, kind.message, kind.message_en, kind.reason)


def is_other_zip(data: bytes) -> bool:
    """Return True for a zip file that is no file of an office program."""
    return not (
        b"OFD.xml" in data
        or is_open_document(data, b"")
        or any(has_part(data, part) for part in _OFFICE_PARTS)
    )


def _zip(data: bytes) -> UnsupportedFormat | None:
    if ZIP_END not in data:
        return _CUT
    if b"OFD.xml" in data:
        return _ELECTRONIC
    return None if is_other_zip(data) else _SLIDES
