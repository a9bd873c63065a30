r"""Read what a program wrote out as text: `&nbsp;`, `\n`, `\u3000`, `<br>`, `%E4%BB%B6`, cells.

Pages that were copied from a source code, a JSON string, an address, a CSV file or a table of LaTeX
have them. What becomes of
them is never part of another one, so that a text in normal form stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from .offsets import Edit, OffsetMap, rewrite

_AMPERSAND = r"&(?:amp;){0,4}"
_LESS = rf"(?:<|{_AMPERSAND}lt;|\\+u003[cC])"
_MORE = rf"(?:>|{_AMPERSAND}gt;|\\+u003[eE])"
_BLANKS = "nbsp|ensp|emsp|thinsp|#32|#160|#8194|#8195|#12288|#x20|#xa0|#x3000"
_SIGNS = {"middot": "·", "ldquo": "“", "rdquo": "”", "mdash": "—", "hellip": "…", "times": "×"}
_WRITTEN_OUT = re.compile(
    rf"{_LESS}(?:/?(?P<row>br|p|div|tr|li|table|tbody)|(?P<cell>/t[dh])|/?(?:t[dh]|span|font|b|strong|o:p))"
    rf"(?:\s[^<>&\\]{{0,300}})?/?{_MORE}"
    rf"|(?<![0-9A-Za-z#&\\]){_AMPERSAND}#(?P<digit>4[89]|5[0-7]|x3[0-9]);"
    rf"|{_AMPERSAND}(?:(?P<blank>{_BLANKS})(?:;|(?![a-zA-Z0-9]))|(?P<sign>{'|'.join(_SIGNS)});"
    r"|#(?:x(?P<hexadecimal>[0-9a-f]{2,5})|(?P<decimal>\d{3,6}));)"
    r"|\\+(?:(?P<line>r\\+n|[nr](?![a-z]))|(?P<tab>t(?![a-z])|x09)|(?P<space>xa0)"
    r"|u(?P<code>[0-9a-f]{4}))",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<![/=&?#%])(?:%[0-9A-Fa-f]{2})+")
_TAIL = "%[89ABab][0-9A-Fa-f]"
_CHINESE = re.compile(rf"%[E-Fe-f][0-9A-Fa-f]{_TAIL}{_TAIL}")
_CHARACTER = re.compile(
    rf"%(?!25)[0-7][0-9A-Fa-f]|%[CDcd][0-9A-Fa-f]{_TAIL}|%[Ee][0-9A-Fa-f](?:{_TAIL}){{2}}"
    rf"|%[Ff][0-4](?:{_TAIL}){{3}}"
)
_UTF_8 = re.compile(rf"(?:{_CHARACTER.pattern})+")
_SEVERAL = 4  # runs with Chinese characters; one may be part of an address
_LATEX_ROW = re.compile(
    r"^(?=[^\n]*\d)[^\n\\&]*(?:&[^\n\\&]*)+(?P<end>\\\\[ \t]*(?:\\hline)?)[ \t]*$", re.MULTILINE
)
_LATEX_TEXT = re.compile(r"\$?\\(?:text|mathrm|mbox|textbf)\{([^{}\n]{1,40})\}\$?")
_FIRST = 0x80  # code point; the characters below may be part of something that is written out,
# but for digits that stand apart from what could be
_SURROGATES = range(0xD800, 0xE000)
_QUOTED_LINE = re.compile(r"""^[ \t\[(]*(["'])[^\n"']*\1[ \t\])]*[,;][^\n]*$""", re.MULTILINE)
_STRING = re.compile(r"""\A\s*(?:"|[{\[]).*?(?P<end>"[\s}\]]*)\Z""", re.DOTALL)
"""A text that ends in a string of JSON; `end` is its quote and what is behind it."""

_MARK = re.compile(r"""["',;\[\]]""")


def read_written_out(text: str, present: set[str]) -> tuple[str, list[OffsetMap]]:
    """Replace characters that are written out, and the quotes around cells.

    Args:
        text: The source.
        present: The characters in it.
    """
    maps: list[OffsetMap] = []
    for needed, any_of, edits in _STEPS:
        if present.issuperset(needed) and not present.isdisjoint(any_of):
            text, offsets = rewrite(text, edits(text))
            maps += [offsets] if offsets is not None else []
    return text, maps


def _percents(text: str) -> Iterator[Edit]:
    """Yield the characters of a text that is encoded as in an address, if several are Chinese."""
    runs = [run for run in _PERCENT.finditer(text) if _UTF_8.fullmatch(run[0])]
    if sum(_CHINESE.search(run[0]) is not None for run in runs) >= _SEVERAL:
        for run in runs:
            for one in _CHARACTER.finditer(text, *run.span()):
                yield *one.span(), unquote(one[0])


def _latex_rows(text: str) -> Iterator[Edit]:
    """Yield bars between the cells of a row of LaTeX."""
    for row in _LATEX_ROW.finditer(text):
        for place in range(row.start(), row.start("end")):
            if text[place] == "&":
                yield place, place + 1, "|"
        yield *row.span("end"), ""


def _latex_text(text: str) -> Iterator[Edit]:
    r"""Yield what commands of LaTeX set as text: `\text{件}`."""
    for words in _LATEX_TEXT.finditer(text):
        yield *words.span(), words[1]


def _characters(text: str) -> Iterator[Edit]:
    for found in _WRITTEN_OUT.finditer(text):
        character = _character(found)
        if character is not None:
            yield *found.span(), character


def _character(found: re.Match[str]) -> str | None:
    """Return what is meant, None if the text is to stay as it is."""
    if found["line"] or found["row"]:
        return "\n"
    if found["tab"] or found["cell"]:
        return "\t"
    if found["sign"]:
        return _SIGNS[found["sign"].lower()]
    if digit := found["digit"]:
        return chr(int(digit[1:], 16) if digit[0] in "xX" else int(digit))
    if code := found["hexadecimal"] or found["code"]:
        number = int(code, 16)
    elif found["decimal"]:
        number = int(found["decimal"])
    else:
        return " " if found["blank"] or found["space"] else ""
    if number < _FIRST or number > 0x10FFFF or number in _SURROGATES:
        return None
    return chr(number)


def _quotes(text: str) -> Iterator[Edit]:
    """Yield bars in the place of what stands between cells in quotes, lines between lists."""
    lines = list(_QUOTED_LINE.finditer(text))
    for line in lines:
        quote, last = "", ""
        for found in _MARK.finditer(line[0]):
            mark = found[0]
            if quote:
                quote = "" if mark == quote else quote
                new = mark if quote else ""
            elif mark in "\"'":
                quote, new = mark, ""
            else:
                new = ("\n" if last == "]" else " | ") if mark in ",;" else ""
                last = mark
            if new != mark:
                yield line.start() + found.start(), line.start() + found.end(), new
    string = _STRING.match(text)
    if string is not None and not (lines and lines[-1].end() > string.start("end")):
        yield *string.span("end"), "\n"


_STEPS = (
    ("%", "89ABEab", _percents),
    ("\\&", "&", _latex_rows),
    ("\\{", "{", _latex_text),
    ("", "&\\<", _characters),
    ("", "\"'", _quotes),
)
"""What is looked for, in order, in a text with the first signs and any of the second."""
