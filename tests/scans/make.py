"""Make the scans in `tests/fixtures/scans`: a report on each form, as a scanner saves it.

    python -m tests.scans.make

Needs Chromium, a Chinese font and the extra `test`. `NAME.txt` is the report as plain text.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from gischema.engine import Gischema
from gischema.testing import LAYOUTS, SeededChoices, specimen
from tests.scans.scanned_pages import FONTS, Scanner, as_pdf

HERE = Path(__file__).parents[1] / "fixtures" / "scans"
SCANNERS = {
    "art20-2021": Scanner(font=FONTS[0], size=9, dpi=200, skew=1.1, jpeg=40, seals=1),
    "stat-2014": Scanner(font=FONTS[2], size=10, dpi=150, skew=-1.6, jpeg=40, noise=3),
}


def main() -> None:
    """Make all scans anew."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for form, scanner in SCANNERS.items():
            choices = SeededChoices(22)
            made = specimen(Gischema().form(form), choices, layout=LAYOUTS["pipes"], damages=())
            (HERE / f"{form}.txt").write_text(made.printed.text, encoding="utf-8")
            images = scanner.images(made.printed.page, Path(folder), seed=22)
            (HERE / f"{form}.pdf").write_bytes(as_pdf(images, scanner.dpi))


if __name__ == "__main__":
    main()
