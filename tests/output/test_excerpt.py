"""A source line is shown with its marks under the right characters, however wide they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gischema.output.columns import aligned, clean, cut, pad, width
from gischema.output.excerpt import OTHER, Mark, excerpt, same_line

TEXT = "表头\r\n4.保护第三方合法权益 | 21 | 1 | 13 |\n末行"


def test_caret_stands_under_the_figure() -> None:
    """A Chinese character takes two columns, so the caret does not drift."""
    at = TEXT.index("13")
    line, signs = excerpt(TEXT, [Mark(at, at + 2)], 80)
    assert line == "4.保护第三方合法权益 | 21 | 1 | 13 |"
    assert signs == " " * width(line[: line.index("13")]) + "^^"


def test_other_operands_of_the_line_are_marked_too() -> None:
    """The main figure gets carets, others on its line dashes, those on other lines nothing."""
    spans = [TEXT.index("13"), TEXT.index("21"), TEXT.index("末")]
    marks = [Mark(spans[0], spans[0] + 2), *(Mark(s, s + 2, OTHER) for s in spans[1:])]
    line, signs = excerpt(TEXT, marks, 80)
    assert signs == " " * width(line[: line.index("21")]) + "--       ^^"


def test_a_blank_cell_has_a_caret() -> None:
    """An empty span is still pointed at, also at the end of its line."""
    assert excerpt("甲||", [Mark(2, 2)], 80) == ("甲||", "   ^")
    assert excerpt("甲|\n", [Mark(2, 2)], 80) == ("甲|", "   ^")


@pytest.mark.parametrize("columns", [20, 41, 80])
def test_a_long_line_is_cut_around_the_figure(columns: int) -> None:
    """The window holds the figure, more of what precedes it, and ellipses where it was cut."""
    text = "前文" * 5000 + "收到申请65件" + "后文" * 5000
    at = text.index("65")
    line, signs = excerpt(text, [Mark(at, at + 2)], columns)
    assert width(line) <= columns
    assert line[0] == line[-1] == "…"
    assert "申请65件" in line
    assert signs == " " * width(line[: line.index("65")]) + "^^"
    assert line.index("65") >= len(line) // 2


@given(
    st.text(st.sampled_from("甲a1 |\n\r\t\u0301\u3000\x1b\u200b“"), max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(10, 40),
)
def test_any_span_of_any_text(text: str, start: int, length: int, columns: int) -> None:
    """Nothing that a page holds breaks the excerpt, its width, or the terminal."""
    start = min(start, len(text))
    end = min(start + length, len(text))
    line, signs = excerpt(text, [Mark(start, end)], columns)
    assert width(line) <= columns
    assert clean(line) == line
    assert signs.strip().strip("^") == ""
    assert "^" in signs
    assert width(signs) <= width(line) + 1


def test_same_line() -> None:
    """Both kinds of line break part two offsets."""
    assert same_line("ab", 0, 1)
    assert not same_line("a\rb", 2, 0)
    assert not same_line("a\nb", 0, 2)


def test_columns() -> None:
    """Widths, padding and cutting count columns, not characters."""
    assert [width(t) for t in ("ab", "申请", "“申”", "e\u0301")] == [2, 4, 4, 1]
    assert pad("申", 4) + "|" == "申  |"
    assert pad("申", 4, right=True) == "  申"
    assert cut("申请公开", 8) == "申请公开"
    assert cut("申请公开", 7) == "申请公…"
    assert cut("申请 公开", 6) == "申请…"
    assert aligned([["甲", "1"], ["a", "10"]], right=[1]) == "甲   1\na   10\n"


def test_nothing_printed_moves_the_cursor() -> None:
    """Control characters of a page never reach the terminal."""
    assert clean("a\x1b[2J\tb\u202ec\xa0d\u3000") == "a\ufffd[2J b\ufffdc d\u3000"
