"""Write the conformance corpus: invented reports of several kinds of files, with their figures.

`python -m gischema.testing.reference_corpus FOLDER` writes the pages and `corpus.json`, with which
any reader can be measured (`gischema.testing.score`). Needs python-docx and openpyxl.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.testing.choices import SeededChoices
from gischema.testing.laboratory import specimen
from gischema.testing.layouts import LAYOUTS
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.html import html_page
from gischema.testing.layouts.word import word_file
from gischema.testing.printed_page import PrintedPage

VERSION = "1.0"
INDEX = "corpus.json"
CELL_WORDS: Mapping[str, str] = {"blank": "", "not_applicable": "n/a"}
"""What stands for the value of a cell without a number."""

_TEXTS = 20
_FILES = 4


@frozen
class CorpusPage:
    """A page of the corpus: its file, how it was made, and what it prints."""

    name: str
    content: bytes
    layout: str
    damages: tuple[str, ...]
    printed: PrintedPage

    def entry(self) -> dict[str, Any]:
        """Return the entry of the page in the index."""
        figures: dict[str, list[list[str]]] = {}
        for one in self.printed.figures:
            value = CELL_WORDS.get(one.status, str(one.value))
            figures.setdefault(one.path, []).append([value, one.recoverability])
        return {
            "file": self.name,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "form": self.printed.page.form.id,
            "layout": self.layout,
            "damages": list(self.damages),
            "figures": {path: _short(copies) for path, copies in figures.items()},
        }


def _short(copies: list[list[str]]) -> str | list[list[str]]:
    """Return the value alone where the page prints it once and for certain."""
    (value, page), *others = copies
    return copies if others or page != "recoverable" else value


def corpus_pages(forms: Sequence[Form]) -> Iterator[CorpusPage]:
    """Yield the pages: texts in every layout with up to three damages, undamaged files."""
    for form in forms:
        for number in range(_TEXTS):
            page = specimen(form, SeededChoices(number), most=min(number % 5, 3))
            damages = tuple(damage.name for damage in page.damages)
            content = page.printed.text.encode()
            name = f"pages/{form.id}-{number:02}.txt"
            yield CorpusPage(name, content, page.layout.name, damages, page.printed)
        yield from _files(form)


def _files(form: Form) -> Iterator[CorpusPage]:
    for number in range(_FILES):
        choices = SeededChoices(1_000 + number)
        printed = specimen(form, choices, layout=LAYOUTS["pipes"], damages=()).printed
        made = {
            "html": html_page(printed.page, choices),
            "docx": word_file(printed.page),
            "xlsx": excel_file(printed.page, text=choices.chance(2)),
        }
        for kind, content in made.items():
            name = f"pages/{form.id}-{number:02}.{kind}"
            yield CorpusPage(name, content, kind, (), printed)


def main(arguments: Sequence[str]) -> None:
    """Write the corpus into a folder."""
    folder = Path(arguments[0])
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    entries = []
    for page in corpus_pages(tuple(Gischema().forms.values())):
        (folder / page.name).write_bytes(page.content)
        entries.append(page.entry())
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    index = f'{{"version": "{VERSION}", "pages": [\n{lines}\n]}}\n'
    (folder / INDEX).write_text(index, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(entries)} pages in {folder}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
