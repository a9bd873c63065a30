"""Where the nodes of a page stand in its tree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from attrs import define

from gischema.reading.html.tree import TEXT

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LONGEST_PATH = 48  # steps of an element path; beyond, its beginning is left out


@define(eq=False, repr=False)
class Step:
    """An element: the one around it, its tag, and its name there: `div[2]` is the second `div`."""

    around: Step | None
    tag: str
    name: str
    depth: int = 0
    _path: str = ""

    def inside(self, tag: str, number: int) -> Step:
        """An element within, the first of its tag if `number` is 1."""
        return Step(self, tag, f"{tag}[{number}]", self.depth + 1)

    @property
    def path(self) -> str:
        """The path of an element in the tree as a browser has it: `/html/body/div[2]/p[1]`."""
        if not self._path:
            if self.depth > _LONGEST_PATH:
                names = [step.name for step in islice(self.line(), _LONGEST_PATH)]
                self._path = "/".join(["…", *reversed(names)])
            else:
                self._path = f"{self.around.path if self.around else ''}/{self.name}"
        return self._path

    def path_inside(self, tag: str, number: int) -> str:
        """The path of an element within."""
        if self.depth >= _LONGEST_PATH:
            return self.inside(tag, number).path
        return f"{self.path}/{tag}[{number}]"

    def line(self) -> Iterator[Step]:
        """The element and those around it, the outermost last."""
        step: Step | None = self
        while step is not None:
            yield step
            step = step.around


@define(eq=False, repr=False)
class Frame:
    """A node to be read: where it stands, the block around it, whether it stands in a link.

    A text stands where the element around it does.
    """

    node: LexborNode
    tag: str
    step: Step
    block: Step
    linked: bool = False

    def children(self, block: Step, *, linked: bool = False) -> Iterator[Frame]:
        """The nodes inside, in the block and the link that they are told to stand in."""
        step, numbers = self.step, dict[str, int]()
        for node in self.node.iter(include_text=True):
            tag = node.tag or ""
            if tag == TEXT:
                yield Frame(node, tag, step, block, linked)
            else:
                numbers[tag] = number = numbers.get(tag, 0) + 1
                yield Frame(node, tag, step.inside(tag, number), block, linked)
