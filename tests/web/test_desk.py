"""What a page of results offers: marked copies, last year's report, waivers, explanations."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from selectolax.lexbor import LexborHTMLParser

import gischema
from gischema.marking import mark
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.word_file import word_file
from gischema.rules import Waiver
from gischema.settings.files import load_waivers
from gischema.web import results as results_module
from gischema.web.check_uploads import Job
from gischema.web.results import Results
from gischema.web.uploads import Upload
from tests.web.conftest import Client

REPORTS = Path("examples/reports")
WRONG = (REPORTS / "art20_2021_wrong.txt").read_bytes()
LAST = WRONG.decode().replace("2023年", "2022年").replace("2024-02-27", "2023-01-12").encode()
FILE = 'name="file"; filename="年报.txt"'

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def word() -> bytes:
    """Return a Word file with a planted error."""
    engine, report = gischema.default_engine(), gischema.parse(REPORTS / "art20_2021_wrong.txt")
    return word_file(FilledForm(engine.form(report.form or ""), report))


def page(client: Client, *parts: tuple[str, bytes]) -> Any:
    """Return the page about some uploads."""
    answer, data = client.post(*parts, Accept="text/html")
    assert answer.status == 200, data
    return parsed(data)


def parsed(data: bytes) -> Any:
    """Return a page as a tree."""
    return LexborHTMLParser(data.decode())


def address(found: Any, selector: str, attribute: str = "href") -> str:
    """Return the address of a link or a form."""
    return html.unescape(found.css_first(selector).attributes[attribute] or "")


def result(client: Client, path: str, *parts: tuple[str, bytes]) -> Any:
    """Return the page that a form leads to."""
    answer, data = client.send(path, *parts)
    assert answer.status == 303, data
    return parsed(client.get(answer.headers["Location"])[1])


def test_the_marked_copy_is_that_of_the_command(client, word):
    found = page(client, ('name="file"; filename="2023年报.docx"', word))
    answer, data = client.get(address(found, ".actions a"))
    assert data == mark(word, name="2023年报.docx").data
    assert "2023%E5%B9%B4%E6%8A%A5" in answer.headers["Content-Disposition"]
    assert any("B3" in each.text for each in docx.Document(io.BytesIO(data)).comments)


def test_a_file_that_takes_no_remarks_has_no_link_and_says_why(client):
    found = page(client, (FILE, WRONG))
    assert not found.css(".actions a")
    marked = address(found, ".actions form", "action").replace("/previous", "/marked")
    answer, data = client.get(marked)
    assert answer.status == 422
    assert "另存为 .docx" in data.decode()


def test_last_years_report_is_added_to_a_result(client, word):
    first = page(client, ('name="file"; filename="a.docx"', word))
    assert not first.css(".compare")
    action = address(first, ".actions form", "action")
    both = result(client, action, ('name="previous"; filename="去年.txt"', LAST))
    assert "2022年" in both.css_first(".compare p").text()
    cells = {key for cell in both.css("td.figure") for key in cell.attributes["data-k"].split()}
    buttons = both.css(".compare [data-k]")
    assert all(key in cells for each in buttons for key in each.attributes["data-k"].split())
    codes = " ".join(each.text() for each in both.css(".more li"))
    assert "未提供上一年报告" not in codes
    assert "gischema" in mark_of(client, both)


def mark_of(client: Client, found: Any) -> str:
    data = client.get(address(found, ".actions a"))[1]
    return " ".join(each.author for each in docx.Document(io.BytesIO(data)).comments)


def test_two_years_that_are_dropped_together_are_compared(client):
    found = page(client, (FILE, WRONG), ('name="file"; filename="去年.txt"', LAST))
    this, last = found.css(".report")
    assert "2022年" in this.css_first(".compare p").text()
    assert not last.css(".compare")


def test_there_is_one_last_year(client):
    previous = ('name="previous"; filename="去年.txt"', LAST)
    answer, data = client.post((FILE, WRONG), previous, previous)
    assert answer.status == 400
    assert "去年的报告只能放一份" in data.decode()


def test_a_last_year_that_cannot_be_read_is_reported(client):
    previous = ('name="previous"; filename="去年.docx"', b"PK")
    found = page(client, (FILE, WRONG), previous)
    bad, good = found.css(".report")
    assert "去年.docx" in found.css_first(".index").text()
    assert "bad" in (bad.attributes["class"] or "")
    assert "file=0" in address(good, ".actions form", "action")


def test_a_pasted_table_is_read(client, word):
    """As text with tabs, or as the markup that a browser copies, which is preferred."""
    report = gischema.parse(REPORTS / "art20_2021_wrong.txt")
    pasted = WRONG.decode().replace(" | ", "\t").encode()
    found = page(client, ('name="text"', pasted))
    assert found.css_first(".verdict").text() == "1 处必须改，1 处请核对"
    assert "粘贴的表格.txt" in found.css_first("header").text()
    form = gischema.default_engine().form(report.form or "")
    from gischema.output.form_files.html_file import html_file

    copied = html_file(FilledForm(form, report))
    found = page(client, ('name="html"', copied), ('name="text"', b"nothing"))
    assert found.css("[aria-invalid=true]")
    assert "粘贴的表格.html" in found.css_first("header").text()


@pytest.fixture
def waive(client) -> Iterator[Callable[..., tuple[Any, str]]]:
    """Waive the first finding of the report; the waivers are gone after the test."""

    def waived(**given: str) -> tuple[Any, str]:
        found = page(client, (FILE, WRONG))
        hidden = found.css_first(".waive [name=waiver]").attributes["value"] or ""
        fields = {
            "waiver": hidden,
            "reason": "口径已说明",
            "by": "李四",
            "on": "2026-03-31",
        } | given
        parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
        answer, data = client.send(address(found, ".waive", "action"), *parts)
        if answer.status != 303:
            return found, f"{answer.status} {data.decode()}"
        return parsed(client.get(answer.headers["Location"])[1]), "303"

    client.server.desk.waivers.clear()
    yield waived
    client.server.desk.waivers.clear()


def test_a_finding_is_waived_with_reason_name_and_date(client, waive, tmp_path):
    found, _ = waive()
    codes = [each.text() for each in found.css(".findings code")]
    assert codes
    assert "已豁免 1 处" in found.text()
    assert "设置：豁免 1 条" in found.text()
    settings = parsed(client.get(token(client, "/settings"))[1])
    row = [cell.text() for cell in settings.css(".waivers tr")[1].css("td")]
    assert row[2:5] == ["口径已说明", "李四", "2026-03-31"]

    file = tmp_path / "waivers.toml"
    file.write_bytes(client.get(address(settings, "p a"))[1])
    (waiver,) = load_waivers(file)
    assert isinstance(waiver, Waiver)
    assert waiver.reason == "口径已说明"

    drop = settings.css_first(".waivers [name=drop]").attributes["value"] or ""
    (found,) = [result(client, token(client, "/settings"), ('name="drop"', drop.encode()))]
    assert not found.css(".waivers")
    load = ('name="waivers"; filename="w.toml"', file.read_bytes())
    found = result(client, token(client, "/settings"), load)
    assert len(found.css(".waivers tr")) == 2
    assert client.check("年报.txt", WRONG)["waived"] == []  # JSON is that of the command


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reason": " "}, "缺少 reason"),
        ({"by": ""}, "缺少 by"),
        ({"on": "31.3.2026"}, "日期应如"),
        ({"waiver": "x = 1"}, "x"),
        ({"waiver": "<"}, "TOML"),
    ],
)
def test_a_waiver_without_a_reason_is_refused(client, waive, given, why):
    _, said = waive(**given)
    assert said.startswith("400 ")
    assert why in said
    assert not client.server.desk.waivers


def test_a_file_of_waivers_with_an_unknown_rule_is_refused(client):
    text = '[[waivers]]\nrule="NO-1"\nreport="a"\nreason="b"\nby="c"\non=2026-01-01\n'
    answer, data = client.send(
        token(client, "/settings"), ('name="waivers"; filename="w.toml"', text.encode())
    )
    assert answer.status == 400
    assert "NO-1" in data.decode()


def test_every_rule_and_doubt_is_explained(client):
    found = parsed(client.get(token(client, "/rules"))[1])
    ids = {node.attributes["id"] for node in found.css("details")}
    assert {rule.code for rule in client.server.desk.engine.rules.rules} <= ids
    assert {"D101", "D304"} <= ids
    assert "每件办结的申请只计一种办理结果" in found.css_first("#B3").text()


def test_names_of_files_and_texts_of_cells_cannot_act(client):
    """What others wrote is text on the page, in headers and in the copy, never markup."""
    evil = '"><img src=x onerror=alert(1)>\r\nSet-Cookie: a=b.txt'
    content = WRONG.replace("保护第三方合法权益".encode(), b"<script>alert(1)</script>")
    name = evil.replace('"', "%22").replace("\r\n", "")
    answer, data = client.post((f'name="file"; filename="{name}"', content), Accept="text/html")
    found = parsed(data)
    assert answer.headers["Set-Cookie"] is None
    assert len(found.css("script")) == 1
    assert not found.css("img")
    assert not found.css("[onerror]")
    assert "onerror=alert(1)" in found.css_first("header").text()


def test_files_of_one_name_have_their_own_places(client):
    found = page(client, (FILE, WRONG), (FILE, LAST))
    ids = [node.attributes["id"] for node in found.css("[id]")]
    assert len(ids) == len(set(ids))
    files = [address(each, ".actions form", "action")[-1] for each in found.css(".report")]
    assert files == ["0", "1"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_address_answers_without_the_token(client, method):
    ask = client.get if method == "GET" else client.send
    paths = {route.path for route in client.server.desk.routes()}
    assert len(paths) > 9
    assert {ask(path)[0].status for path in paths} == {403}


@pytest.mark.parametrize("path", ["/result", "/marked"])
@pytest.mark.parametrize("query", ["", "&result=gone", "&result=gone&file=9"])
def test_a_result_that_is_gone_says_so(client, path, query):
    answer, data = client.get(token(client, path) + query)
    assert answer.status == 410
    assert "重新拖入" in data.decode()


@pytest.mark.parametrize("file", ["9", "-1", "x", "²", ""])
def test_a_file_that_a_result_does_not_have_is_not_found(client, file):
    action = urlsplit(address(page(client, (FILE, WRONG)), ".actions form", "action"))
    (name,) = parse_qs(action.query)["result"]
    answer, _ = client.get(f"{token(client, '/marked')}&result={name}&file={file.encode().hex()}")
    assert answer.status == 404


def token(client: Client, path: str) -> str:
    """Return an address with the token."""
    return f"{path}?token={client.server.token}"


def test_results_take_a_bounded_memory(monkeypatch):
    """The last one stays whatever its size."""
    monkeypatch.setattr(results_module, "_MOST", 100)
    kept = Results()
    names = [kept.keep(Job((Upload("file", "a", b"x" * 40),), "html", "zh")) for _ in range(4)]
    assert [kept.get(name) is not None for name in names] == [False, False, True, True]
    large = kept.keep(Job((Upload("file", "a", b"x" * 400),), "html", "zh"))
    assert kept.get(large) is not None
    assert not any(map(kept.get, names))


def test_the_page_holds_no_other_token_or_path(client):
    """The addresses of a page lead to this server only."""
    found = page(client, (FILE, WRONG))
    links = [n.attributes[a] or "" for a in ("href", "action") for n in found.css(f"[{a}]")]
    inside = re.compile(r"(/\w*\?token=|#|data:,)")
    assert links
    assert all(inside.match(link) for link in links)
