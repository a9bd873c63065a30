"""Pages that lie on their side or upside down are turned; pictures of two pages are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gischema.reading import UnreadableSource

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
pytest.importorskip("onnxruntime", reason="the extra `ocr` is not installed")
np = pytest.importorskip("numpy", reason="the extra `ocr` is not installed")

SCAN = Path(__file__).parents[1] / "fixtures" / "scans" / "stat-2014.pdf"


@pytest.fixture(scope="module")
def page() -> tuple[Any, float]:
    from gischema.reading.scan.pdf_pages import drawn_page

    return drawn_page(SCAN.read_bytes(), 1, None)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_is_turned_until_its_words_can_be_read(
    page: tuple[Any, float], quarters: int
) -> None:
    """The places of its cells are those on the scan as it lies."""
    from gischema.reading.scan.orientation import upright
    from gischema.reading.scan.recogniser import recogniser

    colours, scale = page
    scan = np.ascontiguousarray(np.rot90(colours, quarters))
    layout = upright(scan, scale, recogniser())
    height, width = layout.raster.height, layout.raster.width
    assert (height, width) == colours.shape[:2]
    assert len(layout.cells) > 50
    for box in layout.cells[::10]:
        left, top, right, bottom = (round(x / scale) for x in layout.raster.on_scan(box))
        on_scan = scan[max(0, top) : bottom, max(0, left) : right]
        back = np.rot90(on_scan, -quarters)
        first, above, last, below = (x / scale for x in box)
        assert abs(back.shape[0] - (below - above)) < 0.05 * width
        assert abs(back.shape[1] - (last - first)) < 0.05 * height


def test_two_pages_in_one_picture_are_refused(page: tuple[Any, float]) -> None:
    from gischema.reading.scan.scan_page import ScanReader

    colours, scale = page
    both = np.ascontiguousarray(np.hstack([colours, colours]))
    with pytest.raises(UnreadableSource, match="并排的两页") as caught:
        ScanReader(None).page(both, scale, 1)
    assert "single pages" in caught.value.message_en
