"""A text in normal form that knows where each of its characters stood."""

from bisect import bisect_right
from functools import cached_property

import attrs

from .lines import line_starts
from .offsets import OffsetMap


@attrs.frozen
class NormalText:
    """A text in normal form, the source it was made from, and the way between them."""

    source: str
    """The text as it reached us."""

    text: str
    """Its normal form."""

    # The source determines the maps, so they are not compared.
    _maps: tuple[OffsetMap, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def same_offsets(self) -> bool:
        """Return True if each character stands where it stood in the source."""
        return not self._maps

    def to_source(self, index: int) -> int:
        """Return the source offset of the normal character at `index`.

        All characters that one source character was spelled out to (`㈠` → `(一)`) lead to that
        character. `len(text)` leads to `len(source)`.

        Raises:
            IndexError: If `index` is outside `0 … len(text)`.
        """
        if not 0 <= index <= len(self.text):
            raise IndexError(f"no character {index} in a text of {len(self.text)}")
        if index == len(self.text):
            return len(self.source)
        for offsets in reversed(self._maps):
            index = offsets.start_of(index)
        return index

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open source span that the normal span `start:end` stands for.

        Removed text (a pinyin bracket) belongs to the span only if it stands between two of its
        characters. The result is empty only if the normal span is.

        Raises:
            IndexError: Unless `0 <= start <= end <= len(text)`.
        """
        if not self._maps and 0 <= start <= end <= len(self.text):
            return start, end
        if start > end:
            raise IndexError(f"a span cannot run from {start} back to {end}")
        first = self.to_source(start)
        if start == end:
            return first, first
        # Trace the last character, not the one after it: the span would else include text
        # that was removed behind it.
        self.to_source(end)
        for offsets in reversed(self._maps):
            end = offsets.end_of(end - 1)
        return first, end

    def line_column(self, source_offset: int) -> tuple[int, int]:
        """Return line and column of an offset in the source, both counted from 1.

        Lines are those of the source: the normal form may have more. `len(source)` stands behind
        the last character.

        Raises:
            IndexError: If the offset is outside the source.
        """
        if not 0 <= source_offset <= len(self.source):
            raise IndexError(f"no offset {source_offset} in a source of {len(self.source)}")
        line = bisect_right(self.line_starts, source_offset)
        return line, source_offset - self.line_starts[line - 1] + 1

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Return the offset in the source at which each line begins."""
        return line_starts(self.source)
