"""Find an element of a Word file by the path that its reader gave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gischema.marking.office_package import local_name
from gischema.reading.word.block_writer import LEFT_OUT

_STEP = re.compile(r"(\w+)\[(\d+)\]")


def find_element(body: Any, path: str) -> Any | None:
    """Return the paragraph or cell of a path, `body/tbl[1]/tr[3]/tc[4]`; None if it is not there.

    For something in a text box it is the paragraph that holds the box: Word takes no comments
    inside of one.
    """
    found = body
    steps = path.split("/")
    if steps[0] != "body":
        return None
    for step in steps[1:]:
        match = _STEP.fullmatch(step)
        if match is None:
            return None
        tag, number = match[1], int(match[2])
        if tag == "txbx":
            return found
        same = list(_members(found, tag))
        if len(same) < number:
            return None
        found = same[number - 1]
    return found


def paragraphs_of(element: Any) -> list[Any]:
    """Return the paragraphs of a cell or the paragraph itself, without those of text boxes."""
    if local_name(element) == "p":
        return [element]
    return [
        each
        for each in element.iter()
        if local_name(each) == "p"
        and not any(local_name(above) == "txbxContent" for above in each.iterancestors())
    ]


def _members(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the elements with a tag in `parent` as the reader counts them.

    It looks inside of elements that wrap them, and at one branch of those that Word saves twice.
    """
    for child in parent:
        name = local_name(child)
        if name == tag:
            yield child
        elif name and name not in LEFT_OUT and not _is_block(name):
            yield from _members(_chosen_branch(child), tag)


def _is_block(name: str) -> bool:
    return name in ("p", "tbl", "tr", "tc")


def _chosen_branch(element: Any) -> Any:
    names = {
        "AlternateContent": ("Choice", "Fallback"),
        "sdt": ("sdtContent",),
    }.get(local_name(element), ())
    for name in names:
        for child in element:
            if local_name(child) == name:
                return child
    return element
