"""The invented reports that the tutorials work on, as files to download from the site."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx

import gischema
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.kinds import FORM_FILES

_EXAMPLES = Path(__file__).parents[1] / "examples"
_REPORT = _EXAMPLES / "reports" / "art20_2021_wrong.txt"
_PANEL = _EXAMPLES / "panel" / "reports"


def write_samples(folder: Path) -> None:
    """Write `report.docx`, `report.txt` (the same report), two years of a body, `reports.zip`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_REPORT, folder / "report.txt")
    (folder / "report.docx").write_bytes(_word_file(_REPORT))
    for year in (2021, 2022):
        shutil.copyfile(_PANEL / f"water-{year}.txt", folder / f"water-{year}.txt")
    with zipfile.ZipFile(folder / "reports.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(_PANEL.glob("*.txt")):
            archive.writestr(zipfile.ZipInfo(f"reports/{file.name}"), file.read_bytes())


def _word_file(source: Path) -> bytes:
    """Return a report as an office would type it: its form, with the running text around it."""
    report = gischema.parse(source)
    form = gischema.default_engine().forms[str(report.form)]
    document = docx.Document(io.BytesIO(FORM_FILES["docx"].make(FilledForm(form, report))))
    headings = [each for each in document.paragraphs if each.text[:2] in ("二、", "三、", "四、")]
    before, after = _running_text(source, headings[0].text, headings[-1].text)
    for line in before:
        headings[0].insert_paragraph_before(line)
    for line in after:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _running_text(source: Path, first: str, last: str) -> tuple[list[str], list[str]]:
    """Return the lines between the title and the first table, and those after the last one."""
    lines = source.read_text("utf-8").splitlines()
    behind = lines[lines.index(last) + 1 :]
    return lines[1 : lines.index(first)], list(_without_rows(behind))


def _without_rows(lines: list[str]) -> Iterator[str]:
    return (line for line in lines if "|" not in line)
