"""Short names of indicators, and the concept that a path belongs to.

Stata takes 32 characters. A name is made of the path alone, so it is the same in every release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from gischema.forms.concepts import Concept, concepts, generation_of

MAX_NAME = 32
"""The most characters of a short name."""

_SHORT = {
    "requests": "req", "disposed": "dsp", "received": "rcv", "refused": "ref", "granted": "grt",
    "partially": "part", "natural": "nat", "person": "pers", "commercial": "com",
    "research": "rsc", "social": "soc", "legal": "leg", "service": "svc", "other": "oth",
    "total": "tot", "processed": "proc", "unavailable": "unav", "administrative": "adm",
    "query": "qry", "enforcement": "enf", "internal": "int", "affairs": "aff",
    "deliberative": "delib", "security": "sec", "stability": "stab", "third": "thd",
    "party": "pty", "state": "st", "secret": "secr", "prohibited": "proh", "creation": "creat",
    "unclear": "uncl", "petition": "petn", "duplicate": "dup", "publication": "publ",
    "excessive": "exc", "confirmation": "conf", "correction": "corr", "overdue": "late",
    "reconsideration": "recon", "litigation": "litig", "review": "rev", "proactive": "pro",
    "channels": "chan", "carried": "carr", "answered": "ans", "government": "gov",
    "information": "info", "conferences": "conf", "interviews": "intv",
}  # fmt: skip
"""Short forms of the words of paths. They are published: none may change."""
_NAMED = {"proactive.normative_issued": "proactive_normative_docs_issued"}
"""Names of paths that would have the name of another."""
_HASH = 6


def short_name(path: str) -> str:
    """Return the short name of a path: at most 32 characters, `_` between its words."""
    if path in _NAMED:
        return _NAMED[path]
    words = path.replace(".", "_").split("_")
    name = "_".join(words)
    if len(name) > MAX_NAME:
        name = "_".join(_SHORT.get(word, word) for word in words)
    if len(name) > MAX_NAME:  # a path of a plugin, or a deep one: its end is made unique
        digest = hashlib.sha256(path.encode()).hexdigest()[:_HASH]
        name = f"{name[: MAX_NAME - _HASH - 1]}_{digest}"
    return name


def concept_of(form: str | None, path: str, year: int | None) -> str | None:
    """Return the name of the concept that a path states alone, on a form.

    Without a form, and on one that is not national, the national form of the year counts.
    """
    return _concepts_of(generation_of(form, year)).get(path)


@lru_cache(maxsize=16)
def _concepts_of(form: str) -> Mapping[str, str]:
    return {
        paths[0]: concept.name
        for concept in concepts()
        if len(paths := concept.paths.get(form) or concept.text.get(form, ())) == 1
    }


def panel_concepts() -> tuple[Concept, ...]:
    """Return the concepts that are columns of the panel, in their order."""
    return concepts()
