"""The reader of images. What recognises them is optional, and imported when the first is read."""

from __future__ import annotations

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.reader import OnDemand, Reader
from gischema.reading.scan.extra import OCR, is_installed

_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_READ = OnDemand("gischema.reading.scan.read_scan:read_scan")


def _accepts(data: bytes, _name: str | None) -> bool:
    return data.startswith(_BEGINNINGS)


def _read(data: bytes, name: str | None) -> Document:
    if not is_installed():
        raise UnreadableSource(
            name,
            f"这是图片；识别其中的文字和表格需要安装：{OCR}",
            f"this is a picture; to recognise its text and tables: {OCR}",
            "missing_extra",
        )
    return _READ(data, name)


SCAN = Reader("scan", frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"}), _accepts, _read)
