"""Chinese numerals: 十二, 二〇二二, 贰拾, 3万.

Everyday and formal numerals follow the national standard for numbers in publications,
GB/T 15835-2011 (出版物上数字用法).
"""

from __future__ import annotations

from collections.abc import Mapping

ONE_TO_TEN = "一二三四五六七八九十"
"""The numerals of enumerators, as the content of a character class."""

PLACE_VALUES: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000}
_CONTRACTED: Mapping[str, str] = {"廿": "二十", "卅": "三十"}
NUMERALS = "零〇一二两三四五六七八九" + "".join(PLACE_VALUES) + "".join(_CONTRACTED)
"""The everyday numerals below ten thousand."""

FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""The numerals of cheques (大写数字); zero is 零."""

MULTIPLES: Mapping[str, int] = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
"""What may stand between digits and their unit: 3万件."""

_WRITTEN_DIGITS = "〇一二三四五六七八九"
_TO_FORMAL = str.maketrans("一二三四五六七八九十百千", FORMAL)
_FORMAL_PLACES = dict(zip("拾佰仟", PLACE_VALUES.values(), strict=True))
_PLACES = {**PLACE_VALUES, **_FORMAL_PLACES}
_DIGITS = {
    character: digit
    for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for digit, character in enumerate(row)
} | {"两": 2}
_WRITTEN_OUT = str.maketrans(dict(_CONTRACTED))
_KNOWN = frozenset(_PLACES.keys() | _DIGITS)
_LIMIT = 10_000
_MAX_NUMERALS = 9  # 九千九百九十九 has seven, with a zero at each gap nine


def numeral_value(text: str) -> int | None:
    """Return the value of a Chinese number below ten thousand, or of digits in a row: 二〇二二.

    Returns:
        The number; None if the characters do not form one.
    """
    text = text.translate(_WRITTEN_OUT)
    if not text or len(text) > _MAX_NUMERALS or not _KNOWN.issuperset(text):
        return None
    if _PLACES.keys().isdisjoint(text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit, last = 0, None, _LIMIT
    for character in text:
        if character in _PLACES:
            place = _PLACES[character]
            if place >= last:
                return None
            total, last = total + (1 if digit is None else digit) * place, place
            digit = None
        elif digit and character != "零":
            return None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)


def plain_digits(digits: str | None, numerals: str | None, multiple: str | None) -> str:
    """Return a number as plain digits with an optional decimal point; empty if it is none.

    Args:
        digits: Arabic digits, which may hold commas and a point: 1,234.5.
        numerals: Chinese numerals, where there are no digits.
        multiple: One of `MULTIPLES` behind either.
    """
    times = MULTIPLES[multiple] if multiple else 1
    if digits is None:
        number = numeral_value(numerals or "")
        return "" if number is None else str(number * times)
    text = digits.replace(",", "")
    if times == 1:
        return text
    whole, point, part = text.partition(".")
    zeros = len(str(times)) - 1
    whole, part = whole + part[:zeros].ljust(zeros, "0"), part[zeros:]
    return whole + (point + part if part else "")


def in_words(number: int) -> str:
    """Return a number from 1 to 9999 in words, any other in digits: 十, 十一, 二十, 一百零一."""
    if not 0 < number < _LIMIT:
        return str(number)
    text, rest, gap = "", number, False
    for place, size in sorted(PLACE_VALUES.items(), key=lambda pair: -pair[1]):
        count, rest = divmod(rest, size)
        if count:
            text += "零" * (gap and bool(text)) + _WRITTEN_DIGITS[count] + place
            gap = False
        else:
            gap = True
    if rest:
        text += "零" * (gap and bool(text)) + _WRITTEN_DIGITS[rest]
    return text.removeprefix("一") if 10 <= number < 20 else text


def in_formal_words(number: int) -> str:
    """Return a number in the numerals of cheques: 壹拾贰."""
    return ("一" * (10 <= number < 20) + in_words(number)).translate(_TO_FORMAL)


def digit_by_digit(number: int) -> str:
    """Return the digits of a number as numerals: 二〇二二."""
    return "".join(_WRITTEN_DIGITS[int(digit)] for digit in str(number))
