"""Every reference plugin installs from its folder and passes its own tests there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Distributions, Environment

# The group of test_distributions.py, so that the core is built once.
pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

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
