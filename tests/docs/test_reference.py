"""The reference pages are built whole, and every link on a page leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.reference.__main__ import main
from gischema.cli.app import COMMANDS, app
from gischema.engine import Gischema
from gischema.testing import DAMAGES, LAYOUTS

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
UNWRITTEN = ("_build", "templates", "node_modules")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the reference pages, just built."""
    folder = tmp_path_factory.mktemp("reference")
    main([str(folder)])
    return folder


def dead_links(page: Path) -> Iterator[str]:
    """Yield the links of a page that lead to no file or heading."""
    for link in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        place, _, heading = link.partition("#")
        target = (page.parent / place) if place else page
        if "://" not in link and (not target.exists() or heading not in headings(target)):
            yield f"{page.name}: {link}"


def headings(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, and the empty one for its beginning."""
    found = (
        re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE) if page.is_file() else []
    )
    words = (re.sub(r"[^\w\- ]", "", title.lower()) for title in found)
    return {"", *(each.replace(" ", "-") for each in words)}


def test_every_rule_has_a_page_and_a_place_in_the_index(engine: Gischema, reference: Path) -> None:
    """The index lists all rules in natural order, each with a link to its page."""
    codes = {rule.code for rule in engine.rules.rules}
    assert {page.stem for page in (reference / "rules").glob("*.md")} == {*codes, "index"}
    listed = re.findall(
        r"^\| \[(.+?)\]\(\1\.md\)", (reference / "rules/index.md").read_text("utf-8"), re.MULTILINE
    )
    assert set(listed) == codes
    some = ("A2", "A10", "B2", "B2.1", "B10", "TT-1")
    assert [code for code in listed if code in some] == list(some)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_prints_the_page_of_a_rule(reference: Path, language: str) -> None:
    """What `gischema explain` prints is on the page, in both languages."""
    printed = CliRunner().invoke(app, ["explain", "B1", "-v", "--lang", language]).stdout
    assert printed.strip() in (reference / "rules/B1.md").read_text("utf-8")


def test_every_damage_and_layout_is_shown(reference: Path) -> None:
    """The page about damages has a section for each damage and shows each layout."""
    page = (reference / "damages.md").read_text("utf-8")
    assert re.findall(r"^## `(.+?)`", page, re.MULTILINE) == list(DAMAGES)
    assert all(f"\n`{name}` — " in page for name in LAYOUTS)


def test_every_command_shows_its_help(reference: Path) -> None:
    """The page about commands has the help that each command prints, subcommands included."""
    page = (reference / "commands.md").read_text("utf-8")
    for command in (*([name] for name in COMMANDS), ["new", "plugin"]):
        arguments = [*command, "--help"]
        result = CliRunner().invoke(app, arguments, prog_name="gischema", terminal_width=80)
        assert f"## `gischema {' '.join(command)}`\n\n```text\n{result.stdout}```" in page


def test_links_of_reference_pages_lead_somewhere(reference: Path) -> None:
    """The pages can be read from the folder they are built into."""
    assert [link for page in reference.rglob("*.md") for link in dead_links(page)] == []


def test_links_of_written_pages_lead_somewhere() -> None:
    """Every link in READMEs and docs leads to a file of the repository, and to a heading in it."""
    folders = [ROOT / name for name in ("docs", "examples", "plugins", "tests/cases")]
    pages = [*ROOT.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))]
    written = [page for page in pages if not set(page.parts) & set(UNWRITTEN)]
    assert len(written) > 10
    assert [link for page in written for link in dead_links(page)] == []
