"""Bring a source text to its normal form."""

from .characters import replace_characters
from .enumerators import expand_marks, settle_dots, settle_zeros
from .invisible import settle_lines
from .normal_text import NormalText
from .pinyin import remove_pinyin
from .simplified import simplify
from .written_out import read_written_out

_WRITES_OUT = ("\\u", "&#", "%E", "%e")
"""What a text in ASCII may write out Chinese characters with."""


def normalise(source: str) -> NormalText:
    """Return the normal form of `source`, with the way back to every offset.

    It takes any string, damaged ones (lone surrogates, control characters) included, and never
    raises. Text in normal form comes back unchanged.

    Two things stay on purpose: `?`, which may be a question mark or what is left of a lost byte,
    and `0` between Chinese numerals, which may be a figure.
    """
    plain = source.isascii() and source.isprintable()
    if plain and not any(sign in source for sign in _WRITES_OUT):
        return NormalText(source, source)
    # The steps get the set of characters, so that a step with nothing to do costs
    # nothing; a superset is enough.
    text, maps = read_written_out(source, set(source))
    text, present = replace_characters(text, set(text))
    for step in (settle_lines, remove_pinyin, expand_marks):
        text, offsets = step(text, present)
        if offsets is not None:
            maps.append(offsets)
    text = simplify(text, present)
    # These steps come last: they need the final neighbours of a character.
    text = settle_dots(text, present)
    text = settle_zeros(text, present)
    return NormalText(source, text, tuple(maps))
