"""Web pages saved as one file (MHTML), as Word and Excel save them under names such as `.doc`."""

from __future__ import annotations

import email
import re

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.html.reader import HTML
from gischema.reading.limits import MAX_HEADERS
from gischema.reading.reader import Reader

_BEGINS = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_WEB = re.compile(rb"multipart/related|text/html", re.IGNORECASE)
_HEADERS = re.compile(
    rb"(?:\A\s*|^--[^\r\n]*\r?\n)((?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+)", re.MULTILINE
)
_LOOKED_AT = 4096
_MOST_LEVELS = 20  # boundaries; nested parts are read recursively


def _accepts(data: bytes, _name: str | None) -> bool:
    head = data[:_LOOKED_AT]
    return _BEGINS.match(head) is not None and _WEB.search(head) is not None


def _read(data: bytes, name: str | None) -> Document:
    """Return the pages of the archive, in order. An archive of Excel has one for each sheet."""
    if data.lower().count(b"boundary=") > _MOST_LEVELS or _headers(data) > MAX_HEADERS:
        raise UnreadableSource(
            name,
            "网页归档嵌套过深，或标头过长，请在浏览器中打开后另存为 .html",
            "the web archive is nested too deeply, or its headers are too long; open it in a "
            "browser and save it as .html",
            "too_large",
        )
    pages: list[bytes] = []
    for part in email.message_from_bytes(data).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            pages.append(content)
    shown = [page for page in pages if b"<frameset" not in page.lower()] or pages
    if not shown:
        raise UnreadableSource(
            name,
            "网页归档里没有网页，请在浏览器中打开原网页后另存为 .html",
            "the web archive holds no page; open the page in a browser and save it as .html",
            "not_a_report",
        )
    return HTML.read(b"\n".join(shown), name)


def _headers(data: bytes) -> int:
    """Return how many lines the headers of an archive and of its parts have."""
    return sum(found[1].count(b"\n") for found in _HEADERS.finditer(data))


WEB_ARCHIVE = Reader("mhtml", frozenset({".mht", ".mhtml"}), _accepts, _read)
