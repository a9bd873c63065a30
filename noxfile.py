"""Every interpreter that is found, with one command: `nox` (`pip install nox`)."""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
_FAST = "not slow and not packaging and not long"

nox.options.sessions = ["tests", "lowest", "distributions"]
nox.options.error_on_missing_interpreters = False


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the whole suite."""
    session.install("-e", ".[test]")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Run the fast tests of every room that a user needs with the oldest dependencies."""
    session.install(
        "--constraint",
        "tests/lowest-versions.txt",
        "-e",
        ".[doc,pdf,xls]",
        *("hypothesis", "jsonschema", "openpyxl", "pytest", "pytest-xdist", "python-docx"),
        *("pyyaml", "reportlab", "xlwt"),
    )
    rooms = Path("tests/lowest-rooms.txt").read_text("utf-8").split()
    session.run("pytest", "-q", "-m", _FAST, *rooms)


@nox.session
def distributions(session: nox.Session) -> None:
    """Build sdist and wheel, and check what is in them and how the index will show them."""
    shutil.rmtree("dist", ignore_errors=True)
    session.install("build", "check-wheel-contents", "twine")
    session.run("python", "-m", "build")
    files = [str(file) for file in sorted(Path("dist").iterdir())]
    session.run("twine", "check", "--strict", *files)
    session.run("check-wheel-contents", *(file for file in files if file.endswith(".whl")))


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site."""
    session.install("-e", ".[docs]")
    session.run("python", "-m", "docs", *session.posargs)
