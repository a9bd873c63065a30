"""Read the traditional-to-simplified dictionary of the installed OpenCC as data.

The pure Python package keeps its dictionary in text files. Reading those takes under two
milliseconds; importing the package and converting one page with it takes twenty. The compiled
package keeps its dictionary in a binary form that is not read here.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

import attrs


@attrs.frozen
class Dictionary:
    """The replacements of OpenCC's `t2s`. None of them changes the length of a text."""

    characters: Mapping[str, str]
    """Every character that changes when no phrase claims it."""

    phrases: Mapping[str, str]
    """Phrases are looked up before single characters. Many of them stay as they are."""

    kept: frozenset[str]
    """Phrases that OpenCC writes but would spoil on reading them.

    乾縣 becomes 乾县, and 乾县 would become 干县. They count as phrases that stay as they are.
    """

    @cached_property
    def by_first(self) -> Mapping[str, list[str]]:
        """Return the phrases, kept ones included, under their first characters."""
        phrases = defaultdict(list)
        for phrase in (*self.phrases, *self.kept):
            phrases[phrase[0]].append(phrase)
        return dict(phrases)


def _entries(path: Path) -> dict[str, str]:
    """Return the keys and values of a file with one key and its values on each line."""
    # A key may have several values with blanks between them; the first one counts.
    words = re.sub(" .*", "", path.read_text(encoding="utf-8")).split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {key: value for key, value in pairs if len(key) == len(value)}


def _folder() -> Path | None:
    """Find the dictionary's folder without importing the package."""
    try:
        spec = find_spec("opencc")
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place, "dictionary")
        if (folder / "TSCharacters.txt").is_file() and (folder / "TSPhrases.txt").is_file():
            return folder
    return None


@cache
def installed_dictionary() -> Dictionary | None:
    """Return the installed dictionary, or `None` if it is not there as text."""
    folder = _folder()
    if folder is None:
        return None
    entries = _entries(folder / "TSCharacters.txt").items()
    characters = {key: value for key, value in entries if key != value}
    phrases = _entries(folder / "TSPhrases.txt")
    kept = frozenset(
        value
        for value in phrases.values()
        if value not in phrases and not characters.keys().isdisjoint(value)
    )
    return Dictionary(characters, phrases, kept)
