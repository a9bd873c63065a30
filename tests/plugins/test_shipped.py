"""The plugins that come with the package: active without being installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import gischema
from gischema import Gischema, InstalledPlugins
from gischema.cli.app import app
from gischema.plugins import installed

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FUJIAN = """青禾市云岭县政府信息公开情况统计表（2016年度）
指标名称 | 计量单位 | 2016年度 | 历年累计 |
主动公开文件数 | 条 | 35 | 261 |
受理依申请公开信息总数 | 条 | 3 | 15 |
"""


@pytest.fixture(autouse=True)
def _all_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GISCHEMA_PLUGINS")


def found(plugins: InstalledPlugins) -> dict[str, str | None]:
    return {plugin.name: plugin.version for plugin in plugins}


def test_every_folder_of_plugins_is_active() -> None:
    """Each distribution of the tree is a plugin with the version of the package and no problem."""
    folders = {path.name.removeprefix("gischema-") for path in ROOT.glob("plugins/gischema-*")}
    engine = Gischema(plugins=InstalledPlugins())
    active = {plugin.name: plugin for plugin in engine.plugins}
    assert folders <= active.keys()
    assert not engine.problems
    assert {active[name].version for name in folders} == {gischema.__version__}
    assert all(active[name].adds["forms"] for name in folders)


def test_page_on_a_regional_form_is_read() -> None:
    """A report on a form of the package's plugins needs nothing else."""
    report = Gischema(plugins=InstalledPlugins()).parse_text(FUJIAN)
    assert report.form == "fujian-2009"
    assert report.figure("requests.received").value == 3


def test_plugins_are_left_out() -> None:
    """A plugin that is left out is not loaded, the others are."""
    names = found(InstalledPlugins(without=frozenset({"fujian"})))
    assert "fujian" not in names
    assert "jiangsu" in names
    engine = Gischema(plugins=InstalledPlugins(without=frozenset({"fujian"})))
    assert "fujian-2009" not in engine.forms


def test_installed_distribution_is_used_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution of the same name brings its own version, and its Python."""
    monkeypatch.setattr(installed, "_entry_points", lambda: (("jiangsu", "somewhere", "9.9"),))
    assert found(InstalledPlugins())["jiangsu"] == "9.9"


def test_option_leaves_a_plugin_out() -> None:
    """`--no-plugin` leaves the plugin out of a command."""
    listed = CliRunner().invoke(app, ["plugins", "--no-plugin", "fujian"])
    assert listed.exit_code == 0
    assert "fujian" not in listed.output
    assert "jiangsu" in listed.output
