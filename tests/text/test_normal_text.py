"""The offsets and positions a `NormalText` gives."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from gischema.text import NormalText, normalise


def test_removed_text_behind_a_span_is_not_swallowed() -> None:
    """Pinyin belongs to a span only where it lies between two of its characters."""
    source = "總數(shù)據(jù):㈠12"
    normal = normalise(source)
    assert normal.text == "总数据:(一)12"
    assert source[slice(*normal.span(0, 2))] == "總數"
    assert source[slice(*normal.span(0, 3))] == "總數(shù)據"
    assert source[slice(*normal.span(3, 4))] == ":"
    assert source[slice(*normal.span(7, 9))] == "12"


def test_a_spelled_out_mark_leads_to_its_one_character() -> None:
    """Any part of `(一)` stands for the whole of `㈠`."""
    normal = normalise("甲㈠乙")
    assert [normal.to_source(index) for index in range(6)] == [0, 1, 1, 1, 2, 3]
    assert normal.span(2, 3) == (1, 2)
    assert normal.span(1, 4) == (1, 2)
    assert normal.span(2, 2) == (1, 1)


def test_several_changes_in_a_row() -> None:
    """Line breaks, invisible characters, pinyin and marks each keep the way back."""
    source = "\ufeff發(fā)\r\n⒈\u200b5件"
    normal = normalise(source)
    assert normal.text == "发\n1. 5件"
    assert [source[slice(*normal.span(i, i + 1))] for i in range(len(normal.text))] == [
        "發", "\r\n", "⒈", "⒈", "⒈", "5", "件",
    ]  # fmt: skip


def test_line_and_column() -> None:
    """Lines and columns are counted from 1, as editors do; a break belongs to the line it ends."""
    normal = normalise("甲乙\r\n\x0c丙\r丁\n")
    places = [normal.line_column(offset) for offset in range(len(normal.source) + 1)]
    assert places == [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 1),
        (3, 2),
        (4, 1),
    ]
    assert normalise("").line_column(0) == (1, 1)


@pytest.mark.parametrize("index", [-1, 3])
def test_offsets_outside(index: int) -> None:
    """An offset outside the text is a mistake of the caller, not something to guess."""
    normal = normalise("甲乙")
    with pytest.raises(IndexError):
        normal.to_source(index)
    with pytest.raises(IndexError):
        normal.line_column(index)
    with pytest.raises(IndexError):
        normal.span(min(index, 0), index)
    with pytest.raises(IndexError):
        normal.span(1, 0)


def test_empty_text() -> None:
    """An empty text, and one of which nothing is left, still lead back."""
    assert normalise("").span(0, 0) == (0, 0)
    nothing = normalise("\u200b\ufeff")
    assert (nothing.text, nothing.to_source(0), nothing.span(0, 0)) == ("", 2, (2, 2))


def test_a_value() -> None:
    """Normal texts compare by their texts, cannot be changed, and survive pickling."""
    normal = normalise("發(fā)布\r\n")
    again = pickle.loads(pickle.dumps(normal))
    assert again == normal == normalise("發(fā)布\r\n")
    assert hash(again) == hash(normal)
    assert again.span(1, 2) == normal.span(1, 2) == (5, 6)
    assert again.line_column(8) == (2, 1)
    with pytest.raises(AttributeError):
        normal.text = ""  # type: ignore[misc]
    assert repr(NormalText("Ａ", "A")) == "NormalText(source='Ａ', text='A')"


def test_threads() -> None:
    """Many threads at once get what one gets alone."""
    sources = [f"發(fā)布㈠{number}\r\n反覆乾縣" * 20 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(normalise, sources))
    assert results == [normalise(source) for source in sources]
