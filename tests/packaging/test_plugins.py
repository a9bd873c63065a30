"""Every reference plugin installs from its folder and passes its own tests there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Distributions, Environment
from tests.plugins.test_folder import GRAMMAR, HOOKS, MEASURES, PAGE, RULES

# The group of test_distributions.py, so that the core is built once.
pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

FERRY = """[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "gischema-ferry"
version = "1.2"

[project.entry-points.gischema]
ferry = "gischema_ferry"
"""
FILES = """
@hookimpl
def gischema_forms():
    return [read_form(HERE / "ferry.lark")]


@hookimpl
def gischema_rules():
    return [HERE / "ferry.rules"]
"""
PLUGINS = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))


@pytest.fixture(scope="module")
def environment(
    distributions: Distributions, new_environment: Callable[..., Environment]
) -> Environment:
    """An environment with the core, pytest and every reference plugin."""
    return new_environment(str(distributions.wheel), "pytest", *map(str, PLUGINS))


def test_there_are_plugins() -> None:
    """The folder is where this test looks for it."""
    assert len(PLUGINS) >= 1


def test_new_plugin_installs_and_passes_its_own_tests(
    environment: Environment, tmp_path: Path
) -> None:
    """What `gischema new plugin` writes is a distribution whose suite is green at once."""
    done = environment.run("gischema", "new", "plugin", "north", "--into", str(tmp_path))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "gischema-north"
    environment.install(str(folder))
    test_plugin_passes_its_own_tests(environment, folder)
    environment.run("python", "-m", "pip", "uninstall", "--yes", "--quiet", folder.name)


def test_a_distribution_brings_every_kind_of_addition(
    environment: Environment, tmp_path: Path
) -> None:
    """Form, unit, rule, fact, measure, reader and both kinds of exporter work once installed."""
    package = tmp_path / "gischema-ferry" / "gischema_ferry"
    package.mkdir(parents=True)
    hooks = HOOKS.replace("return []", 'return [HERE / "measures.toml"]')
    lead = (
        "from pathlib import Path\nfrom gischema import read_form\nHERE = Path(__file__).parent\n"
    )
    files = {
        "../pyproject.toml": FERRY,
        "__init__.py": lead + hooks + FILES,
        "ferry.lark": GRAMMAR,
        "ferry.rules": RULES,
        "measures.toml": MEASURES,
    }
    for name, text in files.items():
        (package / name).write_text(text, encoding="utf-8")
    page, mirrored = tmp_path / "page.txt", tmp_path / "page.mirrored"
    wrong = PAGE.replace("来信数 | 件 | 5", "来信数 | 件 | 55")
    page.write_text(wrong, encoding="utf-8")
    mirrored.write_bytes(b"mirrored:" + wrong[::-1].encode())
    environment.install(str(package.parent))
    for file in map(str, (page, mirrored)):
        done = environment.run("gischema", "figures", file, "--format", "hours")
        assert (done.returncode, done.stdout) == (0, "40\n"), done.stderr
        options = ("--select", "F1", "--allow-incomplete", "--format", "short")
        done = environment.run("gischema", "check", file, *options)
        assert (done.returncode, done.stdout) == (1, "2016 1\n"), done.stderr
        done = environment.run("gischema", "figures", file, "--derived", "--format", "json")
        derived = {one["name"]: one for one in json.loads(done.stdout)}
        assert derived["ferry_share"]["numerator"] == 55
    done = environment.run("gischema", "plugins", "--format", "json")
    listed = {plugin["name"]: plugin for plugin in json.loads(done.stdout)["plugins"]}
    assert listed["ferry"]["version"] == "1.2"
    environment.run("python", "-m", "pip", "uninstall", "--yes", "--quiet", "gischema-ferry")


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
def test_plugin_passes_its_own_tests(environment: Environment, folder: Path) -> None:
    """The plugin's suite is green against the installed core, and nothing of the tree is used."""
    options = ("-q", "-p", "no:cacheprovider", "-c", str(folder / "pyproject.toml"))
    done = environment.run("python", "-I", "-m", "pytest", *options, str(folder / "tests"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_installed_plugins_are_active_and_named(environment: Environment) -> None:
    """`gischema plugins` lists all of them with their versions and without a problem."""
    done = environment.run("gischema", "plugins", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    listed = {plugin["name"]: plugin for plugin in json.loads(done.stdout)["plugins"]}
    assert {f"gischema-{name}" for name in listed} == {folder.name for folder in PLUGINS}
    assert all(plugin["version"] and plugin["forms"] for plugin in listed.values())


def test_allow_list_leaves_plugins_out(environment: Environment) -> None:
    """`GISCHEMA_PLUGINS` names those that are loaded; empty, it allows none."""
    listing = ("plugins", "--format", "json")
    for allowed, expected in (("", []), ("jiangsu", ["jiangsu"])):
        done = environment.run("gischema", *listing, GISCHEMA_PLUGINS=allowed)
        assert [plugin["name"] for plugin in json.loads(done.stdout)["plugins"]] == expected
    done = environment.run("gischema", *listing, GISCHEMA_PLUGINS="lakeside")
    assert done.returncode == 1
    assert "lakeside" in done.stderr
