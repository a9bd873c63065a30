"""Settings are found, read, and refused with words that say what to change."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest

import gischema
from gischema.settings.files import load_settings, load_waivers, waivers_toml
from gischema.settings.search import FoundSettings, find_settings, search_settings

WAIVER = """
[[waivers]]
rule = "B2"
report = "某县2023年政府信息公开工作年度报告"
reason = "已向上级说明"
by = "李四"
on = 2026-03-31
figures = { "requests.received.total" = 4, "previous requests.carried_out.total" = "blank" }
"""


def write(folder: Path, text: str, name: str = "gischema.toml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    write(tmp_path, WAIVER, "accepted/2023.toml")
    settings = load_settings(
        write(
            tmp_path,
            """
            select = ["B", "A2"]
            ignore = ["B10"]
            fail-on = "warning"
            waiver-files = ["accepted/2023.toml"]
            [severity]
            B9 = "info"
            """,
        )
    )
    assert settings.select == ("B", "A2")
    assert settings.ignore == ("B10",)
    assert settings.fail_on == "warning"
    assert settings.severity == {"B9": "info"}
    (waiver,) = settings.waivers
    assert (waiver.rule, waiver.by, waiver.on) == ("B2", "李四", date(2026, 3, 31))
    assert waiver.figures == {
        "requests.received.total": 4,
        "previous requests.carried_out.total": "blank",
    }


def test_waivers_come_back_as_they_were_written(tmp_path: Path) -> None:
    waivers = load_waivers(write(tmp_path, WAIVER, "w.toml"))
    assert load_waivers(write(tmp_path, waivers_toml(waivers), "again.toml")) == waivers


def test_the_nearest_settings_count(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_settings(inner) != tmp_path / "pyproject.toml"
    outer = write(tmp_path, "[tool.gischema]\nignore = ['B10']\n", "pyproject.toml")
    assert find_settings(inner) == outer
    assert load_settings(outer).ignore == ("B10",)
    write(tmp_path / "a", "[tool.other]\n", "pyproject.toml")
    assert find_settings(inner) == outer
    own = write(tmp_path / "a", "fail-on = 'never'\n")
    assert find_settings(inner) == own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ignor = ['B1']", "ignor 没有这个设置；是否指 ignore？"),
        ("ignore = 'B1'", "ignore 应为文字的列表"),
        ("fail-on = 'fatal'", "fail-on 应为error、warning、info、never之一"),
        ("severity = 3", "severity 应为表 [severity]"),
        ("[severity]\nB1 = 'high'", "severity.B1 应为error、warning、info之一"),
        ("waivers = 1", "waivers 应为表 [[waivers]]"),
        (WAIVER.replace('by = "李四"\n', ""), "waivers[1].by 应为文字"),
        (WAIVER.replace("2026-03-31", '"2026-03-31"'), "waivers[1].on 应为日期"),
        (WAIVER.replace("= 4", "= [4]"), "waivers[1].figures.requests.received.total 应为数字"),
        (WAIVER.replace("reason", "because"), "waivers[1].reason 应为文字"),
        ("ignore = [", "不是有效的 TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(gischema.SettingsError) as error:
        load_settings(file)
    assert str(error.value).startswith(f"{file}：")
    assert words in str(error.value)
    assert error.value.message_en.isascii() or "waivers" in error.value.message_en


def test_the_search_ends_at_the_project(tmp_path: Path) -> None:
    """Settings above the root of version control are those of something else."""
    write(tmp_path, "ignore = ['B']")
    inner = tmp_path / "project" / "reports"
    inner.mkdir(parents=True)
    assert find_settings(inner) == tmp_path / "gischema.toml"
    (tmp_path / "project" / ".git").mkdir()
    assert find_settings(inner) is None
    own = write(tmp_path / "project", "ignore = ['B2']")
    assert find_settings(inner) == own


def test_the_search_ends_at_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "ignore = ['B']")
    inner = tmp_path / "home" / "reports"
    inner.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    assert find_settings(inner) is None
    own = write(tmp_path / "home", "ignore = ['B2']")
    assert find_settings(inner) == own


@pytest.mark.skipif(sys.platform == "win32", reason="owners")
@pytest.mark.parametrize("name", ["gischema.toml", "pyproject.toml"])
def test_settings_of_others_above_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Anyone may put a file into /tmp; in the working folder itself it is used."""
    text = "ignore = ['B']" if name == "gischema.toml" else "[tool.gischema]\nignore = ['B']"
    outer = write(tmp_path, text, name)
    inner = tmp_path / "work"
    inner.mkdir()
    assert search_settings(inner) == FoundSettings(outer)
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    passed = (outer,) if name == "gischema.toml" else ()  # every project has a pyproject.toml
    assert search_settings(inner) == FoundSettings(None, passed)
    assert search_settings(tmp_path) == FoundSettings(outer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = " + "[" * 5000 + "]" * 5000, "嵌套过深"),
        (".".join("a" * 400_000) + " = 1", "嵌套过深"),
        ("# " + "." * (9 * 2**20), "超过 8 MB"),
    ],
)
def test_settings_are_bounded(tmp_path: Path, text: str, words: str) -> None:
    """400,000 parts of one key took gigabytes."""
    file = write(tmp_path, text)
    with pytest.raises(gischema.SettingsError, match=words):
        load_settings(file)


def test_points_in_texts_are_not_nested(tmp_path: Path) -> None:
    reason = "." * 100
    file = write(tmp_path, f"# {reason}\n" + WAIVER.replace("已向上级说明", reason))
    (waiver,) = load_settings(file).waivers
    assert waiver.reason == reason
