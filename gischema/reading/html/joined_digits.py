"""Digits that run together over the border of an element: of one number, or the mark of a note.

A browser shows the mark of a note as a link, smaller or raised. Elements that only choose a font,
as Word writes them in the middle of numbers, change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborNode

from gischema.reading.html.suspect_styles import SMALL_SIZE
from gischema.reading.html.tags import BLOCKS, RAISED, TEXT, tag_set

_TWO_DIGITS = re.compile(r"\d\d")
_SET_APART = RAISED | tag_set("big q cite code kbd samp var abbr dfn")
_NAMING = "class", "id", "name", "role", "epub:type", "href"
_NOTE = re.compile(
    r"(?i)foot|note|noteref|fn\d|\bfn|ftn|\bre?f\d|sup(?:er|\b|_|-)|\bsub(?:script)?\b|"
    r"\bsub[-_]|anno|remark|zhu(?:shi|jie)|注|^#"
)
_SIZE = re.compile(r"(?i)font(?:-size)?\s*:[^;]*?(?<![\w.])(\d*\.?\d+)\s*(px|pt|r?em|%)")
_SMALLER = re.compile(
    rf"(?i)font(?:-size)?\s*:[^;]*?{SMALL_SIZE}|vertical-align\s*:\s*(?:su|text-|top|-?[\d.])|zoom"
)
_POINTS = {"pt": 1.0, "px": 0.75}
_LESS = 0.8  # of the size of the digits next to it


def has_digits_run_together(node: LexborNode, text: str, smaller: Collection[int]) -> bool:
    """Return True if digits in the text of an element may not be of one number.

    Args:
        node: The element.
        text: Its text.
        smaller: The elements that a style sheet makes smaller, by `mem_id`.
    """
    if _TWO_DIGITS.search(text) is None:
        return False
    before: LexborNode | None = None
    for inside in node.traverse(include_text=True):
        if inside.tag == TEXT and (part := inside.text_content):
            if before is not None and part[0].isdigit() and are_apart(before, inside, smaller):
                return True
            before = inside if part[-1].isdigit() else None
    return False


def are_apart(one: LexborNode, other: LexborNode, smaller: Collection[int]) -> bool:
    """Return True if the digits of two texts that adjoin may not be of one number."""
    first, second = (list(_around(node)) for node in (one, other))
    shared = {node.mem_id for node in first} & {node.mem_id for node in second}
    sides = [[node for node in nodes if node.mem_id not in shared] for nodes in (first, second)]
    if any(_is_set_apart(node) for nodes in sides for node in nodes):
        return True
    small, other_small = (any(_is_small(node, smaller) for node in nodes) for nodes in sides)
    sizes = [size for nodes in sides if (size := _size(nodes)) is not None]
    return small != other_small or (len(sizes) > 1 and min(sizes) <= _LESS * max(sizes))


def is_mark(node: LexborNode, before: LexborNode, smaller: Collection[int]) -> bool:
    """Return True if an element is the mark of a note behind a text: raised, smaller or so named.

    Args:
        node: The element.
        before: The text in front of it, or the element of that.
        smaller: The elements that a style sheet makes smaller, by `mem_id`.
    """
    if node.tag in RAISED or _is_note(node):
        return True
    return _is_small(node, smaller) and not any(_is_small(one, smaller) for one in _around(before))


def _is_set_apart(node: LexborNode) -> bool:
    return node.tag in _SET_APART or _is_note(node) or (node.tag == "a" and "href" in node.attrs)


def _is_note(node: LexborNode) -> bool:
    attributes = node.attrs
    return any(_NOTE.search(attributes.sget(name)) for name in _NAMING if name in attributes)


def _is_small(node: LexborNode, smaller: Collection[int]) -> bool:
    if node.tag == "small" or node.mem_id in smaller or node.attrs.sget("size") == "1":
        return True
    return _SMALLER.search(node.attrs.sget("style")) is not None


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements of a line around a text, the innermost first."""
    around = node.parent if node.tag == TEXT else node
    while around is not None and around.tag not in BLOCKS:
        yield around
        around = around.parent


def _size(nodes: list[LexborNode]) -> float | None:
    """Return the size of the letters in points that elements set, None if they set none."""
    for node in nodes:
        attributes = node.attrs
        if node.tag == "font" and attributes.sget("size").isdecimal():
            return (7.5, 7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0)[
                min(int(attributes.sget("size")), 7)
            ]
        if found := _SIZE.search(attributes.sget("style")):
            number, unit = float(found[1]), found[2].lower()
            points = _POINTS.get(unit)
            return number * points if points else number * (0.12 if unit == "%" else 12.0)
    return None
