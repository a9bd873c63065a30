"""The body that reports, where the title does not name it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from attrs import evolve

from gischema.chinese.body_names import LEVELS, NAME_CHARACTERS, BodyNames
from gischema.chinese.topic import TOPIC
from gischema.metadata.days import is_day_of_signature
from gischema.metadata.model import Metadata
from gischema.metadata.title import bare

_HEAD = 4000  # characters in which the contact is looked for
_PUBLISHER = re.compile(rf"[{NAME_CHARACTERS}]{{3,40}}")
_CONTACT = re.compile(
    rf"[请可](?:直接)?(?:与|联系|致电):?\s*([{NAME_CHARACTERS}]{{3,40}}?)"
    rf"(?:{TOPIC}|党政|综合|办公室|联系|[,;。(:]|\Z)"
)
_PARTY_BODY = re.compile(r"[\u4e00-\u9fff]{2,10}部(?!门)")  # 县委宣传部


def with_body(metadata: Metadata, lead: str | None, text: str, names: BodyNames) -> Metadata:
    """Return the metadata with the body that reports.

    Without one in the title, the first paragraph, the signature or the contact states it.

    Args:
        metadata: What title, page head and file state.
        lead: The body that the first paragraph states.
        text: The normal form of the text.
        names: What names of bodies look like.
    """
    if metadata.agency is None:
        answers = _body_that_answers(text, names)
        return evolve(metadata, agency=_full_name(lead, answers) or answers)
    if metadata.title is None:
        return evolve(metadata, agency=_full_name(metadata.agency, lead))
    return metadata


def publisher(stated: Iterable[str], names: BodyNames) -> str | None:
    """Return the body that publishes a page, from values of its head; it may be another's page."""
    found = (match[0] for value in stated if (match := _PUBLISHER.match(value)))
    return next(filter(names.is_full_name, found), None)


def is_same_body(one: str, other: str) -> bool:
    """Return True if two names may be of one body: one in full, one shortened."""
    return one in other or other in one


def _body_that_answers(text: str, names: BodyNames) -> str | None:
    """Return the body that signs a report, or else the one to ask about it, without its office."""
    lines = [line for line in text.split("\n") if line.strip()]
    for above, line in reversed([*pairwise(lines)]):
        if is_day_of_signature(line) and names.is_full_name(name := bare(above)):
            return name
    for match in _CONTACT.finditer(text, 0, _HEAD):
        body = names.beginning.match(match[1]) or _PARTY_BODY.match(match[1])
        if body is not None and names.is_full_name(body[0]):
            return body[0]
    return None


def _full_name(name: str | None, other: str | None) -> str | None:
    """Return 市教育局 with the name of its city if another statement of the body has it."""
    whole = name and other and name[0] in LEVELS and other.endswith(name)
    return other if whole else name
