"""The body that reports: its name from title, first paragraph, signature, page head and contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import evolve, field, frozen

from gischema.chinese.body_names import (
    LEVELS,
    NAME_CHARACTERS,
    PLACES,
    BodyNames,
    is_same_body,
    plain_name,
    without_ending,
)
from gischema.chinese.topic import TOPIC
from gischema.metadata.days import is_day_of_signature
from gischema.metadata.title import bare
from gischema.report import FactSource, Origin

_HEAD = 4000  # characters in which the contact is looked for
_PUBLISHER = re.compile(rf"[{NAME_CHARACTERS}]{{3,40}}")
_CONTACT = re.compile(
    rf"[请可](?:直接)?(?:与|联系|致电):?\s*([{NAME_CHARACTERS}]{{3,40}}?)"
    rf"(?:{TOPIC}|党政|综合|办公室|联系|[,;。(:]|\Z)"
)
_PARTY_BODY = re.compile(r"[\u4e00-\u9fff]{2,10}部(?!门)")  # 县委宣传部
_FOR_OTHERS = re.compile(r"政府\Z|政务|信息|数据|媒体|电子")
"""In the names of those that publish for other bodies: a government, its information centre."""


@frozen
class StatedBody:
    """The name of a body, and where it stands.

    Attributes:
        span: Its place in the normal form of the text, None if it is not known.
        origin: Its place in the source, where that is known instead.
        is_certain: False if it may be another body, which publishes or answers for the one.
    """

    name: str
    source: FactSource
    span: tuple[int, int] | None = None
    origin: Origin | None = None
    is_certain: bool = field(default=True, kw_only=True)

    def without_website(self, names: BodyNames) -> StatedBody | None:
        """Return it without words of a website in front of it; None if no full name is left."""
        if not names.has_website(self.name):
            return self
        found = names.behind_website(self.name)
        return None if found is None else evolve(self, name=found, is_certain=False)


def chosen_body(stated: Sequence[StatedBody]) -> StatedBody | None:
    """Return the body that reports: the first that is stated, with its full name if another has it.

    市教育局 is completed by 青禾市教育局.
    """
    if not stated:
        return None
    first = stated[0]
    if first.name[0] not in LEVELS:
        return first
    full = (each.name for each in stated[1:] if each.name.endswith(first.name))
    return evolve(first, name=max((first.name, *full), key=len))


def contradicting(
    chosen: StatedBody, stated: Iterable[StatedBody], names: BodyNames
) -> list[StatedBody]:
    """Return the certain statements of another body than the chosen one."""
    return [
        each
        for each in stated
        if each.is_certain and not is_one_body(chosen.name, each.name, names)
    ]


def publishers(
    stated: Iterable[str], source: FactSource, text: str, names: BodyNames
) -> Iterator[StatedBody]:
    """Yield the bodies that publish a page, from values of its head or metadata.

    A government and its office publish the reports of other bodies too.
    """
    for value in stated:
        match = _PUBLISHER.match(value)
        if match is None or not names.is_expected_name(name := match[0]):
            continue
        in_place = any(place in name for place in PLACES)
        if name.endswith(names.offices) and not in_place:
            continue  # 办公室 alone
        at = text.find(name) if source == "page_head" else -1
        span = (at, at + len(name)) if at >= 0 else None
        for_others = _FOR_OTHERS.search(without_ending(name, names.offices)) is not None
        yield StatedBody(name, source, span, is_certain=in_place and not for_others)


def is_one_body(one: str, other: str, names: BodyNames) -> bool:
    """Return True if two names may be of one body: in full, shortened, or of its office."""
    return one in other or other in one or is_body_of(one, other, names)


def is_body_of(one: str, other: str, names: BodyNames) -> bool:
    """Return True if `other` is the same body or its office, whatever the names have in common."""
    if _is_office_of(one, other, names):
        return True
    first, second = (plain_name(without_ending(name, names.offices)) for name in (one, other))
    return is_same_body(plain_name(one), plain_name(other)) or is_same_body(first, second)


def _is_office_of(body: str, office: str, names: BodyNames) -> bool:
    """Return True for an office that writes the report of its body: 云岭县政务公开办, 县政府办."""
    plain = plain_name(body)
    of_body = office.startswith(plain) or (office[0] in LEVELS and office[0] == plain[-1:])
    return of_body and office.endswith(names.offices)


def bodies_that_answer(text: str, names: BodyNames) -> Iterator[StatedBody]:
    """Yield the body that signs a report, and the one to ask about it, without its office."""
    lines = [match for match in re.finditer(r"[^\n]+", text) if match[0].strip()]
    for above, line in reversed([*pairwise(lines)]):
        if is_day_of_signature(line[0]) and names.is_full_name(name := bare(above[0])):
            yield StatedBody(name, "signature", above.span())
            break
    for match in _CONTACT.finditer(text, 0, _HEAD):
        body = names.beginning.match(match[1]) or _PARTY_BODY.match(match[1])
        if body is not None and names.is_full_name(body[0]):
            span = match.start(1), match.start(1) + len(body[0])
            yield StatedBody(body[0], "contact", span, is_certain=False)
            break
