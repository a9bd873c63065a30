"""Convert traditional to simplified characters, as OpenCC's `t2s` does.

Only `t2s` is used: `tw2sp` would rewrite mainland words, 规范性文件 to 规范性文档. If OpenCC's
dictionary is installed as text, it is applied here, with the same result and a hundred times as
fast. If not, OpenCC is called.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from .dictionary import Dictionary, installed_dictionary

# A simplified character may be in the dictionary again (薴 → 苧 → 苎). Two rounds settle
# every known entry; the limit is for a dictionary with a cycle.
_ROUNDS = 4

_FIRST_IDEOGRAPH = "\u3400"


def simplify(text: str, present: set[str]) -> str:
    """Return `text` in simplified characters; every character keeps its offset.

    `present` holds at least all single characters of `text`.
    """
    dictionary = installed_dictionary()
    for _ in range(_ROUNDS):
        if dictionary is not None:
            simplified = look_up(text, present, dictionary)
        elif max(present, default="") >= _FIRST_IDEOGRAPH:
            simplified = in_step(text, opencc())
        else:
            return text
        if simplified == text:
            break
        text, present = simplified, set(simplified)
    return text


def look_up(text: str, present: set[str], dictionary: Dictionary) -> str:
    """Return `text` with all phrases, then all other characters, replaced once."""
    phrases = _phrases_in(text, present, dictionary)
    if not phrases and dictionary.characters.keys().isdisjoint(present):
        return text
    replacements = dictionary.characters
    # A full table, since `str.translate` is slow for characters that are missing.
    result = text.translate({ord(char): replacements.get(char, char) for char in present})
    pieces: list[str] = []
    done = 0
    for start, end in _places(text, phrases):
        phrase = text[start:end]
        pieces += (result[done:start], dictionary.phrases.get(phrase, phrase))
        done = end
    return "".join((*pieces, result[done:])) if pieces else result


def _phrases_in(text: str, present: set[str], dictionary: Dictionary) -> list[str]:
    """Return the phrases that occur in `text`, longest first."""
    starts = dictionary.by_first
    found = [
        phrase
        for first in present & starts.keys()
        for phrase in starts[first]
        if present.issuperset(phrase) and phrase in text
    ]
    return sorted(found, key=len, reverse=True)


def _places(text: str, phrases: list[str]) -> list[tuple[int, int]]:
    """Return where phrases are replaced: the longest anywhere first, then from the left."""
    places: list[tuple[int, int]] = []
    taken = bytearray(len(text))
    hits = [(-len(phrase), start) for phrase in phrases for start in _all_starts(text, phrase)]
    for negative_length, start in sorted(hits):
        end = start - negative_length
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            places.append((start, end))
    return sorted(places)


def _all_starts(text: str, phrase: str) -> list[int]:
    starts: list[int] = []
    start = text.find(phrase)
    while start >= 0:
        starts.append(start)
        start = text.find(phrase, start + 1)
    return starts


def in_step(text: str, convert: Callable[[str], str]) -> str:
    """Return `convert(text)`, converted in smaller pieces as far as needed to keep every offset."""
    converted = convert(text)
    if len(converted) == len(text):
        return converted
    if "\n" in text:
        return "\n".join(in_step(line, convert) for line in text.split("\n"))
    characters = (convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, characters, strict=True))


@cache
def opencc() -> Callable[[str], str]:
    """Return the `t2s` conversion of whichever OpenCC is installed."""
    convert: Callable[[str], str] = import_module("opencc").OpenCC("t2s").convert
    return convert
