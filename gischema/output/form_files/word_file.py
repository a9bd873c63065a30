"""A form as a Word file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from gischema.errors import MissingPackage
from gischema.forms.form_grid import GridCell, GridTable
from gischema.forms.printed_names import PrintedNames
from gischema.output.form_files.filled_form import FilledForm

_FONT = "宋体"
_SMALL, _TITLE = 9, 16  # points
_PAGE, _MARGIN = (210, 297), 18  # millimetres
_GROUP, _LABEL = 18, 46  # millimetres, of the columns of group labels and of labels


def word_file(filled: FilledForm) -> bytes:
    """Return the form as a .docx file; a comment on each row has last year's figures above zero.

    Raises:
        MissingPackage: python-docx is not installed.
    """
    try:
        import docx
        from docx.enum.style import WD_STYLE_TYPE
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt
    except ImportError as error:
        raise MissingPackage(
            "写 Word 表式需要：pip install 'gischema[forms]'",
            "Word files of forms need: pip install 'gischema[forms]'",
        ) from error

    document = docx.Document()
    _drop_old_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, _PAGE)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN))
    _font(document.styles["Normal"], _SMALL, Pt)
    for line in filled.titles:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).font.size = Pt(_TITLE)
    if filled.previous is not None:
        document.styles.add_style("CommentReference", WD_STYLE_TYPE.CHARACTER)
        document.styles.add_style("CommentText", WD_STYLE_TYPE.PARAGRAPH)
    for table in filled.tables:
        document.add_paragraph(table.heading)
        made = document.add_table(table.rows, table.columns)
        made.style, made.autofit = "Table Grid", False
        widths = [Mm(width) for width in _widths(table)]
        _fill(made, table, filled, widths, WD_ALIGN_PARAGRAPH.CENTER)
        _remember(document, made, table, filled)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _drop_old_styles(document: Any) -> None:
    """Drop the copy of the styles for Word 2007: it is not that of the styles, as it has to be."""
    for number, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(number)


def _widths(table: GridTable) -> list[float]:
    """Return the widths of columns in millimetres; those of figures share what labels leave."""
    whole = _PAGE[0] - 2 * _MARGIN
    labels: list[float] = [*[_GROUP] * (table.labels - 1), *[_LABEL] * min(table.labels, 1)]
    others = table.columns - len(labels)
    return [*labels, *[(whole - sum(labels)) / others] * others]


def _fill(
    made: Any, table: GridTable, filled: FilledForm, widths: Sequence[Any], center: Any
) -> None:
    cells = [row.cells for row in made.rows]  # each access of `.cells` walks over the whole table
    for column, width in enumerate(widths):
        made.columns[column].width = width
        for row in cells:
            row[column].width = width
    for cell in table.cells:
        first = cells[cell.row][cell.column]
        first.text = filled.text(cell)
        if cell.role != "label":
            first.paragraphs[0].alignment = center
        if cell.rows > 1 or cell.columns > 1:
            first.merge(cells[cell.row + cell.rows - 1][cell.column + cell.columns - 1])


def _remember(document: Any, made: Any, table: GridTable, filled: FilledForm) -> None:
    names = PrintedNames(filled.form)
    for row in table.by_row():
        known = [(cell, filled.last_year(cell)) for cell in row if cell.path]
        words = [f"{_column(names, cell)}{last}" for cell, last in known if last not in ("", "0")]
        if words:
            first = made.cell(known[0][0].row, known[0][0].column).paragraphs[0]
            run = first.runs[0] if first.runs else first.add_run()
            said = f"{filled.last_year_name}：{'，'.join(words)}"
            document.add_comment(run, said, author=filled.last_year_name, initials="")


def _column(names: PrintedNames, cell: GridCell) -> str:
    name = names.cell(cell.path)
    return f"{name.column} " if name is not None and name.column else ""


def _font(style: Any, size: int, points: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name, style.font.size = _FONT, points(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = points(0)
