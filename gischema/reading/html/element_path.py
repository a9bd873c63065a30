"""Where an element stands in the tree of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrs import define

_LONGEST_PATH = 48  # steps; the beginning of a longer path is left out


@define(eq=False)
class HtmlElementPath:
    """An element: its parent, its tag, and its number among the elements of that tag there.

    The number is 0 where there is only one.
    """

    parent: HtmlElementPath | None
    tag: str
    number: int
    depth: int = 0
    _child_prefix: str = ""

    def child(self, tag: str, number: int) -> HtmlElementPath:
        """Return an element inside this one."""
        return HtmlElementPath(self, tag, number, self.depth + 1)

    @property
    def path(self) -> str:
        """Return the path in the tree that a browser builds: `/html/body/div[2]/p[1]`."""
        return f"{self.parent.child_prefix if self.parent else '/'}{self._name}"

    @property
    def child_prefix(self) -> str:
        """Return the beginning of the paths of all elements inside."""
        if not self._child_prefix:
            if self.depth < _LONGEST_PATH:
                self._child_prefix = f"{self.path}/"
            else:
                names = [
                    element._name
                    for element in islice(self.self_and_ancestors(), _LONGEST_PATH - 1)
                ]
                self._child_prefix = "/".join(["…", *reversed(names), ""])
        return self._child_prefix

    def self_and_ancestors(self) -> Iterator[HtmlElementPath]:
        """Yield the element and those around it, the outermost last."""
        element: HtmlElementPath | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def _name(self) -> str:
        return f"{self.tag}[{self.number}]" if self.number else self.tag
