"""The cache of parsed rule files: as good as parsing, whatever lies in it."""

from __future__ import annotations

import pytest

from gischema.rules import store

TEXT = """rule X1 bound error
  title "甲" / "a" message "甲" / "a" source "甲" practice forms stat-2014 since 0.1
  check fees >= 0
"""


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """An empty cache folder of its own."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(store, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.rules"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_file_is_parsed_once(file, kept, monkeypatch):
    """The second time nothing is parsed, and the rules are equal."""
    first = store.load_rules(file)
    monkeypatch.setattr(store, "_parsed", None)
    assert store.load_rules(file) == first
    assert [entry.suffix for entry in kept.iterdir()] == [".rules-cache"]


def test_a_changed_file_is_parsed_anew(file, kept):
    """What the cache holds counts only for the very same text."""
    store.load_rules(file)
    file.write_text(TEXT.replace("X1", "X2"), "utf-8-sig")
    assert [rule.code for rule in store.load_rules(file)] == ["X2"]
    assert len(list(kept.iterdir())) == 1


@pytest.mark.parametrize("cut", [0, 10, 40, -1])
def test_a_damaged_cache_is_no_cache(file, kept, cut):
    """Half a file, or an empty one, costs only the time to parse."""
    first = store.load_rules(file)
    (entry,) = kept.iterdir()
    entry.write_bytes(entry.read_bytes()[:cut])
    assert store.load_rules(file) == first
    assert store.load_rules(file) == first


def test_no_cache_folder_is_no_hindrance(file, monkeypatch, tmp_path):
    """Rules load where nothing can be kept, too."""
    monkeypatch.setattr(store, "cache_folder", lambda: None)
    assert [rule.code for rule in store.load_rules(file)] == ["X1"]
    monkeypatch.setattr(store, "cache_folder", lambda: tmp_path / "missing")
    assert [rule.code for rule in store.load_rules(file)] == ["X1"]
