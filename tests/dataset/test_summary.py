"""The pages about a dataset: offline, in two languages, with links and breaks."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import gischema
from gischema.cli.app import app
from gischema.corpus import ConvertOptions, convert
from gischema.corpus.summary import write_site
from gischema.corpus.summary.plots import trend
from gischema.corpus.summary.tables import Trend, summarise
from tests.dataset.invented import report
from tests.dataset.test_relations import TOWN, balanced

BODY = "青禾市云岭县水利局"
EVIL = "<script>alert(1)</script>"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("summary")
    texts = {
        **{f"{year}": report(BODY, year, {"requests.received": 3}) for year in (2017, 2018)},
        **{f"{year}": report(BODY, year, balanced(year - 2010)) for year in (2019, 2021, 2022)},
        "wrong": report(BODY, 2020, {**balanced(7), "requests.received.total": 70}),
        "town": report("青禾市云岭县长桥镇人民政府", 2022, balanced(4), text=TOWN),
        "finance": report("青禾市云岭县财政局", 2022, balanced(5), text=TOWN),
    }
    sources = home / "a folder"
    sources.mkdir()
    for name, text in texts.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    (sources / "page.html").write_text("<p>404</p>", encoding="utf-8")
    return convert(sources, home / "out", options=ConvertOptions(jobs=1)).out


@pytest.fixture(scope="module")
def site(dataset: Path) -> Path:
    return write_site(dataset, dataset.parent / "site").parent


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", ["index.html", "en.html"])
def test_no_request_leaves_the_page_and_it_needs_no_script(site: Path, name: str) -> None:
    page = (site / name).read_text(encoding="utf-8")
    found = Elements(page).found
    assert {tag for tag, _ in found}.isdisjoint({"script", "link", "img", "iframe", "image", "use"})
    loading = {"src", "srcset", "xlink:href", "onload", "onclick", "style-src"}
    assert not [attrs for _, attrs in found if loading & attrs.keys()]
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_it_is_written_in_both_languages(site: Path, page: str) -> None:
    english = (site / "en.html").read_text(encoding="utf-8")
    assert 'href="en.html"' in page
    assert 'href="index.html"' in english
    assert "最大的不一致" in page
    assert "The largest inconsistencies" in english
    assert "requests received" in english
    assert "收到申请" in page


def test_the_largest_inconsistency_links_to_its_place(site: Path, page: str) -> None:
    """The figure that several rules point at is one row, with a link to its file and its line."""
    section = page[page.index('id="largest"') : page.index('id="trends"')]
    first = section[section.index("</thead>") :].split("</tr>")[0]
    assert BODY in first
    assert ">63<" in first
    address = re.search(r'<a href="([^"]+)" title="[^"]*">第(\d+)行</a>', first)
    assert address is not None
    file = (site / unquote(address[1].split("#")[0])).resolve()
    assert file.name == "wrong.txt"
    line = file.read_text("utf-8").splitlines()[int(address[2]) - 1]
    assert "70" in line


def test_sections_show_what_the_tables_hold(page: str) -> None:
    for word in ("已读取", "读不出", "B1", "我镇", "青禾市云岭县"):
        assert word in page


def test_it_says_what_was_not_read_and_why(site: Path) -> None:
    """In the language of the page, with what the panel lacks and what is in doubt."""
    for name, why in (("index.html", "不像政府信息公开"), ("en.html", "no annual report")):
        page = (site / name).read_text(encoding="utf-8")
        section = page[page.index('id="quality"') : page.index('id="rules"')]
        assert "page.html" in section
        assert why in section


def test_every_cell_says_its_column_where_the_page_is_narrow(page: str) -> None:
    cells = [attrs for tag, attrs in Elements(page).found if tag == "td"]
    assert cells
    assert all(attrs.get("data-head") for attrs in cells)


def test_a_dataset_of_another_version_is_one_line(dataset: Path, tmp_path: Path) -> None:
    for file in dataset.glob("*.parquet"):
        table = pq.read_table(file)
        kept = [name for name in table.column_names if name != "message_en"]
        pq.write_table(table.select(kept), tmp_path / file.name)
    shown = CliRunner().invoke(app, ["summary", str(tmp_path), "-o", str(tmp_path / "site")])
    assert shown.exit_code == 1
    assert "请重新运行 gischema convert" in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_a_copy_of_an_unknown_body_is_shown(tmp_path: Path) -> None:
    """By the names of its files; it is no node of the graph."""
    (tmp_path / "a.txt").write_text(report(BODY, 2022, balanced(3), text=TOWN), "utf-8")
    nameless = report(BODY, 2021, balanced(4), text=TOWN).replace(BODY, "")
    (tmp_path / "nameless.txt").write_text(nameless, "utf-8")
    out = convert(tmp_path, tmp_path / "out", options=ConvertOptions(jobs=1)).out
    (row,) = pq.read_table(out / "copies.parquet").to_pylist()
    assert row["kind"] == "unknown_body"
    page = write_site(out, tmp_path / "site").read_text(encoding="utf-8")
    assert "nameless.txt" in page[page.index('id="copies"') :]


def curves(one: Trend) -> int:
    svg = trend(one, "zh")
    return len(re.findall(r"<path aria-roledescription=\"line mark\"|mark-line[^>]*>\s*<path", svg))


def test_a_curve_ends_at_a_break(dataset: Path) -> None:
    """No line joins years that must not be compared; close definitions stay joined, with a mark."""
    trends = {one.concept.name: one for one in summarise(dataset).trends}
    assert trends["requests_received"].concept.comparability == "same"
    concepts = {one.name: one for one in gischema.concepts()}
    rows = [
        {"year": year, "source": "table", "bodies": 3, "low": 1, "median": 2, "high": 3}
        for year in range(2016, 2024)
    ]
    same, close, broken = (
        Trend(concepts[name], rows) for name in ("partially_granted", "granted", "unclear")
    )
    assert [curves(one) for one in (same, close, broken)] == [1, 1, 2]
    rules = [trend(one, "zh").count("mark-rule role-mark") for one in (same, close, broken)]
    assert rules == [0, 1, 1]


def test_names_from_sources_are_text(dataset: Path, tmp_path: Path) -> None:
    for file in dataset.glob("*.parquet"):
        table = pq.read_table(file)
        for name in ("body", "from_body", "message", "uri", "region", "kind"):
            if name in table.column_names and name != "uri":
                column = pa.array([EVIL] * len(table), pa.string())
                table = table.set_column(table.column_names.index(name), name, column)
        pq.write_table(table, tmp_path / file.name)
    page = write_site(tmp_path, tmp_path / "site").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_duckdb_file_gives_the_same_pages(dataset: Path, page: str, tmp_path: Path) -> None:
    out = tmp_path / "all.duckdb"
    convert(dataset.parent / "a folder", out, options=ConvertOptions(jobs=1))
    again = write_site(out, dataset.parent / "site2")
    assert again.read_text(encoding="utf-8").replace("site2", "site") == page


def test_the_command_and_what_is_no_dataset(dataset: Path, tmp_path: Path) -> None:
    shown = CliRunner().invoke(app, ["summary", str(dataset), "-o", str(tmp_path / "site")])
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.strip() == str(tmp_path / "site" / "index.html")
    wrong = CliRunner().invoke(app, ["summary", str(tmp_path), "-o", str(tmp_path / "other")])
    assert wrong.exit_code == 1
    assert "gischema convert" in wrong.stderr
    assert wrong.stderr.count("\n") == 1


def test_without_the_extra_one_line_names_it(dataset: Path, tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['altair'] = None; from gischema.cli import main; "
        f"sys.argv = ['gischema', 'summary', {str(dataset)!r}, '-o', {str(tmp_path)!r}]; main()"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 1
    assert "gischema[summary]" in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_an_empty_dataset_has_pages(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    out = convert(tmp_path / "sources", tmp_path / "out", options=ConvertOptions(jobs=1)).out
    page = write_site(out, tmp_path / "site").read_text(encoding="utf-8")
    assert page.count("没有发现") >= 5
