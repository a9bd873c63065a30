"""Find where lines begin, as editors and other programs count them."""

from itertools import accumulate


def line_starts(text: str) -> tuple[int, ...]:
    """Return the offset at which each line of `text` begins; the first is always 0.

    Only carriage returns and line feeds end a line. A form feed, which some converters put at the
    top of a page, separates cells as a line feed does, but does not count as a line.
    """
    lines = text.replace("\r\n", " \n").replace("\r", "\n").split("\n")
    return tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
