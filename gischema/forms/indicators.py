"""The names of indicators over the years, read from `indicators.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from gischema.forms.cache import cached

_PATHS = Mapping[str, Mapping[str, str]]


class TextIndicators(NamedTuple):
    """The paths under which running text states its indicators.

    Attributes:
        generations: The generations and their first years, in order.
        paths: The paths of an indicator by generation; one holds until a later one has its own.
        stated: Labels by path of what running text states under every form, in its tables or not.
        lacking: The indicators that a generation lacks, for those that reports without a form use.
        units: Units of what no table has, by the beginning of the path; empty where the printed
            one counts.
    """

    generations: Mapping[str, int]
    paths: _PATHS
    stated: Mapping[str, str]
    lacking: Mapping[str, frozenset[str]]
    units: Mapping[str, str]

    def generation(self, year: int | None) -> str:
        """Return the generation in force in a year, the first before it began."""
        first, *later = self.generations
        begun = [g for g in later if year is not None and self.generations[g] <= year]
        return begun[-1] if begun else first

    def path(self, indicator: str, generation: str) -> str | None:
        """Return the path of an indicator in a generation, None if it has none of its own."""
        known = self.paths.get(indicator)
        if known is None:
            return None
        order = list(self.generations)
        until = order[: order.index(generation) + 1]
        return next((known[one] for one in reversed(until) if one in known), None)

    def unit(self, path: str) -> str | None:
        """Return the unit of a path that no table has; None if it is the one that is printed."""
        beginnings = (begin for begin in self.units if path.startswith(begin))
        return self.units[max(beginnings, key=len)] or None


@lru_cache(maxsize=1)
def indicator_tables() -> Mapping[str, Any]:
    """Return the tables of `indicators.toml`, from the user's cache if it has not changed."""
    file = Path(__file__).parent / "indicators.toml"
    tables: Mapping[str, Any] = cached(dict, ("indicators", file), lambda: _read(file))
    return tables


def _read(file: Path) -> dict[str, Any]:
    import tomllib  # 3 ms, and the cache mostly has the result

    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def text_indicators() -> TextIndicators:
    """Return the names that running text uses."""
    tables = indicator_tables()
    lacking = {name: frozenset(words.split()) for name, words in tables["lacking"].items()}
    return TextIndicators(
        tables["generation"], tables["text"], tables["stated"], lacking, tables["unit"]
    )
