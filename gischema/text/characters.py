"""Characters that stand for another one: width, punctuation, spaces, radicals.

Every entry replaces one character by one, so offsets stay. No replacement is itself replaced.
Dashes of box drawings stay: they are the rules of a table as often as a dash.
"""

from collections.abc import Mapping
from unicodedata import normalize

_IDEOGRAPHS = (
    ("\u3005", "\u3005"), ("\u3007", "\u3007"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip

_ALIKE = {
    " ": "\xa0\u1680\u202f\u205f\u2800\u3000\u3164\u115f\u1160\uffa0\ufffc"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
    # These separate cells and records in old Word files. Removing them would join two
    # figures.
    "\t": "\x07\x1c\x1d\x1e\x1f",
    "-": "\u2010\u2011\u2012\u2013\u2212\u02d7",
    # Not the hyphen, since `——` means "not applicable".
    "—": "\u2015\u2e3a\u2e3b\ufe58",
    "|": "\u2502\u2503\u2551\u2223\uffe8\xa6\uffe4\u2758",
    "/": "\u2215\u2044",
    ":": "\u2236\ufe30\ua789",
    "~": "\u301c\u223c",
    "(": "\ufe35",
    ")": "\ufe36",
    "〔": "\ufe5d\ufe39\u2772",
    "〕": "\ufe5e\ufe3a\u2773",
    "。": "\uff61",
    "、": "\uff64",
    "・": "\uff65",
    "「": "\uff62",
    "」": "\uff63",
    "¥": "\uffe5",
}

# Radicals of simplified and variant shape. PDF extractors yield them for the character that
# looks the same, and Unicode does not decompose them (EquivalentUnifiedIdeograph).
_RADICALS = (
    "⺁厂⺄乙⺊卜⺌小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺜日⺝月⺞歺⺠民⺧牛⺩王⺫目⺬示⺶羊⺻聿"
    "⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)


def is_ideograph(character: str) -> bool:
    """Return True for a Chinese character."""
    return any(first <= character <= last for first, last in _IDEOGRAPHS)


_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_OFFSET = 0xFF01 - ord("!")

# Blocks where Unicode's own decomposition to a single character is right:
# CJK and Kangxi radicals, compatibility ideographs, small forms of punctuation.
_DECOMPOSED = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0xFE50, 0xFE70))


def _replacements() -> Mapping[str, str]:
    """Return which character is replaced by which."""
    table = {chr(code): chr(code - _FULL_WIDTH_OFFSET) for code in _FULL_WIDTH}
    for block in _DECOMPOSED:
        for code in block:
            plain = normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[chr(code)] = plain
    table.update(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
    for plain, others in _ALIKE.items():
        table.update(dict.fromkeys(others, plain))
    return table


REPLACEMENTS = _replacements()
"""The character that replaces each of these characters."""


def replace_characters(text: str, present: set[str]) -> tuple[str, set[str]]:
    """Replace every character that stands for another one.

    Args:
        text: The text.
        present: The set of its characters.

    Returns:
        The text and its set of characters, both after replacing.
    """
    replaced = present & REPLACEMENTS.keys()
    # Real text has few such characters: replacing them one by one is faster than
    # `str.translate`, which looks up every character.
    for character in replaced:
        text = text.replace(character, REPLACEMENTS[character])
    return text, present - replaced | {REPLACEMENTS[character] for character in replaced}
