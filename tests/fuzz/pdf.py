"""Coverage-guided fuzzing of the reader of PDF files (`pip install atheris`).

    python -m tests.fuzz.pdf page -max_total_time=600 -max_len=4096 -len_control=0 FOLDER

FOLDER collects the inputs that reach new code. What is found becomes a test. For the target `page`
bytes are instructions to draw a page: text here and there, lines, boxes, turns. The target `file`
takes them as they are; copy `tests/fixtures/libreoffice/*.pdf` into FOLDER first.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["gischema.reading.pdf", "pdfminer"]):
    from gischema.reading import UnreadableSource, read
    from gischema.reading.pdf.read_pdf import read_pdf  # noqa: F401

from tests.reading.pdf_files import packed

_FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"
_CHINESE = (
    b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>]>>>>"
)
_TEXTS = (
    "规章",
    "（一）予以公开",
    "12",
    "3",
    "0",
    "1,234",
    "-",
    "第 1 页",
    "- 2 -",
    "x y",
    "总 计",
)
_TURNS = ("1 0 0 1", "0 1 -1 0", "0 -1 1 0", "-1 0 0 -1", "0.7 0.7 -0.7 0.7", "0 0 0 0", "1 0 0 -9")


def drawn(data: bytes) -> bytes:
    """A page that is drawn as the bytes say."""
    choices = atheris.FuzzedDataProvider(data)
    chinese = choices.ConsumeBool()
    steps: list[str] = []
    while choices.remaining_bytes() > 4 and len(steps) < 400:
        x, y = choices.ConsumeIntInRange(0, 60) * 10, choices.ConsumeIntInRange(0, 85) * 10
        kind = choices.ConsumeIntInRange(0, 3)
        if kind == 0:
            width = choices.ConsumeIntInRange(-20, 40) * 10
            steps.append(f"{x} {y} m {x + width} {y + choices.ConsumeIntInRange(0, 1)} l S")
        elif kind == 1:
            steps.append(f"{x} {y} m {x} {y + choices.ConsumeIntInRange(-20, 60) * 10} l S")
        elif kind == 2:
            width, height = choices.ConsumeIntInRange(0, 40) * 10, choices.ConsumeIntInRange(0, 90)
            steps.append(f"{x} {y} {width} {height} re {choices.PickValueInList(['S', 'f', 'B'])}")
        else:
            text = choices.PickValueInList(list(_TEXTS)).encode("utf-16-be" if chinese else "gbk")
            size, turn = choices.ConsumeIntInRange(0, 30), choices.PickValueInList(list(_TURNS))
            steps.append(f"BT /F {size} Tf {turn} {x} {y} Tm <{text.hex()}> Tj ET")
    return packed("\n".join(steps).encode(), resources=_CHINESE if chinese else _FONT)


def main() -> None:
    """Fuzz one target until the time is up or something is found."""
    target = sys.argv.pop(1)

    def once(data: bytes) -> None:
        with suppress(UnreadableSource):
            read(drawn(data) if target == "page" else b"%PDF-1.4\n" + data)

    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
