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
_SCAN = Path(__file__).parents[1] / "tests/fixtures/scans/art20-2021.pdf"


def write_samples(folder: Path) -> None:
    """Write the reports of the tutorials and how-tos: files on their own, and `reports.zip`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_REPORT, folder / "report.txt")
    (folder / "report.docx").write_bytes(_word_file(_REPORT))
    for year in (2021, 2022):
        shutil.copyfile(_PANEL / f"water-{year}.txt", folder / f"water-{year}.txt")
    certain = (folder / "water-2022.txt").read_text("utf-8")
    doubtful = certain.replace(
        "新收政府信息公开申请数量 | 20 |", "新收政府信息公开申请数量 | 20① |"
    )
    (folder / "doubtful.txt").write_text(doubtful, "utf-8")
    shutil.copyfile(_SCAN, folder / "scan.pdf")
    _pack(folder / "reports.zip", _PANEL, "*.txt")
    _pack(folder / "art20_2027.zip", _EXAMPLES / "art20_2027", "art20_2027.*")


def _pack(archive: Path, folder: Path, pattern: str) -> None:
    """Write the files of a folder into an archive, always the same bytes."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        for file in sorted(folder.glob(pattern)):
            members.writestr(zipfile.ZipInfo(f"{folder.name}/{file.name}"), file.read_bytes())


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
