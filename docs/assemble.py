"""The source pages of the site: the written pages of a language, and those made from the code."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from docs.reference.pages import pages
from docs.samples import write_samples
from gischema.output.language import Lang

DOCS = Path(__file__).parent
ROOT = DOCS.parent
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
MADE = ("reference/generated", "samples")
"""The folders of a language that are made for the site and not kept in the repository."""

_UNTRANSLATED: Mapping[Lang, str] = {
    "zh": "```{note}\n本页尚无中文。\n```\n\n",
    "en": "```{note}\nThis page is in Chinese only.\n```\n\n",
}
_CODE_OR_LINK = re.compile(
    r"^[ ]*(?P<fence>`{3,}).*?^[ ]*(?P=fence)$"
    r"|`[^`\n]+`"
    r"|(?P<words>!?\[(?:[^\[\]]|\[[^\]]*\])*\]\()(?P<place>[^)\s#]+)(?P<heading>#[^)\s]*)?\)",
    re.DOTALL | re.MULTILINE,
)


@cache
def repository() -> str:
    """Return the address of the repository; `pyproject.toml` is the one place that has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["urls"]["Source"])


def assemble(language: Lang, folder: Path) -> None:
    """Write the source pages of a language into a folder, in place of what is there.

    A page that a language lacks is that of the other one, and says so.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for owner in (_other(language), language):
        shutil.copytree(DOCS / owner, folder, dirs_exist_ok=True)
        for page in (DOCS / owner).rglob("*.md"):
            target = folder / page.relative_to(DOCS / owner)
            note = "" if owner == language else _UNTRANSLATED[language]
            target.write_text(note + site_links(page, owner, language), "utf-8")
    for name, text in pages(language).items():
        target = folder / MADE[0] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    write_samples(folder / MADE[1])


def site_links(page: Path, owner: Lang, language: Lang) -> str:
    """Return the text of a page with links that lead to where things are in the site.

    Pages of the other language are elsewhere in the site; files of the repository that are no pages
    are at its address.
    """

    def link(found: re.Match[str]) -> str:
        place = found["place"]
        if place is None or re.match(r"\w+:", place):
            return found[0]
        target = Path(os.path.normpath(page.parent / place))
        if target.is_relative_to(DOCS / owner):
            # Headings differ between the languages: such a link leads to the page.
            translated = (
                owner != language and (DOCS / language / target.relative_to(DOCS / owner)).is_file()
            )
            return f"{found['words']}{place})" if translated else found[0]
        moved = _elsewhere(target, page.relative_to(DOCS / owner), language)
        return f"{found['words']}{moved}{found['heading'] or ''})"

    return _CODE_OR_LINK.sub(link, page.read_text("utf-8"))


def _elsewhere(target: Path, page: Path, language: Lang) -> str:
    """Return the address of what stands outside of the pages of a language."""
    for each in LANGUAGES:
        if target.is_relative_to(DOCS / each):
            place = target.relative_to(DOCS / each)
            up = "../" * (len(page.parts) - (each == language))
            own = "" if each == language else f"{each}/"
            return f"site:{up}{own}{place.with_suffix('.html').as_posix()}"
    kind = "tree" if target.is_dir() else "blob"
    return f"{repository()}/{kind}/main/{target.relative_to(ROOT).as_posix()}"


def _other(language: Lang) -> Lang:
    return next(each for each in LANGUAGES if each != language)
