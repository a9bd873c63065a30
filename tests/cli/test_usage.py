"""Errors of usage speak the chosen language, and nothing in an argument acts on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from gischema.cli.usage import usage_text

Run = Callable[..., Result]

WRONG: dict[tuple[str, ...], str] = {
    (): "Usage",
    ("check",): "缺少 FILE...",
    ("chekc",): "没有命令“chekc”",
    ("check", "x", "--format", "xml"): "--format：没有格式 xml；",
    ("check", "x", "--year", "abc"): "--year：“abc”不是整数",
    ("check", "x", "--year", "1"): "--year：1 不在范围内：2000<=x<=2100",
    ("check", "x", "--foo"): "没有选项 --foo；是否指 --form",
    ("check", "x", "--plugin", "/nowhere"): "--plugin：没有文件夹“/nowhere”",
    ("check", "x", "--form"): "选项 --form 后面要有一个值",
    ("check", "x", "--excel=1"): "选项 --excel 不带值",
    ("check", "x", "--excel", "--format", "json"): "--excel 只用于 CSV",
    ("explain", "B1", "B2"): "多余的参数：B2",
    ("explain", "B99"): "CODE：没有代码 B99；是否指 ",
    ("new", "rule", "b", "--form", "q"): "没有表式 q；",
    ("check", "x", "y", "--previous", "z"): "只能用于一份报告",
    ("check", "x", "--series", "--previous", "z"): "--series 自行配对",
    ("figures", "x", "--format", "xml"): "--format：没有格式 xml；",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_chinese(run: Run, reports: Path, arguments: tuple[str, ...]) -> None:
    """How the command is called, what is wrong, where help is; the status is 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert WRONG[arguments] in result.output
    if arguments:
        assert result.stdout == ""
        words = result.stderr.replace("FILE", "").replace("CSV", "").replace("OPTIONS", "")
        assert not any(word in words for word in ("Error", "Invalid", "Usage", "Missing", "Try"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "--lang", "en"), "Missing argument 'FILE...'."),
        (("check", "x", "--lang=en", "--form"), "Option '--form' requires an argument."),
        (("chekc", "--lang", "en"), "No such command 'chekc'."),
        (("check", "x", "y", "--previous", "z", "--lang", "en"), "go with one report"),
        (("check", "x", "--lang", "en", "--excel", "--format", "json"), "goes with CSV only"),
        (("forms", "nowhere", "--lang", "en"), "no form 'nowhere'"),
        (("check", "x", "--select", "Z9", "--lang", "en"), "there is no rule Z9"),
    ],
)
def test_english(run: Run, reports: Path, arguments: tuple[str, ...], words: str) -> None:
    """`--lang` counts wherever it stands, also where the other arguments cannot be used."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.isascii()


def test_the_locale_counts_without_an_option(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "Missing argument" in run("check").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("\x1b[31m\n\u202e",),
        ("check", "x", "--form", "\x1b[31m\u202e"),
        ("check", "x", "--format", "\x1b[31m\u202e"),
        ("check", "x", "--\x1b[31m\u202e"),
        ("explain", "\x1b[31m\u202e"),
        ("check", "x", "--plugin", "/\x1b[31m\u202e"),
    ],
)
def test_nothing_in_an_argument_acts(run: Run, reports: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr
    assert "\\x1b[31m" in result.stderr


def test_an_unknown_message_stays() -> None:
    """A message of click that has no Chinese wording is better than none."""
    assert usage_text(click.UsageError("brand new"), "zh") == "gischema: brand new\n"
