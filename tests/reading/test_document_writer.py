from __future__ import annotations

import gischema
from gischema.reading import READERS, Document, DocumentWriter, Reader, SourcePlace, read


def test_every_cell_is_found_again_where_it_stood() -> None:
    writer = DocumentWriter()
    writer.paragraph("三、收到和处理政府信息公开申请情况", SourcePlace(0, 0, element="/p[1]"))
    writer.table([[("规章", None), ("", None), ("1|2\n3", SourcePlace(0, 0, page=4))]])
    document = writer.document("a.docx", "docx")
    assert document.text == "三、收到和处理政府信息公开申请情况\n规章 |  | 1 2 3 | \n"
    cell = document.place(document.text.index("2"))
    assert cell is not None
    assert (cell.block, cell.row, cell.cell, cell.page) == (0, 0, 2, 4)
    origin = document.origin(document.text.index("2"), document.text.index("2") + 1, 2, 10)
    assert origin.offset == 2
    heading = document.place(0)
    assert heading is not None
    assert (heading.block, heading.element) == (None, "/p[1]")


def test_figures_know_the_cell_of_the_file() -> None:
    writer = DocumentWriter()
    writer.paragraph("某县2023年政府信息公开工作年度报告")
    writer.table([[("规章", None), ("12", None), ("0", None), ("345", None)]])
    report = gischema.parse(writer.document(None, "table"))
    figure = report.figure("proactive.rules.in_force")
    assert (figure.value, figure.origin and figure.origin.cell) == (345, 3)


def test_blank_figures_know_their_cell() -> None:
    writer = DocumentWriter()
    writer.paragraph("某县2023年政府信息公开工作年度报告")
    writer.table(
        [[("规章", None), ("1", None), ("", SourcePlace(0, 0, element="C1")), ("2", None)]]
    )
    figure = gischema.parse(writer.document(None, "table")).figure("proactive.rules.repealed")
    assert figure.status == "blank"
    assert figure.origin is not None
    assert (figure.origin.cell, figure.origin.element, figure.origin.offset) == (2, "C1", 0)


def test_the_first_reader_that_accepts_a_file_reads_it() -> None:
    own = Reader(
        "own",
        frozenset({".own"}),
        lambda data, _: data.startswith(b"OWN"),
        lambda data, name: Document(data[3:].decode(), name, "own"),
    )
    assert read(b"OWN\xe4\xb8\xad", (own, *READERS)).text == "中"
    assert read(b"plain", (own, *READERS)).kind == "text"
