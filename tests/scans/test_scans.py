"""Scanned pages: what is recognised, what identities vouch for, and what is refused."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import gischema
from gischema.engine import Gischema
from gischema.reading import Document, SourcePlace, UnreadableSource, read
from gischema.report import Report
from gischema.rules.vouching import holding_identities

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
pytest.importorskip("onnxruntime", reason="the extra `ocr` is not installed")
pypdfium2 = pytest.importorskip("pypdfium2", reason="the extra `ocr` is not installed")
Image: Any = pytest.importorskip("PIL.Image", reason="the extra `ocr` is not installed")

SCANS = Path(__file__).parents[1] / "fixtures" / "scans"
ENGINE = Gischema()


@pytest.fixture(scope="module")
def scan() -> Document:
    """The pages of a report on the form of 2021, with a seal, not quite level."""
    return read(SCANS / "art20-2021.pdf")


@pytest.fixture(scope="module")
def report(scan: Document) -> Report:
    return ENGINE.parse(scan)


def printed(form: str) -> Report:
    return ENGINE.parse(SCANS / f"{form}.txt")


def silent(report: Report, expected: Report) -> list[str]:
    """The figures that are not as printed and carry no doubt."""
    flagged = {path for one in report.diagnostics for path in one.paths}
    read_as = {figure.path: (figure.value, figure.status) for figure in report.figures}
    return [
        figure.path
        for figure in expected.figures
        if figure.path not in flagged and read_as.get(figure.path) != (figure.value, figure.status)
    ]


def pages(name: str) -> list[Any]:
    with pypdfium2.PdfDocument(SCANS / name) as document:
        return [page.render(scale=150 / 72).to_pil() for page in document]


def saved(picture: Any, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def test_the_figures_of_a_scan_are_those_printed(report: Report) -> None:
    """All of them are read; those in two identities are without doubt, the others are not."""
    expected = printed("art20-2021")
    assert not silent(report, expected)
    assert [(f.path, f.value) for f in report.figures] == [
        (f.path, f.value) for f in expected.figures
    ]
    assert (report.title, report.year, report.agency) == (
        expected.title,
        expected.year,
        expected.agency,
    )
    form = ENGINE.form("art20-2021")
    holding = holding_identities(expected, form, ENGINE.rules)
    vouched = {figure.path for figure in report.figures if not figure.doubts}
    assert vouched <= {path for path, count in holding.items() if count > 1}
    assert len(vouched) > 160


def test_a_recognised_figure_says_so_and_where_it_stands(report: Report) -> None:
    for figure in report.figures:
        assert figure.reading == "recognised"
        assert figure.origin is not None
        assert figure.origin.page in (1, 2, 3)
        assert figure.origin.box is not None
        left, top, right, bottom = figure.origin.box
        assert 0 < left < right < 600
        assert 0 < top < bottom < 850
    assert "D660" in report.facts["year"].doubts


def test_no_identity_vouches_for_running_text(scan: Document) -> None:
    sentence = "2025年新收政府信息公开申请5件。"
    places = (*scan.places, SourcePlace(len(scan.text), len(scan.text) + len(sentence), choices=()))
    report = ENGINE.parse(evolve(scan, text=f"{scan.text}{sentence}\n", places=places))
    assert [figure.value for figure in report.narrative] == [5]
    assert all("D663" in figure.doubts for figure in report.narrative)


def test_the_form_of_2014_is_stated_in_doubt() -> None:
    """One of its cells lies in two identities: all others are stated, and doubted."""
    expected = printed("stat-2014")
    report = ENGINE.parse(SCANS / "stat-2014.pdf")
    assert not silent(report, expected)
    assert sum(1 for figure in report.figures if not figure.doubts) <= 1
    right = {(f.path, f.value) for f in report.figures} & {
        (f.path, f.value) for f in expected.figures
    }
    assert len(right) > 0.9 * len(expected.figures)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "zip"])
def test_every_kind_of_image_is_read(kind: str) -> None:
    """A multi-page TIFF, or images in an archive, are one report; one image is one page."""
    sheets = pages("stat-2014.pdf")
    if kind == "TIFF":
        data = saved(sheets[0], kind, save_all=True, append_images=sheets[1:], dpi=(150, 150))
    elif kind == "zip":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for number, sheet in enumerate(sheets, start=1):
                archive.writestr(f"{number}.png", saved(sheet, "PNG"))
        data = file.getvalue()
    else:
        data = saved(sheets[-1], kind)
    report = ENGINE.parse(data)
    whole = kind in ("TIFF", "zip")
    assert report.form == "stat-2014"
    assert len(report.figures) > (50 if whole else 15)
    assert sum(1 for figure in report.figures if not figure.doubts) <= 1


def test_the_same_scan_gives_the_same_document_without_a_network(
    scan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    again = read(SCANS / "art20-2021.pdf")
    assert (again.text, again.places) == (scan.text, scan.places)


def changed(scan: Document, path: str, text: str, *others: str) -> Report:
    """The report after a cell was recognised as something else, with other choices."""
    figure = ENGINE.parse(scan).by_path[path]
    assert figure.origin is not None
    start, end = figure.origin.start, figure.origin.end
    shift = len(text) - (end - start)

    def moved(place: SourcePlace) -> SourcePlace:
        if place.start == start:
            return evolve(place, end=place.end + shift, choices=(text, *others))
        if place.start > start:
            return evolve(place, start=place.start + shift, end=place.end + shift)
        return place

    document = evolve(
        scan,
        text=scan.text[:start] + text + scan.text[end:],
        places=tuple(map(moved, scan.places)),
    )
    return ENGINE.parse(document)


PATH = "requests.disposed.granted.natural_person"


def test_a_misread_digit_takes_away_who_vouches(scan: Document, report: Report) -> None:
    """Its row and its column no longer hold; with the second choice they would."""
    right = report.by_path[PATH].value
    wrong = changed(scan, PATH, "99", str(right))
    figure = wrong.by_path[PATH]
    assert figure.value == 99
    assert {"D660", "D662"} <= set(figure.doubts)
    (note,) = (one for one in wrong.diagnostics if one.code == "D662")
    assert str(right) in note.message
    assert "99" in note.message
    row = [f for f in wrong.figures if f.path.startswith("requests.disposed.granted.")]
    assert all("D660" in f.doubts for f in row)


def test_without_such_a_choice_nothing_is_suggested(scan: Document) -> None:
    report = changed(scan, PATH, "99", "98")
    assert "D662" not in {one.code for one in report.diagnostics}


def test_a_guess_vouches_for_nothing(scan: Document) -> None:
    """An identity holds by chance if one of its cells was not recognised for certain."""
    figure = ENGINE.parse(scan).by_path[PATH]
    places = tuple(
        evolve(place, doubts=(*place.doubts, "D661"))
        if figure.origin and place.start == figure.origin.start
        else place
        for place in scan.places
    )
    report = ENGINE.parse(evolve(scan, places=places))
    doubted = {f.path for f in report.figures if f.doubts}
    assert PATH in doubted
    assert "requests.disposed.granted.total" in doubted
    assert "requests.disposed.refused.state_secret.natural_person" in doubted


def test_rows_that_were_not_found_are_flagged(scan: Document) -> None:
    lines = scan.text.splitlines(keepends=True)
    row = next(n for n, line in enumerate(lines) if line.startswith("四、结转下年度继续办理"))
    report = ENGINE.parse(evolve(scan, text="".join(lines[:row])))
    flagged = {path for one in report.diagnostics for path in one.paths}
    assert "requests.carried_out.total" in flagged
    assert "review.reconsideration.total" in flagged


def png_of(width: int, height: int) -> bytes:
    """The head of a PNG that states a size; what follows is cut off."""
    return (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
        + struct.pack(">II", width, height)
        + b"\x08\2\0\0\0"
        + bytes(40)
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a truncated PNG": lambda: saved(Image.new("L", (900, 900), 255), "PNG")[:300],
    "60,000 by 60,000 pixels": lambda: png_of(60_000, 60_000),
    "one pixel": lambda: saved(Image.new("L", (1, 1)), "PNG"),
    "a line of pixels": lambda: saved(Image.new("L", (9000, 3)), "PNG"),
    "white": lambda: saved(Image.new("L", (900, 1200), 255), "PNG"),
    "black": lambda: saved(Image.new("1", (900, 1200), 0), "TIFF"),
    "inks": lambda: saved(Image.new("CMYK", (900, 1200)), "JPEG"),
    "sixteen bits": lambda: saved(Image.new("I;16", (900, 1200), 65535), "PNG"),
    "a palette": lambda: saved(Image.new("P", (900, 1200)), "PNG"),
    "transparent": lambda: saved(Image.new("RGBA", (900, 1200), (0, 0, 0, 0)), "PNG"),
    "animated": lambda: saved(
        Image.new("L", (900, 900), 255), "PNG", save_all=True,
        append_images=[Image.new("L", (900, 900), shade) for shade in range(100)],
    ),
    "a TIFF of nothing": lambda: b"II*\0" + bytes(40),
    "a JPEG that begins only": lambda: b"\xff\xd8\xff\xe0" + bytes(20),
}  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_images_without_a_report_are_refused_in_one_line(make: Callable[[], bytes]) -> None:
    with pytest.raises(UnreadableSource) as caught:
        gischema.parse(make())
    assert "\n" not in caught.value.message
    assert caught.value.message_en.isascii() or "×" in caught.value.message_en


def test_a_pdf_of_too_many_scans_is_refused() -> None:
    file = io.BytesIO()
    sheet = Image.new("L", (300, 400), 255)
    sheet.save(file, "PDF", save_all=True, append_images=[sheet] * 120)
    with pytest.raises(UnreadableSource, match="60 页") as caught:
        gischema.parse(file.getvalue())
    assert caught.value.reason == "too_large"


def test_the_output_counts_what_is_vouched_for(report: Report) -> None:
    from gischema.output.closing import recognised_line

    (line,) = recognised_line(report, "zh")
    vouched = sum(1 for figure in report.figures if not figure.doubts)
    assert f"{vouched} 个由两项以上勾稽关系印证" in line


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", (SCANS / "stat-2014.pdf").read_bytes()])
def test_without_the_extra_one_line_names_it(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from gischema.reading.pdf import read_pdf
    from gischema.reading.scan import reader

    for module in (reader, read_pdf):
        monkeypatch.setattr(module, "is_installed", lambda: False)
    with pytest.raises(UnreadableSource, match=r"gischema\[ocr\]") as caught:
        gischema.parse(data)
    assert "\n" not in caught.value.message
