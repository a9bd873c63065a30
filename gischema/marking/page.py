"""Remarks in a web page: a frame around each place, and a list that leads to it."""

from __future__ import annotations

import codecs
import re
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gischema.marking.remarks import Remark, Remarks
from gischema.marking.words import AUTHOR, COLOURS
from gischema.reading.html.charset import page_text
from gischema.reading.html.page_tree import OWN_REMARKS, parse_tree

_STEP = re.compile(r"([\w-]+?)(?:\[(\d+)\])?\Z")
_ANCHOR = "gischema-"
_MARK = "data-gischema"
_LIST = f"aside[{OWN_REMARKS}]"
_STYLE = "".join(
    (
        f"<style {OWN_REMARKS}>",
        *(f'[{_MARK}="{name}"]{{outline:3px solid #{colour}}}' for name, colour in COLOURS.items()),
        _LIST + "{font:14px/1.6 sans-serif;padding:1em;border-top:3px solid #999}",
        _LIST + " summary{font-size:18px;font-weight:bold;cursor:pointer}",
        "@media screen and (min-width:1100px){body{margin-right:380px}",
        _LIST + "{position:fixed;top:0;right:0;max-height:calc(100vh - 2em);max-width:330px;",
        "overflow:auto;border:0;border-left:1px solid #999;background:#fff;z-index:9999}}",
        _LIST + " p{white-space:pre-line;margin:.3em 0 1em}",
        "</style>",
    )
)


def without_own_remarks(data: bytes) -> bytes:
    """Return a page without the remarks of an earlier run."""
    text = page_text(data, None)
    if OWN_REMARKS not in text:
        return data
    tree = parse_tree(text, None).parser
    for node in tree.css(f"style[{OWN_REMARKS}]"):
        node.decompose()
    for node in tree.css(f"[{_MARK}]"):
        del node.attrs[_MARK]
        if (node.attrs.get("id") or "").startswith(_ANCHOR):
            del node.attrs["id"]
    return _written(_html(tree))


def with_remarks(data: bytes, remarks: Remarks, *, suggest: bool) -> bytes:  # noqa: ARG001
    """Return a page with the remarks, in UTF-8."""
    tree = parse_tree(page_text(without_own_remarks(data), None), None).parser
    anchors = [_mark(tree, number, remark) for number, remark in enumerate(remarks.placed, 1)]
    html = _html(tree)
    html = _inserted(html, _STYLE, "</head>")
    return _written(_inserted(html, _aside(remarks, anchors), "</body>"))


def find_node(tree: LexborHTMLParser, path: str) -> LexborNode | None:
    """Return the element of a path: `/html/body/div[2]/p[1]`. One that is cut may lead nowhere."""
    steps = [_STEP.match(step) for step in path.strip("/").split("/") if step != "…"]
    selector = " > ".join(
        step[1] + (f":nth-of-type({step[2]})" if step[2] else "") for step in steps if step
    )
    found = tree.css(selector) if selector and all(steps) else []
    return found[0] if len(found) == 1 else None


def _mark(tree: LexborHTMLParser, number: int, remark: Remark) -> str:
    """Mark the element of a remark and return its id; empty if it is not found."""
    node = find_node(tree, remark.origin.element or "")
    if node is None:
        return ""
    node.attrs[_MARK] = remark.standing
    name = node.attrs.get("id")
    if not name:
        name = f"{_ANCHOR}{number}"
        node.attrs["id"] = name
    return name


def _aside(remarks: Remarks, anchors: list[str]) -> str:
    head = f"<details open><summary>{AUTHOR}</summary><p>{escape(remarks.verdict)}</p>"
    parts = [f"<aside {OWN_REMARKS}>{head}"]
    for remark, anchor in zip(remarks.placed, anchors, strict=True):
        place = escape(remark.place)
        link = f'<a href="#{escape(anchor)}">{place}</a>' if anchor else place
        for title, text in remark.parts:
            colour = COLOURS[remark.standing]
            bold = f'<b style="color:#{colour}">{escape(title)}</b>'
            quoted = f"“{escape(remark.sentence.strip())}”\n" if remark.sentence else ""
            parts.append(f"<h3>{link}</h3><p>{bold}\n{quoted}{escape(text)}</p>")
    return "".join((*parts, "</details></aside>"))


def _inserted(html: str, part: str, before: str) -> str:
    head, end, tail = html.rpartition(before)
    return f"{head}{part}{end}{tail}" if end else html + part


def _html(tree: LexborHTMLParser) -> str:
    return tree.html or ""


def _written(html: str) -> bytes:
    """Return a page in UTF-8, which its first bytes state: the page may declare another."""
    return codecs.BOM_UTF8 + html.removeprefix("\ufeff").encode("utf-8", "replace")
