"""Which properties of styles need to be evaluated: those that hide or move something somewhere.

Most pages declare fonts and borders only. Then nothing is evaluated, which saves two thirds of the
time that a page saved by Word would take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gischema.reading.html.colours import WHITE, are_alike, background_in, parse_colour
from gischema.reading.html.tags import tag_set

_OWN = r"(?:(?<![\w-])|-webkit-)"  # the whole name of a property
_UNITS = r"(?:px|pt|r?em|ex|%)?"
SMALL_SIZE = (
    r"(?<![\w.])(?:smaller|xx?-small|[1-7]\d(?:\.\d+)?%|0?\.[1-7]\d*r?em|[3-9](?:\.\d+)?px"
    r"|[3-6](?:\.\d+)?pt)"
)
"""Pattern of a size of letters that is smaller than the text around it usually is."""

_SUSPECT = tuple(
    (tag_set(properties), re.compile(pattern))
    for properties, pattern in (
        ("display", r"display\s*:\s*(?!inline(?:-block)?\s*(?:[;!}]|\Z))"),
        ("visibility content-visibility", r"visibility\s*:\s*[hc]"),
        ("opacity filter", r"opacity"),
        (
            "position left right top bottom clip width height max-width max-height overflow float",
            rf"{_OWN}position\s*:\s*(?:[afr]|sti)",
        ),
        ("display", r"(?:position|overflow(?:-[xy])?)\s*:"),  # whether an element is a box
        (
            "overflow width height max-width max-height display float",
            r"overflow(?:-[xy])?\s*:\s*(?:h|cl)",
        ),
        ("float", rf"{_OWN}float\s*:\s*(?!none)"),
        ("clip-path mask mask-image", r"clip-path|mask"),
        ("transform", rf"{_OWN}(?:transform|scale|rotate|translate)\s*:\s*(?!none)"),
        ("direction unicode-bidi", r"(?:bidi|isolate)-override"),
        ("text-indent", r"indent\s*:\s*-"),
        ("margin-left margin-right margin-top", r"margin(?:-\w+)?\s*:[^;}]{0,200}?-\.?\d"),
        ("letter-spacing", r"letter-spacing\s*:\s*-"),
        (
            "font-size",
            rf"font(?:-size)?\s*:[^;}}]{{0,200}}?(?<![\w.#%-])(?:0*\.?0+{_UNITS}|[0-2](?:\.\d+)?p[xt])(?![\w.%])",
        ),
        (
            "font-size",
            rf"font(?:-size)?\s*:[^;}}]{{0,200}}?{SMALL_SIZE}",
        ),
        ("text-decoration", r"line-through"),
        ("vertical-align", r"vertical-align\s*:\s*(?:super|sub)"),
        (
            "display visibility opacity position float font-size transform",
            r"(?:display|visibility|position|float|font-size)\s*:\s*var\(",
        ),
        ("mso-hide", r"mso-hide\s*:\s*all"),
        ("order flex-direction", rf"{_OWN}order\s*:|-reverse"),
        ("content display", rf"{_OWN}content\s*:[^;}}]{{0,200}}?(?:\d|attr|counter)"),
    )
)
_COLOURS = tag_set("color background-color text-fill-color")
_ALL = _COLOURS.union(*(properties for properties, _ in _SUSPECT))
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_COLOUR = re.compile(r"(?:(?<![\w-])|text-fill-)color\s*:\s*([^;}!]+)")
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;}!]+)")


def properties_to_evaluate(
    texts: Iterable[str], colours: Iterable[str], backgrounds: Iterable[str]
) -> frozenset[str]:
    """Return the properties whose declarations may hide text of a page or move it.

    Args:
        texts: The styles of the page: its style sheets and `style` attributes.
        colours: Colours of text in attributes.
        backgrounds: Colours of backgrounds in attributes.
    """
    joined = _BLANKS.sub(" ", _COMMENT.sub("", "\n}".join(texts).lower()))
    if "\\" in joined:  # letters may be written as numbers
        return _ALL
    found: set[str] = set()
    for properties, pattern in _SUSPECT:
        if not properties <= found and pattern.search(joined):
            found |= properties
    printed = {*_COLOUR.findall(joined), *colours}
    if printed and _may_be_unseen(printed, {*_BACKGROUND.findall(joined), *backgrounds}):
        found |= _COLOURS
    return frozenset(found)


def _may_be_unseen(printed: Iterable[str], backgrounds: Iterable[str]) -> bool:
    """Return True if a text may have no colour, or that of a background of the page."""
    behind = [WHITE, *_parsed(map(background_in, backgrounds))]
    return any(
        colour[3] <= 0 or any(are_alike(colour, ground) for ground in behind)
        for colour in _parsed(printed)
    )


def _parsed(values: Iterable[str]) -> Iterator[tuple[float, float, float, float]]:
    return (colour for value in values if (colour := parse_colour(value.strip())) is not None)
