"""Properties that hold for every text, however damaged."""

import re
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from gischema.text import normalise
from gischema.text.dictionary import Dictionary
from gischema.text.simplified import look_up, simplify

PIECES = (
    *"一二三〇○◯O年甲乙人⼈⻋麼么乾縣坤於薴徵調苧覆反發1259０５.．·•,，:： 　-－()（）aeＡ?",
    *"①⑴⒈⒑㈠㊀㉑\t\n\r\x0b\x0c\x85\u2028\x00\x07\x1c\x1d\x1e\x1f\x7f\u200b\ufeff\xad\ufe00",
    *"\ufffd\ud800\udc00",
    "(wen)", "（fā）", "(a)", "(ē)", "(lv)", "(app)", "(", "wen", "fa\u0304", ")", "\r\n",
    "乾县", "二O",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(
    st.characters(), max_size=20
)
"""Difficult texts: everything that the normal form changes, in any order."""

REMOVABLE = frozenset(" \u3000\xa0()（）aeＡwenfāēlv\u0304\x00\x7f\u200b\ufeff\xad\ufe00")
CHANGED_BESIDE_OTHERS = {
    ("○", "〇"),
    ("◯", "〇"),
    ("O", "〇"),
    ("·", "."),
    ("•", "."),
    ("覆", "复"),
    ("\ufffd", " "),  # it stays where it is all that a cell holds
}


@given(TEXTS)
@example("文(a)(wen)(a)(a)")
@example("二O秊")
@example("薴麼乾縣")
@example("⒈(yī)5")
def test_idempotent(source: str) -> None:
    """The normal form of a normal form is itself."""
    once = normalise(source).text
    assert normalise(once).text == once


@given(TEXTS)
def test_the_way_back(source: str) -> None:
    """Spans run from left to right and hold at least one character each."""
    normal = normalise(source)
    spans = [normal.span(index, index + 1) for index in range(len(normal.text))]
    assert [start for start, _ in spans] == [normal.to_source(index) for index in range(len(spans))]
    assert all(0 <= start < end <= len(source) for start, end in spans)
    for (start, end), (next_start, next_end) in pairwise(spans):
        assert (start, end) == (next_start, next_end) or end <= next_start
    assert normal.to_source(len(normal.text)) == len(source)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_character_comes_from_its_source(source: str) -> None:
    """A normal character is what its source alone becomes; only what may go is skipped."""
    normal = normalise(source)
    done = 0
    for index, character in enumerate(normal.text):
        start, end = normal.span(index, index + 1)
        alone = source[start:end]
        assert (
            character in normalise(alone).text
            or (alone, character) in CHANGED_BESIDE_OTHERS
            or (alone in "⒈⒑" and character == " ")
            or alone in "麼么乾於徵調苧薴縣"  # phrases decide
        )
        assert REMOVABLE.issuperset(source[done:start])
        done = max(done, end)
    assert REMOVABLE.issuperset(source[done:])


@given(TEXTS, st.data())
def test_spans_add_up(source: str, data: st.DataObject) -> None:
    """A span begins where its first character begins and ends where its last one ends."""
    normal = normalise(source)
    end = data.draw(st.integers(0, len(normal.text)))
    start = data.draw(st.integers(0, end))
    if start == end:
        assert normal.span(start, end) == (normal.to_source(start),) * 2
    else:
        first, last = normal.span(start, start + 1), normal.span(end - 1, end)
        assert normal.span(start, end) == (first[0], last[1])


@given(TEXTS)
def test_lines_are_those_of_editors(source: str) -> None:
    """Carriage returns and line feeds count, and nothing else that parts cells as they do."""
    normal = normalise(source)
    ends = [found.end() for found in re.finditer("\r\n?|\n", source)]
    for offset in range(len(source) + 1):
        begun = [end for end in ends if end <= offset]
        assert normal.line_column(offset) == (len(begun) + 1, offset - max(begun, default=0) + 1)
    assert normal.text.count("\n") >= len(ends)


def test_a_dictionary_that_goes_round_in_circles() -> None:
    """Whatever a dictionary says, simplifying ends."""
    circle = Dictionary({"甲": "乙", "乙": "甲"}, {}, frozenset())
    assert look_up("甲乙", set("甲乙"), circle) == "乙甲"
    assert simplify("", set()) == ""
