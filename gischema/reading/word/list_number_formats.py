"""Write numbers in the formats that Word has for numbered paragraphs."""

from __future__ import annotations

from collections.abc import Callable

from gischema.chinese.numerals import digit_by_digit, in_formal_words, in_words

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_LETTERS = 26
_MOST_ROMAN = 3999
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def format_number(number: int, style: str) -> str:
    """Return `number` in a number format of Word, in plain digits if it is out of range."""
    return _WRITTEN.get(style, str)(number)


def _roman(number: int) -> str:
    if number > _MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letter(number: int) -> str:
    """Return a letter: A to Z, then AA to ZZ."""
    times, at = divmod(max(number, 1) - 1, _LETTERS)
    return chr(ord("A") + at) * (times + 1) if times < 9 else str(number)


def _from(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def _one_of(words: str) -> Callable[[int], str]:
    return lambda number: words[number - 1] if 0 < number <= len(words) else str(number)


_WRITTEN: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "chineseCounting": in_words,
    "chineseCountingThousand": in_words,
    "japaneseCounting": in_words,
    "taiwaneseCounting": in_words,
    "taiwaneseCountingThousand": in_words,
    "ideographDigital": digit_by_digit,
    "japaneseDigitalTenThousand": digit_by_digit,
    "taiwaneseDigital": digit_by_digit,
    "chineseLegalSimplified": in_formal_words,
    "ideographLegalTraditional": in_formal_words,
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
}
