"""The report as users hold it: figures, mappings, sections, pickles."""

import pickle
from copy import deepcopy
from pathlib import Path

import pytest

import gischema

REPORTS = Path(__file__).parent.parent / "examples/reports"


@pytest.fixture(scope="module", name="report")
def _report() -> gischema.Report:
    return gischema.parse(REPORTS / "art20_2021_county.txt")


def test_figures_are_an_immutable_sequence_in_printed_order(report: gischema.Report) -> None:
    """`figures` is a tuple of what is printed; `all_figures` adds the absent figures of the form."""
    assert isinstance(report.figures, tuple)
    starts = [figure.origin.start for figure in report.figures if figure.origin]
    assert starts == sorted(starts)
    absent = report.all_figures()[len(report.figures) :]
    assert report.all_figures()[: len(report.figures)] == report.figures
    assert {figure.status for figure in absent} <= {"absent"}
    assert {f.path for f in report.all_figures()} >= report.declared.keys()


@pytest.mark.parametrize("name", ["by_path", "declared", "doubts", "extras"])
def test_mappings_cannot_be_changed(report: gischema.Report, name: str) -> None:
    """A consumer cannot damage a report, or the form behind it, by assignment."""
    with pytest.raises(TypeError):
        getattr(report, name)["requests"] = None


@pytest.mark.parametrize("copied", [lambda r: pickle.loads(pickle.dumps(r)), deepcopy])
def test_copies_are_equal_and_whole(report: gischema.Report, copied) -> None:
    """A report goes through pickle and copy with its class, figures, mappings and sections."""
    assert report.by_path
    assert report.doubts == {}
    assert isinstance(report, gischema.Art20Report2021)
    assert report.requests.received.total == 68
    back = copied(report)
    assert back == report
    assert type(back) is type(report)
    assert (back.by_path, back.declared) == (report.by_path, report.declared)
    assert back.requests == report.requests


def test_a_total_has_the_same_name_on_every_form() -> None:
    """`requests.received.total` is the sum of all requests, whichever form the year has."""
    old = gischema.parse(REPORTS / "stat_2014_office.txt")
    new = gischema.parse(REPORTS / "art20_2021_county.txt")
    assert isinstance(old, gischema.StatReport2014)
    assert isinstance(new, gischema.Art20Report2021)
    assert old.requests.received.total == old.figure("requests.received").value
    assert new.requests.received.total == new.figure("requests.received.total").value
    assert old.reconsideration.total == old.figure("reconsideration").value
    assert not hasattr(old.requests.received, "value")
