"""Match the selectors of a style sheet, in time that grows with selectors and elements only.

The parser of the page matches what stands between two combinators. It would match combinators too,
but tries every way to do so: four descendants in a deep page take minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import tinycss2
from attrs import define, field
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from gischema.reading.limits import MAX_COUNTED_ELEMENTS, MAX_SELECTOR, MAX_SELECTOR_VISITS

Steps: TypeAlias = Sequence[tuple[str, str]]
"""The parts of a selector between its combinators, each with the combinator before it."""

_PSEUDO_CLASS = re.compile(r":[\w-]+(?:\([^()]*\))?")
_SIMPLE_NOT = re.compile(r":not\([\w.#-]+\)", re.IGNORECASE)
_COUNTS = re.compile(r":nth-", re.IGNORECASE)
_TRIES_MUCH = re.compile(r":(?:has|is|where|not|any|matches)\(", re.IGNORECASE)


class TooManyVisits(Exception):
    """The style sheets of a page ask for more work than any page needs."""


def selector_steps(tokens: Iterable[Any]) -> Steps:
    """Return the steps of a selector."""
    steps: list[tuple[str, str]] = []
    combinator, part = "", list[Any]()
    for token in tokens:
        is_space = token.type == "whitespace"
        if not is_space and token not in (">", "+", "~"):
            part.append(token)
            continue
        if part:
            steps.append((combinator, tinycss2.serialize(part)))
            combinator, part = " ", []
        if not is_space and steps:
            combinator = token.value
    if part:
        steps.append((combinator, tinycss2.serialize(part)))
    return steps


@define(eq=False)
class SelectorMatcher:
    """Finds the elements of a page that selectors match."""

    parser: LexborHTMLParser
    elements: int
    _visits: int = MAX_SELECTOR_VISITS
    _known: dict[str, tuple[Sequence[LexborNode], bool]] = field(factory=dict)

    def matched(self, steps: Steps) -> tuple[Sequence[LexborNode], bool]:
        """Return the elements that a selector matches, and whether it surely does.

        Raises:
            TooManyVisits: If the selectors so far ask for too much work.
        """
        certain = True
        found: Sequence[LexborNode] = []
        for number, (combinator, part) in enumerate(steps):
            before = {node.mem_id for node in found}
            found, sure = self._of_part(part)
            certain = certain and sure
            if number:
                found = self._related(found, combinator, before)
            if not found:
                break
        return found, certain

    def _visit(self, count: int) -> None:
        self._visits -= count
        if self._visits < 0:
            raise TooManyVisits

    def _of_part(self, part: str) -> tuple[Sequence[LexborNode], bool]:
        """Return the elements that a part without combinators matches."""
        if part not in self._known:
            self._visit(self.elements)
            self._known[part] = self._search(part)
        return self._known[part]

    def _search(self, part: str) -> tuple[Sequence[LexborNode], bool]:
        if len(part) > MAX_SELECTOR:
            return [], False
        tries_much = _TRIES_MUCH.search(_SIMPLE_NOT.sub("", part)) is not None
        counts = _COUNTS.search(part) is not None and self.elements > MAX_COUNTED_ELEMENTS
        if not tries_much and not counts:
            try:
                return self.parser.css(part), True
            except SelectolaxError:
                pass
        try:  # whatever its pseudo-classes say
            return self.parser.css(_PSEUDO_CLASS.sub("", part) or "*"), False
        except SelectolaxError:
            return [], False

    def _related(
        self, nodes: Iterable[LexborNode], combinator: str, before: set[int]
    ) -> list[LexborNode]:
        """Return those of the nodes that stand to nodes of the step before as a combinator says."""
        if not before:
            return []
        step = _parent if combinator in (" ", ">") else _previous
        if combinator in (">", "+"):
            return [node for node in nodes if (one := step(node)) and one.mem_id in before]
        known: dict[int, bool] = {}
        return [node for node in nodes if self._has_before(node, step, before, known)]

    def _has_before(
        self,
        node: LexborNode,
        step: Callable[[LexborNode], LexborNode | None],
        before: set[int],
        known: dict[int, bool],
    ) -> bool:
        passed: list[int] = []
        found = False
        one = step(node)
        while one is not None:
            number = one.mem_id
            if number in known:
                found = known[number]
                break
            passed.append(number)
            if number in before:
                found = True
                break
            one = step(one)
        self._visit(len(passed))
        known.update(dict.fromkeys(passed, found))
        return found


def _parent(node: LexborNode) -> LexborNode | None:
    return node.parent


def _previous(node: LexborNode) -> LexborNode | None:
    """Return the element before a node, with no other between them."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before
