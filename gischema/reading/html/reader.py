"""The reader of web pages: saved or cut out, in any Chinese encoding."""

from __future__ import annotations

import re

from gischema.reading.reader import OnDemand, Reader

_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|(?:html|head|meta|title|link|script|style|body|div|p|br|span|font|center|"
    rb"table|tbody|thead|tr|td|th|h[1-6]|ul|ol|li|article|section|main|a|b|strong|form|iframe)"
    rb"(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:html|body|table|div|p|br|td|meta)[\s>/]", re.IGNORECASE)
_LOOKED_AT = 65536


def _accepts(data: bytes, name: str | None) -> bool:
    """Return True if a file begins with markup, or is named as a page and holds any."""
    head = data[:_LOOKED_AT]
    if 0 in head[:64]:
        head = head.replace(b"\0", b"")  # finds the tags of UTF-16 too
    if b"<" not in head:
        return False
    if _BEGINS.match(head):
        return True
    named = name is not None and name.lower().endswith(tuple(_SUFFIXES))
    return named and _TAG.search(head) is not None


HTML = Reader("html", _SUFFIXES, _accepts, OnDemand("gischema.reading.html.read_page:read_page"))
