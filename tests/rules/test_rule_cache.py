"""The cache of parsed rule files: as good as parsing, whatever lies in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema.rules import rule_cache

TEXT = """rule X1 bound error
  title "甲" / "a" message "甲" / "a" source "甲" practice forms stat-2014 since 0.1
  check fees >= 0
"""


@pytest.fixture
def file(tmp_path: Path, own_cache: Path) -> Path:
    """A file of rules, and an empty cache."""
    path = tmp_path / "mine.rules"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_file_is_parsed_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is parsed, and the rules are equal."""
    first = rule_cache.load_rules(file)
    monkeypatch.setattr(rule_cache, "_parsed", None)
    assert rule_cache.load_rules(file) == first


def test_a_changed_file_is_parsed_again(file: Path) -> None:
    """What the cache holds counts only for the very same text."""
    rule_cache.load_rules(file)
    file.write_text(TEXT.replace("X1", "X2"), "utf-8-sig")
    assert [rule.code for rule in rule_cache.load_rules(file)] == ["X2"]


def test_rules_keep_the_names_of_their_files(file: Path) -> None:
    """Two files of one text are two files in the place that a rule states."""
    copy = file.with_name("copy.rules")
    copy.write_bytes(file.read_bytes())
    places = [rule.file for rule in rule_cache.load_rules(file, copy, file)]
    assert places == [str(file), str(copy), str(file)]


def test_a_missing_file_is_still_an_error(file: Path) -> None:
    """The cache hides no error of the file itself."""
    rule_cache.load_rules(file)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        rule_cache.load_rules(file)
