"""Width, punctuation, spaces, radicals, line breaks and what prints nothing."""

import pytest

from gischema.text import normalise
from gischema.text.characters import REPLACEMENTS


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("（一）收到申请：１２件，占５０％；其他／无", "(一)收到申请:12件,占50%;其他/无"),
        ("ＯＡ系统［试行］", "OA系统[试行]"),
        ("﹙二﹚不予公开﹕3﹐4﹔5﹪", "(二)不予公开:3,4;5%"),
        ("1．国家秘密 2﹒商业秘密", "1.国家秘密 2.商业秘密"),
        ("﹝2019﹞60号、〔2021〕30号、❲2014❳32号", "〔2019〕60号、〔2021〕30号、〔2014〕32号"),
        ("【公开】“引号”《条例》", "【公开】“引号”《条例》"),
        ("件│1┃2｜3￨4║5", "件|1|2|3|4|5"),
        ("010－12−34–56‑78", "010-12-34-56-78"),
        ("不适用——无―", "不适用——无—"),
        ("a\u3000b\xa0c\u2009d\te", "a b c d\te"),
        ("⼈⺠政府⻔户，⻋辆", "人民政府门户,车辆"),
        ("\uf9b5如\uf967", "例如不"),
        ("买买提·艾力，3·15", "买买提·艾力,3·15"),
        ("??? 附", "??? 附"),
    ],
)  # fmt: skip
def test_characters_that_stand_for_another(source: str, normal: str) -> None:
    """Full-width, small, presentation and radical forms become the ordinary character."""
    assert normalise(source).text == normal


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"),
        ("甲\u2028乙\u2029丙\x0b丁\x0c戊\x85己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("甲\r\x0b乙", "甲\n\n乙"),
        ("\ufeff总\u200b计\xad数\x00\u2060", "总计数"),
        ("葛\U000e0100城", "葛城"),
        ("收到\ufffd\ufffd5", "收到 5"),
        ("收到\ud8005\udfff件", "收到 5 件"),
        ("1\ufffd2", "1 2"),
        ("1\x072\x1f3", "1\t2\t3"),
    ],
)
def test_breaks_and_invisible_characters(source: str, normal: str) -> None:
    """Every line break is one line feed; nothing unprintable is left; no figures are joined."""
    assert normalise(source).text == normal


def test_the_table_is_settled() -> None:
    """No replacement is itself replaced, so that the order of replacing does not matter."""
    assert REPLACEMENTS.keys().isdisjoint(REPLACEMENTS.values())
    assert all(len(old) == len(new) == 1 for old, new in REPLACEMENTS.items())


def test_plain_text_is_untouched() -> None:
    """Text in normal form comes back as the same text, without a map."""
    source = "一、总体情况\n2021年受理申请 7 件(次),占比 12.5%。"
    normal = normalise(source)
    assert normal.text == source
    assert [normal.to_source(index) for index in range(len(source) + 1)] == list(
        range(len(source) + 1)
    )
