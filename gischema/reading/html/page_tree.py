"""The tree that a browser builds of a page, within bounds, and properties of its elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from attrs import frozen
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gischema.reading.errors import UnreadableSource
from gischema.reading.html.appearance import Appearance, Displacement, appearance
from gischema.reading.html.joined_digits import has_digits_run_together
from gischema.reading.html.tags import (
    BLOCKS,
    COMMENT,
    FIELDS,
    RAISED,
    SILENT,
    TEXT,
    tag_set,
)
from gischema.reading.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TAGS

_MORE_THAN_TEXT = (BLOCKS | SILENT | FIELDS | RAISED | {"br", "img"}) - {COMMENT}
_WRAPPERS = tag_set("p div")

_OUT_OF_PLACE = (Displacement.ELSEWHERE, Displacement.CHANGED)
_FEW_TAGS = 5_000  # the depth is checked only above this number
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VALUE = r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?"""
_WHOLE_TAG = re.compile(rf"""<[a-zA-Z](?:[^>"'=]++|{_VALUE}|["'])*+""")
_ATTRIBUTE = re.compile(rf"""[^\s/>=]++\s*+(?:{_VALUE})?""")
_CLOSED_BY_OTHERS = tag_set(
    "p li dt dd tr td th tbody thead tfoot option area base br col embed hr img input link meta "
    "param source track wbr b i u s a em font strong"
)
_CELL = re.compile(r"<[tT][dDhHrR][\s>]")
_TABLE = re.compile(r"<[tT][aA][bB][lL][eE][\s>]")
_NUMBER = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")
OWN_REMARKS = "data-gischema-remarks"
"""The attribute of the list that `gischema mark` adds to a page; it is no part of the report."""

MAX_COLSPAN, MAX_ROWSPAN = 1000, 65534
"""The largest spans of browsers."""


@frozen(slots=False)
class HtmlTree:
    """A parsed page. Nodes are known by their `mem_id`."""

    parser: LexborHTMLParser

    @property
    def body(self) -> LexborNode | None:
        """Return the element that holds what is shown, None for a page of frames."""
        return self.parser.body

    @cached_property
    def seen(self) -> Appearance:
        """Return which elements a reader of the page sees otherwise than they are written."""
        return appearance(self.parser)

    @cached_property
    def special(self) -> frozenset[int]:
        """Return all elements of which `seen` says anything."""
        seen = self.seen
        return frozenset(seen.unseen | seen.muted | seen.reversed | seen.moved.keys())

    @cached_property
    def spans(self) -> dict[int, tuple[int, int]]:
        """Return how many rows (0: down to the last) and columns a cell spans, where it says so."""
        return {
            node.mem_id: (
                _number(node.attrs.sget("rowspan"), 0, MAX_ROWSPAN),
                _number(node.attrs.sget("colspan"), 1, MAX_COLSPAN),
            )
            for node in self.parser.css("[rowspan], [colspan]")
        }

    def only_text(self, node: LexborNode, *, wrapped: bool = False) -> tuple[str, int] | None:
        """Return the text of an element that holds only text in any fonts, which is the usual case.

        Args:
            node: The element.
            wrapped: If True, a paragraph or box may stand around the text.

        Returns:
            The text, and how many of its characters are links. None if the element holds more.
        """
        special = self.special
        if special and self._is_altered(node.mem_id):
            return None
        while wrapped:
            inside = [*node.iter()]
            tag = inside[0].tag if len(inside) == 1 else None
            if tag not in _WRAPPERS or (special and inside[0].mem_id in special):
                break
            if node.text(deep=False).strip():
                return None
            node = inside[0]
            wrapped = tag != "p"  # a paragraph holds neither
        links = 0
        nodes = node.traverse()
        next(nodes)  # the element itself
        element = None
        for element in nodes:
            tag = element.tag
            if tag in _MORE_THAN_TEXT or (special and element.mem_id in special):
                return None
            if tag == "a":
                links += _length(element)
        try:
            text = node.text_lexbor().strip()
        except RuntimeError:  # selectolax before 1.0 finds no text in an empty element
            return "", links
        if element is not None and has_digits_run_together(node, text, self.seen.smaller):
            return None
        return text, links

    def is_shown(self, node: LexborNode) -> bool:
        """Return True unless attributes or styles of the page hide the element."""
        return not self.special or node.mem_id not in self.seen.unseen

    def is_displaced(self, node: LexborNode) -> bool:
        """Return True if a cell may be seen in another column than the one it is written in."""
        return bool(self.special) and self.seen.moved.get(node.mem_id) in _OUT_OF_PLACE

    def _is_altered(self, number: int) -> bool:
        """Return True if the text of an element is not seen as it is written."""
        seen = self.seen
        altered = number in seen.muted or number in seen.reversed
        return altered or seen.moved.get(number) is Displacement.CHANGED


def is_link(node: LexborNode) -> bool:
    """Return True if an element links to another place."""
    return node.tag == "a" and "href" in node.attrs


def _length(link: LexborNode) -> int:
    """Return how many characters stand in a link, 0 if the element is no link."""
    if not is_link(link):
        return 0
    nodes = link.traverse(include_text=True)
    return sum(len((node.text_content or "").strip()) for node in nodes if node.tag == TEXT)


def parse_tree(text: str, name: str | None) -> HtmlTree:
    """Return the tree of a page.

    Raises:
        UnreadableSource: If the page has too many tags or nests too deeply.
    """
    _refuse_oversized(text, name)
    if not _TABLE.search(text) and _CELL.search(text):
        text = f"<table>{text}"  # rows cut out of their table; the parser drops cells outside one
    parser = LexborHTMLParser(text)
    if OWN_REMARKS in text:
        for node in parser.css(f"aside[{OWN_REMARKS}]"):
            node.decompose()
    return HtmlTree(parser)


def _refuse_oversized(text: str, name: str | None) -> None:
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise UnreadableSource(
            name,
            f"网页有 {tags} 个标签，超过 {MAX_TAGS} 个的上限，不会是一份年度报告",
            f"{tags} tags are over the limit of {MAX_TAGS}; this is no annual report",
            "too_large",
        )
    attributes = max((_ATTRIBUTE.subn("", tag)[1] for tag in _long_tags(text)), default=0)
    if attributes > MAX_ATTRIBUTES:
        raise UnreadableSource(
            name,
            f"网页的一个标签有 {attributes} 个属性，超过 {MAX_ATTRIBUTES} 个的上限，"
            "不会是一份年度报告",
            f"a tag has {attributes} attributes, over the limit of {MAX_ATTRIBUTES}; this is no "
            "annual report",
        )
    if tags > _FEW_TAGS and _depth(text) > MAX_DEPTH:
        raise UnreadableSource(
            name,
            f"网页的标签嵌套超过 {MAX_DEPTH} 层，不会是一份年度报告",
            f"tags are nested more than {MAX_DEPTH} deep; this is no annual report",
            "too_large",
        )


def _long_tags(text: str) -> Iterator[str]:
    return (tag[0] for tag in _WHOLE_TAG.finditer(text) if tag.end() - tag.start() > MAX_ATTRIBUTES)


def _depth(text: str) -> int:
    """Return about how deeply elements are nested at most."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for closing, printed in _TAG.findall(text):
        tag = printed.lower()
        if tag in _CLOSED_BY_OTHERS:
            continue
        if not closing:
            opened[tag] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[tag]:
            opened[tag] -= 1
            depth -= 1
    return deepest


def _number(printed: str, lowest: int, highest: int) -> int:
    """Return a span as browsers read it: nonsense counts as 1."""
    match = _NUMBER.match(printed)
    if match is None:
        return 1
    number = int(match[1][:6])
    return 1 if number < lowest else min(number, highest)
