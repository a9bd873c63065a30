"""What a page says of itself in its head: title, `<meta>` tags, the address it was saved from."""

from __future__ import annotations

import re

from gischema.reading.html.page_tree import HtmlTree

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(\S{1,500}?)\s*-->", re.IGNORECASE)
_HEAD = 2048
_LONGEST = 500


def page_meta(tree: HtmlTree, text: str) -> dict[str, str]:
    """The names and contents of the `<meta>` tags, by name in lower case, and three more.

    `title` is the title of the page, `canonical` the address that it gives as its own, `saved` the
    one that a browser noted when it saved the page. Of a name that comes twice the first counts.
    """
    meta: dict[str, str] = {}
    if saved := _SAVED_FROM.search(text, 0, _HEAD):
        meta["saved"] = saved[1]
    name: str | None
    content: str | None
    head = tree.parser.head
    found = head.css("title, meta[content], link[rel=canonical]") if head is not None else ()
    for node in found:
        attributes = node.attributes
        if node.tag == "title":
            name, content = "title", node.text()
        elif node.tag == "link":
            name, content = "canonical", attributes.get("href")
        else:
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            content = attributes.get("content")
        if name and content and content.strip():
            meta.setdefault(name, " ".join(content.split())[:_LONGEST])
    return meta
