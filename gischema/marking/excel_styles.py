"""Styles that remarks in an Excel file use, each added once."""

from __future__ import annotations

from typing import Any

from lxml import etree

from gischema.marking.office_package import OfficePackage, local_name, namespace, parsed
from gischema.marking.remarks import Standing
from gischema.marking.words import FILLS

_BEHIND_FILLS = frozenset({"tableStyles", "colors", "extLst"})


class ExcelStyles:
    """The styles of an Excel file. A file without any gets none."""

    def __init__(self, package: OfficePackage) -> None:
        """Find the part."""
        found = package.related(package.main(), "styles")
        self._root = package.xml(found[0]) if found else None

    def fill(self, standing: Standing) -> int | None:
        """Return the number of the format with the colour of a remark."""
        if self._root is None:
            return None
        group = self._group("dxfs")
        if group is None:
            group = self._root.makeelement(f"{{{namespace(self._root)}}}dxfs")
            behind = [e for e in self._root if local_name(e) in _BEHIND_FILLS]
            if behind:
                behind[0].addprevious(group)
            else:
                self._root.append(group)
        colour = f'<bgColor rgb="FF{FILLS[standing]}"/>'
        return self._number(group, f"<dxf><fill><patternFill>{colour}</patternFill></fill></dxf>")

    def wrapped(self, *, bold: bool = False) -> int | None:
        """Return the number of the style of a cell whose text runs over several lines."""
        group = self._group("cellXfs") if self._root is not None else None
        if group is None:
            return None
        font = self._bold() if bold else 0
        return self._number(
            group,
            f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0" applyFont="1" '
            'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
        )

    def _bold(self) -> int:
        fonts = self._group("fonts")
        return 0 if fonts is None else self._number(fonts, '<font><b/><sz val="11"/></font>')

    def _group(self, name: str) -> Any | None:
        assert self._root is not None
        return next((each for each in self._root if local_name(each) == name), None)

    def _number(self, group: Any, xml: str) -> int:
        """Return the number of an entry in a group of styles, which is added unless it is there."""
        spot = xml.index(">") if not xml.startswith("<xf") else 3
        element = parsed(f'{xml[:spot]} xmlns="{namespace(group)}"{xml[spot:]}'.encode())
        wanted = etree.tostring(element, method="c14n", exclusive=True)
        entries = [each for each in group if local_name(each)]
        for number, entry in enumerate(entries):
            if etree.tostring(entry, method="c14n", exclusive=True, with_tail=False) == wanted:
                return number
        group.append(element)
        group.set("count", str(len(entries) + 1))
        return len(entries)
