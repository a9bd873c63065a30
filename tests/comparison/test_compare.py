"""Two reports compared: figures by path and by concept, relations, chapters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import gischema
from gischema.cli.app import app
from gischema.forms import national_forms
from gischema.forms.concepts import concepts

REPORTS = Path(__file__).resolve().parents[2] / "examples" / "reports"
OLD, COUNTY = REPORTS / "stat_2014_office.txt", REPORTS / "art20_2021_county.txt"


@pytest.fixture(scope="module")
def county() -> str:
    return COUNTY.read_text("utf-8")


def compared(old: str, new: str) -> gischema.Comparison:
    return gischema.compare(gischema.parse_text(old), gischema.parse_text(new))


def test_a_report_is_like_itself(county: str) -> None:
    """Nothing changed, and every relation between versions holds."""
    same = compared(county, county)
    assert not same.changed
    assert same.unchanged == 200
    assert {tally.code for tally in same.between.tallies} == {"VER-1"}
    assert not same.between.findings
    assert all(chapter.likeness in (None, 100) for chapter in same.chapters)
    assert len(same.chapters) == 6


def test_what_changed_is_named_with_both_values(county: str) -> None:
    later = county.replace("2023", "2024").replace("行政许可 | 12847", "行政许可 | -")
    later = later.replace("行政处罚 | 1106", "行政处罚 | 1206")
    result = compared(county, later)
    changed = {each.name: each for each in result.changed}
    assert changed.keys() == {"proactive.licensing.decisions", "proactive.penalty.decisions"}
    dash, more = changed["proactive.licensing.decisions"], changed["proactive.penalty.decisions"]
    assert (dash.old.value, dash.new.value, dash.difference) == (12847, None, None)
    assert dash.new.status == "not_applicable"
    assert (more.old.value, more.new.value, more.difference) == (1106, 1206, 100)
    assert more.new.origin is not None
    assert later[more.new.origin.start : more.new.origin.end] == "1206"
    assert {finding.code for finding in result.between.findings} >= {"B5", "B6"}


def test_forms_of_two_years_are_tied_by_concepts(county: str) -> None:
    """A refusal of 2014 is compared with the sum of the grounds of 2021, with a note."""
    result = compared(OLD.read_text("utf-8"), county)
    refused = next(each for each in result.changed if each.name == "refused")
    assert refused.old.paths == ("requests.answered.refused",)
    assert len(refused.new.paths) == 8
    assert refused.comparability == "close"
    assert refused.note
    assert refused.note_en
    tied = {path for each in result.changed for path in (*each.old.paths, *each.new.paths)}
    assert tied.isdisjoint(result.only_old)
    assert "fees" in result.only_old


def test_chapters_that_came_and_went(county: str) -> None:
    shorter = county[: county.index("六、其他需要报告的事项")]
    gone = [c for c in compared(county, shorter).chapters if c.new_title is None]
    came = [c for c in compared(shorter, county).chapters if c.old_title is None]
    assert [c.kind for c in gone] == [c.kind for c in came] == ["other"]


def test_concepts_name_figures_of_their_forms() -> None:
    """Every path is one of the form, and no concept stands on one form alone."""
    forms = {form.id: form for form in national_forms()}
    for concept in concepts():
        assert len(concept.sources) > 1, concept.name
        for form_id in concept.paths:
            report = gischema.Report(form=form_id, declared=forms[form_id].declared)
            found = concept.figures(report)
            assert len(found) >= len(concept.paths[form_id]), (concept.name, form_id)
            assert concept.value(report) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command(lang: str, tmp_path: Path, county: str) -> None:
    later = tmp_path / "later.txt"
    later.write_text(county.replace("2023", "2024").replace("12847", "12900"), "utf-8")
    shown = CliRunner().invoke(app, ["compare", str(COUNTY), str(later), "--lang", lang])
    assert shown.exit_code == 0
    name = {"zh": "“行政许可”行“本年处理决定数量”列", "en": "proactive.licensing.decisions"}[lang]
    assert f"  {name}  12847  →  12900  +53" in shown.stdout
    data = CliRunner().invoke(app, ["compare", str(COUNTY), str(later), "--format", "json"])
    (change,) = json.loads(data.stdout)["changed"]
    assert (change["old"]["value"], change["new"]["value"]) == (12847, 12900)


def test_the_command_needs_two_readable_files(tmp_path: Path) -> None:
    gone = CliRunner().invoke(app, ["compare", str(COUNTY), str(tmp_path / "gone.txt")])
    assert (gone.exit_code, gone.stdout) == (2, "")
    folder = CliRunner().invoke(app, ["compare", str(COUNTY), str(REPORTS)])
    assert folder.exit_code == 2


def test_the_command_takes_no_file_for_the_attachment_of_the_other(tmp_path: Path) -> None:
    """A report without a table, and a table without a title, are two all the same."""
    text, bare = tmp_path / "text.txt", tmp_path / "table.txt"
    text.write_text(
        "渡口局2022年政府信息公开工作年度报告\n一、政府信息公开总体情况\n全年平稳。\n", "utf-8"
    )
    bare.write_text("信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|1|2|3\n", "utf-8")
    shown = CliRunner().invoke(app, ["compare", str(text), str(bare), "--format", "json"])
    assert shown.exit_code == 0
    changed = json.loads(shown.stdout)["changed"]
    assert [each["new"]["value"] for each in changed] == [1, 2, 3]
