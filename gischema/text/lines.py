"""What ends a line: asked of the source and of the normal form alike."""

import re

LINE_BREAK = r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]"
"""Pattern of one line break; `\\r\\n` is one."""

_LINE_BREAK = re.compile(LINE_BREAK)


def line_starts(text: str) -> tuple[int, ...]:
    """Return the offset at which each line of `text` begins; the first is always 0."""
    return (0, *[found.end() for found in _LINE_BREAK.finditer(text)])
