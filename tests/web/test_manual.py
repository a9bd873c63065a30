"""The manual of the page: what it tells people to click is there, and so are its pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.conftest import Client
from tests.web.test_desk import FILE, WRONG, page, token

MANUALS = [Path(f"docs/{language}/tutorials/page.md") for language in ("zh", "en")]
MOST = 70_000

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("manual", MANUALS, ids=str)]


def test_every_button_of_the_manual_is_on_a_page(client: Client, manual: Path) -> None:
    """They stand in 【】; the copy with comments is offered for Word files only."""
    named = set(re.findall(r"【(.+?)】", manual.read_text("utf-8")))
    pages = [client.get(token(client, path))[1].decode() for path in ("/", "/settings")]
    pages.append(page(client, (FILE, WRONG)).html)
    pages += [each.read_text("utf-8") for each in Path("gischema/web/templates").iterdir()]
    assert len(named) > 6
    assert {name for name in named if not any(name in each for each in pages)} == set()


def test_every_message_of_the_manual_is_one_of_the_server(manual: Path) -> None:
    """The table at the end begins its rows with messages."""
    rows = re.findall(r"^\| (.+?) \|", manual.read_text("utf-8"), re.MULTILINE)[1:]
    code = "".join(each.read_text("utf-8") for each in Path("gischema/web").glob("*.py"))
    said = [row.replace("20 MB", "{most}").replace("60 秒", "{seconds:g} 秒") for row in rows]
    assert said
    assert [row for row in said if row not in code] == []


def test_the_pictures_are_there_and_small(manual: Path) -> None:
    text = manual.read_text("utf-8")
    named = {(manual.parent / each).resolve() for each in re.findall(r"!\[.+?\]\((.+?)\)", text)}
    assert named == set(Path("docs/zh/tutorials/pictures").resolve().iterdir())
    assert all(each.stat().st_size < MOST for each in named)
