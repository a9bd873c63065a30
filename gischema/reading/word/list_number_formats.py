"""Write numbers in the formats that Word has for numbered paragraphs."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
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


def chinese_numeral(number: int) -> str:
    """Return a number from 1 to 9999 as a Chinese numeral: 十、十一、二十、一百零一."""
    if not 0 < number < 10_000:
        return str(number)
    text, rest, gap = "", number, False
    for size, place in _PLACES:
        count, rest = divmod(rest, size)
        if count:
            text += "零" * (gap and bool(text)) + _DIGITS[count] + place
            gap = False
        else:
            gap = True
    if rest:
        text += "零" * (gap and bool(text)) + _DIGITS[rest]
    return text.removeprefix("一") if 10 <= number < 20 else text


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _legal(number: int) -> str:
    return ("一" * (10 <= number < 20) + chinese_numeral(number)).translate(_LEGAL)


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
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
}
