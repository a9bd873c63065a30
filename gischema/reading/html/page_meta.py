"""Read what a page states about itself in its head: title, `<meta>` tags, saved address."""

from __future__ import annotations

import re

from gischema.reading.html.page_tree import HtmlTree

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(\S{1,500}?)\s*-->", re.IGNORECASE)
_HEAD = 2048
_LONGEST = 500


def page_meta(tree: HtmlTree, text: str) -> dict[str, str]:
    """Return the contents of the `<meta>` tags by their names in lower case, and three more facts.

    `title` is the title of the page, `canonical` the address that it states as its own, `saved` the
    address that a browser noted when it saved the page. The first of several with the same name
    counts.
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
