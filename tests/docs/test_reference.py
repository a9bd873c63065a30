"""The reference pages are made whole, and every link on a page leads somewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.assemble import LANGUAGES, MADE, has_home, repository, site_links
from docs.reference.api import EXAMPLES, examples, renewed, write_files
from docs.reference.pages import pages
from docs.reference.reachable import public_names, reachable_types
from docs.samples import write_samples
from gischema import concepts
from gischema.cli.app import COMMANDS, app
from gischema.diagnostics import KINDS
from gischema.engine import Gischema
from gischema.testing import DAMAGES, LAYOUTS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
UNWRITTEN = ("_build", "templates", "node_modules")


@pytest.fixture(scope="module", params=LANGUAGES)
def reference(request: pytest.FixtureRequest) -> Mapping[str, str]:
    """The reference pages of a language by their place, just made."""
    return pages(request.param)


def dead_links(page: Path) -> Iterator[str]:
    """Yield the links of a page that lead to no file or heading."""
    for link in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        place, _, heading = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if "://" in link or any(f"/{made}/" in target.as_posix() for made in MADE):
            continue
        if not target.exists() or heading not in headings(target):
            yield f"{page.name}: {link}"


def headings(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, and the empty one for its beginning."""
    found = (
        re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
        if page.suffix == ".md"
        else []
    )
    words = (re.sub(r"[^\w\- ]", "", title.lower()) for title in found)
    return {"", *(each.replace(" ", "-") for each in words)}


def test_every_rule_has_a_place_in_the_index(
    engine: Gischema, reference: Mapping[str, str]
) -> None:
    """The index lists all rules in natural order, each with a link to its section."""
    codes = {rule.code for rule in engine.rules.rules}
    listed = re.findall(r"^\| \[(.+?)\]\(#\1\)", reference["rules/index.md"], re.MULTILINE)
    assert set(listed) == codes
    some = ("A2", "A10", "B2", "B2.1", "B10", "TT-1")
    assert [code for code in listed if code in some] == list(some)
    sections = "".join(text for name, text in reference.items() if name.startswith("rules/"))
    assert {code for code in codes if f"({code})=\n" not in sections} == set()


def test_explain_prints_the_section_of_a_rule(reference: Mapping[str, str]) -> None:
    """What `gischema explain` prints is on the page."""
    printed = [
        CliRunner().invoke(app, ["explain", "B1", "-v", "--lang", language]).stdout
        for language in LANGUAGES
    ]
    shown = [re.sub(r"^#", "##", text, flags=re.MULTILINE).strip() for text in printed]
    assert sum(text in reference["rules/B.md"] for text in shown) == 1


def test_every_damage_and_layout_is_shown(reference: Mapping[str, str]) -> None:
    """The page about damages has a section for each damage and shows each layout."""
    page = reference["damages.md"]
    assert re.findall(r"^## `(.+?)`", page, re.MULTILINE) == list(DAMAGES)
    assert all(f"\n`{name}` — " in page for name in LAYOUTS)


def test_every_command_shows_its_help(reference: Mapping[str, str]) -> None:
    """The page about commands has the help that each command prints, subcommands included."""
    page = reference["commands.md"]
    for command in (*([name] for name in COMMANDS), ["new", "plugin"]):
        arguments = [*command, "--help"]
        result = CliRunner().invoke(app, arguments, prog_name="gischema", terminal_width=80)
        assert f"## `gischema {' '.join(command)}`\n\n```text\n{result.stdout}```" in page


def test_every_diagnostic_form_and_concept_has_an_entry(
    engine: Gischema, reference: Mapping[str, str]
) -> None:
    """Codes, indicators and concepts are listed whole, and a form draws each of its figures."""
    assert all(f"| `{code}` |" in reference["diagnostics.md"] for code in (*KINDS, "D904", "D905"))
    assert all(f"## `{one.name}`" in reference["concepts.md"] for one in concepts())
    for name, form in engine.forms.items():
        page = reference[f"forms/{name}.md"]
        assert page.count('class="figure"') == len(form.indicators)
        assert all(f"| `{path}` |" in page for path in form.indicators)


def test_every_public_name_and_reachable_type_has_an_entry_with_an_example(
    reference: Mapping[str, str],
) -> None:
    """The API pages have each, and no example outlives its name."""
    named = {*public_names(), *reachable_types()}
    assert set(examples()) == named
    assert all(re.search(r"^>>> ", one.session, re.MULTILINE) for one in examples().values())
    shown = "".join(text for name, text in reference.items() if name.startswith("api/"))
    assert {name for name in named if f"\n## {name}\n" not in shown} == set()


def test_numbers_of_the_accuracy_page_have_the_command_that_gives_them(
    reference: Mapping[str, str],
) -> None:
    """Every section names a module that can be run, but that on reports which are not published."""
    _, *sections = re.split(r"^## ", reference["accuracy.md"], flags=re.MULTILINE)
    commands = {text.split("\n")[0]: re.findall(r"python -m ([\w.]+)", text) for text in sections}
    assert [title for title, found in commands.items() if not found] in (
        ["Real reports"],
        ["真实报告"],
    )
    for module in {module for found in commands.values() for module in found}:
        assert find_spec(module) is not None, module


def test_examples_of_the_api_are_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the examples gives the value that is shown; UPDATE_DOCS=1 renews them."""
    write_samples(tmp_path)
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    found = renewed()
    if os.environ.get("UPDATE_DOCS"):
        EXAMPLES.write_text(found, "utf-8")
    assert found == EXAMPLES.read_text("utf-8")


def test_both_languages_have_the_same_structure() -> None:
    """The lists of pages are the same, and each page is in one of them."""
    listed = {
        language: {
            page.relative_to(DOCS / language).as_posix(): re.findall(
                r"```\{toctree\}\n(.*?)```", page.read_text("utf-8"), re.DOTALL
            )
            for page in (DOCS / language).rglob("index.md")
        }
        for language in LANGUAGES
    }
    assert listed["zh"] == listed["en"]
    written = {
        language: {
            page.relative_to(DOCS / language).as_posix() for page in (DOCS / language).rglob("*.md")
        }
        for language in LANGUAGES
    }
    assert written["zh"] ^ written["en"] == set(), "pages that one language lacks"
    for name in written["en"]:
        texts = (FENCED.sub("", (DOCS / one / name).read_text("utf-8")) for one in LANGUAGES)
        zh, en = (re.findall(r"^#+(?= )", text, re.MULTILINE) for text in texts)
        assert zh == en, f"headings of {name}"
    places = ((DOCS / one / "explanation/architecture.md").read_text("utf-8") for one in LANGUAGES)
    files = [set(LINK.findall(text)) for text in places]
    assert files[0] == files[1], "files of the architecture"
    for language in LANGUAGES:
        for page in (DOCS / language).rglob("*.md"):
            if page.name != "index.md":
                names = " ".join(listed[language][f"{page.parent.name}/index.md"])
                assert page.stem in names.split(), page


def test_reference_pages_have_the_same_code_in_both_languages() -> None:
    """Tests run the code of the English pages; that of the Chinese ones is the same."""
    for page in (DOCS / "zh/reference").glob("*.md"):
        english = DOCS / "en/reference" / page.name
        blocks = [
            [found[0] for found in FENCED.finditer(each.read_text("utf-8")) if "\n" in found[0]]
            for each in (page, english)
        ]
        assert blocks[0] == blocks[1], page.name


@pytest.mark.parametrize("home", ["https://code.invented.org/gischema", None])
def test_links_to_other_languages_and_files_are_those_of_the_site(
    home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the site, a file of the repository is at its address if that leads somewhere."""
    if home is not None:
        monkeypatch.setattr("docs.assemble.repository", lambda: home)
    page = DOCS / "en/index.md"
    assert site_links(page, "en") == page.read_text("utf-8")
    page = DOCS / "en/reference/files.md"
    text = site_links(page, "en")
    for link in re.findall(r"\]\(([^)#\s]+)", text):
        inside = (page.parent / link).resolve().is_relative_to(DOCS / "en")
        assert inside or link.startswith(("https://", "site:"))
    limits = "gischema/reading/limits.py"
    assert f"({home}/blob/main/{limits})" in text if home else f"](../{limits}" not in text


def test_no_page_of_the_site_links_to_an_address_that_leads_nowhere() -> None:
    """Until the project has a home, its address stands on no page."""
    host = repository().rpartition("/")[0]
    if has_home():
        pytest.skip("the project has a home")
    for language in LANGUAGES:
        for page in (DOCS / language).rglob("*.md"):
            assert f"({host}" not in site_links(page, language), page


def test_links_of_written_pages_lead_somewhere() -> None:
    """Every link in READMEs and docs leads to a file of the repository, and to a heading in it."""
    folders = [ROOT / name for name in ("docs", "examples", "plugins", "tests/cases")]
    pages = [*ROOT.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))]
    written = [page for page in pages if not set(page.parts) & set(UNWRITTEN)]
    assert len(written) > 10
    assert [link for page in written for link in dead_links(page)] == []
