"""The tree that a browser would build of a page, within bounds; what it says of its elements."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from attrs import frozen
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gischema.reading.errors import UnreadableSource


def tag_set(names: str) -> frozenset[str]:
    """A set of tags from a line of them."""
    return frozenset(names.split())


TEXT, COMMENT = "-text", "-comment"
BLOCKS = tag_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
"""Elements that begin and end a paragraph."""

SILENT = tag_set(
    "script style template noscript head title svg math canvas audio video map rt rp option "
    "select button object iframe -comment"
)
"""Elements without text of the page. `ruby` is read without its gloss."""

FIELDS = tag_set("input textarea")
RAISED = tag_set("sup sub")
_MORE_THAN_TEXT = (BLOCKS | SILENT | FIELDS | RAISED | {"br"}) - {COMMENT}
_WRAPPERS = tag_set("p div")

MAX_TAGS = 200_000
"""A report saved by Word, every word in a `span`, has a fourth of this."""

MAX_DEPTH = 512
"""Elements inside each other. The time that a tree takes grows with the product of both limits."""

_FEW_TAGS = 5_000  # so few cannot nest deeply enough to matter
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_CLOSED_BY_OTHERS = tag_set(
    "p li dt dd tr td th tbody thead tfoot option area base br col embed hr img input link meta "
    "param source track wbr b i u s a em font strong"
)
_CELL = re.compile(r"<[tT][dDhHrR][\s>]")
_TABLE = re.compile(r"<[tT][aA][bB][lL][eE][\s>]")
_NUMBER = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|line-through", re.IGNORECASE
)
_MAYBE_UNSEEN = '[style*="none" i], [style*="hid" i], [style*="line-through" i]'
MAX_COLSPAN, MAX_ROWSPAN = 1000, 65534
"""What browsers make of larger numbers."""


@frozen(slots=False, eq=False, repr=False)
class HtmlTree:
    """A parsed page. Nodes are known by their `mem_id`."""

    parser: LexborHTMLParser

    @property
    def body(self) -> LexborNode | None:
        """The element that holds what is shown; None for a page of frames."""
        return self.parser.body

    @cached_property
    def unseen(self) -> frozenset[int]:
        """Elements that are not shown, as far as they themselves say so, and struck-out text.

        Style sheets are not looked at.
        """
        nodes = self.parser.css("[hidden], del, s, strike")
        styled = self.parser.css(_MAYBE_UNSEEN)
        nodes += (node for node in styled if _UNSEEN.search(node.attrs.sget("style")))
        return frozenset(node.mem_id for node in nodes)

    @cached_property
    def spans(self) -> dict[int, tuple[int, int]]:
        """How many rows (0: down to the last) and columns a cell spans, where it says so."""
        return {
            node.mem_id: (
                _number(node.attrs.sget("rowspan"), 0, MAX_ROWSPAN),
                _number(node.attrs.sget("colspan"), 1, MAX_COLSPAN),
            )
            for node in self.parser.css("[rowspan], [colspan]")
        }

    def only_text(self, node: LexborNode, *, wrapped: bool = False) -> tuple[str, int] | None:
        """The text of an element that holds nothing else, in whatever fonts; the usual case.

        With how many characters of it are links. None if there is more to the element. If it may
        be `wrapped`, a paragraph or box may be around the text.
        """
        unseen = self.unseen
        while wrapped:
            inside = [*node.iter()]
            tag = inside[0].tag if len(inside) == 1 else None
            if tag not in _WRAPPERS or (unseen and inside[0].mem_id in unseen):
                break
            if node.text(deep=False).strip():
                return None
            node = inside[0]
            wrapped = tag != "p"  # which holds neither
        links = 0
        nodes = node.traverse()
        next(nodes)  # the element itself
        for element in nodes:
            tag = element.tag
            if tag in _MORE_THAN_TEXT or (unseen and element.mem_id in unseen):
                return None
            if tag == "a":
                links += _length(element)
        return node.text_lexbor().strip(), links

    def is_shown(self, node: LexborNode) -> bool:
        """Whether an element is shown, as far as it itself says so."""
        return not self.unseen or node.mem_id not in self.unseen


def is_link(node: LexborNode) -> bool:
    """Whether an element leads elsewhere."""
    return node.tag == "a" and "href" in node.attrs


def _length(link: LexborNode) -> int:
    """How many characters stand in a link, if it is one."""
    if not is_link(link):
        return 0
    nodes = link.traverse(include_text=True)
    return sum(len((node.text_content or "").strip()) for node in nodes if node.tag == TEXT)


def parse_tree(text: str, name: str | None) -> HtmlTree:
    """The tree of a page. Raises UnreadableSource for one that no browser should be given."""
    _refuse_monsters(text, name)
    if not _TABLE.search(text) and _CELL.search(text):
        text = f"<table>{text}"  # rows cut out of their table: without it, no cell is one
    return HtmlTree(LexborHTMLParser(text))


def _refuse_monsters(text: str, name: str | None) -> None:
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise UnreadableSource(
            name,
            f"网页有 {tags} 个标签，超过 {MAX_TAGS} 个的上限，不会是一份年度报告",
            f"{tags} tags are over the limit of {MAX_TAGS}; this is no annual report",
        )
    if tags > _FEW_TAGS and _depth(text) > MAX_DEPTH:
        raise UnreadableSource(
            name,
            f"网页的标签嵌套超过 {MAX_DEPTH} 层，不会是一份年度报告",
            f"tags are nested more than {MAX_DEPTH} deep; this is no annual report",
        )


def _depth(text: str) -> int:
    """About how deep elements are nested at most."""
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
    """A span as browsers read it: nonsense counts as 1."""
    match = _NUMBER.match(printed)
    if match is None:
        return 1
    number = int(match[1][:6])
    return 1 if number < lowest else min(number, highest)
