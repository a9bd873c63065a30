"""Traditional to simplified: the same as OpenCC, without its cost."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gischema.text import normalise, simplified
from gischema.text.dictionary import Dictionary, installed_dictionary
from gischema.text.simplified import in_step, look_up, opencc


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    """Return the installed dictionary, or skip the test."""
    found = installed_dictionary()
    if found is None:
        pytest.skip("the installed OpenCC keeps no dictionary as text")
    return found


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("規範性文件、統計指標", "规范性文件、统计指标"),
        ("其他主動公開檔案", "其他主动公开档案"),
        ("全麵、體係、方麵、答複", "全面、体系、方面、答复"),
        ("反覆答覆", "反复答复"),
        ("乾隆年間乾涸", "乾隆年间干涸"),
        ("⻑期⾞輛", "长期车辆"),
        ("软件、服务器、信息", "软件、服务器、信息"),
    ],
)
def test_simplified(source: str, normal: str) -> None:
    """Characters are simplified, mainland words are not rewritten."""
    assert normalise(source).text == normal


def test_every_entry_as_opencc_has_it(dictionary: Dictionary) -> None:
    """Each character and each phrase of the dictionary comes out as OpenCC gives it."""
    for entries in (dictionary.characters, dictionary.phrases):
        text = ",".join(entries)
        assert look_up(text, set(text), dictionary) == opencc()(text)


def mixtures(dictionary: Dictionary) -> st.SearchStrategy[str]:
    """Draw from few entries of the dictionary at a time, so that phrases meet and overlap."""
    tokens = (*dictionary.characters, *dictionary.phrases, *dictionary.kept, *"年报告5 ,\n")

    def texts(few: list[str]) -> st.SearchStrategy[str]:
        pieces = few + [token[start:] for token in few for start in range(1, len(token))]
        return st.lists(st.sampled_from(pieces), max_size=25).map("".join)

    return st.lists(st.sampled_from(tokens), min_size=1, max_size=6).flatmap(texts)


@given(st.data())
def test_same_as_opencc(dictionary: Dictionary, data: st.DataObject) -> None:
    """On any mixture of the dictionary's characters and phrases the short cut is exact."""
    text = data.draw(mixtures(dictionary))
    assume(not any(phrase in text for phrase in dictionary.kept))
    assert look_up(text, set(text), dictionary) == opencc()(text)


@given(st.data())
def test_settled(dictionary: Dictionary, data: st.DataObject) -> None:
    """Simplified text is not simplified further, and no offset moves."""
    text = data.draw(mixtures(dictionary))
    once = simplified.simplify(text, set(text))
    assert len(once) == len(text)
    assert simplified.simplify(once, set(once)) == once


def test_simplified_names_survive(dictionary: Dictionary) -> None:
    """A phrase that OpenCC writes is left alone when it is read: 乾县 is a county."""
    assert normalise("乾縣").text == "乾县"
    assert normalise("乾县人民政府").text == "乾县人民政府"


def test_longest_phrase_first() -> None:
    """The longest phrase anywhere wins, then the leftmost; the rest goes by character."""
    phrases = {"甲乙": "12", "乙丙丁": "345", "丁戊": "67"}
    text = "甲乙丙丁戊甲乙"
    assert look_up(text, set(text), Dictionary({"甲": "a"}, phrases, frozenset())) == "a345戊12"


def test_without_a_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the dictionary cannot be read, OpenCC itself is called."""
    monkeypatch.setattr(simplified, "installed_dictionary", lambda: None)
    assert normalise("發(fā)布機構:薴 5").text == "发布机构:苎 5"
    assert normalise("5 £").text == "5 £"


@pytest.mark.parametrize(
    ("convert", "expected"),
    [
        (lambda text: text.replace("甲", "A"), "A乙\n乙丙A"),
        (lambda text: text.replace("甲", "A").replace("乙丙", "!"), "A乙\n乙丙A"),
        (lambda text: text.replace("丙", "C").replace("甲", "--"), "甲乙\n乙C甲"),
    ],
)
def test_offsets_survive_any_conversion(convert: Callable[[str], str], expected: str) -> None:
    """A conversion that changes the length is carried out by line, then by character."""
    assert in_step("甲乙\n乙丙甲", convert) == expected


def test_opencc_is_not_imported(dictionary: Dictionary) -> None:
    """With the dictionary at hand, no text at all makes us import OpenCC."""
    code = (
        "import sys; from gischema.text import normalise\n"
        "normalise('反覆發布'); sys.exit('opencc' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
