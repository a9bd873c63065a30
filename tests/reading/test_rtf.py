"""Read RTF files as Word and WPS write them, with what only some programs do."""

from __future__ import annotations

import pytest

from gischema.reading import read
from gischema.reading.word.rtf import read_rtf


def rtf(body: str, fonts: str = r"{\f0\fcharset134 SimSun;}") -> bytes:
    return rf"{{\rtf1\ansi\ansicpg936\deff0{{\fonttbl{fonts}}}{body}}}".encode()


def gbk(text: str) -> str:
    return "".join(rf"\'{byte:02x}" for byte in text.encode("gb18030"))


def row(*cells: str, layout: str = "") -> str:
    ends = layout or "".join(rf"\cellx{1000 * n}" for n in range(1, len(cells) + 1))
    return rf"\trowd{ends}" + "".join(rf"\pard\intbl {cell}\cell" for cell in cells) + r"\row"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (gbk("规章") + r"\par 12", "规章\n12\n"),
        (r"\uc1\u35268?\u31456?\par", "规章\n"),
        (r"\uc2\u35268\'b9\'e6\u31456\'d5\'c2", "规章\n"),
        (r"{\uc0\u35268\u31456}", "规章\n"),
        (r"\u-10179?\u-8704?", "😀\n"),
        (r"a{\v b}c{\deleted d}{\strike e}", "ac\n"),
        (r"3{\super 1}\par x{\super 2}", "3\nx2\n"),
        (r"3{\sub 1}\par 4{\up8\fs12 1}\par 5{\up0 1}", "3\n4\n51\n"),
        (r"{\*\unknown b}{\info{\title t}}{\stylesheet{\s0 Normal;}}x", "x\n"),
        (
            r"{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}{\field{\*\fldinst PAGE}{\fldrslt 7}}",
            "y\n",
        ),
        (r"{\listtext\pard 1.\tab}x", "1. x\n"),
        (r"a\~b\_c\{d\}\\e\line f", "a b-c{d}\\e f\n"),
        (r"{\upr{old}{\*\ud{new}}}", "new\n"),
        (r"x{\footnote y}\par z", "x\nz\ny\n"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt box\par}}}x", "x\nbox\n"),
        (r"{\pict\bin3 }}}}x", "x\n"),
        (r"x}\pict y", "x\n"),
    ],
)
def test_text_is_read_as_printed(body: str, text: str) -> None:
    assert read(rtf(body)).text == text


@pytest.mark.parametrize(
    ("body", "doubts"),
    [
        (r"1{\cf1 9}", ("D638",)),
        (r"1{\fs2 9}", ("D638",)),
        (r"1{\cf2 9}", ()),
        (r"\highlight2 1{\cf1 9}", ()),
    ],
)
def test_digits_that_are_not_seen(body: str, doubts: tuple[str, ...]) -> None:
    """White and tiny digits in a cell are read, and in doubt."""
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
    document = read(rtf(colours + row("a", body)))
    assert [place.doubts for place in document.places][-1] == doubts
    assert document.text == "a | 19 | \n"


def test_cells_are_cells() -> None:
    text = read(rtf(row("a", "1") + row("b", "") + r"\pard c\par")).text
    assert text == "a | 1 | \nb |  | \nc\n"


def test_merged_cells_are_read_once() -> None:
    first = r"\clvmgf\cellx1000\cellx2000\clmgf\cellx3000\clmrg\cellx4000"
    second = r"\clvmrg\cellx1000\cellx2000\cellx3000\cellx4000"
    document = read(
        rtf(row("a", "b", "c", "", layout=first) + row("", "d", "e", "f", layout=second))
    )
    assert document.text == "a | b | c | \nd | e | f | \n"
    assert [place.element for place in document.places][:2] == ["body/tbl[1]/tr[1]/tc[1]",
                                                                "body/tbl[1]/tr[1]/tc[2]"]  # fmt: skip


def test_rows_with_other_edges_stand_on_one_grid() -> None:
    """The first cell of the second row reaches over two columns: the merged number stays its own."""
    first = r"\cellx1000\cellx2000\clvmgf\cellx3000"
    second = r"\cellx2008\clvmrg\cellx3000"
    text = read(rtf(row("a", "b", "3", layout=first) + row("c", "", layout=second))).text
    assert text == "a | b | 3 | \nc | \n"


def test_a_table_in_a_cell_is_read_in_its_place() -> None:
    inner = r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    body = rf"\trowd\cellx1000\pard\intbl\itap1 a\par {inner}\pard\intbl\itap1 b\cell\row\pard c"
    assert read(rtf(body)).text == "a\nx | y | \nb\nc\n"


def test_a_file_that_is_cut_off_says_so() -> None:
    document = read_rtf(rtf(row("a", "1"))[:-1], None)
    assert [code for code, _ in document.notes] == ["D637"]
    assert all(place.doubts == ("D637",) for place in document.places)


def test_hidden_and_changed_text_puts_the_cell_in_doubt() -> None:
    document = read(rtf(row(r"1{\v 2}", r"{\revised 3}", "4")))
    assert [place.doubts for place in document.places] == [("D631",), ("D630",), ()]
