"""Images that are damaged, odd or far too large end in a reading or in one line, in bounded time."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from typing import Any

import pytest

from gischema.reading import Document, UnreadableSource, read
from gischema.reading.pdf.page_document import page_document
from gischema.report import Report

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
pytest.importorskip("onnxruntime", reason="the extra `ocr` is not installed")
np = pytest.importorskip("numpy", reason="the extra `ocr` is not installed")
Image: Any = pytest.importorskip("PIL.Image", reason="the extra `ocr` is not installed")
Draw: Any = pytest.importorskip("PIL.ImageDraw", reason="the extra `ocr` is not installed")


def sheet(mode: str = "L") -> Any:
    """A small page with ruled lines and some ink."""
    page = Image.new("L", (220, 240), 255)
    draw = Draw.Draw(page)
    for at in range(40, 201, 40):
        draw.line((20, at, 200, at), 0)
        draw.line((at, 40, at, 200), 0)
    draw.text((50, 50), "12 34", 0)
    return page.convert(mode)


def saved(page: Any, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    page.save(file, kind, **options)
    return file.getvalue()


def outcome(data: bytes) -> Document | UnreadableSource:
    """What reading ends in. Anything but a document or the one kind of error fails the test."""
    found: Document | UnreadableSource
    try:
        found = read(data)
    except UnreadableSource as error:
        found = error
    if isinstance(found, UnreadableSource):
        assert found.message
        assert "\n" not in found.message
    return found


KINDS: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: saved(sheet(), "PNG"),
    "JPEG": lambda: saved(sheet(), "JPEG"),
    "TIFF": lambda: saved(sheet(), "TIFF"),
    "a TIFF of fax": lambda: saved(sheet("1"), "TIFF", compression="group4"),
    "a packed TIFF": lambda: saved(sheet("RGB"), "TIFF", compression="tiff_lzw"),
    "a TIFF of pages": lambda: saved(
        sheet(), "TIFF", save_all=True, append_images=[sheet(), sheet()]
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(25))
def test_damaged_bytes_end_in_a_reading_or_one_line(kind: str, seed: int) -> None:
    choose = random.Random(seed)
    data = bytearray(KINDS[kind]())
    how = choose.choice(("cut", "flip", "fill", "double", "insert"))
    at = choose.randrange(8, len(data))
    if how == "cut":
        del data[at:]
    elif how == "flip":
        for _ in range(choose.randrange(1, 30)):
            data[choose.randrange(8, len(data))] ^= 1 << choose.randrange(8)
    elif how == "fill":
        data[at : at + 40] = bytes([choose.choice((0, 255))]) * 40
    elif how == "double":
        data[at:at] = data[at // 2 : at]
    else:
        data[at:at] = choose.randbytes(16)
    outcome(bytes(data))


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I", "CMYK", "YCbCr", "F"]
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_every_way_to_store_colours_is_read(mode: str, kind: str) -> None:
    """The page shows too little for a report, so all of them end in the same error."""
    page = sheet("L").convert("I").convert("I;16") if mode == "I;16" else sheet(mode)
    try:
        data = saved(page, kind)
    except (OSError, KeyError):
        pytest.skip(f"there is no {kind} of this mode")
    found = outcome(data)
    assert isinstance(found, UnreadableSource)
    assert found.reason == "scan"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_may_say_how_it_was_held(orientation: int) -> None:
    from gischema.reading.scan.images import read_images

    exif = Image.Exif()
    exif[0x0112] = orientation
    page = Image.new("L", (300, 400), 255)
    Draw.Draw(page).rectangle((0, 0, 150, 200), fill=0)  # upper left
    (found,) = read_images(saved(page, "JPEG", exif=exif), None)
    assert found[0].shape[:2] == ((300, 400) if orientation > 4 else (400, 300))


def tiff(*directories: tuple[int, int, int]) -> bytes:
    """A TIFF of directories: width, height and where the next one is, 0 for the end."""
    parts, at = [b"II*\0" + struct.pack("<I", 8)], 8
    for width, height, following in directories:
        entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
                   (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, width * height % 2**32)]  # fmt: skip
        packed = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        at += 2 + len(packed) + 4
        end = at if following < 0 else following
        parts.append(struct.pack("<H", len(entries)) + packed + struct.pack("<I", end))
    return b"".join(parts)


@pytest.mark.parametrize(
    "data",
    [
        tiff((300, 400, 8)),  # follows itself
        tiff(*[(300, 400, -1)] * 5000, (300, 400, 0)),
        tiff((4_000_000_000, 4_000_000_000, 0)),
        tiff((0, 0, 0)),
        tiff((300, 0, 0)),
        tiff((300, 400, 0xFFFFFFFF)),
    ],
    ids=["a circle", "5,000 pages", "4 billion", "nothing", "no height", "no end"],
)
def test_a_tiff_that_promises_too_much_is_refused(data: bytes) -> None:
    assert isinstance(outcome(data), UnreadableSource)


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_a_dark_page_costs_no_more_than_another(share: float) -> None:
    """Its skew is not looked for: each dark pixel may lie on many lines."""
    from gischema.reading.scan.raster import clean

    dark = np.random.default_rng(1).random((900, 900)) < share
    page = np.repeat(np.where(dark, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    assert np.allclose(clean(page, 0.5).turn, [[1, 0, 0], [0, 1, 0]])


def test_pages_without_time_are_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    from gischema.reading.scan.scan_page import ScanReader

    reader = ScanReader(None)
    colours = np.asarray(sheet("RGB"))
    first = reader.page(colours, 1.0, 1)
    monkeypatch.setattr(reader.recogniser, "ends", 0.0)
    pages = [first, reader.page(colours, 1.0, 2), reader.page(colours, 1.0, 3)]
    assert [page.given_up for page in pages] == [False, True, True]
    assert ("D665", {"pages": "2、3"}) in page_document(pages, None, "scan").notes


def test_a_file_without_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from gischema.reading.scan import recogniser

    monkeypatch.setattr(recogniser, "MAX_SCAN_SECONDS", -1)
    found = outcome(saved(sheet(), "PNG"))
    assert isinstance(found, UnreadableSource)
    assert found.reason == "too_large"


def test_a_report_says_which_figures_were_not_read_in_time() -> None:
    """Those of pages that took too long are flagged as not found on the scan."""
    from gischema.engine import Gischema
    from tests.scans.test_misread_labels import TEXT, rows_of, scan

    rows = rows_of(TEXT)
    end = next(n for n, row in enumerate(rows) if row[0].startswith("四、结转"))
    report: Report = Gischema().parse(scan(rows[:end]))
    flagged = {path for one in report.diagnostics if one.code == "D664" for path in one.paths}
    assert "requests.carried_out.total" in flagged
