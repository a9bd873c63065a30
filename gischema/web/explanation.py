"""The explanation of a rule or a doubt as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gischema.output.viewer.markup import text

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.output.language import Lang

_MARKS = {"## ": "h3", "- ": "p"}
"""The elements for lines that begin with a mark; the other lines are paragraphs."""


def explanation(code: str, engine: Gischema, lang: Lang) -> str:
    """Return what `gischema explain` says about a code, without its title.

    Raises:
        UnknownName: The code is unknown.
    """
    lines = engine.explain(code, lang).splitlines()[1:]
    return "".join(_line(line.strip()) for line in lines if line.strip())


def _line(line: str) -> str:
    mark = next((each for each in _MARKS if line.startswith(each)), "")
    return text(_MARKS.get(mark, "p"), line.removeprefix(mark))
