"""The page of a checked scan shows the cells that its figures were recognised in."""

from __future__ import annotations

import io
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from gischema import viewer
from gischema.cli.app import app
from gischema.engine import Gischema
from gischema.output.language import Lang
from gischema.reading import Document
from gischema.reading.scan.cell_pictures import CellPictures
from gischema.report import Report

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
pytest.importorskip("onnxruntime", reason="the extra `ocr` is not installed")
np = pytest.importorskip("numpy", reason="the extra `ocr` is not installed")
pypdfium2 = pytest.importorskip("pypdfium2", reason="the extra `ocr` is not installed")
Image: Any = pytest.importorskip("PIL.Image", reason="the extra `ocr` is not installed")

SCANS = Path(__file__).parents[1] / "fixtures" / "scans"
ENGINE = Gischema()
DPI = 200


def grey(data: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"), float)


def cell(page: Any, box: tuple[int, ...]) -> Any:
    """The box of a page of DPI dots an inch, and 4 pixels around it."""
    left, top, right, bottom = (round(side * DPI / 72) for side in box)
    return page[top - 4 : bottom + 4, left - 4 : right + 4]


@pytest.fixture(scope="module")
def sheets() -> list[Any]:
    """Two pages of a report, in the first a total that is not the sum of its row."""
    read = ENGINE.parse(SCANS / "art20-2021.pdf")
    figures = {f.raw: f.origin for f in read.figures if f.origin is not None}
    source, target = figures["8660"], figures["4683"]
    with pypdfium2.PdfDocument(SCANS / "art20-2021.pdf") as document:
        pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
    assert source.page is not None
    assert source.page == target.page
    boxes = [tuple(round(x * DPI / 72) for x in one.box or ()) for one in (source, target)]
    (left, top, right, bottom), (x, y, _, _) = boxes
    sheet = pages[source.page - 1]
    sheet.paste(sheet.crop((left + 5, top + 5, right - 5, bottom - 5)), (x + 5, y + 5))
    return [pages[0], sheet] if source.page != 1 else pages[:2]


@pytest.fixture(scope="module")
def tiff(sheets: list[Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "扫描.tif"
    sheets[0].save(path, "TIFF", save_all=True, append_images=sheets[1:], dpi=(DPI, DPI))
    return path


@pytest.fixture(scope="module")
def document(tiff: Path) -> Document:
    return ENGINE.read(tiff)


@pytest.fixture(scope="module")
def report(document: Document) -> Report:
    return ENGINE.parse(document)


@pytest.mark.parametrize(("lang", "words"), [("zh", "扫描件：第"), ("en", "scan: page ")])
def test_a_finding_shows_the_cells_of_its_figures(
    tiff: Path, document: Document, report: Report, sheets: list[Any], lang: Lang, words: str
) -> None:
    item = viewer.checked_report(document, report, source=tiff, engine=ENGINE)
    page = LexborHTMLParser(viewer.page([item], lang=lang, engine=ENGINE))
    images = page.css("img")
    assert images
    assert all((image.attributes["alt"] or "").startswith(words) for image in images)
    start = "data:image/png;base64,"
    shown = {image.attributes["src"] for image in images}
    pixels = [grey(b64decode((source or "").removeprefix(start))) for source in shown]
    planted = next(f.origin for f in report.figures if f.raw == "8660")  # the upper row
    assert planted is not None
    assert planted.page is not None
    assert planted.box is not None
    expected = cell(grey_page(sheets[planted.page - 1]), planted.box)
    alike = [one for one in pixels if one.shape == expected.shape]
    assert any(np.abs(one - expected).mean() < 2 for one in alike)


def grey_page(sheet: Any) -> Any:
    return np.asarray(sheet.convert("L"), float)


def test_each_figure_of_a_pdf_has_the_picture_of_its_cell() -> None:
    path = SCANS / "art20-2021.pdf"
    document = ENGINE.read(path)
    give = viewer.pictures(document, path.read_bytes())
    assert give is not None
    origins = [f.origin for f in ENGINE.parse(document).figures[:20] if f.origin is not None]
    with pypdfium2.PdfDocument(path) as pdf:
        for origin in origins:
            assert origin.page is not None
            assert origin.box is not None
            picture = give(origin)
            assert picture is not None
            drawn = grey_page(pdf[origin.page - 1].render(scale=DPI / 72).to_pil())
            expected, shown = cell(drawn, origin.box), grey(picture)
            ratio = shown.shape[0] / expected.shape[0], shown.shape[1] / expected.shape[1]
            assert ratio[0] == pytest.approx(ratio[1], rel=0.2)
            assert shown.mean() == pytest.approx(expected.mean(), abs=8)


def test_the_command_shows_them_too(tiff: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(tiff), "--format", "html"])
    assert '<img src="data:image/png;base64,' in result.stdout


def test_only_the_file_that_was_read_is_shown(
    tiff: Path, document: Document, report: Report, sheets: list[Any], tmp_path: Path
) -> None:
    origin = next(f.origin for f in report.figures if f.origin is not None)
    for source in (b"", sheets[0].tobytes(), tmp_path / "none.tif"):
        give = viewer.pictures(document, source)
        assert give is not None
        assert give(origin) is None
    give = viewer.pictures(document, tiff)
    assert give is not None
    assert give(origin)
    assert give(evolve(origin, page=2 if origin.page == 1 else 1)) is None
    text = ENGINE.read(SCANS / "art20-2021.txt")
    assert viewer.pictures(text, SCANS / "art20-2021.txt") is None


def test_pictures_end_where_a_page_would_grow_too_large(
    tiff: Path, document: Document, report: Report
) -> None:
    give = CellPictures(document, tiff, 20_000)
    given = [give(f.origin) for f in report.figures if f.origin is not None]
    assert 0 < sum(len(each) for each in given if each is not None) <= 20_000
    assert None in given
