"""What `parse` takes, what it refuses, and what type it gives."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, assert_type

import pytest

import gischema
from gischema.plugins import InstalledPlugins
from gischema.reading import Reader

REPORTS = Path(__file__).parent.parent / "examples/reports"
untyped: Any = gischema
COUNTY = REPORTS / "art20_2021_county.txt"
TITLE = "青禾市云岭县{body}{year}年政府信息公开工作年度报告\n"
TABLE = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 12 | 3 | 345 |\n"


def test_the_id_of_a_form_determines_the_type() -> None:
    """A type checker knows the class from `form=`, and the class is that at run time."""
    text = COUNTY.read_text("utf-8")
    new = gischema.parse(COUNTY, form="art20-2021")
    assert_type(new, gischema.Art20Report2021)
    assert type(new) is gischema.Art20Report2021
    old = gischema.parse_text(text, form="art20-2019")
    assert_type(old, gischema.Art20Report2019)
    assert type(old) is gischema.Art20Report2019
    oldest = gischema.parse(REPORTS / "stat_2014_office.txt", form="stat-2014")
    assert_type(oldest, gischema.StatReport2014)
    assert type(oldest) is gischema.StatReport2014


def test_without_an_id_isinstance_determines_the_type() -> None:
    """`isinstance` and `match` narrow what `parse` gives."""
    report = gischema.parse(COUNTY)
    assert_type(report, gischema.Report)
    match report:
        case gischema.Art20Report2021():
            assert report.requests.received.total == 68
        case _:
            pytest.fail("another form")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("收到申请12件。", "parse_text"),
        ("规章 | 12 | 3 | 345 |", "parse_text"),
        ("<table><tr><td>规章</table>", "parse_text"),
        ("政府信息公开\n规章 12", "parse_text"),
        ("政府信息公开" * 1000, "parse_text"),
        ("a\0b", "parse_text"),
        ("https://www.example.org/a.html", "download"),
        ("FTP://www.example.org/a.html", "download"),
    ],
)
def test_a_string_that_is_no_path_says_what_to_call(source: str, says: str) -> None:
    """A text in the place of a path is a mistake with a way out, not a missing file."""
    with pytest.raises(gischema.InvalidSource, match=says):
        gischema.parse(source)


def test_a_string_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an existing file is called, its name is a path; a missing one is missing."""
    monkeypatch.chdir(tmp_path)
    odd = Path("年报。|.txt")
    odd.write_text(TITLE.format(body="财政局", year=2022) + TABLE, "utf-8")
    assert gischema.parse(str(odd)).source_name == str(odd)
    with pytest.raises(FileNotFoundError):
        gischema.parse("年报.txt")


@pytest.mark.parametrize("wrap", [bytes, io.BytesIO, lambda data: io.StringIO(data.decode())])
def test_bytes_and_files_take_a_name(wrap: Callable[[bytes], bytes]) -> None:
    """What comes from a store or an archive has a name in the report and in errors."""
    report = gischema.parse(wrap(COUNTY.read_bytes()), name="s3/年报.txt")
    assert report.source_name == "s3/年报.txt"
    with pytest.raises(gischema.UnreadableSource, match="s3/空"):
        gischema.parse(wrap(b""), name="s3/空.pdf")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: untyped.parse(7), "expected Path, str .a path., bytes, file object or Document"),
        (lambda: untyped.parse([None]), "not NoneType"),
        (lambda: untyped.parse({COUNTY}), "not set"),
        (lambda: untyped.parse_text(b"x"), "expected str, not bytes; parse reads"),
        (lambda: untyped.parse(COUNTY, form=2021), "expected the id of a form as str, not int"),
        (lambda: untyped.parse(COUNTY, year="2021"), "expected a year as int, not str"),
        (lambda: untyped.check(str(COUNTY)), "expected a Report, as parse gives, not str"),
        (lambda: untyped.check(untyped.parse(COUNTY), previous=COUNTY), "expected a Report"),
        (lambda: untyped.check_series([COUNTY]), "expected a Report"),
        (lambda: untyped.compare(COUNTY, COUNTY), "expected a Report"),
        (lambda: untyped.derived(COUNTY), "expected a Report"),
        (lambda: untyped.Gischema(extra_rules="a.rules"), "expected a list of paths"),
    ],
)
def test_a_wrong_type_is_a_type_error_that_says_what_is_expected(
    call: Callable[[], object], expected: str
) -> None:
    """An AttributeError from the depth of the package helps nobody."""
    with pytest.raises(TypeError, match=expected):
        call()


def test_two_reports_are_not_read_as_one(tmp_path: Path) -> None:
    """Two titles of different bodies or years are refused, with both names."""
    files = {
        (body, year): tmp_path / f"{body}{year}.txt"
        for body, year in [("财政局", 2022), ("财政局", 2023), ("教育局", 2022)]
    }
    for (body, year), file in files.items():
        file.write_text(TITLE.format(body=body, year=year) + TABLE, "utf-8")
    first, *others = files.values()
    for other in others:
        with pytest.raises(gischema.InvalidSource) as caught:
            gischema.parse([first, other])
        for message in (caught.value.message, caught.value.message_en):
            assert first.name in message
            assert other.name in message


def test_a_report_and_its_table_are_read_as_one(tmp_path: Path) -> None:
    """An attachment has no title, or that of the same body and year."""
    main = TITLE.format(body="财政局", year=2022) + "本局坚持公开为常态。\n"
    for table in (TABLE, "附件\n" + TABLE, TITLE.format(body="财政局", year=2022) + TABLE):
        report = gischema.parse([io.BytesIO(text.encode()) for text in (main, table)])
        assert report.figure("proactive.rules.issued").value == 12


def _folder(root: Path) -> Path:
    (root / "below").mkdir(parents=True)
    for place, year in (("a.txt", 2021), ("c.txt", 2022), ("below/d.txt", 2023)):
        (root / place).write_text(TITLE.format(body="财政局", year=year) + TABLE, "utf-8")
    (root / "b.pdf").write_bytes(b"%PDF-1.4")
    (root / "e.rtf").write_bytes(b"{\\rtf1}")
    (root / "notes.unknown").write_text("x")
    return root


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_is_read_in_order_whatever_its_files_do(tmp_path: Path, jobs: int) -> None:
    """Each file gives its report or its error; the order does not depend on the jobs."""
    folder = _folder(tmp_path / "reports")
    found = {
        path.relative_to(folder).as_posix(): outcome
        for path, outcome in gischema.parse_folder(folder, jobs=jobs)
    }
    assert list(found)[:3] == ["a.txt", "b.pdf", "c.txt"]
    assert list(found)[-1] == "below/d.txt"
    years = [one.year for one in found.values() if isinstance(one, gischema.Report)]
    assert years == [2021, 2022, 2023]
    assert isinstance(found["b.pdf"], gischema.UnreadableSource)


def test_a_folder_that_is_none_raises(tmp_path: Path) -> None:
    """A mistake in the call is raised at once, not when the first report is taken."""
    with pytest.raises(FileNotFoundError):
        gischema.parse_folder(tmp_path / "none")
    with pytest.raises(gischema.UnknownName):
        gischema.parse_folder(tmp_path, form="art20-2020")


class Deadly:
    """A plugin whose reader ends its process on one kind of file."""

    @staticmethod
    @gischema.hookimpl
    def gischema_readers() -> list[Reader]:
        """Return the reader."""
        return [Reader("deadly", frozenset({".die"}), _is_deadly, _die)]


def _is_deadly(_: bytes, name: str | None) -> bool:
    return str(name).endswith(".die")


def _die(_: bytes, __: str | None) -> gischema.Document:
    os._exit(7)


def test_a_file_that_ends_its_process_does_not_end_the_run(tmp_path: Path) -> None:
    """The file gets an error; those before and after it get their reports."""
    for name in ("a.txt", "b.die", "c.txt", "d.txt", "e.die", "f.txt"):
        (tmp_path / name).write_text(TITLE.format(body="财政局", year=2022) + TABLE, "utf-8")
    engine = gischema.Gischema(plugins=[Deadly()])
    found = [(p.name, type(o).__name__) for p, o in engine.parse_folder(tmp_path, jobs=2)]
    report = "Art20Report2021"
    assert found == [
        ("a.txt", report),
        ("b.die", "BrokenProcessPool"),
        ("c.txt", report),
        ("d.txt", report),
        ("e.die", "BrokenProcessPool"),
        ("f.txt", report),
    ]


OWN = """
rule OWN-1 bound error
  title   "规章不少于一件" / "at least one rule is issued"
  forms   art20-2021
  source  "本局要求" practice
  since   0.1
  check   proactive.rules.issued >= 1
  message "制发{left}件" / "{left} issued"
"""


def test_extra_rules_add_and_only_rules_replace(tmp_path: Path) -> None:
    """Own rules do not switch the national ones off; replacing them has to be said."""
    own = tmp_path / "own.rules"
    own.write_text(OWN, "utf-8")
    national = {rule.code for rule in gischema.Gischema().rules.rules}
    assert len(national) > 50
    added = gischema.Gischema(extra_rules=[str(own)])
    assert {rule.code for rule in added.rules.rules} == national | {"OWN-1"}
    alone = gischema.Gischema(only_rules=[own])
    assert [rule.code for rule in alone.rules.rules] == ["OWN-1"]
    both = gischema.Gischema(only_rules=[], extra_rules=[own], plugins=[InstalledPlugins()])
    assert [rule.code for rule in both.rules.rules] == ["OWN-1"]
    with pytest.raises(TypeError, match="rules"):
        gischema.Gischema(rules=[own])  # type: ignore[call-arg]
