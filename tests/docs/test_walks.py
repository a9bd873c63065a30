"""Whoever follows a tutorial or how-to sees what the page shows. `UPDATE_DOCS=1` renews the pages."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.docs.walk import Walk

docx = pytest.importorskip(
    "docx", reason="the samples are Word files: pip install 'gischema[forms]'"
)

from docs.samples import write_samples  # noqa: E402

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [
    page
    for language in ("en", "zh")
    for folder in (".", "tutorials", "how-to")
    for page in sorted((DOCS / language).glob(f"{folder}/*.md"))
    if re.search(r"^```console|samples/", page.read_text("utf-8"), re.MULTILINE)
]


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that a reader downloads from the site."""
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_pages_show_what_happens(
    page: Path, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands print and Python answers what the page says, from a folder with the samples only."""
    folder = tmp_path / "here"
    folder.mkdir()
    for file in samples.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(folder)
    walk = Walk(folder, page.relative_to(DOCS).parts[0])
    text = page.read_text("utf-8")
    for name, module in {"gischema[ray]": "ray", "gischema[ocr]": "rapidocr"}.items():
        if f'$ pip install "{name}"' in text:
            pytest.importorskip(module, reason=f"pip install '{name}'")
    renewed = walk.follow(text)
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(renewed, "utf-8")
    assert renewed == text
    assert walk.ran


def test_how_to_pages_are_the_same_in_both_languages() -> None:
    """They have the same headings, the same steps, and each has steps that are run."""
    for page in (DOCS / "en/how-to").glob("*.md"):
        english, chinese = (
            re.sub(
                r" --lang en\b|  # .*",
                "",
                (DOCS / language / "how-to" / page.name).read_text("utf-8"),
            )
            for language in ("en", "zh")
        )
        failed = re.findall(r"^Traceback.*\n(.*)", english, re.MULTILINE)
        assert all(line.startswith("gischema.") for line in failed), page.name
        for steps in (r"^#+(?= )", r"^\$ .*", r"^>>> .*", r"^```.*", r"^(?=\| .*\|$)"):
            found = [re.findall(steps, text, re.MULTILINE) for text in (english, chinese)]
            assert found[0] == found[1], page.name
        assert page.name == "index.md" or page in PAGES, f"{page.name}: nothing is run"
