"""Remarks in an Excel file: a note and a colour at each cell, and a sheet that lists them.

The XML is changed directly: libraries that save a workbook anew lose the saved values of formulas,
shapes and more. The colour is a conditional format, so that the fill of the office itself stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field

from gischema.marking.excel_notes import add_notes, remove_own_notes
from gischema.marking.excel_result import write_result_sheet
from gischema.marking.excel_styles import ExcelStyles
from gischema.marking.office_package import OfficePackage, local_name, namespace
from gischema.marking.remarks import Remark, Remarks, Standing
from gischema.reading.sheets.workbook import LONGEST_NAME, parse_address

_ALWAYS = 'N("gischema")=0'
"""The condition of our colours, which always holds: colours of an earlier run are found by it."""

_BEHIND_COLOURS = frozenset({
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
})  # fmt: skip
"""The elements of a sheet that stand behind its conditional formats."""


def without_own_remarks(data: bytes) -> bytes:
    """Return an Excel file without the notes and colours of an earlier run.

    The sheet of an earlier run stays: readers leave it out.
    """
    file = _ExcelFile.of(data)
    return file.package.data() if file.clear() else data


def with_remarks(data: bytes, remarks: Remarks, *, suggest: bool) -> bytes:  # noqa: ARG001
    """Return an Excel file with the remarks."""
    file = _ExcelFile.of(data)
    file.clear()
    by_part: dict[str, list[tuple[str, Remark]]] = {}
    for remark in remarks.placed:
        if (found := file.cell(remark)) is not None:
            by_part.setdefault(found[0], []).append((found[1], remark))
    for part, placed in by_part.items():
        add_notes(file.package, part, [(address, remark.text) for address, remark in placed])
        for address, remark in placed:
            file.colour(part, address, remark.standing)
    write_result_sheet(file.package, remarks, file.styles)
    return file.package.data()


@define(eq=False)
class _ExcelFile:
    """An Excel file that is being changed; `parts` are its sheets by name."""

    package: OfficePackage
    parts: dict[str, str]
    styles: ExcelStyles = field(init=False)

    @classmethod
    def of(cls, data: bytes) -> _ExcelFile:
        """Open a file that its reader has read."""
        package = OfficePackage(data)
        main = package.main()
        targets = package.relations(main)
        parts: dict[str, str] = {}
        for sheet in package.xml(main).iter():
            if local_name(sheet) == "sheet":
                number = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
                kind, part = targets.get(number, ("", ""))
                if kind == "worksheet" and part in package:
                    parts.setdefault(sheet.get("name", "")[:LONGEST_NAME], part)
        return cls(package, parts)

    def __attrs_post_init__(self) -> None:
        """Find the styles."""
        self.styles = ExcelStyles(self.package)

    def clear(self) -> bool:
        """Remove the notes and colours of an earlier run; return True if there were any."""
        changed = False
        for part in self.parts.values():
            changed = remove_own_notes(self.package, part) or changed
            for own in list(self._own_colours(part)):
                own.getparent().remove(own)
                changed = True
        return changed

    def cell(self, remark: Remark) -> tuple[str, str] | None:
        """Return the sheet and the address of a remark; of merged cells, the first."""
        name, _, address = (remark.origin.element or "").rpartition("!")
        place = parse_address(address)
        part = self.parts.get(name)
        if part is None or place is None:
            return None
        for merge in self.package.xml(part).iter():
            if local_name(merge) == "mergeCell":
                first, _, last = merge.get("ref", "").partition(":")
                begin, end = parse_address(first), parse_address(last)
                if begin is None or end is None:
                    continue
                if begin[0] <= place[0] <= end[0] and begin[1] <= place[1] <= end[1]:
                    return part, first
        return part, address

    def colour(self, part: str, address: str, standing: Standing) -> None:
        """Put a colour behind a cell, by a condition that always holds."""
        style = self.styles.fill(standing)
        if style is None:
            return
        sheet = self.package.xml(part)
        own = namespace(sheet)
        priorities = (e.get("priority", "") for e in sheet.iter() if local_name(e) == "cfRule")
        last = max((int(one) for one in priorities if one.isdecimal()), default=0)
        element = sheet.makeelement(f"{{{own}}}conditionalFormatting", {"sqref": address})
        attributes = {"type": "expression", "dxfId": str(style), "priority": str(last + 1)}
        rule = element.makeelement(f"{{{own}}}cfRule", attributes)
        formula = element.makeelement(f"{{{own}}}formula")
        formula.text = _ALWAYS
        rule.append(formula)
        element.append(rule)
        insert_before(sheet, element, _BEHIND_COLOURS)

    def _own_colours(self, part: str) -> Iterator[Any]:
        for element in self.package.xml(part):
            if local_name(element) == "conditionalFormatting":
                formulas = [e.text for e in element.iter() if local_name(e) == "formula"]
                if formulas == [_ALWAYS]:
                    yield element


def insert_before(parent: Any, element: Any, names: frozenset[str]) -> None:
    """Insert an element before the first one with one of these names, else at the end."""
    for child in parent:
        if local_name(child) in names:
            child.addprevious(element)
            return
    parent.append(element)
