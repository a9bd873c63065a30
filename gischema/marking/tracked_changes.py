"""Tracked changes in a Word file that replace the figure of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from gischema.marking.office_package import local_name
from gischema.marking.remarks import SuggestedValue
from gischema.marking.words import AUTHOR
from gischema.output.words import shown


def suggest_value(
    paragraphs: Sequence[Any], suggestion: SuggestedValue, w: str, author: str
) -> bool:
    """Delete the figure of a cell and insert another, both as tracked changes.

    Nothing is changed in a cell that holds more than the figure, or other tracked changes.

    Returns:
        True if the cell was changed.
    """
    if len(paragraphs) != 1:
        return False
    (paragraph,) = paragraphs
    content = [each for each in paragraph if local_name(each) not in ("", "pPr")]
    if any(local_name(each) not in ("r", "bookmarkStart", "bookmarkEnd") for each in content):
        return False
    runs = [each for each in content if local_name(each) == "r"]
    texts = [each for run in runs for each in run if local_name(each) not in ("", "rPr")]
    if any(local_name(each) != "t" for each in texts):
        return False
    if "".join(each.text or "" for each in texts).strip() != suggestion.raw.strip():
        return False
    number = _free_number(paragraph, w)
    inserted = _change("ins", paragraph, number, w, author)
    inserted.append(_run_of(suggestion, runs, paragraph, w))
    for each in runs:
        deleted = _change("del", paragraph, number + 1, w, author)
        number += 1
        each.addprevious(deleted)
        deleted.append(each)
        for text in [one for one in each if local_name(one) == "t"]:
            text.tag = f"{{{w}}}delText"
    paragraph.append(inserted)
    return True


def reject_own(document: Any, w: str) -> bool:
    """Undo the tracked changes of an earlier run; return True if there were any."""
    own = [
        each
        for each in document.iter(f"{{{w}}}ins", f"{{{w}}}del")
        if each.get(f"{{{w}}}author") == AUTHOR and local_name(each.getparent()) == "p"
    ]
    for change in own:
        parent = change.getparent()
        if local_name(change) == "del":
            for run in list(change):
                for text in run.iter(f"{{{w}}}delText"):
                    text.tag = f"{{{w}}}t"
                change.addprevious(run)
        parent.remove(change)
    return bool(own)


def _change(name: str, near: Any, number: int, w: str, author: str) -> Any:
    element = near.makeelement(f"{{{w}}}{name}", nsmap={"w": w})
    element.set(f"{{{w}}}id", str(number))
    element.set(f"{{{w}}}author", author)
    return element


def _run_of(suggestion: SuggestedValue, runs: Sequence[Any], near: Any, w: str) -> Any:
    """Return a run with the value, which looks like the figure that it replaces."""
    run = near.makeelement(f"{{{w}}}r")
    properties = (
        next((each for each in runs[0] if local_name(each) == "rPr"), None) if runs else None
    )
    if properties is not None:
        run.append(deepcopy(properties))
    text = near.makeelement(f"{{{w}}}t")
    text.text = shown(suggestion.value)
    run.append(text)
    return run


def _free_number(paragraph: Any, w: str) -> int:
    """Return a number above those of all changes and bookmarks."""
    root = paragraph.getroottree().getroot()
    used = (each.get(f"{{{w}}}id", "") for each in root.iter("{*}*"))
    return max((int(one) for one in used if one.isdecimal()), default=0) + 1
