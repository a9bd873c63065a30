"""The words of unknown tables, read from `grammars/terms.toml`, and English names made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from attrs import frozen

from gischema.forms import grammar_folder
from gischema.forms.labels import squeeze

_MOST = 4  # words of a name
_LONGEST = 40  # characters of a name
_COUNTER = "件"
_NAME = re.compile(r"[^a-z0-9]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@frozen
class Terms:
    """The words of column heads, of totals and units, and the English names of others."""

    heads: Mapping[str, Any]
    totals: Mapping[str, list[str]]
    units: Mapping[str, list[str]]
    names: Mapping[str, str]

    def is_head(self, words: str) -> bool:
        """Return True for a head that names the rows, their units, codes or only figures."""
        return any(self.is_head_of(kind, words) for kind in ("name", "unit", "code", "figures"))

    def is_head_of(self, kind: str, words: str) -> bool:
        """Return True for a head of a kind: `name`, `unit`, `code` or `figures`."""
        return words in self.heads[kind]

    def is_cumulative(self, words: str) -> bool:
        """Return True for the head of a column that counts all periods so far."""
        return str(self.heads["cumulative"]) in words

    def is_total(self, words: str) -> bool:
        """Return True for the label of a row that adds up those before it."""
        return words in self.totals["total"]

    def unit_of(self, words: str) -> str:
        """Return the unit that a label implies where none is printed."""
        ends = [(end, unit) for unit, all_ends in self.units.items() for end in all_ends]
        fitting = [(len(end), unit) for end, unit in ends if words.endswith(end)]
        return max(fitting)[1] if fitting else _COUNTER

    def name(self, label: str) -> str:
        """Return an English name for a label: words of the field, pinyin for the rest."""
        words: list[str] = []
        for word in self._words(squeeze(label)):
            words += [one for one in word.split("_") if one not in words]
        name = _NAME.sub("_", "_".join(words[:_MOST]).lower())[:_LONGEST].strip("_")
        return f"n_{name}" if name[:1].isdigit() else name

    def _words(self, text: str) -> Iterator[str]:
        at, rest = 0, ""
        longest = max(map(len, self.names))
        while at < len(text):
            ends = range(min(len(text), at + longest), at, -1)
            end = next((end for end in ends if text[at:end] in self.names), None)
            if end is None:
                rest += text[at]
                at += 1
                continue
            yield from _spelled(rest)
            rest = ""
            if word := self.names[text[at:end]]:
                yield word
            at = end
        yield from _spelled(rest)


def _spelled(text: str) -> Iterator[str]:
    """Yield a text in pinyin, one word for each run of characters.

    Without the package pypinyin (extra `new`) Chinese characters are left out.
    """
    if not text:
        return
    try:
        from pypinyin import lazy_pinyin  # an extra, and 100 ms
    except ModuleNotFoundError:
        yield from _CHINESE.sub(" ", text).split()
        return
    yield "".join(lazy_pinyin(text))


@lru_cache(maxsize=1)
def field_terms() -> Terms:
    """Return the words of the field."""
    tables = tomllib.loads((grammar_folder() / "terms.toml").read_text(encoding="utf-8"))
    return Terms(tables["heads"], tables["totals"], tables["units"], tables["terms"])
