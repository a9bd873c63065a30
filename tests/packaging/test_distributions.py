"""What is published works: built from this tree, installed into an empty environment, run there.

Installing needs the dependencies to be had; `pytest -m "not packaging and not long"` does without.
"""

from __future__ import annotations

import json
import re
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Distributions, Environment

# One group: the workers of pytest-xdist would otherwise each build and install.
pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

REPORTS = ROOT / "examples" / "reports"
CONSISTENT = ["art20_2019_bureau", "art20_2021_county", "stat_2014_office"]
WRONG = "art20_2021_wrong"


def expected(name: str) -> dict[str, Decimal]:
    """The table figures that an example report prints."""
    text = (REPORTS / f"{name}.expected.json").read_text(encoding="utf-8")
    return {path: Decimal(str(value)) for path, value in json.loads(text).items()}


def data_files() -> set[str]:
    """The files that the code reads at run time, by their place in a wheel."""
    grammars = {f"gischema/grammars/{p.name}" for p in (ROOT / "grammars").glob("*.lark")}
    grammars |= {
        f"gischema/grammars/narrative/{p.name}"
        for p in (ROOT / "grammars/narrative").glob("*.toml")
    }
    rules = {p.relative_to(ROOT).as_posix() for p in (ROOT / "gischema").rglob("*.rules")}
    assert grammars
    assert rules
    tables = {p.relative_to(ROOT).as_posix() for p in (ROOT / "gischema").rglob("*.toml")}
    return grammars | rules | tables | {"gischema/py.typed"}


def test_wheel_holds_the_package_and_its_data_only(distributions: Distributions) -> None:
    """Every grammar and rule file is in the wheel; nothing lands next to the package."""
    with zipfile.ZipFile(distributions.wheel) as wheel:
        names = set(wheel.namelist())
    assert data_files() <= names
    assert {name.split("/")[0].removesuffix(".dist-info").split("-")[0] for name in names} == {
        "gischema"
    }
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_sdist_holds_what_a_packager_needs(distributions: Distributions) -> None:
    """The source distribution has grammars, rules, tests and examples where the tree has them."""
    with tarfile.open(distributions.sdist) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {name.replace("gischema/grammars/", "grammars/") for name in data_files()} <= names
    assert {"LICENSE", "README.md", "pyproject.toml", "benchmarks/speed.py"} <= names
    assert Path(__file__).relative_to(ROOT).as_posix() in names
    assert f"examples/reports/{WRONG}.txt" in names


def test_index_page_is_the_readme(distributions: Distributions) -> None:
    """What a package index shows is README.md, with links that lead somewhere from there."""
    with zipfile.ZipFile(distributions.wheel) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = wheel.read(name).decode()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8").strip()
    whole = re.sub(r"(?<=\]\()(?!https?://|#)", f"{project['urls']['Source']}/blob/main/", readme)
    assert whole != readme
    assert whole in metadata


def test_version_is_the_package_s(distributions: Distributions, installed: Environment) -> None:
    """Distribution, module and command give one version."""
    printed = installed.run("python", "-I", "-c", "import gischema; print(gischema.__version__)")
    version = printed.stdout.strip()
    assert distributions.wheel.name.split("-")[1] == version
    assert version in installed.run("gischema", "--version").stdout


@pytest.mark.parametrize("name", [*CONSISTENT, WRONG])
def test_installed_package_reads_every_figure(installed: Environment, name: str) -> None:
    """Every printed figure comes back under its path with its value, and no other is stated."""
    read = installed.figures(REPORTS / f"{name}.txt")
    assert Path(read["home"]).is_relative_to(installed.home)
    assert read["form"] == "-".join(name.split("_")[:2])
    figures = {p: Decimal(v) for p, v in read["figures"].items() if v != "None"}
    assert figures == expected(name)


@pytest.mark.parametrize("name", CONSISTENT)
def test_installed_command_passes_a_consistent_report(installed: Environment, name: str) -> None:
    """A report whose sums agree has no finding and leaves the status at 0."""
    done = installed.run("gischema", "check", str(REPORTS / f"{name}.txt"), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["findings"] == []


def test_installed_command_names_the_wrong_cell(installed: Environment) -> None:
    """A cell whose digits changed places is found where its row and its column cross."""
    done = installed.run("gischema", "check", str(REPORTS / f"{WRONG}.txt"), "--format", "json")
    assert done.returncode == 1, done.stderr
    findings = json.loads(done.stdout)["findings"]
    cell = "requests.disposed.refused.third_party.natural_person"
    assert len([f for f in findings if cell in f["paths"]]) == 2


def test_editable_install_reads_the_tree_s_grammars(
    new_environment: Callable[..., Environment],
) -> None:
    """An editable install leaves grammars where they are, so that an edit counts at once."""
    environment = new_environment("--editable", str(ROOT))
    name = CONSISTENT[0]
    read = environment.figures(REPORTS / f"{name}.txt")
    assert Path(read["home"]) == ROOT / "gischema"
    assert {p: Decimal(v) for p, v in read["figures"].items() if v != "None"} == expected(name)
    assert not list(environment.home.rglob("gischema/grammars"))
