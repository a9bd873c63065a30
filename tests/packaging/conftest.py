"""Distributions built from this tree, and empty environments to install them into."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]

PRINT_FIGURES = """
import json, sys
from pathlib import Path
import gischema
report = gischema.parse(Path(sys.argv[1]))
text = gischema.parse_text(Path(sys.argv[1]).read_text(encoding="utf-8"))
figures = {f.path: str(f.value) for f in report.figures}
assert figures == {f.path: str(f.value) for f in text.figures}
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

    def run(
        self, program: str, *arguments: str, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment in a folder that has nothing to do with this tree."""
        scripts = self.home / ("Scripts" if os.name == "nt" else "bin")
        inherited = {
            k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GISCHEMA"))
        }
        return subprocess.run(
            [str(scripts / program), *arguments],
            cwd=self.home,
            env=inherited | {"PYTHONUTF8": "1", "XDG_CACHE_HOME": str(self.cache)} | variables,
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


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def new_environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Environment]:
    """Makes an empty virtual environment and installs what is asked for."""

    def make(*requirements: str) -> Environment:
        environment = Environment(tmp_path_factory.mktemp("env"), tmp_path_factory.mktemp("cache"))
        venv.create(environment.home, with_pip=True)
        environment.install(*requirements)
        return environment

    return make


@pytest.fixture(scope="session")
def installed(
    distributions: Distributions, new_environment: Callable[..., Environment]
) -> Environment:
    """An environment with the wheel."""
    return new_environment(str(distributions.wheel))
