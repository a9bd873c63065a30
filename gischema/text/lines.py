"""What ends a line: asked of the source and of the normal form alike."""

from itertools import accumulate

LINE_BREAK = r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]"
"""Pattern of one line break; `\\r\\n` is one."""

_NO_BREAKS = "\x1c\x1d\x1e"  # `str.splitlines` takes these for breaks too


def line_starts(text: str) -> tuple[int, ...]:
    """Return the offset at which each line of `text` begins; the first is always 0."""
    for mark in _NO_BREAKS:
        text = text.replace(mark, " ")
    # With something behind it a last line break has a line behind it as well.
    lines = f"{text}.".splitlines(keepends=True)
    return tuple(accumulate(map(len, lines[:-1]), initial=0))
