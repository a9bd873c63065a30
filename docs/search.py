"""The search of the Chinese site: every two neighbouring characters are a word.

A query finds the pages that have all its pairs, wherever a dictionary would cut. (The Chinese
search of Sphinx 9 names a stemmer that does not exist, and finds nothing.)
"""

from __future__ import annotations

import re

from sphinx.search import SearchLanguage


class PairSearch(SearchLanguage):
    """Pairs of Chinese characters; Latin words as they are."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = r"""
var splitQuery = (query) =>
  [...query.matchAll(/[\u4e00-\u9fff]+|[\p{Letter}\p{Number}_]+?(?=[\u4e00-\u9fff]|[^\p{Letter}\p{Number}_]|$)/gu)]
    .flatMap(([run]) =>
      /[\u4e00-\u9fff]/.test(run) && run.length > 1
        ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
        : [run]);
"""
    _run = re.compile(r"[\u4e00-\u9fff]+|[^\W\u4e00-\u9fff]+")

    def split(self, input: str) -> list[str]:
        """Return the words of a text: pairs of characters, and single ones that stand alone."""
        return [word for run in self._run.findall(input) for word in _words(run)]

    def stem(self, word: str) -> str:
        """Return a word without capitals."""
        return word.lower()


def _words(run: str) -> list[str]:
    if run[0] < "\u4e00" or run[0] > "\u9fff" or len(run) == 1:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
