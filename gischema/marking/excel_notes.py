"""Notes on the cells of an Excel sheet, with the boxes that programs draw them in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gischema.marking.office_package import OfficePackage, local_name, namespace
from gischema.marking.words import AUTHOR
from gischema.output.columns import clean
from gischema.reading.sheets.workbook import parse_address

_NOTES = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHAPE = re.compile(r"<v:shape\b(?:(?!</v:shape>).)*</v:shape>\s*", re.DOTALL)
_ROW = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>")
_COLUMN = re.compile(r"<x:Column>\s*(\d+)\s*</x:Column>")
_EMPTY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
    'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BEHIND_DRAWING = frozenset({
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
})  # fmt: skip
_WIDE, _LINE = 8, 18
"""The columns that a box is wide, and the characters on a line of it."""

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def add_notes(package: OfficePackage, sheet: str, notes: Sequence[tuple[str, str]]) -> None:
    """Add notes to cells of a sheet, which are given by address; a cell with a note keeps its own.

    A cell takes one note only. The sheet of results has all remarks in any case.
    """
    root = _notes_of(package, sheet)
    if root is None:
        part = package.free_name("xl/comments{}.xml")
        package.relate(sheet, "comments", part)
        own = namespace(package.xml(sheet))
        root = package.add(
            part, f'<comments xmlns="{own}"><authors/><commentList/></comments>', _NOTES
        )
    authors, listed = (_child(root, name) for name in ("authors", "commentList"))
    if authors is None or listed is None:
        return
    taken = {each.get("ref") for each in listed}
    author = _author(authors)
    added = [(address, text) for address, text in notes if address not in taken]
    for address, text in added:
        note = listed.makeelement(_named(root, "comment"), {"ref": address, "authorId": author})
        run, words = (note.makeelement(_named(root, name)) for name in ("r", "t"))
        words.text = "\n".join(map(clean, text.split("\n")))
        words.set(_XML_SPACE, "preserve")
        run.append(words)
        holder = note.makeelement(_named(root, "text"))
        holder.append(run)
        note.append(holder)
        listed.append(note)
    _draw(package, sheet, added)


def remove_own_notes(package: OfficePackage, sheet: str) -> bool:
    """Remove the notes of an earlier run from a sheet; return True if there were any."""
    root = _notes_of(package, sheet)
    authors, listed = (
        (None, None) if root is None else (_child(root, n) for n in ("authors", "commentList"))
    )
    if authors is None or listed is None:
        return False
    numbers = {str(n) for n, each in enumerate(authors) if (each.text or "") == AUTHOR}
    own = [each for each in listed if each.get("authorId") in numbers]
    for note in own:
        listed.remove(note)
    places = {parse_address(note.get("ref", "")) for note in own}
    for part in package.related(sheet, "vmlDrawing"):
        content = package.content(part).decode("utf-8", "surrogateescape")
        kept = _SHAPE.sub(lambda shape: "" if _place(shape[0]) in places else shape[0], content)
        package.put(part, kept.encode("utf-8", "surrogateescape"))
    return bool(own)


def _notes_of(package: OfficePackage, sheet: str) -> Any | None:
    found = package.related(sheet, "comments")
    return package.xml(found[0]) if found else None


def _draw(package: OfficePackage, sheet: str, notes: Sequence[tuple[str, str]]) -> None:
    """Draw the boxes of notes; some programs show no note without one."""
    root = package.xml(sheet)
    drawing = _child(root, "legacyDrawing")
    if drawing is None:
        part = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.put(part, _EMPTY.encode())
        package.declare_suffix("vml", _DRAWING)
        number = package.relate(sheet, "vmlDrawing", part)
        drawing = root.makeelement(_named(root, "legacyDrawing"))
        drawing.set(f"{{{_relationships(package, sheet)}}}id", number)
        behind = [each for each in root if local_name(each) in _BEHIND_DRAWING]
        if behind:
            behind[0].addprevious(drawing)
        else:
            root.append(drawing)
    number = next((value for key, value in drawing.attrib.items() if key.endswith("}id")), "")
    part = package.relations(sheet).get(number, ("", ""))[1]
    if part in package:
        content = package.content(part).decode("utf-8", "surrogateescape")
        head, end, tail = content.rpartition("</xml>")
        shapes = "".join(_shape(address, text) for address, text in notes)
        package.put(part, f"{head}{shapes}{end}{tail}".encode("utf-8", "surrogateescape"))


def _relationships(package: OfficePackage, sheet: str) -> str:
    """Return the namespace of references to relationships, as the workbook uses it."""
    for element in package.xml(package.main()).iter():
        for name in element.attrib:
            if str(name).endswith("}id"):
                return str(name).partition("}")[0].lstrip("{")
    return namespace(package.xml(sheet))


def _shape(address: str, text: str) -> str:
    place = parse_address(address)
    row, column = place or (0, 0)
    lines = sum(1 + len(line) // _LINE for line in text.split("\n"))
    anchor = f"{column + 1}, 15, {row}, 2, {column + 1 + _WIDE}, 15, {row + 4 + lines}, 4"
    return (
        f'<v:shape id="gischema_{address}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"/>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}'
        f"</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}"
        "</x:Column></x:ClientData></v:shape>"
    )


def _place(shape: str) -> tuple[int, int] | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]), int(column[1])) if row and column else None


def _author(authors: Any) -> str:
    """Return the number of our author, who is added unless listed."""
    for number, each in enumerate(authors):
        if (each.text or "") == AUTHOR:
            return str(number)
    added = authors.makeelement(_named(authors, "author"))
    added.text = AUTHOR
    authors.append(added)
    return str(len(authors) - 1)


def _child(parent: Any, name: str) -> Any | None:
    return next((each for each in parent if local_name(each) == name), None)


def _named(near: Any, name: str) -> str:
    return f"{{{namespace(near)}}}{name}"
