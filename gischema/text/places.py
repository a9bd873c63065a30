"""Trace offsets in the normal form to origins in the source."""

from __future__ import annotations

from bisect import bisect_right

from attrs import field, frozen

from gischema.reading import Document
from gischema.report import Origin
from gischema.text.normal_text import NormalText


@frozen
class Places:
    """Finds where a span of the normal form stood in the source."""

    text: NormalText
    document: Document
    _plain: bool = field(init=False)

    @_plain.default
    def _is_plain(self) -> bool:
        """Return True if the offsets agree with the source, and the reader gave no places."""
        return self.text.same_offsets and not self.document.places

    def origin(self, start: int, end: int) -> Origin:
        """Return the origin of a span of the normal form."""
        if not self._plain:
            first, last = self.text.span(start, end)
            return self.document.origin(first, last, *self.text.line_column(first))
        starts = self.text.line_starts
        line = bisect_right(starts, start)
        return Origin(start, end, line, start - starts[line - 1] + 1)

    def raw(self, origin: Origin) -> str:
        """Return the source text at an origin."""
        return self.text.source[origin.start : origin.end]
