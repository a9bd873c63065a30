"""Plugins as small objects, and a variant in a plain folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from gischema.hooks import hookimpl

VARIANT = """
// form: stat-2014+test
// years: 2014–2018
// basis: 青禾办〔2015〕3号

%import .stat_2014 (start, _section)

%extend _section: FERRY_LETTERS
FERRY_LETTERS: "八、渡口意见箱来信数 | 件"
"""

RULES = """
forms  stat-2014+test
source "青禾办〔2015〕3号" practice
since  0.1

rule T1 bound warning
  title   "意见箱来信数不超过公开数"
        / "no more letters than items disclosed"
  check   ferry_letters <= proactive.disclosed
  message "来信{left}，公开{right}"
        / "{left} letters, {right} items"
  passes  ferry_letters = 1, proactive.disclosed = 2
  fails   ferry_letters = 3, proactive.disclosed = 2
"""

PAGE = """青禾市2016年政府信息公开工作年度报告
统计指标 | 单位 | 统计数 |
一、主动公开情况 | | |
（一）主动公开政府信息数 | 条 | 12 |
三、依申请公开情况 | | |
（一）收到申请数 | 件 | 3 |
2．传真申请数 | 件 | 1 |
七、渡口意见箱来信数 | 件 | 14 |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a variant and a rule."""
    home = tmp_path / "ferry"
    home.mkdir()
    (home / "stat_2014+test.lark").write_text(VARIANT, encoding="utf-8")
    (home / "ferry.rules").write_text(RULES, encoding="utf-8")
    return home


def plugin(name: str, /, *, version: str | None = None, **hooks: Callable) -> SimpleNamespace:
    """An object that implements the given hooks."""
    marked = {hook: hookimpl(function) for hook, function in hooks.items()}
    return SimpleNamespace(__name__=name, __version__=version, **marked)
