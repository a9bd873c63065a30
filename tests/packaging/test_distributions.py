"""What is published works: built from this tree, installed into an empty environment, run there.

Installing needs the dependencies to be had; `pytest -m "not packaging and not long"` does without.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

# One group: the workers of pytest-xdist would otherwise each build and install.
pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "examples" / "reports"
CONSISTENT = ["art20_2019_bureau", "art20_2021_county", "stat_2014_office"]
WRONG = "art20_2021_wrong"

PRINT_FIGURES = """
import json, sys
from pathlib import Path
import gischema
report = gischema.parse(Path(sys.argv[1]))
text = gischema.parse_text(Path(sys.argv[1]).read_text(encoding="utf-8"))
figures = {f.path: str(f.value) for f in report.figures()}
assert figures == {f.path: str(f.value) for f in text.figures()}
home = str(Path(gischema.__file__).parent)
print(json.dumps({"home": home, "form": report.form, "figures": figures}))
"""


class Distributions(NamedTuple):
    """The two files that a release uploads."""

    sdist: Path
    wheel: Path


class Environment(NamedTuple):
    """A virtual environment that holds gischema and what it depends on, nothing else."""

    home: Path
    cache: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment in a folder that has nothing to do with this tree."""
        scripts = self.home / ("Scripts" if os.name == "nt" else "bin")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        return subprocess.run(
            [str(scripts / program), *arguments],
            cwd=self.home,
            env=inherited | {"PYTHONUTF8": "1", "XDG_CACHE_HOME": str(self.cache)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def install(self, *requirements: str) -> None:
        """Installs requirements with their dependencies."""
        done = self.run(
            "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            *requirements,
        )
        assert done.returncode == 0, done.stderr

    def figures(self, report: Path) -> dict:
        """What `gischema.parse` and `gischema.parse_text` read in this environment."""
        done = self.run("python", "-I", "-c", PRINT_FIGURES, str(report))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def expected(name: str) -> dict[str, Decimal]:
    """The table figures that an example report prints."""
    text = (REPORTS / f"{name}.expected.json").read_text(encoding="utf-8")
    return {path: Decimal(str(value)) for path, value in json.loads(text).items()}


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """A source distribution of this tree, and a wheel made from it."""
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Distributions(next(out.glob("*.tar.gz")), next(out.glob("*.whl")))


@pytest.fixture(scope="module")
def new_environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Environment]:
    """Makes an empty virtual environment and installs what it is told to."""

    def make(*requirements: str) -> Environment:
        environment = Environment(tmp_path_factory.mktemp("env"), tmp_path_factory.mktemp("cache"))
        venv.create(environment.home, with_pip=True)
        environment.install(*requirements)
        return environment

    return make


@pytest.fixture(scope="module")
def installed(
    distributions: Distributions, new_environment: Callable[..., Environment]
) -> Environment:
    """An environment with the wheel."""
    return new_environment(str(distributions.wheel))


def data_files() -> set[str]:
    """The files that the code reads at run time, by their place in a wheel."""
    grammars = {f"gischema/grammars/{p.name}" for p in (ROOT / "grammars").glob("*.lark")}
    rules = {p.relative_to(ROOT).as_posix() for p in (ROOT / "gischema").rglob("*.rules")}
    assert grammars
    assert rules
    return grammars | rules | {"gischema/py.typed"}


def test_wheel_holds_the_package_and_its_data_only(distributions: Distributions) -> None:
    """Every grammar and rule file is in the wheel; nothing lands beside the package."""
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
    """What a package index shows is README.md: `readme` is set in pyproject.toml."""
    with zipfile.ZipFile(distributions.wheel) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = wheel.read(name).decode()
    assert (ROOT / "README.md").read_text(encoding="utf-8").strip() in metadata


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
