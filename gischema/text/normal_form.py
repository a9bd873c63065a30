"""The one function of this room: source text in, normal form out."""

from .characters import replace_characters
from .enumerators import expand_marks, settle_dots, settle_zeros
from .invisible import settle_lines
from .normal_text import NormalText
from .offsets import OffsetMap
from .pinyin import remove_pinyin
from .simplified import simplify


def normalise(source: str) -> NormalText:
    """Bring `source` to its normal form.

    Takes any string, damaged ones (lone surrogates, control characters) included, and
    never raises. Returns the normal form together with the way back to `source`. What
    is already in normal form comes back unchanged.

    Two things are deliberately left alone: `?`, which may be a question mark as well as
    what is left of a lost byte, and `0` between Chinese numerals, which may be a figure.
    """
    if source.isascii() and source.isprintable():
        return NormalText(source, source)
    # The steps ask which characters occur at all, so that a step with nothing to do
    # costs nothing; a superset is good enough.
    text, present = replace_characters(source, set(source))
    maps: list[OffsetMap] = []
    for step in (settle_lines, remove_pinyin, expand_marks):
        text, offsets = step(text, present)
        if offsets is not None:
            maps.append(offsets)
    text = simplify(text, present)
    # Last, because they look at the neighbours of a character as they finally are.
    text = settle_dots(text, present)
    text = settle_zeros(text, present)
    return NormalText(source, text, tuple(maps))
