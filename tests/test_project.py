"""The files around the code: addresses, versions, hooks, colours, workflows."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

import gischema
from gischema.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
KEPT = ("docs", "editors", ".github", "gischema")


def test_addresses_of_the_project_are_those_of_one_place() -> None:
    """Whoever gives the project a home replaces one address, and no other remains."""
    home = PROJECT["project"]["urls"]["Source"]
    found = set()
    files = [*ROOT.glob("*"), *(file for name in KEPT for file in (ROOT / name).rglob("*"))]
    for file in files:
        written = file.suffix in {".md", ".toml", ".cff", ".yml", ".json", ".py"}
        if written and "_build" not in file.parts:
            found |= set(re.findall(r"https://gischema[\w./-]*", file.read_text("utf-8")))
    assert found
    assert {
        address for address in found if not address.startswith(home.rpartition("/")[0])
    } == set()


def test_the_citation_has_the_version() -> None:
    """Whoever cites the package cites this version."""
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == (
        gischema.__version__
    )


def test_hooks_for_commits_are_commands() -> None:
    """Each hook runs a command with options that it has."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in hooks} == {"gischema-check", "gischema-plugin"}
    for hook in hooks:
        program, command, *_ = hook["entry"].split()
        assert program == "gischema"
        assert command in COMMANDS
        assert re.search(hook["files"], "报告.docx" if command == "check" else "lakeside.lark")


@pytest.mark.parametrize("name", ["lark", "rules"])
def test_grammars_for_editors_match(name: str) -> None:
    """Every pattern is a regular expression, and the whole vocabulary of rules has a colour."""
    grammar = json.loads((ROOT / f"editors/syntaxes/{name}.tmLanguage.json").read_text("utf-8"))
    patterns = [each.get("match") or each["begin"] for each in grammar["patterns"]]
    compiled = [re.compile(pattern) for pattern in patterns]
    if name == "rules":
        language = (ROOT / "grammars/rules.lark").read_text("utf-8")
        words = set(re.findall(r'"([a-z]+)"', language))
        coloured = "|".join(each.pattern for each in compiled if each.pattern[:3] == "\\b(")
        assert words
        assert {word for word in words if not re.fullmatch(coloured, word)} == set()


def test_workflows_test_every_python_that_is_promised() -> None:
    """The matrix, the classifiers and the local command have the same versions."""
    promised = re.findall(
        r":: (3\.\d+)$", "\n".join(PROJECT["project"]["classifiers"]), re.MULTILINE
    )
    matrix = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    tested = matrix["jobs"]["tests"]["strategy"]["matrix"]["python"]
    noxfile = (ROOT / "noxfile.py").read_text("utf-8")
    assert tested == promised == re.findall(r'"(3\.\d+)"', noxfile.split("]")[0])


def test_areas_of_changes_are_those_of_the_changelog() -> None:
    """A fragment goes to a heading that the changelog knows."""
    areas = {each["directory"] for each in PROJECT["tool"]["towncrier"]["type"]}
    listed = (ROOT / "changes/README.md").read_text("utf-8")
    assert areas == set(re.findall(r"`(\w+)`", listed.split("Areas:")[1].split("`towncrier")[0]))
    fragments = [file for file in (ROOT / "changes").iterdir() if file.name != "README.md"]
    assert {file.name.split(".")[-2] for file in fragments} <= areas
