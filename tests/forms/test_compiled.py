"""Expressions that are kept compiled are the same, and where that fails they are made of the text."""

from __future__ import annotations

import pickle
import re
import sys

import pytest
from attrs import fields

from gischema.forms import compiled
from gischema.forms.cache import _pickled
from gischema.forms.compiled import reduced, restored
from gischema.narrative import national_grammar

TEXTS = (
    "2023年,本机关收到政府信息公开申请12件,其中自然人申请3.5万件;上年结转两件。",
    "本年度未收到依申请公开政府信息的请求。\n第一部分 Abc abc",
    "",
)
ODD = (
    re.compile(r"(?P<year>\d{4})年|(?P<month>[一二三])月|(x)"),
    re.compile(r"(?is)a.c|[^\u4e00-\u9fff]+?(?=公)|(?<!本)机关"),
    re.compile(r"^\w+$", re.MULTILINE | re.ASCII),
    re.compile(r"(a)?(?(1)b|c){2,5}+"),
)


def patterns() -> list[re.Pattern[str]]:
    """Those of the national grammar, and some others."""
    grammar = national_grammar()
    of_grammar = [grammar.telling, grammar.general, grammar.scanner._figures, grammar.scanner._gaps]
    for one in (grammar.lead, grammar.bodies):
        named = (getattr(one, member.name) for member in fields(type(one)))
        of_grammar += (value for value in named if isinstance(value, re.Pattern))
    return [*of_grammar, *ODD]


def found(pattern: re.Pattern[str]) -> list[tuple[object, ...]]:
    """All that an expression finds in some texts."""
    return [
        (match.span(), match.groupdict(), match.groups(), match.lastgroup)
        for text in TEXTS
        for match in pattern.finditer(text)
    ]


def assert_same(one: re.Pattern[str], other: re.Pattern[str]) -> None:
    """Two expressions that nothing tells apart."""
    assert (one.pattern, one.flags, one.groups) == (other.pattern, other.flags, other.groups)
    assert one.groupindex == other.groupindex
    assert found(one) == found(other)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.pattern[:20])
def test_what_is_kept_finds_the_same(pattern):
    """Groups, names and flags too, for any text."""
    kept = _pickled(pattern)
    assert b"restored" in kept
    assert_same(pickle.loads(kept), pattern)


def test_a_python_of_other_parts_keeps_the_text(monkeypatch):
    """Without the private parts of `re` an expression is pickled as ever."""
    monkeypatch.delattr(re, "_parser")
    monkeypatch.setitem(sys.modules, "re._parser", None)
    make, arguments = reduced(ODD[0])
    assert make is re.compile
    assert_same(make(*arguments), ODD[0])


def test_parts_that_work_in_another_way_keep_the_text(monkeypatch):
    """Neither does a compiler that gives something else."""
    for given in (None, ["text"], [-1], [1 << 40]):
        monkeypatch.setattr(re._compiler, "_code", lambda *_, given=given: given)  # type: ignore[attr-defined]
        assert reduced(ODD[0])[0] is re.compile


@pytest.mark.parametrize("spoilt", [b"", b"\0\0\0\0", b"\xff" * 64])
def test_code_that_the_engine_refuses_is_made_anew(spoilt):
    """It looks through what it is given before it runs it."""
    _, (text, flags, _, groups, names) = reduced(ODD[0])
    assert_same(restored(text, flags, spoilt, groups, names), ODD[0])


def test_an_engine_of_another_name_gets_the_text(monkeypatch):
    """A Python whose engine is called otherwise compiles as ever."""
    _, arguments = reduced(ODD[1])
    monkeypatch.setitem(sys.modules, "_sre", None)
    assert_same(compiled.restored(*arguments), ODD[1])
