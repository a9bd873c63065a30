"""Rewrite a text and keep the way back, in few numbers."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable

import attrs


def _numbers() -> "array[int]":
    return array("q")


@attrs.define
class OffsetMap:
    """The way from a rewritten text back to the text before it.

    Only the places where a length changed are kept, in four parallel arrays. Between two of them
    the offsets of both texts differ by a constant.
    """

    _new_starts: "array[int]" = attrs.field(factory=_numbers)
    _new_ends: "array[int]" = attrs.field(factory=_numbers)
    _old_starts: "array[int]" = attrs.field(factory=_numbers)
    _old_ends: "array[int]" = attrs.field(factory=_numbers)

    def add(self, new_start: int, new_end: int, old_start: int, old_end: int) -> None:
        """Record that `new_start:new_end` replaces `old_start:old_end`, from left to right."""
        self._new_starts.append(new_start)
        self._new_ends.append(new_end)
        self._old_starts.append(old_start)
        self._old_ends.append(old_end)

    def __len__(self) -> int:
        return len(self._new_starts)

    def start_of(self, index: int) -> int:
        """Return where the old text behind the new character at `index` begins."""
        edit = bisect_right(self._new_starts, index) - 1
        if edit < 0:
            return index
        beyond = index - self._new_ends[edit]
        return self._old_starts[edit] if beyond < 0 else self._old_ends[edit] + beyond

    def end_of(self, index: int) -> int:
        """Return where the old text behind the new character at `index` ends."""
        edit = bisect_right(self._new_starts, index) - 1
        if edit < 0:
            return index + 1
        beyond = index - self._new_ends[edit]
        return self._old_ends[edit] + max(beyond + 1, 0)


Edit = tuple[int, int, str]
"""Start and end of what is replaced, and the replacement."""


def rewrite(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap | None]:
    """Carry out `edits`, which are in order and do not overlap.

    Returns:
        The new text, and the map back to `text`. The map is None if every offset stayed.
    """
    pieces: list[str] = []
    offsets = OffsetMap()
    done = shift = 0  # the offset up to which `text` is rewritten; new minus old offset there
    for start, end, new in edits:
        pieces += (text[done:start], new)
        done = end
        if len(new) != end - start:
            offsets.add(start + shift, start + shift + len(new), start, end)
            shift += len(new) - (end - start)
    if not pieces:
        return text, None
    pieces.append(text[done:])
    return "".join(pieces), offsets if len(offsets) else None
