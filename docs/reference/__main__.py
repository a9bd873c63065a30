"""Build the reference pages: `python -m docs.reference [FOLDER]`.

Without a folder they are written into `docs/_build/reference`, which is not under version control.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from docs.reference.commands import command_page
from docs.reference.damages import damages_page
from docs.reference.rules import rule_pages
from gischema.cli.app import app
from gischema.engine import Gischema

FOLDER = Path(__file__).parents[1] / "_build" / "reference"

_INDEX = """# Reference

- [The rules](rules/index.md): each with its reason, source, message and examples.
- [The commands](commands.md): the help of each.
- [The damages](damages.md) of the laboratory, and what the reader makes of damaged pages.
"""


def pages() -> Mapping[str, str]:
    """Return the text of each page by its place in the folder."""
    engine = Gischema()
    rules = rule_pages(engine.rules.rules)
    return {
        "index.md": _INDEX,
        "commands.md": command_page(app),
        "damages.md": damages_page(tuple(engine.forms.values()), engine.parse_text),
        **{f"rules/{name}": text for name, text in rules.items()},
    }


def main(arguments: Sequence[str]) -> None:
    """Write all pages into a folder, in place of those of an earlier run."""
    folder = Path(arguments[0]) if arguments else FOLDER
    written = pages()
    shutil.rmtree(folder / "rules", ignore_errors=True)
    for place, text in written.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(written)} pages in {folder}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
