"""Which installed plugins are found, and that looking for them costs nothing the second time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gischema import Gischema, InstalledPlugins
from gischema.plugins import installed

pytestmark = pytest.mark.slow

METADATA = "Metadata-Version: 2.1\nName: gischema-ferry\nVersion: {version}\n"
MODULE = """
from gischema import Diagnostic, hookimpl

@hookimpl
def gischema_report_parsed(report):
    return [Diagnostic("X1", "渡口", "ferry")]
"""


@pytest.fixture
def place(tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on `sys.path` with a distribution of its own, and a cache of its own."""
    monkeypatch.delenv("GISCHEMA_PLUGINS")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "gischema_ferry", raising=False)
    (tmp_path / "gischema_ferry.py").write_text(MODULE, encoding="utf-8")
    install(tmp_path, "1.0")
    return tmp_path


def install(place: Path, version: str) -> None:
    info = place / f"gischema_ferry-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(METADATA.format(version=version), encoding="utf-8")
    (info / "entry_points.txt").write_text("[gischema]\nferry = gischema_ferry\n", "utf-8")


def found() -> dict[str, str | None]:
    return {plugin.name: plugin.version for plugin in InstalledPlugins()}


def test_entry_points_are_found_with_their_versions(place: Path) -> None:
    """The engine with the installed plugins uses them, and names them with their versions."""
    assert found()["ferry"] == "1.0"
    engine = Gischema(plugins=[InstalledPlugins(frozenset({"ferry"}))])
    assert [(one.name, one.version) for one in engine.plugins] == [("ferry", "1.0")]
    assert engine.parse_text("收到申请数 | 3 |").diagnostics[-1].code == "X1"


def test_a_second_look_is_not_taken(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found is kept until a distribution comes or goes; other files do not matter."""
    before = found()
    monkeypatch.setattr(installed, "_scan", lambda: pytest.fail("looked again"))
    (place / "notes.txt").write_text("渡口", encoding="utf-8")
    assert found() == before


def test_new_version_is_seen(place: Path) -> None:
    """A distribution that takes the place of another counts at once."""
    assert found()["ferry"] == "1.0"
    (place / "gischema_ferry-1.0.dist-info").rename(place / "old")
    install(place, "2.0")
    assert found()["ferry"] == "2.0"


@pytest.mark.parametrize(("allowed", "names"), [("", []), ("ferry", ["ferry"]), (" x , ", ["x"])])
def test_variable_allows(
    place: Path, monkeypatch: pytest.MonkeyPatch, allowed: str, names: list[str]
) -> None:
    """Only named plugins are loaded; one that is named and not installed is a problem."""
    monkeypatch.setenv("GISCHEMA_PLUGINS", allowed)
    assert list(found()) == names
    assert len(Gischema(plugins=[InstalledPlugins()]).problems) == names.count("x")
