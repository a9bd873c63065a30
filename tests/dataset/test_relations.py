"""What a dataset finds between reports: copies, names that may be one body, series, peers."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import gischema
from gischema.cli.app import app
from gischema.corpus import (
    BodyDecisions,
    ConvertOptions,
    Subordinates,
    convert,
    formats,
    read_decisions,
    read_subordinates,
)
from gischema.corpus.codebook import labels
from gischema.corpus.formats import export
from gischema.corpus.peers import JUMP, OUTLIER
from gischema.corpus.series import left_out, series_rules
from tests.dataset.invented import CALM, form_of, report

TOWN = (
    "{year}年，我镇把村道养护、渡口修缮和茶园灌溉的安排全部贴在村口的公开栏，由村里的老师逐条讲给不识字的"
    "老人听；镇里的集市逢五逢十摆出问询台，当场登记居民想看的文件，十天内答复。冬天还请居民评议了公开栏的"
    "内容，删去没人看的简报，添上修路工程的造价和工期。"
)
RECEIVED, GRANTED = "requests.received.natural_person", "requests.disposed.granted.natural_person"

NAMES = (
    ("青禾市云岭县住房和城乡建设局", 2021), ("青禾市云岭县住建局", 2022),  # abbreviation
    ("青禾市云岭县水利局", 2021), ("青禾市云岭县水务局", 2022),  # renamed
    ("云岭县审计局", 2021), ("青禾市云岭县审计局", 2022),  # the beginning is missing
    ("青禾市云岭县教育局", 2021), ("青禾市云岭县教育局考试中心", 2021),  # a part of it
    ("青禾市云岭县财政局", 2021), ("青禾市白石区财政局", 2022),  # elsewhere
)  # fmt: skip

BODIES = ("青禾市云岭县水利局", "青禾市白石区财政局", "安澜市江湾街道办事处")

pytestmark = pytest.mark.slow


def converted(home: Path, reports: Iterable[str], decisions: BodyDecisions | None = None) -> Path:
    sources = home / "sources"
    sources.mkdir(parents=True)
    for number, text in enumerate(reports):
        (sources / f"{number:03}.txt").write_text(text, encoding="utf-8")
    options = ConvertOptions(jobs=1, decisions=decisions or BodyDecisions())
    return convert(sources, home / "out", options=options).out


def rows(folder: Path, table: str) -> list[dict]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def balanced(received: int) -> dict[str, int]:
    return {RECEIVED: received, GRANTED: received}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    finance, town = "青禾市云岭县财政局", "青禾市云岭县长桥镇人民政府"
    other = TOWN.replace("老师", "会计").replace("十天", "七天")
    texts = [
        report(finance, 2022, balanced(3), text=other, published="2023-01-05"),
        report(town, 2022, balanced(5), text=TOWN, published="2023-01-25"),
        report(town, 2023, balanced(6), text=TOWN),
        report(town, 2023, balanced(7), text=TOWN, published="2024-03-01"),
        report("青禾市云岭县水利局", 2022, balanced(4)),
    ]
    return rows(converted(tmp_path_factory.mktemp("copies"), texts), "copies")


class TestCopies:
    def test_a_text_that_speaks_of_another_body_is_the_copy(self, copies: list[dict]) -> None:
        """The finance office published first, but its report says 我镇."""
        copied = [row for row in copies if row["kind"] == "copy" and row["from_year"] == 2022]
        assert [(row["body"], row["from_body"]) for row in copied] == [
            ("青禾市云岭县财政局", "青禾市云岭县长桥镇人民政府")
        ]
        (row,) = copied
        assert (row["direction"], row["strange"]) == ("words", ["我镇"])
        assert row["chapters"] == ["总体情况"]
        assert 0.8 <= row["likeness"] < 1
        assert 0.5 < row["share"] < 1

    def test_last_years_text_and_versions_are_told_apart(self, copies: list[dict]) -> None:
        kinds = defaultdict(set)
        for row in copies:
            kinds[row["kind"]].add((row["year"], row["from_year"]))
        assert kinds["repeat"] == {(2023, 2022)}
        assert kinds["version"] == {(2023, 2023)}

    def test_a_text_of_its_own_is_no_copy(self, copies: list[dict]) -> None:
        assert not [row for row in copies if "水利局" in row["body"] + row["from_body"]]


@pytest.fixture(scope="module")
def reports() -> list[str]:
    return [report(name, year, balanced(3)) for name, year in NAMES]


class TestSuggestions:
    def test_names_that_may_be_one_body(self, reports: list[str], tmp_path: Path) -> None:
        out = converted(tmp_path, reports)
        found = rows(out, "suggestions")
        assert {(row["reason"], row["body"], row["other"]) for row in found} == {
            ("abbreviation", "青禾市云岭县住建局", "青禾市云岭县住房和城乡建设局"),
            ("renamed", "青禾市云岭县水利局", "青禾市云岭县水务局"),
            ("shortened", "云岭县审计局", "青禾市云岭县审计局"),
        }
        assert len({row["body_key"] for row in rows(out, "panel")}) == len(NAMES)

    def test_decisions_join_names_and_end_suggestions(
        self, reports: list[str], tmp_path: Path
    ) -> None:
        file = tmp_path / "bodies.csv"
        file.write_text(
            "name,body\n青禾市云岭县住建局,青禾市云岭县住房和城乡建设局\n"
            "青禾市云岭县水务局,青禾市云岭县水务局\n",
            encoding="utf-8",
        )
        out = converted(tmp_path, reports, read_decisions(file))
        assert [row["reason"] for row in rows(out, "suggestions")] == ["shortened"]
        years = [row["year"] for row in rows(out, "panel") if "住房" in row["body_key"]]
        assert years == [2021, 2022]

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("name\n甲\n", "body"),
            ("name,body\n甲,\n", "第2行"),
            ("name,body\n甲,乙\n甲,丙\n", "第3行"),
            ("name,body\n甲,乙\n乙,甲\n", "互相"),
            ("name,uri,body\n甲,a.txt,乙\n", "第2行"),
            ("uri,body\na.txt,乙\na.txt,丙\n", "第3行"),
        ],
    )
    def test_a_bad_file_of_decisions_is_one_line(
        self, text: str, word: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "bodies.csv"
        file.write_text(text, encoding="utf-8")
        shown = CliRunner().invoke(
            app, ["convert", str(tmp_path), "-o", str(tmp_path / "out"), "--decisions", str(file)]
        )
        assert shown.exit_code == 1
        assert word in shown.stderr
        assert shown.stderr.count("\n") == 1

    def test_decisions_lead_on_to_the_last_body(self, tmp_path: Path) -> None:
        file = tmp_path / "bodies.csv"
        file.write_text("name,body\n甲局,乙局\n乙局,丙局\n丙局,丙局\n", encoding="utf-8")
        decisions = read_decisions(file)
        assert [decisions.key(one) for one in ("甲局", "乙局", "丙局", "丁局", None)] == [
            "丙局", "丙局", "丙局", "丁局", None,
        ]  # fmt: skip


class TestOneNameOfSeveralBodies:
    """Reports of a name without a place, and reports of one period with different texts."""

    OFFICE, COUNTY = "市金融局", "青禾市云岭县财政局"

    @pytest.fixture(scope="class")
    @classmethod
    def home(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        home = tmp_path_factory.mktemp("namesakes")
        converted(
            home,
            [
                report(cls.OFFICE, 2021, balanced(3), text=CALM),
                report(cls.OFFICE, 2021, balanced(8), text=TOWN),
                report(cls.COUNTY, 2021, balanced(2), text=TOWN, published="2022-01-02"),
                report(cls.COUNTY, 2021, balanced(4), text=TOWN, published="2022-01-09"),
                "政府信息公开工作年度报告\n一、总体情况\n2021年收到政府信息公开申请3件。\n",
            ],
        )
        return home

    def test_they_are_shown_and_versions_are_not(self, home: Path) -> None:
        found = rows(home / "out", "suggestions")
        assert [(row["reason"], row["body"], row["years"], row["reports"]) for row in found] == [
            ("no_place", self.OFFICE, [2021], 2),
            ("namesake", self.OFFICE, [2021], 2),
        ]
        assert [Path(found[1][name]).name for name in ("uri", "other_uri")] == [
            "000.txt", "001.txt",
        ]  # fmt: skip
        panel = {row["body"]: row for row in rows(home / "out", "panel")}
        assert {body: row["versions"] for body, row in panel.items()} == {
            self.OFFICE: 2, self.COUNTY: 2,
        }  # fmt: skip
        assert panel[self.COUNTY]["requests_received"] == 4
        doubts = {body: row["body_doubt"] for body, row in panel.items()}
        assert doubts == {self.OFFICE: True, self.COUNTY: False}

    def test_what_compares_their_years_is_in_doubt(self, tmp_path: Path) -> None:
        """A name without a place in all years; two unlike reports of one year for two pairs."""
        tax, county = "国家税务总局青禾市税务局", self.COUNTY
        texts = [
            report(body, year, {"requests.carried_in.total": 3, **balanced(year % 7 + 1)})
            for body in (self.OFFICE, tax, county)
            for year in (2019, 2020, 2021, 2022)
        ]
        converted(tmp_path, [*texts, report(county, 2019, balanced(9), text=TOWN)])
        found: dict[str, set[tuple[int, bool]]] = {}
        for row in rows(tmp_path / "out", "series_findings"):
            if row["previous_uri"]:
                found.setdefault(row["body"], set()).add((row["year"], row["doubtful"]))
        assert found == {
            self.OFFICE: {(2020, True), (2021, True), (2022, True)},
            tax: {(2020, False), (2021, False), (2022, False)},
            county: {(2020, True), (2021, False), (2022, False)},
        }

    def test_a_decision_names_the_body_of_a_source(self, home: Path, tmp_path: Path) -> None:
        """With its region and level; what no decision names and no report has is said."""
        sources = home / "sources"
        file = tmp_path / "bodies.csv"
        file.write_text(
            "name,uri,body\n市金融局,,江湾市金融局\n"
            f",{sources}/001.txt,青禾市金融局\n,{sources}/004.txt,青禾市云岭县审计局\n"
            "没有的局,,某局\n,没有.txt,某局\n",
            encoding="utf-8",
        )
        shown = CliRunner().invoke(
            app, ["convert", str(sources), "-o", str(tmp_path / "out"), "--decisions", str(file)]
        )
        assert shown.exit_code == 0
        panel = {row["body_key"]: row for row in rows(tmp_path / "out", "panel")}
        assert {key: (row["region"], row["level"]) for key, row in panel.items()} == {
            "江湾市金融局": ("江湾市", "department"),
            "青禾市金融局": ("青禾市", "department"),
            "青禾市云岭县审计局": ("青禾市云岭县", "department"),
            self.COUNTY: ("青禾市云岭县", "department"),
        }
        assert "没有报告用到的归并：没有.txt" in shown.stderr
        assert "没有报告用到的归并：没有的局" in shown.stderr
        assert "不在面板中" not in shown.stderr
        assert not rows(tmp_path / "out", "suggestions")

    def test_reports_that_the_panel_lacks_are_counted(self, home: Path, tmp_path: Path) -> None:
        out = str(tmp_path / "out")
        shown = CliRunner().invoke(app, ["convert", str(home / "sources"), "-o", out])
        assert "不在面板中：1 份报告" in shown.stderr
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
        assert manifest["unplaced"] == 1


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Three bodies and seven years with a gap, and relations between the years that fail."""
    made = []
    for number, body in enumerate(BODIES):
        for year in (2016, 2017, 2019, 2020, 2021, 2022, 2023):
            scale = 1 + number + year % 3
            if year < 2019:
                figures = {"proactive.disclosed": 40 * scale**4, "requests.received": scale}
            else:
                figures = {
                    **balanced(scale + 1),
                    "requests.carried_in.natural_person": year % 2,
                    "requests.carried_out.natural_person": number,
                    "proactive.licensing.decisions": 10 ** (year % 4),
                }
                if year > 2020:
                    figures |= {
                        "proactive.normative.issued": scale,
                        "proactive.normative.in_force": 10 * number,
                        "review.reconsideration.pending": 1,
                    }
            made.append(report(body, year, figures))
    made.append(report(BODIES[0], 2022, balanced(3), published="2023-12-01"))
    return made


@pytest.fixture(scope="module")
def dataset(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return converted(tmp_path_factory.mktemp("series"), texts)


class TestSeries:
    def test_findings_are_those_of_check_series(self, texts: list[str], dataset: Path) -> None:
        """The columns find the same as the evaluator of single reports, series by series."""
        expected = set()
        reports = [gischema.parse_text(text) for text in texts]
        first = {(r.agency, r.year or 0): r for r in reports}
        for (body, year), own in first.items():
            previous = first.get((body, year - 1))
            if previous is None:
                continue
            form = form_of(year)
            only_there = {one.code for one in left_out(gischema.default_engine(), form)}
            codes = set(series_rules(gischema.default_engine(), form)) - only_there - {"COPY-1"}
            result = gischema.check(own, previous=previous, select=codes)
            expected |= {(body, year, f.code, f.paths, f.message) for f in result.findings}
        found = {
            (row["body"], row["year"], row["rule"], tuple(row["paths"]), row["message"])
            for row in rows(dataset, "series_findings")
        }
        assert found == expected
        assert {code for _, _, code, _, _ in found} >= {"B5", "B6", "B18", "JUMP-1"}

    def test_only_text_is_left_to_single_reports(self) -> None:
        for year in (2016, 2019, 2021):
            assert {one.code for one in left_out(gischema.default_engine(), form_of(year))} <= {
                "COPY-1"
            }

    def test_the_newest_version_counts(self, dataset: Path) -> None:
        newest = {row["uri"] for row in rows(dataset, "reports") if row["version_rank"] == 1}
        found = rows(dataset, "series_findings")
        assert {row["uri"] for row in found} <= newest
        assert {row["previous_uri"] for row in found} <= newest

    def test_a_doubtful_figure_makes_a_doubtful_finding(self, tmp_path: Path) -> None:
        body = BODIES[0]
        last = report(body, 2021, {**balanced(3), "requests.carried_out.natural_person": 2})
        own = report(body, 2022, balanced(3)).replace("行政许可 | 0", "行政许可 | 1 2")
        carried = "上年结转政府信息公开申请数量 | 0 |"
        assert carried in own
        own = own.replace(carried, "上年结转政府信息公开申请数量 | �0 |")
        found = rows(converted(tmp_path, [last, own]), "series_findings")
        assert {(row["rule"], row["doubtful"]) for row in found if row["rule"] == "B5"} >= {
            ("B5", True)
        }


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """Thirty offices in two years; one has a thousandfold, one jumps, one is small."""
    places = [f"{a}{b}" for a, b in itertools.product("云白江青石", "岭水桥山田川")]
    texts = []
    for number, place in enumerate(places):
        body = f"青禾市{place}县财政局"
        before, after = 100 + number, 110 + number
        if number == 3:
            before = after = 90_000
        if number == 4:
            before, after = 6, 5900
        if number == 5:
            before, after = 1, 12
        texts += [report(body, 2021, balanced(before)), report(body, 2022, balanced(after))]
    out = converted(tmp_path_factory.mktemp("peers"), texts)
    return [r for r in rows(out, "series_findings") if r["rule"] in (OUTLIER, JUMP)]


class TestPeers:
    def test_a_figure_far_from_all_others(self, found: list[dict]) -> None:
        outliers = {
            (row["body"], row["year"])
            for row in found
            if row["rule"] == OUTLIER and row["paths"] == ["requests.received.total"]
        }
        body = "青禾市云山县财政局"
        assert outliers >= {(body, 2021), (body, 2022)}
        assert {body for body, _ in outliers} <= {body, "青禾市云田县财政局", "青禾市云川县财政局"}

    def test_a_jump_that_no_other_makes(self, found: list[dict]) -> None:
        jumps = [
            r for r in found if r["rule"] == JUMP and r["paths"] == ["requests.received.total"]
        ]
        assert [(row["body"], row["values"]) for row in jumps] == [
            ("青禾市云田县财政局", ["5900", "6"])
        ]
        assert jumps[0]["peers"] == 29
        assert 1 < jumps[0]["median"] < 1.2
        assert "6变为5900" in jumps[0]["message"]

    def test_small_numbers_are_no_outliers(self, found: list[dict]) -> None:
        assert not [r for r in found if r["body"] == "青禾市云川县财政局" and r["rule"] == JUMP]
        assert all(row["severity"] == "info" for row in found)


class TestSums:
    """A county with a department and a town, which have 30 requests each."""

    COUNTY, PARTS = "青禾市云岭县人民政府", ("青禾市云岭县水利局", "青禾市云岭县长桥镇人民政府")

    def found(self, home: Path, whole: int, *, includes: bool, parts: int = 2) -> list[dict]:
        texts = [report(self.COUNTY, 2022, balanced(whole)), report(self.COUNTY, 2021, balanced(1))]
        texts += [report(body, 2022, balanced(30)) for body in self.PARTS[:parts]]
        sources = home / "sources"
        sources.mkdir(parents=True)
        for number, text in enumerate(texts):
            (sources / f"{number}.txt").write_text(text, encoding="utf-8")
        file = home / "includes.csv"
        lines = [f"{self.COUNTY},{part}" for part in self.PARTS]
        file.write_text("\n".join(["body,includes", *lines]), encoding="utf-8")
        given = read_subordinates(file) if includes else Subordinates()
        options = ConvertOptions(jobs=1, subordinates=given)
        found = rows(convert(sources, home / "out", options=options).out, "series_findings")
        return [one for one in found if one["rule"].startswith("ROLL")]

    def test_a_sum_of_all_parts_is_equal(self, tmp_path: Path) -> None:
        found = self.found(tmp_path, 63, includes=True)
        assert {(one["rule"], one["severity"]) for one in found} == {("ROLL-1", "warning")}
        values = {one["paths"][0]: one["values"] for one in found}
        assert values["requests.received.total"] == ["63", "60"]
        assert {(one["body"], one["year"]) for one in found} == {(self.COUNTY, 2022)}
        assert not self.found(tmp_path / "equal", 60, includes=True)

    def test_without_all_parts_nothing_is_said(self, tmp_path: Path) -> None:
        assert not self.found(tmp_path, 63, includes=True, parts=1)

    def test_a_government_has_no_less_than_the_bodies_below_it(self, tmp_path: Path) -> None:
        """Also without a list, as far as the names of the bodies show it."""
        found = self.found(tmp_path, 20, includes=False)
        assert {(one["rule"], one["body"], one["severity"]) for one in found} == {
            ("ROLL-2", self.COUNTY, "info")
        }
        (one,) = (one for one in found if one["paths"] == ["requests.received.total"])
        assert (one["values"], one["peers"], one["size"]) == (["20", "60"], 2, 40)
        assert not self.found(tmp_path / "more", 63, includes=False)


def test_findings_go_into_stata_files(
    dataset: Path, engine: gischema.Gischema, tmp_path: Path, monkeypatch
) -> None:
    """Some have no size; a table that is too long becomes files of which none has its name."""
    pandas = pytest.importorskip("pandas")
    export(_copied(dataset, tmp_path / "one"), tmp_path / "x.dta", "dta", labels(engine))
    count = len(rows(dataset, "series_findings"))
    assert len(pandas.read_stata(tmp_path / "x.series_findings.dta")) == count
    figures = len(rows(dataset, "figures"))
    monkeypatch.setattr(formats, "_STATA_CELLS", 14 * (figures - 1))
    monkeypatch.setattr(formats, "_ROWS", 500)
    export(_copied(dataset, tmp_path / "two"), tmp_path / "x.dta", "dta", labels(engine))
    parts = sorted(tmp_path.glob("x.figures*.dta"))
    assert [part.name for part in parts] == ["x.figures-1.dta", "x.figures-2.dta"]
    assert sum(len(pandas.read_stata(part)) for part in parts) == figures
    assert len(pandas.read_stata(tmp_path / "x.dta")) == len(rows(dataset, "panel"))


def _copied(dataset: Path, folder: Path) -> Path:
    shutil.copytree(dataset, folder)
    return folder


def test_relations_do_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    texts = [
        report(
            f"青禾市云岭县{name}局", year, balanced(3 + number), text=TOWN if number % 2 else CALM
        )
        for number, name in enumerate(("水利", "财政", "教育", "审计"))
        for year in (2019, 2020, 2021)
    ]
    one = converted(tmp_path / "one", texts)
    two = convert(
        tmp_path / "one" / "sources", tmp_path / "two", options=ConvertOptions(jobs=2)
    ).out
    for table in ("copies", "suggestions", "series_findings"):
        assert (one / f"{table}.parquet").read_bytes() == (two / f"{table}.parquet").read_bytes()
    assert rows(one, "copies")


def test_a_missing_package_is_one_line() -> None:
    """It is said before the work begins, not once for every source."""
    program = (
        "import sys; sys.modules['rensa'] = None; from gischema.cli import main; "
        "sys.argv = ['gischema', 'convert', 'x', '-o', 'y']; main()"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 1
    assert "gischema[corpus]" in shown.stderr
    assert "rensa" in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_workers_load_nothing_that_only_the_main_process_needs() -> None:
    """Addresses that Polars and DuckDB reserve count towards the limit of memory of a worker."""
    program = "import sys, gischema.corpus.workers; print({'polars', 'duckdb'} & set(sys.modules))"
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "set()"
