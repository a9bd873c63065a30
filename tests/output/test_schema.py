"""The published schemas are those of the model, and what is written keeps to them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

import gischema
from gischema.diagnostics import diagnose
from gischema.output.check_json import check_record
from gischema.output.checked import Checked, Frame
from gischema.output.figures import no_figures, record
from gischema.output.json_text import to_json
from gischema.output.report_json import unstructure
from gischema.output.schema import FOLDER, render, schemas
from gischema.report import Report
from gischema.rules import Culprit

REPORTS = sorted((Path(__file__).parents[2] / "examples" / "reports").glob("*.txt"))


@pytest.fixture(params=REPORTS, ids=lambda path: path.stem)
def report(request: pytest.FixtureRequest) -> Report:
    """An example report, with a doubt and a value that no double holds."""
    read = gischema.parse(request.param)
    first = read.figures[0]
    big = evolve(first, value=Decimal("0.10000000000000000001"), unit=None)
    doubt = diagnose("D201", first.origin, (first.path,), label="行", expected=3, actual=2)
    return evolve(read, figures=(big, *read.figures[1:]), diagnostics=(doubt, *read.diagnostics))


def validate(data: Any, name: str) -> None:
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(
        json.loads(to_json(data)),
        schema,
        cls=jsonschema.Draft202012Validator,
        format_checker=jsonschema.FormatChecker(),
    )


@pytest.mark.parametrize("name", schemas())
def test_published_schemas_are_up_to_date(name: str) -> None:
    """`python -m gischema.output.schema` would change nothing."""
    assert (FOLDER / name).read_text(encoding="utf-8") == render(schemas()[name])


def test_no_other_schema_is_published() -> None:
    """A schema that is no longer generated is gone."""
    assert {path.name for path in FOLDER.iterdir()} == set(schemas())


def test_reports_keep_to_the_schema(report: Report) -> None:
    """`parse` and `figures` print what the schemas promise."""
    validate(unstructure(report), "report.schema.json")
    every = report.listed(absent=True)
    validate([record(figure, report.about) for figure in every], "figures.schema.json")
    validate([no_figures("甲")], "figures.schema.json")


def test_checks_keep_to_the_schema(report: Report) -> None:
    """So does `check`, with or without a culprit; one report has the shape of one of many."""
    result = gischema.check(report)
    culprit = Culprit(report.figures[0].path, Decimal("0.5"), None)
    found = tuple(evolve(finding, culprit=culprit) for finding in result.findings)
    for each in (result, evolve(result, findings=found)):
        data = check_record(Checked("甲.txt", "", report, each), Frame("zh", ()))
        assert data["file"] == "甲.txt"
        assert data["counts"] == each.counts
        validate(data, "check.schema.json")
        validate(json.loads(gischema.dumps(each)), "check.schema.json")


def test_comparisons_keep_to_the_schema(report: Report) -> None:
    """So does `compare`."""
    validate(json.loads(gischema.dumps(gischema.compare(report, report))), "comparison.schema.json")


@pytest.mark.parametrize("name", ["report", "figures", "check", "comparison"])
def test_a_schema_is_given_by_name_with_the_version_in_its_id(name: str) -> None:
    """A consumer validates without knowing where the files are."""
    schema = gischema.schema(name)
    assert schema == json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    assert schema["$id"] == f"urn:gischema:{name}:{gischema.__version__}"
    with pytest.raises(gischema.UnknownName, match="comparison"):
        gischema.schema("reports")


@pytest.mark.parametrize(
    "change",
    [{"figures": [{"path": "a"}]}, {"year": "2023"}, {"published": "yesterday"}, {"narrative": {}}],
)
def test_the_schema_refuses_what_is_wrong(change: dict) -> None:
    """The schema is no empty promise."""
    with pytest.raises(jsonschema.ValidationError):
        validate({**unstructure(Report()), **change}, "report.schema.json")


def test_a_report_written_before_there_were_doubts_gets_them(report: Report) -> None:
    """The diagnostics of an older file say which figures are in doubt."""
    data = unstructure(report)
    for figure in data["figures"]:
        del figure["doubts"]
    back = gischema.loads(to_json(data))
    assert back.figures[0].doubts == ("D201",)


def test_a_real_report_comes_back_with_its_class() -> None:
    """`gischema.loads` undoes `gischema.dumps`, typed sections included."""
    for path in REPORTS:
        read = gischema.parse(path)
        back = gischema.loads(gischema.dumps(read))
        assert back == read
        assert type(back) is type(read)
        assert back.declared == read.declared
