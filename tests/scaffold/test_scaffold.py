"""What `gischema new` writes works at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gischema import Form
from gischema.cli.app import app
from gischema.testing.conformance import Subject, checks
from gischema.testing.conformance.pages import damaged_pages_are_read_or_flagged

pytestmark = pytest.mark.slow


def new(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["new", *map(str, arguments)])


def conforms(folder: Path, paths: Path | None = None) -> None:
    """Run the checks of a folder; pages after every damage are left to the packaging tests."""
    subject = Subject.of(folder)
    for check in checks(subject, paths):
        if check.holds is not damaged_pages_are_read_or_flagged:
            check.run(subject)


def test_new_plugin_conforms_as_it_stands(tmp_path: Path, form: Form) -> None:
    """It conforms, whatever its form; `tests/packaging` installs one and runs its own suite."""
    result = new("plugin", "north-lake", "--form", form.id, "--into", tmp_path)
    assert result.exit_code == 0, result.output
    home = tmp_path / "gischema-north-lake"
    files = {path for path in home.rglob("*") if path.is_file()}
    assert {Path(line) for line in result.stdout.splitlines()} == files
    for file in files:
        if file.suffix == ".py":
            compile(file.read_text("utf-8"), str(file), "exec")
    conforms(home / "gischema_north_lake", home / "tests" / "paths.txt")


def test_new_plugin_announces_itself(tmp_path: Path) -> None:
    """The entry point names the module that was written."""
    new("plugin", "north", "--into", tmp_path)
    home = tmp_path / "gischema-north"
    project = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == "gischema-north"
    (module,) = project["entry-points"]["gischema"].values()
    assert (home / module / "__init__.py").exists()


@pytest.mark.parametrize("form", ["stat-2014+north", "art20-2021+north-lake", "lake-2030"])
def test_new_form_and_rule_pass_in_a_folder(tmp_path: Path, form: str) -> None:
    """A grammar and a rule file written into one folder are a plugin that conforms."""
    assert new("form", form, "--into", tmp_path).exit_code == 0
    assert new("rule", "N1", "--into", tmp_path).exit_code == 0
    subject = Subject.of(tmp_path)
    assert [one.id for one in subject.forms] == [form]
    assert [rule.code for rule in subject.rules] == ["N1"]
    conforms(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        ("plugin", "North Lake"),
        ("plugin", "north", "--form", "stat-1999"),
        ("form", "stat 2014"),
        ("form", "stat-1999+north"),
        ("rule", "A2"),
        ("rule", "n1"),
    ],
)
def test_what_cannot_be_is_bad_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Names, forms and codes that are none, or taken, write nothing."""
    assert new(*arguments, "--into", tmp_path).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """What is there stays as it is."""
    new("plugin", "north", "--into", tmp_path)
    file = tmp_path / "gischema-north" / "README.md"
    file.write_text("mine", encoding="utf-8")
    assert new("plugin", "north", "--into", tmp_path).exit_code == 2
    assert file.read_text(encoding="utf-8") == "mine"


def test_new_says_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A file where a folder should be: one line and status 2."""
    place = tmp_path / "file"
    place.write_text("", encoding="utf-8")
    result = new("rule", "N1", "--into", place / "below")
    assert result.exit_code == 2
    assert str(place) in result.stderr
