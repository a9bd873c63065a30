"""What of a page is seen, and where: by the attributes of its elements and the styles in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from attrs import define, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gischema.reading.html.colours import IMAGE, WHITE, Colour, are_alike, parse_colour
from gischema.reading.html.style_sheets import PageStyles, Style, page_styles
from gischema.reading.html.suspect_styles import SMALL_SIZE
from gischema.reading.html.tags import BLOCKS, tag_set

_INHERITED = ("visibility", "font-size", "color", "text-fill-color")
_HIDING_CLASSES = tag_set(
    "sr-only visually-hidden visuallyhidden screen-reader screen-reader-text hidden invisible "
    "d-none"
)
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|r?em|ex|ch|%|v[wh]|in|[cm]m|)\Z")
_NUMBERS = re.compile(r"-?\d*\.?\d+")
_SMALLER = re.compile(SMALL_SIZE)
_PIXELS = {"em": 16.0, "rem": 16.0, "%": 13.0, "vw": 13.0, "vh": 8.0, "in": 96.0, "cm": 38.0}
_FAR = 300.0  # pixels outside the page from which nothing is seen
_FAINT = 0.1
_HALF = 50.0  # per cent cut off from each side
_TINY = 2.0  # pixels
_NOTHING = 1.0  # pixels of a box that shows nothing of its text
_SET_ELSEWHERE = ("display", "visibility", "opacity", "position", "float", "font-size", "transform")
_CUTS = ("clip-path", "mask", "mask-image")
_OUT_OF_FLOW = frozenset({"absolute", "fixed"})
_BREAKS = re.compile(r"(?:block|flex|grid|table[\w-]*|list-item)\Z")
_LONG = 500  # characters of a cell that lays out a page and holds no figure
_SPACERS = re.compile(r"(?i)spacer|blank|transparent|pixel|clear|none|empty")
_WRITES = re.compile(r"\d|attr\(|counters?\(")
_CELLS = tag_set("td th")
_GROUND = "background-color"
_COLOURS = frozenset({"color", _GROUND})
_NO_COLOUR = frozenset({"inherit", "currentcolor", "transparent", "initial", "unset", "none", ""})


class Displacement(Enum):
    """Where an element is seen, if not where it stands in the text."""

    FIRST = "at the left end of its line"
    SHIFTED = "near its place"
    ELSEWHERE = "out of its place"
    CHANGED = "not as it is written"


@define(eq=False)
class Appearance:
    """The elements of a page that a reader sees otherwise than they are written, by `mem_id`.

    Attributes:
        unseen: Elements that are not seen, with all inside them, and struck-out text.
        muted: Elements whose own text is not seen, while some inside them are.
        reversed: Elements whose characters are seen from the last to the first.
        moved: Elements that are seen in another place, or may not be seen.
        smaller: Elements in a line whose style sheet makes their letters smaller.
        complete: False if the page declares too much to evaluate.
    """

    unseen: set[int] = field(factory=set)
    muted: set[int] = field(factory=set)
    reversed: set[int] = field(factory=set)
    moved: dict[int, Displacement] = field(factory=dict)
    smaller: set[int] = field(factory=set)
    complete: bool = True


def appearance(parser: LexborHTMLParser) -> Appearance:
    """Return how the elements of a page appear."""
    styles = page_styles(parser)
    seen = Appearance(complete=styles.complete)
    for number, style in styles.of.items():
        node = styles.nodes[number]
        if _is_hidden(node, style):
            seen.unseen.add(number)
        elif _is_reversed(node, styles):
            seen.reversed.add(number)
        elif (place := _place(node, style)) is not None:
            seen.moved[number] = place
        elif node.tag not in BLOCKS and _SMALLER.match(style.get("font-size", "")):
            seen.smaller.add(number)
    for number, possible in styles.possible.items():
        node = styles.nodes[number]
        known = styles.of.get(number, {})
        if any(_changes(node, {**known, **style}) for style in possible):
            seen.moved.setdefault(number, Displacement.SHIFTED)
    _mark_children(styles, seen)
    _mark_written(parser, styles, seen)
    for number, name in _inherited(styles):
        _mute(styles.nodes[number], name, styles, seen)
    sheets_elsewhere = parser.css_first("link[rel~=stylesheet i]") is not None
    for number, ground in _coloured_as_background(styles):
        if ground is None and sheets_elsewhere:  # they may set a dark background
            seen.moved.setdefault(number, Displacement.SHIFTED)
        else:
            _mute(styles.nodes[number], "color", styles, seen)
    return seen


def _changes(node: LexborNode, style: Style) -> bool:
    hides = _is_hidden(node, style) or any(_hides_text(style, name) for name in _INHERITED[:2])
    return hides or _place(node, style) is not None


def _is_hidden(node: LexborNode, style: Style) -> bool:
    """Return True if an element is not seen, nor anything inside it."""
    if not style:
        return False
    return (
        style.get("display") == "none"
        or "line-through" in style.get("text-decoration", "")
        or style.get("mso-hide") == "all"
        or style.get("content-visibility") == "hidden"
        or _first_number(style.get("opacity", "1")) <= 0.0
        or "opacity(0" in style.get("filter", "").replace(" ", "")
        or _is_off_the_page(style)
        or _is_clipped(node, style)
    )


def _is_off_the_page(style: Style) -> bool:
    if style.get("position") in _OUT_OF_FLOW and any(
        _pixels(style.get(side, "")) <= -_FAR for side in ("left", "top", "right", "bottom")
    ):
        return True
    if any(_pixels(style.get(name, "")) <= -_FAR for name in ("text-indent", "margin-left")):
        return True
    transform = style.get("transform", "")
    if re.search(r"scale(?:3d|[xy])?\(\s*0(?:\.0*)?\s*[,)]", transform):
        return True
    moves = re.findall(r"translate\w*\(([^()]*)\)", transform)
    return any(_pixels(one.strip()) <= -_FAR for move in moves for one in re.split("[ ,]+", move))


def _is_clipped(node: LexborNode, style: Style) -> bool:
    boxed = (
        node.tag in BLOCKS
        or style.get("position") in _OUT_OF_FLOW
        or style.get("float", "none") != "none"
        or style.get("display", "inline") != "inline"
    )
    if boxed and style.get("overflow") in ("hidden", "clip") and node.tag not in _CELLS:
        sides = ("width", "height", "max-width", "max-height")
        sizes = [_pixels(style.get(side, "auto"), 99.0) for side in sides]
        if min(sizes) <= _NOTHING:
            return True
    clip = style.get("clip", "")
    if clip.startswith("rect") and style.get("position") in _OUT_OF_FLOW:
        return all(float(number) <= _NOTHING for number in _NUMBERS.findall(clip))
    path = style.get("clip-path", "")
    if path.startswith("inset"):
        return any(float(one) >= _HALF for one in re.findall(r"(\d*\.?\d+)%", path))
    return re.match(r"circle\(\s*0", path) is not None


def _is_reversed(node: LexborNode, styles: PageStyles) -> bool:
    style = styles.of[node.mem_id]
    if style.get("unicode-bidi") not in ("bidi-override", "isolate-override"):
        return False
    around: LexborNode | None = node
    while around is not None:
        if direction := styles.of.get(around.mem_id, {}).get("direction"):
            return direction == "rtl"
        around = around.parent
    return False


def _place(node: LexborNode, style: Style) -> Displacement | None:
    """Return where an element is seen if it is moved, or may not be seen."""
    position, floats = style.get("position", "static"), style.get("float", "none")
    if position in _OUT_OF_FLOW or floats in ("right", "inline-end") or _sets(style, "order"):
        return Displacement.ELSEWHERE
    transform = style.get("transform", "none")
    if re.search(r"rotate|matrix|scale\w*\([^()]*-|skew", transform):
        return Displacement.CHANGED
    if floats in ("left", "inline-start"):
        return Displacement.FIRST
    offsets = position in ("relative", "sticky") and any(
        _sets(style, side) for side in ("left", "right", "top", "bottom")
    )
    negative = any(
        _pixels(style.get(name, ""), 0.0) < 0.0
        for name in ("margin-left", "margin-right", "margin-top", "letter-spacing")
    )
    breaks = node.tag not in BLOCKS and _BREAKS.match(style.get("display", "inline"))
    faint = _first_number(style.get("opacity", "1")) <= _FAINT
    tiny = _pixels(style.get("font-size", ""), 99.0) <= _TINY
    clipped = any(style.get(name, "none") != "none" for name in _CUTS)
    raised = node.tag not in BLOCKS and style.get("vertical-align") in ("super", "sub")
    unknown = any("var(" in style.get(name, "") for name in _SET_ELSEWHERE)
    shifted = offsets or negative or breaks or raised or clipped or transform != "none"
    if unknown or shifted or faint or tiny:
        return Displacement.SHIFTED
    return None


def _sets(style: Style, name: str) -> bool:
    return _pixels(style.get(name, ""), 0.0) != 0.0


def _mark_children(styles: PageStyles, seen: Appearance) -> None:
    """Mark what stands in a row or column that is shown from its end."""
    for number, style in styles.of.items():
        if style.get("flex-direction", "").endswith("-reverse"):
            for child in styles.nodes[number].iter():
                seen.moved[child.mem_id] = Displacement.ELSEWHERE


def _mark_written(parser: LexborHTMLParser, styles: PageStyles, seen: Appearance) -> None:
    """Mark elements to which a style or script adds text, and those whose class may hide them."""
    for number, style in styles.generated.items():
        if style.get("display") != "none" and _WRITES.search(style.get("content", "")):
            seen.moved[number] = Displacement.CHANGED
            _mark_cell(styles.nodes[number], seen)
    for number, style in styles.beginnings.items():
        node = styles.nodes[number]
        hidden = any(_hides_text(style, name) for name in _INHERITED)
        if hidden or _place(node, style) not in (None, Displacement.FIRST):
            seen.moved[number] = Displacement.CHANGED
    for node in parser.css("td script, th script, td img, th img"):
        if node.tag == "script" or _is_picture(node):
            _mark_cell(node, seen)
    for node in parser.css(",".join(f".{name}" for name in sorted(_HIDING_CLASSES))):
        if node.mem_id not in seen.unseen:
            seen.moved[node.mem_id] = Displacement.SHIFTED


def _mark_cell(node: LexborNode, seen: Appearance) -> None:
    """Mark the cell around an element as not seen as it is written, unless it is a large one.

    A cell with text is no picture: it may lay out a page.
    """
    around = node.parent
    while around is not None and around.tag not in _CELLS:
        around = around.parent
    if around is not None and not around.css("td, th")[1:]:
        text = around.text(deep=True).strip()
        if len(text) < _LONG and (node.tag != "img" or not text):
            seen.moved[around.mem_id] = Displacement.CHANGED


def _is_picture(node: LexborNode) -> bool:
    """Return True for an image that may show a number, False for one that only takes up room."""
    sizes = (node.attrs.sget("width"), node.attrs.sget("height"))
    named = _SPACERS.search(node.attrs.sget("src")) is not None
    return not named and not any(_pixels(size, _FAR) <= _TINY for size in sizes if size)


# -- text that is not seen, while text inside it may be ----------------------------------------


def _inherited(styles: PageStyles) -> Iterator[tuple[int, str]]:
    """Yield the elements whose text is not seen, with the property that hides it."""
    for number, style in styles.of.items():
        for name in _INHERITED:
            if _hides_text(style, name):
                yield number, name


def _hides_text(style: Style, name: str) -> bool:
    value = style.get(name)
    if value is None:
        return False
    if name == "visibility":
        return value in ("hidden", "collapse")
    if name == "font-size":
        return _pixels(value, 99.0) == 0.0
    if style.get(_GROUND) == IMAGE:  # letters may be cut out of a picture
        return False
    colour = parse_colour(value)
    return colour is not None and colour[3] <= 0.0


def _mute(top: LexborNode, name: str, styles: PageStyles, seen: Appearance) -> None:
    """Mark an element and those inside it up to those that declare the property themselves."""
    names = {name, "background-color"} if name == "color" else {name}
    inside: list[LexborNode] = []
    waiting, again = [top], False
    while waiting:
        node = waiting.pop()
        inside.append(node)
        for child in node.iter():
            if not names.isdisjoint(styles.of.get(child.mem_id, ())):
                again = True
            else:
                waiting.append(child)
    if again:
        seen.muted.update(node.mem_id for node in inside)
    else:
        seen.unseen.add(top.mem_id)


def _coloured_as_background(styles: PageStyles) -> Iterator[tuple[int, str | None]]:
    """Yield the elements whose text has the colour of what is behind it, and that background."""
    colours: dict[str, Colour | None] = {"white": WHITE}
    colours |= {
        value: parse_colour(value)
        for style in styles.of.values()
        for name, value in style.items()
        if name in _COLOURS
    }
    printed = {style["color"] for style in styles.of.values() if "color" in style}
    behind = {style.get(_GROUND, "white") for style in styles.of.values()}
    if not any(
        are_alike(colours.get(one), colours.get(other)) for one in printed for other in behind
    ):
        return
    known: dict[str, dict[int, str | None]] = {"color": {}, _GROUND: {}}
    for number, style in styles.of.items():
        if not style.keys().isdisjoint(_COLOURS):
            colour = _nearest(styles, styles.nodes[number], "color", known["color"])
            ground = _nearest(styles, styles.nodes[number], _GROUND, known[_GROUND])
            if colour and are_alike(colours[colour], colours[ground or "white"]):
                yield number, ground


def _nearest(
    styles: PageStyles, node: LexborNode, name: str, known: dict[int, str | None]
) -> str | None:
    """Return the colour that counts for an element: its own, or that of one around it."""
    passed: list[int] = []
    found: str | None = None
    around: LexborNode | None = node
    while around is not None:
        if around.mem_id in known:
            found = known[around.mem_id]
            break
        passed.append(around.mem_id)
        value = styles.of.get(around.mem_id, {}).get(name, "inherit")
        if value not in _NO_COLOUR:
            found = value
            break
        around = around.parent
    known.update(dict.fromkeys(passed, found))
    return found


def _first_number(value: str) -> float:
    """Return a number or a share of 100, 1 if it is neither."""
    found = re.match(r"(\d*\.?\d+)(%?)\s*\Z", value)
    if found is None:
        return 1.0
    return float(found[1]) / (100 if found[2] else 1)


def _pixels(value: str, other: float = 0.0) -> float:
    """Return about how many pixels a length has, `other` if it is none."""
    found = _LENGTH.match(value)
    return float(found[1]) * _PIXELS.get(found[2], 1.0) if found else other
