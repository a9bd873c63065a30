"""What each command prints, for people and for programs, and how it ends."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

import gischema
from gischema.output.language import Lang
from gischema.settings import search

Run = Callable[..., Result]
WRONG, RIGHT = "art20_2021_wrong.txt", "art20_2021_county.txt"
KEYS = {
    "file", "form", "variant", "year", "agency", "title",
    "path", "value", "unit", "status", "raw", "label", "source", "reading", "marks", "doubts",
    "origin",
}  # fmt: skip


def test_figures_as_json(run: Run, reports: Path) -> None:
    """Exactly the published keys, and exactly the figures of the report."""
    listed = json.loads(run("figures", reports / WRONG, "--format", "json").stdout)
    assert {frozenset(figure) for figure in listed} == {frozenset(KEYS)}
    report = gischema.parse(reports / WRONG)
    figures = [*report.figures, *report.narrative, *report.narrative.candidates]
    assert [(f["path"], f["status"]) for f in listed] == [(f.path, f.status) for f in figures]
    expected = json.loads((reports / WRONG).with_suffix(".expected.json").read_text())
    assert {f["path"]: f["value"] for f in listed if f["source"] == "table"} == expected


def test_formats_of_figures_agree(run: Run, reports: Path) -> None:
    """JSON, JSON Lines and CSV tell the same, with the file in front of each row."""
    whole = json.loads(run("figures", reports, "--format", "json").stdout)
    lines = run("figures", reports, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == whole
    rows = list(csv.DictReader(StringIO(run("figures", reports, "--format", "csv").stdout)))
    assert [(r["file"], r["path"], r["raw"]) for r in rows] == [
        (f["file"], f["path"], f["raw"]) for f in whole
    ]


@pytest.fixture
def twice(reports: Path, tmp_path: Path) -> Path:
    """A report in which one row stands twice, with other figures."""
    text = (reports / RIGHT).read_text(encoding="utf-8")
    (row,) = (line for line in text.splitlines() if line.startswith("行政许可"))
    path = tmp_path / "twice.txt"
    path.write_text(text.replace(row, "行政许可 | 12847 |\n行政许可 | 9 |"), encoding="utf-8")
    return path


def test_every_format_shows_doubts(run: Run, twice: Path) -> None:
    """A row printed twice: the figure that was taken is in doubt wherever it leaves the package."""
    path = "proactive.licensing.decisions"
    as_json = json.loads(run("figures", twice, "--format", "json").stdout)
    lines = map(json.loads, run("figures", twice, "--format", "jsonl").stdout.splitlines())
    for figures in (as_json, lines):
        doubts = {figure["path"]: figure["doubts"] for figure in figures}
        assert doubts.pop(path) == ["D301"]
        assert not any(doubts.values())
    rows = csv.DictReader(StringIO(run("figures", twice, "--format", "csv").stdout))
    assert [(row["path"], row["doubts"]) for row in rows if row["doubts"]] == [(path, "D301")]
    for lang, mark in (("zh", "存疑 D301"), ("en", "in doubt D301")):
        table = run("figures", twice, "--lang", lang).stdout.splitlines()
        (marked,) = (line for line in table if line.endswith(mark))
        assert path in marked


def test_a_report_without_figures_says_so(run: Run, reports: Path, tmp_path: Path) -> None:
    """One line on stderr, an entry in JSON, and no failure: the file was read."""
    empty = tmp_path / "empty.txt"
    text = "青禾市云岭县2016年政府信息公开工作年度报告\n我县推进政府信息公开。\n"
    empty.write_text(text, encoding="utf-8")
    entry = {"file": str(empty), "status": "no_figures"}
    for options in ([], ["--derived"]):
        for name in ("table", "csv", "json", "jsonl"):
            result = run("figures", empty, reports / RIGHT, *options, "--format", name)
            assert result.exit_code == 0
            assert result.stderr == f"gischema: {empty}：没有读到任何数字\n"
    alone = run("figures", empty, "--format", "json", "--lang", "en")
    assert json.loads(alone.stdout) == [entry]
    assert alone.stderr == f"gischema: {empty}: no figures were found\n"
    first, second, *_ = run("figures", empty, reports, "--format", "jsonl").stdout.splitlines()
    assert json.loads(first) == entry
    assert json.loads(second)["status"] == "stated"


def test_a_report_without_tables_says_so(run: Run, tmp_path: Path) -> None:
    """The figures of the text are listed; stderr has the word that `check` has."""
    file = tmp_path / "text.txt"
    text = "青禾市云岭县2016年政府信息公开工作年度报告\n三、依申请公开\n全年收到政府信息公开申请12件。\n"
    file.write_text(text, encoding="utf-8")
    result = run("figures", file, "--format", "json")
    assert result.stderr == f"gischema: {file}：没有读到统计表，只有正文的数字\n"
    assert [row["source"] for row in json.loads(result.stdout)] == ["narrative"]
    assert "SEC-4 没有统计表：" in run("check", file).stdout


def test_figures_as_table(run: Run, reports: Path) -> None:
    """A head, one line a figure, and the name of each file where there are several."""
    alone = run("figures", reports / WRONG, "--lang", "en").stdout.splitlines()
    count = len(list(gischema.parse(reports / WRONG).figures))
    assert alone[0].split() == ["place", "value", "unit", "path", "label", "note"]
    assert len(alone) >= 1 + count
    assert str(reports / RIGHT) in run("figures", reports).stdout.splitlines()


def test_absent_figures_on_demand(run: Run, tmp_path: Path, reports: Path) -> None:
    """`--absent` adds every indicator of the form that is not printed."""
    text = (reports / WRONG).read_text(encoding="utf-8").replace("行政强制 | 23 |\n", "")
    path = tmp_path / "short.txt"
    path.write_text(text, encoding="utf-8")
    listed = json.loads(run("figures", path, "--absent", "--format", "json").stdout)
    assert [f["path"] for f in listed if f["status"] == "absent"] == [
        "proactive.compulsion.decisions"
    ]


def test_parse_gives_the_whole_report(run: Run, reports: Path) -> None:
    """The JSON loads back to the report; values are nested by path."""
    text = run("parse", reports / RIGHT).stdout
    assert gischema.loads(text) == gischema.parse(reports / RIGHT)
    values = json.loads(text)["values"]
    assert values["requests"]["received"]["total"] == 68
    line = run("parse", reports / RIGHT, "--format", "jsonl").stdout
    assert line.count("\n") == 1
    assert json.loads(line) == json.loads(text)


def test_what_the_caller_knows_overrules(run: Run, reports: Path) -> None:
    """`--form` and `--year` reach the reader; an unknown form is bad usage."""
    data = json.loads(run("parse", reports / RIGHT, "--year", "2019").stdout)
    assert data["year"] == 2019
    forced = run("parse", reports / RIGHT, "--form", "art20-2019").stdout
    assert json.loads(forced)["form"] == "art20-2019"
    unknown = run("parse", reports / RIGHT, "--form", "art20-1999")
    assert unknown.exit_code == 2
    assert "art20-2019" in unknown.stderr


def test_check_as_json(run: Run, reports: Path) -> None:
    """Exactly these lists; findings carry what the engine found."""
    result = run("check", reports / WRONG, "--format", "json")
    data = json.loads(result.stdout)
    lists = ["findings", "not_assessable", "tallies", "waived", "unused_waivers", "diagnostics"]
    assert [name for name in data if name in lists] == lists
    assert (data["file"], data["year"]) == (str(reports / WRONG), 2023)
    found = gischema.check(gischema.parse(reports / WRONG)).findings
    assert [(f["code"], f["paths"]) for f in data["findings"]] == [
        (f.code, list(f.paths)) for f in found
    ]
    lines = run("check", reports / WRONG, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [data]


def test_check_for_people(run: Run, reports: Path) -> None:
    """Every finding of the JSON is in the text, with carets; a clean report has none."""
    result = run("check", reports / WRONG)
    assert result.exit_code == 1
    assert result.stderr == ""
    found = gischema.check(gischema.parse(reports / WRONG)).findings
    assert all(finding.message in result.stdout for finding in found)
    assert len(result.stdout.splitlines()) <= 20
    assert not re.search(r"[a-z]+\.[a-z_]+\.", result.stdout)
    assert (
        "最可能填错的格：“（三）不予公开 4.保护第三方合法权益”行“自然人”列，现为21，疑为12（两个数字颠倒）\n"
    ) in result.stdout
    assert "\x1b" not in result.stdout
    clean = run("check", reports / RIGHT)
    assert clean.exit_code == 0
    assert "0 个错误" in clean.stdout


def test_both_mistakes_of_the_example_are_found(run: Run, reports: Path) -> None:
    """The cell with its row and column, and the text that differs from the table."""
    findings = json.loads(run("check", reports / WRONG, "--format", "json").stdout)["findings"]
    assert [finding["code"] for finding in findings] == ["TT-1.5", "B3", "B2"]
    first, *_ = findings
    assert (first["severity"], first["actual"], first["expected"]) == ("warning", 65, 68)
    assert first["sources"] == ["whole_region", "table"]


def test_what_a_mark_leaves_out_is_counted_with_its_reason(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    """全县 is not what a bureau counts: JSON and `--verbose` say so, the last line has the code."""
    county = (reports / RIGHT).read_text(encoding="utf-8")
    bureau = tmp_path / "bureau.txt"
    bureau.write_text(county.replace("县人民政府2023年", "县财政局2023年", 1), encoding="utf-8")
    data = json.loads(run("check", bureau, "--format", "json").stdout)
    assert not any(finding["code"].startswith("TT-1") for finding in data["findings"])
    (entry,) = [entry for entry in data["not_assessable"] if entry["code"] == "TT-1"]
    assert entry["reason"] == "region"
    assert "requests.received.total" in entry["paths"]
    assert entry["message"] in run("check", bureau, "--verbose").stdout
    brief = run("check", bureau).stdout
    assert entry["message"] not in brief
    assert "正文说的是整个地区（TT-1 " in brief.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--fail-on", "info"), 1),
        (("--fail-on", "never"), 0),
        (("--select", "B1"), 0),
        (("--select", "B1, B2"), 1),
        (("--select", "B1", "--select", "B3"), 1),
        (("--select", "Z9"), 2),
        (("--fail-on", "perhaps"), 2),
    ],
)
def test_exit_status(run: Run, reports: Path, options: tuple[str, ...], status: int) -> None:
    """1 for findings that weigh enough, 2 for bad usage, else 0."""
    assert run("check", reports / WRONG, *options).exit_code == status


def test_doubtful_findings_do_not_count(
    run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finding that rests on a doubtful figure is shown and leaves the status at 0."""
    from attrs import evolve

    real = gischema.Gischema.check

    def doubting(*arguments: object, **options: object) -> object:
        result = real(*arguments, **options)  # type: ignore[arg-type]
        found = [evolve(finding, doubts=finding.paths[:1]) for finding in result.findings]
        return evolve(result, findings=tuple(found))

    monkeypatch.setattr(gischema.Gischema, "check", doubting)
    result = run("check", reports / WRONG)
    assert result.exit_code == 0
    assert "3 个存疑" in result.stdout


def test_last_year_s_report(run: Run, reports: Path, tmp_path: Path) -> None:
    """One report can be checked against last year's; several, or an unreadable one, cannot."""
    older = reports / "art20_2019_bureau.txt"
    assert run("check", reports / RIGHT, "--previous", older).exit_code == 0
    several = run("check", reports, "--previous", older)
    assert several.exit_code == 2
    assert "--previous" in several.stderr
    gone = run("check", reports / RIGHT, "--previous", tmp_path / "gone.txt")
    assert gone.exit_code == 2
    assert gone.stdout == ""
    assert "gone.txt" in gone.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain(run: Run, lang: Lang) -> None:
    """A rule and a diagnostic are explained in both languages, as text and JSON."""
    for code in ("B1", "D201"):
        text = run("explain", code, "--lang", lang).stdout
        assert text.rstrip("\n") == gischema.explain(code, lang).rstrip("\n")
        verbose = run("explain", code, "-v", "--lang", lang).stdout
        assert verbose.rstrip("\n") == gischema.explain(code, lang, verbose=True).rstrip("\n")
        assert code in text
        data = json.loads(run("explain", code, "--lang", lang, "--format", "json").stdout)
        assert data == {"code": code, "lang": lang, "text": text.rstrip("\n")}


def test_compare_in_the_words_of_the_form(run: Run, reports: Path) -> None:
    """A figure that differs has the name of its cell; English has the path too."""
    zh = run("compare", reports / RIGHT, reports / WRONG, "--lang", "zh").stdout
    assert "  “（三）不予公开 4.保护第三方合法权益”行“自然人”列  12  →  21  +9\n" in zh
    assert not re.search(r"[a-z]+\.[a-z_]+\.", zh)
    en = run("compare", reports / RIGHT, reports / WRONG, "--lang", "en").stdout
    assert "  requests.disposed.refused.third_party.natural_person  12  →  21  +9  " in en


def test_explain_names_similar_codes(run: Run) -> None:
    """An unknown code is bad usage, with a hint."""
    result = run("explain", "D2011")
    assert result.exit_code == 2
    assert "D201" in result.stderr


def test_every_diagnostic_is_explained(run: Run) -> None:
    """No template leaks its placeholders, and no page blames the office."""
    from gischema.diagnostics import KINDS

    for code in KINDS:
        assert "{" not in gischema.explain(code, "zh")
        assert "no fault of the report" in gischema.explain(code, "en")


def test_forms(run: Run) -> None:
    """Every form, and every indicator of one."""
    engine = gischema.default_engine()
    listed = json.loads(run("forms", "--format", "json").stdout)
    assert [each["form"] for each in listed] == list(engine.forms)
    table = run("forms", "--lang", "en").stdout
    assert all(form in table for form in engine.forms)
    indicators = json.loads(run("forms", "art20-2021", "--format", "json").stdout)
    assert [each["path"] for each in indicators] == list(engine.form("art20-2021").indicators)
    rows = list(csv.DictReader(StringIO(run("forms", "art20-2021", "--format", "csv").stdout)))
    assert [row["path"] for row in rows] == [each["path"] for each in indicators]
    assert len(run("forms", "art20-2021").stdout.splitlines()) == len(rows) + 1
    assert run("forms", "art20-1999").exit_code == 2


def test_no_step_of_a_path_is_taken(run: Run) -> None:
    """`value` is the key for the own number of a group: no indicator may have such a step."""
    for form in gischema.default_engine().forms.values():
        assert not [path for path in form.indicators if "value" in path.split(".")]


def test_rules(run: Run) -> None:
    """Every rule with its title in the asked language; only those of a form on demand."""
    book = gischema.default_engine().rules
    listed = json.loads(run("rules", "--format", "json").stdout)
    assert [each["code"] for each in listed] == [rule.code for rule in book.rules]
    chosen = json.loads(run("rules", "--form", "stat-2014", "--format", "json").stdout)
    assert 0 < len(chosen) < len(listed)
    for lang in ("zh", "en"):
        table = run("rules", "--lang", lang).stdout
        assert all(rule.title.get(lang) in table for rule in book.rules)
    assert run("rules", "--form", "art20-1999").exit_code == 2


def test_bad_usage(run: Run) -> None:
    """No file, no command, no such command: status 2 and nothing on standard output."""
    for arguments in (("check",), ("chekc",), ("check", "x", "--format", "xml")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "用法" in result.stderr


def test_settings_of_the_project(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are found from the current folder upwards; the command line counts more."""
    (tmp_path / "gischema.toml").write_text("ignore = ['B2']\nfail-on = 'never'\n")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")

    def codes(*options: str) -> tuple[list[str], int]:
        result = run("check", reports / WRONG, "--format", "json", *options)
        return [f["code"] for f in json.loads(result.stdout)["findings"]], result.exit_code

    assert codes() == (["TT-1.5", "B3"], 0)
    assert codes("--ignore", "B3", "--fail-on", "error") == (["TT-1.5", "B2"], 1)
    assert codes("--no-settings") == (["TT-1.5", "B3", "B2"], 1)
    (tmp_path / "other.toml").write_text("[severity]\nB2 = 'info'\nB3 = 'warning'\n")
    assert codes("--settings", str(tmp_path / "other.toml")) == (["TT-1.5", "B3", "B2"], 0)


def test_settings_are_seen(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which file was used and what it switched off, in every format or on stderr."""
    file = tmp_path / "gischema.toml"
    file.write_text("ignore = ['B2']\n[severity]\nB3 = 'warning'\n")
    monkeypatch.chdir(tmp_path)
    line = f"设置文件 {file}：不校验 B2；停用规则 2 条；B3 级别改为警告"
    assert run("check", reports / WRONG).stdout.startswith(f"{line}\n\n")
    english = run("check", reports / WRONG, "--lang", "en").stdout
    assert english.startswith(
        f"settings file {file}: without B2; rules switched off: 2; B3 has severity warning\n"
    )
    (used,) = [
        json.loads(each)["settings"]
        for each in run("check", reports / WRONG, "--format", "jsonl").stdout.splitlines()
    ]
    assert (used["file"], used["switched_off"]) == (str(file), ["B2", "B2.1"])
    assert used["severity"] == {"B3": "warning"}
    (sarif,) = json.loads(run("check", reports / WRONG, "--format", "sarif").stdout)["runs"]
    (invocation,) = sarif["invocations"]
    (note,) = invocation["toolConfigurationNotifications"]
    assert note["message"]["text"] == line
    changed = {
        each["descriptor"]["id"]: each["configuration"]
        for each in invocation["ruleConfigurationOverrides"]
    }
    assert changed == {
        "B2": {"enabled": False},
        "B2.1": {"enabled": False},
        "B3": {"level": "warning"},
    }
    for name in ("csv", "junit", "github"):
        assert run("check", reports / WRONG, "--format", name).stderr == f"gischema: {line}\n"
    assert "设置" not in run("check", reports / WRONG, "--no-settings").stdout


def test_settings_of_others_are_passed_over(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says that a file above belongs to another user; nothing is switched off."""
    (tmp_path / "gischema.toml").write_text("ignore = ['B', 'TT']\n")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    monkeypatch.setattr(search, "_is_mine", lambda _: False)
    result = run("check", reports / WRONG)
    assert result.exit_code == 1
    assert result.stderr == (
        f"gischema: {tmp_path / 'gischema.toml'}：属于其他用户，不予采用；要用请以 --settings 指定\n"
    )


def test_settings_that_cannot_be_used(run: Run, reports: Path, tmp_path: Path) -> None:
    """One line that names file and key, status 2."""
    file = tmp_path / "gischema.toml"
    file.write_text("selekt = ['B1']\n")
    result = run("check", reports / RIGHT, "--settings", file, "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr == (
        f"gischema: {file}: selekt there is no such setting; did you mean select?\n"
    )
    missing = run("check", reports / RIGHT, "--settings", tmp_path / "no.toml")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "no.toml" in missing.stderr


def test_a_baseline_accepts_what_there_is_today(run: Run, reports: Path, tmp_path: Path) -> None:
    """Nothing is left to find; what is corrected later is reported as no longer needed."""
    baseline = tmp_path / "baseline.toml"
    written = run("check", reports, "--write-baseline", baseline)
    assert (written.exit_code, written.stdout) == (0, "")
    again = run("check", reports, "--waivers", baseline, "--format", "jsonl")
    assert again.exit_code == 0
    results = [json.loads(line) for line in again.stdout.splitlines()]
    assert sum(len(each["findings"]) for each in results) == 0
    assert sum(len(each["waived"]) for each in results) == 3
    text = (reports / WRONG).read_text(encoding="utf-8").replace("| 0 | 13 |", "| 0 | 22 |")
    mended = tmp_path / WRONG
    mended.write_text(text, encoding="utf-8")
    later = run("check", mended, "--waivers", baseline)
    assert "豁免已不适用" in later.stdout


def test_derived_measures(run: Run, reports: Path) -> None:
    """Every format tells the same rates, with what is divided by what."""
    whole = json.loads(run("figures", reports / RIGHT, "--derived", "--format", "json").stdout)
    rates = {each["name"]: each for each in whole}
    assert (rates["granted_rate"]["numerator"], rates["granted_rate"]["base"]) == (28, 66)
    assert rates["granted_rate"]["value"] == 0.424242
    lines = run("figures", reports / RIGHT, "--derived", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == whole
    rows = list(csv.DictReader(
        run("figures", reports / RIGHT, "--derived", "--format", "csv").stdout.splitlines()
    ))  # fmt: skip
    assert [row["name"] for row in rows] == list(rates)
    assert rows[0]["value"] == "0.424242"
    table = run("figures", reports / RIGHT, "--derived").stdout
    assert "42.42%    28    66  granted_rate" in table
    assert str(reports / RIGHT) in run("figures", reports, "--derived").stdout.splitlines()
    refused = run("figures", reports / RIGHT, "--derived", "--absent")
    assert refused.exit_code == 2


def test_a_finding_on_a_doubtful_reading(run: Run, tmp_path: Path, reports: Path) -> None:
    """It is shown, says to check the reading, blames nobody and fails nothing."""
    text = (reports / WRONG).read_text(encoding="utf-8")
    path = tmp_path / "close.txt"
    path.write_text(text.replace("保护第三方合法权益", "保护第三方合法权溢"), encoding="utf-8")
    shown = run("check", path)
    assert shown.exit_code == 0
    assert "错误（存疑） B2 " in shown.stdout
    assert "请先核对原文" in shown.stdout
    assert "最可能被本程序读错的格：“（三）不予公开 4." in shown.stdout
    assert "”行“自然人”列，现为21，疑为12（请核对原文）\n" in shown.stdout
    assert "0 个错误，" in shown.stdout
    assert "2 个存疑" in shown.stdout
    findings = json.loads(run("check", path, "--format", "json").stdout)["findings"]
    about = [each for each in findings if each["code"] in ("B2", "B3")]
    assert len(about) == 2
    for each in about:
        assert each["culprit"]["path"] in each["doubts"]
        assert each["culprit"]["kind"] == "reading"


@pytest.mark.parametrize(
    "form", ["text", "json", "jsonl", "csv", "sarif", "junit", "github", "markdown"]
)
def test_every_format_says_that_tables_were_not_read(
    run: Run, reports: Path, tmp_path: Path, form: str
) -> None:
    """A page that was cut before its third table ends with status 1, and nothing says it is clean."""
    text = (reports / RIGHT).read_text(encoding="utf-8")
    cut = tmp_path / "cut.txt"
    cut.write_text(text[: text.index("三、本年度办理结果")], encoding="utf-8")
    result = run("check", cut, "--format", form)
    assert result.exit_code == 1
    shown = result.stderr if form == "csv" else result.stdout
    if form in ("json", "jsonl"):
        assert json.loads(shown)["verdict"] == "incomplete"
    else:
        assert "未读出" in shown
        assert "不能据此认为勾稽关系成立" in shown
