"""Remove pinyin that a web page put in brackets after each character: `發(fā)布` → `發布`.

Only whole syllables of Mandarin count, in small letters, with at most one tone mark, directly after
an ideograph. A single letter without a tone mark, such as `(a)`, counts as a list mark unless it is
doubled: `(a)(a)`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase
from unicodedata import normalize

from .characters import is_ideograph
from .offsets import Edit, OffsetMap, rewrite

_FINALS = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "f": "a an ang ei en eng iao o ou u",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v ve",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "w": "a ai an ang ei en eng o u",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "": "ai an ang ao ei en eng er ou",
}
_SYLLABLES = frozenset(
    initial + final for initial, finals in _FINALS.items() for final in finals.split()
)
# Too short to differ from a list mark or a unit, unless there is a tone mark.
_ONLY_WITH_TONE = frozenset({"a", "e", "o", "m", "n", "ng"})

_TONES = "\u0300\u0301\u0304\u0306\u030c"  # a breve is often typed for the third tone
_PRECOMPOSED = "āáǎăàēéěĕèīíǐĭìōóǒŏòūúǔŭùǖǘǚǜüńňǹḿ"
_LETTERS = f"a-z{_PRECOMPOSED}ɑɡ{_TONES}\u0308"
_ALL_LETTERS = frozenset(ascii_lowercase + _LETTERS[3:])
_LOOKALIKES = str.maketrans("ɑɡ", "ag")

_BRACKET = rf" *\( *(?:[{_LETTERS}] *){{1,8}}\)"  # converters put blanks anywhere
_BRACKETS = re.compile(rf"{_BRACKET}(?:{_BRACKET})*")


@lru_cache(maxsize=4096)
def is_pinyin(letters: str) -> bool:
    """Return True if `letters` are one syllable of pinyin, with or without its tone."""
    spelled = normalize("NFD", letters.translate(_LOOKALIKES)).replace("u\u0308", "v")
    plain = "".join(letter for letter in spelled if letter not in _TONES)
    tones = len(spelled) - len(plain)
    return tones <= 1 and (plain in _SYLLABLES or (tones == 1 and plain in _ONLY_WITH_TONE))


def _pinyin_length(brackets: str) -> int:
    """Return the length of the pinyin at the start of a run of brackets."""
    length = 0
    runs = brackets.split(")")[:-1]
    held = ["".join(run.split())[1:] for run in runs]
    for position, letters in enumerate(held):
        doubled = letters in _ONLY_WITH_TONE and letters in (
            *held[max(position - 1, 0) : position],
            *held[position + 1 : position + 2],
        )
        if not doubled and not is_pinyin(letters):
            break
        length += len(runs[position]) + 1
    return length


def _pinyin(text: str) -> Iterator[Edit]:
    for found in _BRACKETS.finditer(text):
        start = found.start()
        if start and is_ideograph(text[start - 1]):
            length = _pinyin_length(found[0])
            if length:
                yield start, start + length, ""


def remove_pinyin(text: str, present: set[str]) -> tuple[str, OffsetMap | None]:
    """Remove pinyin in brackets wherever it follows an ideograph."""
    if "(" not in present or present.isdisjoint(_ALL_LETTERS):
        return text, None
    return rewrite(text, _pinyin(text))
