"""How many figures of scanned reports are silently wrong, stated and vouched for, and at what cost.

    python -m benchmarks.scan_accuracy 2000 2024 --pages FOLDER

Each number is a seed: of a report, and of how it is printed and scanned (150, 200 and 300 dots an
inch by turns; face, size, skew, JPEG, noise, seals; Chromium or LibreOffice). Pages are kept in the
folder. With `--whole`, whole pages are recognised too, for comparison. Needs the extras `ocr` and
`test`, Chromium, LibreOffice and the fonts of `tests/scans/scanned_pages.py`.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import cv2
from attrs import define, field, frozen
from rapidocr import RapidOCR

from gischema.engine import Gischema
from gischema.reading.pdf.page_document import page_document
from gischema.reading.scan.images import read_images
from gischema.reading.scan.scan_page import ScanReader
from gischema.report import Report
from gischema.rules.vouching import holding_identities
from gischema.testing import LAYOUTS, SeededChoices, specimen
from tests.scans.scanned_pages import Scanner

FORMS = ("art20-2021", "art20-2019", "stat-2014")
ONE_THREAD = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.log_level": "error"}
_IDENTITIES = 2  # that have to hold for a recognised figure


@frozen
class ScannedReport:
    """A printed report, its scanned pages, and their dots an inch."""

    seed: int
    folder: Path

    @property
    def dots(self) -> int:
        """Return the dots an inch of the scan."""
        return Scanner.drawn(self.seed).dpi

    @property
    def pages(self) -> list[Path]:
        """Return the pictures of its pages."""
        return sorted(self.folder.glob("[0-9]*.*"))

    @property
    def text(self) -> str:
        """Return what is printed."""
        return (self.folder / "text.txt").read_text(encoding="utf-8")

    def make(self) -> None:
        """Print and scan it, unless that was done before."""
        if (self.folder / "text.txt").exists():
            return
        form = Gischema().form(FORMS[self.seed // 3 % len(FORMS)])
        choices = SeededChoices(self.seed)
        printed = specimen(form, choices, layout=LAYOUTS["pipes"], damages=()).printed
        scanner = Scanner.drawn(self.seed)
        kind = "png" if scanner.jpeg is None else "jpg"
        images = scanner.images(printed.page, self.folder / "printed", self.seed)
        for number, image in enumerate(images, start=1):
            (self.folder / f"{number}.{kind}").write_bytes(image)
        (self.folder / "text.txt").write_text(printed.text, encoding="utf-8")


@define
class Score:
    """What was counted over some reports."""

    counts: Counter[str] = field(factory=Counter)
    ours: float = 0.0
    whole: float = 0.0

    def add(self, report: Report, printed: Report, engine: Gischema) -> list[str]:
        """Count a report that was recognised. Return the paths that are silently wrong."""
        assert printed.form is not None
        flagged = {path for one in report.diagnostics for path in one.paths}
        holding = holding_identities(printed, engine.form(printed.form), engine.rules)
        silent = [
            figure.path
            for figure in report.figures
            if not figure.doubts and figure.path not in printed.by_path and figure.value
        ]
        for figure in printed.figures:
            found = report.by_path.get(figure.path)
            right = found is not None and (found.value, found.status) == (
                figure.value,
                figure.status,
            )
            if not right and figure.path not in flagged:
                silent.append(figure.path)
            can = holding[figure.path] >= _IDENTITIES
            self.counts["figures"] += 1
            self.counts["stated"] += found is not None and found.status == "stated"
            self.counts["right"] += right
            self.counts["can"] += can
            self.counts["vouched"] += can and found is not None and not found.doubts
        self.counts["silent"] += len(silent)
        return silent

    def line(self) -> str:
        """Return the counts as a line."""
        c = self.counts
        shares = ", ".join(
            f"{name} {c[name]} of {c[of]} ({100 * c[name] / max(1, c[of]):.1f} %)"
            for name, of in (("stated", "figures"), ("right", "figures"), ("vouched", "can"))
        )
        cost = f"{self.ours / max(1, c['pages']):.2f} s a page"
        if self.whole:
            cost += f", whole page {self.whole / c['pages']:.2f} s"
        return f"{c['reports']} reports, {c['pages']} pages: silent {c['silent']}, {shares}, {cost}"


def main() -> None:
    """Print the counts by dots an inch, and for 200 and more."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("first", type=int)
    parser.add_argument("end", type=int)
    parser.add_argument("--pages", type=Path, required=True, help="the folder of the pages")
    parser.add_argument("--whole", action="store_true", help="recognise whole pages too")
    asked = parser.parse_args()
    engine, fine = Gischema(), Score()
    scores: dict[int, Score] = {}
    whole = RapidOCR(params=ONE_THREAD) if asked.whole else None
    for seed in range(asked.first, asked.end):
        scan = ScannedReport(seed, asked.pages / str(seed))
        scan.make()
        printed = engine.parse_text(scan.text)
        scored = [scores.setdefault(scan.dots, Score()), *([fine] if scan.dots >= 200 else [])]
        ours, report = _recognised(scan, engine)
        theirs = _whole(scan, whole) if whole is not None else 0.0
        for score in scored:
            silent = score.add(report, printed, engine)
            score.counts += Counter(reports=1, pages=len(scan.pages))
            score.ours, score.whole = score.ours + ours, score.whole + theirs
        one = Score()
        one.add(report, printed, engine)
        print(seed, scan.dots, printed.form, dict(one.counts), *silent, flush=True)
    for dots, score in sorted(scores.items()):
        print(f"{dots} dpi: {score.line()}")
    print(f"200 dpi and more: {fine.line()}")


def _recognised(scan: ScannedReport, engine: Gischema) -> tuple[float, Report]:
    began = time.process_time()
    reader, pages = ScanReader(scan.folder.name), []
    for number, path in enumerate(scan.pages, start=1):
        for colours, scale in read_images(path.read_bytes(), path.name):
            pages.append(reader.page(colours, scale, number))
    document = page_document(pages, scan.folder.name, "scan")
    seconds = time.process_time() - began
    return seconds, engine.parse(document)


def _whole(scan: ScannedReport, whole: RapidOCR) -> float:
    pages = [page for path in scan.pages if (page := cv2.imread(str(path))) is not None]
    began = time.process_time()
    for page in pages:
        whole(page)
    return time.process_time() - began


if __name__ == "__main__":
    main()
