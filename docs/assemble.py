"""The source pages of the site: the written pages of a language, and those made from the code."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from docs.reference.pages import pages
from docs.samples import write_samples
from gischema.output.language import Lang

DOCS = Path(__file__).parent
ROOT = DOCS.parent
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
MADE = ("reference/generated", "samples")
"""The folders of a language that are made for the site and not kept in the repository."""

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


def has_home() -> bool:
    """Return False while the address is one that leads nowhere, as all of `.example` do."""
    return not str(urlsplit(repository()).hostname).endswith(".example")


def assemble(language: Lang, folder: Path) -> None:
    """Write the source pages of a language into a folder, in place of what is there.

    The pictures are those of both languages.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for owner in LANGUAGES:
        ignored = shutil.ignore_patterns("*.md")
        shutil.copytree(DOCS / owner, folder, dirs_exist_ok=True, ignore=ignored)
    for page in (DOCS / language).rglob("*.md"):
        target = folder / page.relative_to(DOCS / language)
        target.write_text(site_links(page, language), "utf-8")
    for name, text in pages(language).items():
        target = folder / MADE[0] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    write_samples(folder / MADE[1])


def site_links(page: Path, language: Lang) -> str:
    """Return the text of a page with links that lead to where things are in the site.

    Pages of the other language are elsewhere in the site; files of the repository that are no pages
    are at its address. Until it has one, their paths stand in the place of links.
    """

    def link(found: re.Match[str]) -> str:
        place = found["place"]
        if place is None or re.match(r"\w+:", place):
            dead = place is not None and not has_home() and place.startswith(_host())
            return found["words"][1:-2] if dead else found[0]
        target = Path(os.path.normpath(page.parent / place))
        if target.is_relative_to(DOCS / language):
            return found[0]
        moved = _elsewhere(target, page.relative_to(DOCS / language), language)
        if moved is None:
            return _with_path(found["words"][1:-2], target.relative_to(ROOT).as_posix())
        return f"{found['words']}{moved}{found['heading'] or ''})"

    return _CODE_OR_LINK.sub(link, page.read_text("utf-8"))


def _host() -> str:
    return repository().rpartition("/")[0]


def _with_path(words: str, path: str) -> str:
    """Return words, and their path in the repository unless they are that path."""
    return words if path.endswith(words.strip("`/")) else f"{words} (`{path}`)"


def _elsewhere(target: Path, page: Path, language: Lang) -> str | None:
    """Return the address of what stands outside of the pages of a language, if it has one."""
    other = next(each for each in LANGUAGES if each != language)
    if target.is_relative_to(DOCS / other):
        place = target.relative_to(DOCS / other)
        up = "../" * (len(page.parts) - 1)
        if place.suffix != ".md":
            return f"{up}{place.as_posix()}"
        return f"site:{up}../{other}/{place.with_suffix('.html').as_posix()}"
    if not has_home():
        return None
    kind = "tree" if target.is_dir() else "blob"
    return f"{repository()}/{kind}/main/{target.relative_to(ROOT).as_posix()}"
