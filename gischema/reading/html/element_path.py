"""Where an element stands in the tree of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrs import define

_LONGEST_PATH = 48  # steps of an element path; beyond, its beginning is left out


@define(eq=False, repr=False)
class Step:
    """An element: the one around it, its tag, and its number among those of its tag there.

    The number is 0 where there is but one.
    """

    around: Step | None
    tag: str
    number: int
    depth: int = 0
    _beginning: str = ""

    def inside(self, tag: str, number: int) -> Step:
        """An element within."""
        return Step(self, tag, number, self.depth + 1)

    @property
    def path(self) -> str:
        """The path of an element in the tree as a browser has it: `/html/body/div[2]/p[1]`."""
        return f"{self.around.beginning if self.around else '/'}{self._name}"

    @property
    def beginning(self) -> str:
        """What the paths of all elements within begin with."""
        if not self._beginning:
            if self.depth < _LONGEST_PATH:
                self._beginning = f"{self.path}/"
            else:
                names = [step._name for step in islice(self.line(), _LONGEST_PATH - 1)]
                self._beginning = "/".join(["…", *reversed(names), ""])
        return self._beginning

    def line(self) -> Iterator[Step]:
        """The element and those around it, the outermost last."""
        step: Step | None = self
        while step is not None:
            yield step
            step = step.around

    @property
    def _name(self) -> str:
        return f"{self.tag}[{self.number}]" if self.number else self.tag
