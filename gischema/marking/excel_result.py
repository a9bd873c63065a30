"""The sheet of an Excel file that lists all remarks, with links to their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen
from lxml import etree

from gischema.marking.excel_styles import ExcelStyles
from gischema.marking.office_package import OfficePackage, local_name, namespace
from gischema.marking.remarks import Remarks
from gischema.output.columns import clean, width
from gischema.reading.sheets.workbook import RESULT_SHEET, is_result_sheet

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_HEADS = ("位置", "问题", "说明")
_WIDTHS = (22, 40, 90)
_HIGHEST = 409  # points; Excel takes no more
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@frozen
class _ResultRow:
    """A row of the sheet; `link` is the cell that its first cell leads to."""

    cells: tuple[str, ...]
    link: str = ""
    bold: bool = False


def write_result_sheet(package: OfficePackage, remarks: Remarks, styles: ExcelStyles) -> None:
    """Write the sheet as the last one of the workbook; one of an earlier run is replaced."""
    main = package.main()
    workbook = package.xml(main)
    own = namespace(workbook)
    sheet = etree.Element(f"{{{own}}}worksheet", nsmap={None: own})
    properties = etree.SubElement(sheet, f"{{{own}}}sheetPr")
    etree.SubElement(properties, f"{{{own}}}pageSetUpPr", fitToPage="1")
    columns = etree.SubElement(sheet, f"{{{own}}}cols")
    for number, room in enumerate(_WIDTHS, 1):
        at = {"min": str(number), "max": str(number)}
        etree.SubElement(columns, f"{{{own}}}col", at, width=str(room), customWidth="1")
    data = etree.SubElement(sheet, f"{{{own}}}sheetData")
    rows = list(_rows(remarks))
    plain, bold = styles.wrapped(), styles.wrapped(bold=True)
    for number, row in enumerate(rows, 1):
        line = etree.SubElement(data, f"{{{own}}}row", {"r": str(number)})
        if len(row.cells) > 1:
            line.set("ht", str(_height(row.cells)))
            line.set("customHeight", "1")
        for letter, text in zip("ABC", row.cells, strict=False):
            style = bold if row.bold else plain
            _write(line, f"{letter}{number}", text, None if len(row.cells) == 1 else style)
    linked = [(number, row) for number, row in enumerate(rows, 1) if row.link]
    if linked:
        links = etree.SubElement(sheet, f"{{{own}}}hyperlinks")
        for number, row in linked:
            attributes = {"ref": f"A{number}", "location": row.link, "display": row.cells[0]}
            etree.SubElement(links, f"{{{own}}}hyperlink", attributes)
    etree.SubElement(sheet, f"{{{own}}}pageSetup", orientation="landscape", fitToHeight="0")
    content = etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = _earlier(package)
    if part is None:
        part = package.free_name("xl/worksheets/sheet{}.xml")
        package.add(part, f'<worksheet xmlns="{own}"/>', _TYPE)
        _list(workbook, package.relate(main, "worksheet", part))
    package.put(part, content)


def _height(cells: Sequence[str]) -> int:
    """Return the height of a row that shows all lines of its cells, in points."""
    lines = max(
        sum(1 + width(line) // room for line in text.split("\n"))
        for text, room in zip(cells, _WIDTHS, strict=True)
    )
    return min(16 * lines, _HIGHEST)


def _rows(remarks: Remarks) -> Iterator[_ResultRow]:
    first, *others = remarks.verdict.split("\n")
    yield _ResultRow((f"gischema {first}",), bold=True)
    yield from (_ResultRow(("", "", line)) for line in others)
    if remarks.placed:
        yield _ResultRow(_HEADS, bold=True)
    for remark in remarks.placed:
        for title, text in remark.parts:
            name, _, address = (remark.origin.element or "").rpartition("!")
            quoted = name.replace("'", "''")
            link = f"'{quoted}'!{address}" if name and address else ""
            yield _ResultRow((remark.place, title, text), link)


def _write(row: Any, address: str, text: str, style: int | None) -> None:
    own = namespace(row)
    cell = etree.SubElement(row, f"{{{own}}}c", {"r": address, "t": "inlineStr"})
    if style is not None:
        cell.set("s", str(style))
    held = etree.SubElement(cell, f"{{{own}}}is")
    words = etree.SubElement(held, f"{{{own}}}t")
    words.text = "\n".join(map(clean, text.split("\n")))
    words.set(_XML_SPACE, "preserve")


def _earlier(package: OfficePackage) -> str | None:
    """Return the sheet of an earlier run."""
    main = package.main()
    targets = package.relations(main)
    for sheet in _sheets(package.xml(main)):
        number = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        part = targets.get(number, ("", ""))[1]
        if part in package and is_result_sheet(sheet.get("name", ""), _first_text(package, part)):
            return part
    return None


def _first_text(package: OfficePackage, part: str) -> str:
    """Return the text of the first cell of a sheet, also one that another program saved."""
    for cell in package.xml(part).iter():
        if local_name(cell) == "c":
            text = "".join(each.text or "" for each in cell.iter() if local_name(each) in "tv")
            if cell.get("t") != "s":
                return text
            shared = package.related(package.main(), "sharedStrings")
            items = [e for e in package.xml(shared[0]) if local_name(e) == "si"] if shared else []
            if not text.isdecimal() or int(text) >= len(items):
                return ""
            return "".join(e.text or "" for e in items[int(text)].iter() if local_name(e) == "t")
    return ""


def _list(workbook: Any, relationship: str) -> None:
    """Add the sheet to the list of the workbook."""
    every = _sheets(workbook)
    names = {each.get("name") for each in every}
    name, count = RESULT_SHEET, 2
    while name in names:
        name, count = f"{RESULT_SHEET} ({count})", count + 1
    numbers = [int(each.get("sheetId", "0")) for each in every]
    listed = every[-1].getparent()
    sheet = etree.SubElement(listed, f"{{{namespace(workbook)}}}sheet")
    sheet.set("name", name)
    sheet.set("sheetId", str(max(numbers) + 1))
    reference = next(key for key in every[-1].attrib if str(key).endswith("}id"))
    sheet.set(reference, relationship)


def _sheets(workbook: Any) -> list[Any]:
    return [each for each in workbook.iter() if local_name(each) == "sheet"]
