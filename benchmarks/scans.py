"""What a scanned page costs: next to recognising the whole page, in the same run.

    python -m benchmarks.scans

Needs the extra `ocr`. Both use one thread; times are those of the processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
from rapidocr import RapidOCR

from gischema.reading.scan.scan_page import ScanReader

SCANS = Path(__file__).parents[1] / "tests" / "fixtures" / "scans"
DOTS = 200
_ONE_THREAD = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "Global.log_level": "error"}


def main() -> None:
    """Print the seconds a page of both ways, and their ratio."""
    whole = RapidOCR(params=_ONE_THREAD)
    for file in sorted(SCANS.glob("*.pdf")):
        with pypdfium2.PdfDocument(file) as document:
            sheets = [page.render(scale=DOTS / 72).to_numpy()[..., :3] for page in document]
        for number, sheet in enumerate(sheets, start=1):
            colours = np.ascontiguousarray(sheet[..., ::-1])
            reader = ScanReader(None)
            ours = _seconds(lambda: reader.page(colours, 72 / DOTS, 1))  # noqa: B023 - called at once
            theirs = _seconds(lambda: whole(sheet))  # noqa: B023
            print(f"{file.stem} page {number}: {ours:.2f} s, whole page {theirs:.2f} s, "
                  f"ratio {ours / theirs:.2f}")  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
