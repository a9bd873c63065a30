"""How Word shows a run of text: by its own properties, and by its character and paragraph style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias
from xml.etree.ElementTree import Element

from attrs import field, frozen

RunProperties: TypeAlias = Mapping[str, str]
"""The properties of a run that may hide or raise it, by element name."""

_OFF = frozenset({"0", "false", "off", "none"})
_STRUCK_OR_HIDDEN = ("vanish", "strike", "dstrike")
_KEPT = frozenset({*_STRUCK_OR_HIDDEN, "vertAlign", "position", "color", "sz", "shd", "highlight"})
_WHITE = frozenset({"FFFFFF", "FEFEFE"})
_CLEAR = frozenset({"", "auto", "none", "white", *_WHITE})
_TINY = 4  # half points; what is smaller is not seen
_MOST_PARENTS = 20


@frozen
class RunStyles:
    """The properties that styles state, those of the styles they build on included."""

    stated: Mapping[str, RunProperties] = field(factory=dict)

    @classmethod
    def of(cls, styles: Element | None) -> RunStyles:
        """Return the styles of a file, by their ids."""
        found = (
            {} if styles is None else {one.get("styleId", ""): one for one in styles.iter("style")}
        )
        return cls({name: stated for name in found if (stated := _inherited(name, found))})

    def shown(self, properties: Element | None, paragraph_style: str) -> RunProperties:
        """Return the properties that count for a run.

        Args:
            properties: Its own.
            paragraph_style: The style of its paragraph.
        """
        around = self.stated.get(paragraph_style, {})
        if properties is None:
            return around
        style = properties.find("rStyle")
        by_style = {} if style is None else self.stated.get(style.get("val", ""), {})
        return {**around, **by_style, **_own(properties)}


def is_left_out(properties: RunProperties) -> bool:
    """Return True if a run is hidden or struck out."""
    return any(is_switched_on(properties.get(name)) for name in _STRUCK_OR_HIDDEN)


def is_off_the_line(properties: RunProperties) -> bool:
    """Return True if a run stands above or below the line, as the marks of notes do."""
    position = properties.get("position", "0")
    raised = position.isdecimal() and int(position) > 0
    return raised or properties.get("vertAlign") in ("superscript", "subscript")


def may_be_unseen(properties: RunProperties, fill: str) -> bool:
    """Return True if a run is white on white, or too small to be seen.

    Args:
        properties: Its properties.
        fill: The colour of the cell around it.
    """
    size = properties.get("sz", "")
    if size.isdecimal() and int(size) <= _TINY:
        return True
    behind = (fill, properties.get("shd", ""), properties.get("highlight", ""))
    return properties.get("color", "").upper() in _WHITE and all(
        colour.upper() in _CLEAR or colour in _CLEAR for colour in behind
    )


def is_switched_on(value: str | None) -> bool:
    """Return True if a switch is present and on."""
    return value is not None and value not in _OFF


def _inherited(name: str, styles: Mapping[str, Element]) -> RunProperties:
    line: list[Element] = []
    while name in styles and len(line) < _MOST_PARENTS:
        line.append(styles[name])
        parent = styles[name].find("basedOn")
        name = "" if parent is None else parent.get("val", "")
    return {key: value for style in reversed(line) for key, value in _of_style(style)}


def _of_style(style: Element) -> Iterator[tuple[str, str]]:
    properties = style.find("rPr")
    if properties is not None:
        yield from _own(properties).items()


def _own(properties: Element) -> dict[str, str]:
    return {
        one.tag: one.get("fill" if one.tag == "shd" else "val", "1")
        for one in properties
        if one.tag in _KEPT
    }
