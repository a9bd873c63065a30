"""What each indicator means, for the code book."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from gischema.corpus.names import concept_of
from gischema.forms import Form
from gischema.forms.concepts import concepts

_NONE = {"zh": "", "en": ""}


def indicator_meaning(form: Form, path: str) -> tuple[str, str]:
    """Return what an indicator of a form means, in Chinese and English; empty texts if it is open.

    A concept that the path states alone means the same; a column of a row with a total is a part
    of what the total means.
    """
    own = _own_meaning(form, path)
    if own is not None:
        return own
    row, _, column = path.rpartition(".")
    total = _own_meaning(form, f"{row}.total")
    beginnings = (begin for begin in _tables()["column"] if path.startswith(begin))
    words = _tables()["column"].get(next(beginnings, ""), {}).get(column, _NONE)
    if total is None:
        return "", ""
    return words["zh"].format(row=total[0]), words["en"].format(row=total[1])


def _own_meaning(form: Form, path: str) -> tuple[str, str] | None:
    name = concept_of(form.generation, path, form.years[0])
    if name is not None:
        concept = next(each for each in concepts() if each.name == name)
        return concept.meaning_zh, concept.meaning_en
    words = _tables()["indicator"].get(path)
    return None if words is None else (words["zh"], words["en"])


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("meanings.toml").read_text("utf-8"))
