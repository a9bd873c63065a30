"""Names that may be one body, or several bodies: shown to a person, never joined or parted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow.parquet as pq
from attrs import define, field
from rapidfuzz.fuzz import ratio

from gischema.corpus.decisions import BodyDecisions
from gischema.corpus.schemas import NAMESAKE, NO_PLACE, SUGGESTIONS
from gischema.corpus.table_writer import TableWriter
from gischema.metadata.jurisdiction import names_a_place

_SIMILAR, _RENAMED, _SHARED_TEXT = 85, 60, 0.9
_SHORTEST = 2
_ROWS = 2000  # at once: as Python objects they take a kilobyte each
_NATIONAL = ("国家", "中华人民共和国", "国务院", "中国")
_AMBIGUOUS = 3
"""The bodies of which a shorter name may be that of each: with more it says nothing."""


Period: TypeAlias = tuple[int, str | None]


@define
class _Body:
    """A body as the reports name it."""

    key: str
    name: str
    region: str | None
    years: set[int] = field(factory=set)
    reports: int = 0
    versions: dict[Period, list[str]] = field(factory=dict)
    """The reports of each period that has several."""

    @property
    def core(self) -> str:
        """The name without its region."""
        return self.key.removeprefix(self.region or "")


def write_suggestions(folder: Path, decisions: BodyDecisions) -> None:
    """Write `suggestions.parquet`, from the tables of reports and copies."""
    bodies = _bodies(folder)
    found: dict[tuple[str, str], tuple[str, float]] = {}
    for one, other, reason in (*_same_texts(folder), *_similar_names(bodies)):
        pair = (one, other) if one < other else (other, one)
        if not set(pair) & decisions.keys.keys():
            found.setdefault(pair, (reason, round(ratio(*pair), 1)))
    with TableWriter(folder / "suggestions.parquet", SUGGESTIONS) as table:
        for row in (*_without_place(bodies), *_namesakes(bodies, _alike_texts(folder))):
            if row["body_key"] not in decisions.keys:
                table.add(row)
        for pair, (reason, likeness) in sorted(found.items()):
            a, b = (bodies[key] for key in pair)
            table.add(
                {
                    "body_key": a.key,
                    "body": a.name,
                    "years": sorted(a.years),
                    "reports": a.reports,
                    "other_key": b.key,
                    "other": b.name,
                    "other_years": sorted(b.years),
                    "other_reports": b.reports,
                    "reason": reason,
                    "likeness": likeness,
                }
            )


def _without_place(bodies: Mapping[str, _Body]) -> Iterator[dict[str, Any]]:
    """Yield the bodies whose name states no place, if they have several reports."""
    for body in bodies.values():
        has_place = body.region is not None or names_a_place(body.key)
        if body.reports > 1 and not has_place and not body.key.startswith(_NATIONAL):
            yield _one_name(body, sorted(body.years), body.reports) | {"reason": NO_PLACE}


def _namesakes(bodies: Mapping[str, _Body], texts: _Groups) -> Iterator[dict[str, Any]]:
    """Yield reports of one body and period whose texts are not known to be nearly equal."""
    for body in bodies.values():
        for (year, _), (first, *others) in sorted(body.versions.items()):
            for other in others:
                if texts.group(first) != texts.group(other):
                    row = _one_name(body, [year], 1 + len(others))
                    yield row | {"reason": NAMESAKE, "uri": first, "other_uri": other}


def _one_name(body: _Body, years: list[int], reports: int) -> dict[str, Any]:
    return {"body_key": body.key, "body": body.name, "years": years, "reports": reports}


class _Groups:
    """Sources in groups: each pair that is joined is in one."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}

    def group(self, uri: str) -> str:
        """Return the source that stands for the group."""
        while (before := self._before.get(uri)) is not None:
            uri = before
        return uri

    def join(self, one: str, other: str) -> None:
        """Make the groups of two sources one."""
        first, second = sorted((self.group(one), self.group(other)))
        if first != second:
            self._before[second] = first


def _alike_texts(folder: Path) -> _Groups:
    """Return the sources with nearly equal chapters, also by way of a third one."""
    groups = _Groups()
    for row in _rows(folder / "copies.parquet", ["uri", "from_uri"]):
        groups.join(row["uri"], row["from_uri"])
    return groups


def _rows(file: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(_ROWS, columns=columns, use_threads=False):
            yield from batch.to_pylist()


def _bodies(folder: Path) -> dict[str, _Body]:
    columns = ["uri", "body_key", "body", "region", "year", "period", "status", "versions"]
    bodies: dict[str, _Body] = {}
    for row in _rows(folder / "reports.parquet", columns):
        key = row["body_key"]
        if key is None or row["status"] == "duplicate":
            continue
        new = _Body(key, row["body"], row["region"])
        body = bodies.setdefault(key, new)
        body.reports += 1
        if row["year"] is not None:
            body.years.add(row["year"])
        if (row["versions"] or 0) > 1:
            period = row["year"], row["period"]
            body.versions.setdefault(period, []).append(row["uri"])
    return bodies


def _same_texts(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield bodies of one year and nearly one text, if their names are not wholly different."""
    columns = ["kind", "body_key", "year", "from_body_key", "from_year", "share"]
    for row in _rows(folder / "copies.parquet", columns):
        if row["kind"] == "copy" and row["year"] == row["from_year"]:
            pair = row["body_key"], row["from_body_key"]
            if row["share"] >= _SHARED_TEXT and ratio(*pair) >= _RENAMED:
                yield *pair, "same_text"


def _similar_names(bodies: Mapping[str, _Body]) -> Iterator[tuple[str, str, str]]:
    yield from _shortened(bodies)
    for group in _by(bodies.values(), lambda body: body.region):
        for same_start in _by(group, lambda body: body.core[:1]):
            for one, other in combinations(same_start, 2):
                if _is_abbreviation(one.core, other.core):
                    yield one.key, other.key, "abbreviation"
        yield from _alike(group)


def _shortened(bodies: Mapping[str, _Body]) -> Iterator[tuple[str, str, str]]:
    """Yield names that lack the beginning of another: 云岭县财政局, 青禾市云岭县财政局."""
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for key in bodies:
        for at in range(1, len(key) - _SHORTEST):
            if key[at:] in bodies:
                longer[key[at:]].append(key)
    for key, found in longer.items():
        if len(found) <= _AMBIGUOUS:
            yield from ((key, one, "shortened") for one in found)


def _alike(group: Sequence[_Body]) -> Iterator[tuple[str, str, str]]:
    """Yield the similar names of a region, and those that follow each other in time."""
    from rapidfuzz.process import cdist

    cores = [body.core for body in group]
    for at, body in enumerate(group):
        (likeness,) = cdist([body.core], cores[:at], score_cutoff=_RENAMED) if at else ([],)
        for other, score in zip(group, likeness, strict=False):
            if score >= _SIMILAR:
                yield other.key, body.key, "similar"
            elif score >= _RENAMED and _follow(body, other):
                yield other.key, body.key, "renamed"


def _follow(one: _Body, other: _Body) -> bool:
    """Return True if one body ends when the other begins, and both are of one kind (局, 委)."""
    if not one.years or not other.years or one.core[-1:] != other.core[-1:]:
        return False
    return min(one.years) == max(other.years) + 1 or min(other.years) == max(one.years) + 1


def _is_abbreviation(one: str, other: str) -> bool:
    """Return True if the shorter name has only signs of the longer one, in their order.

    A body within another has its name before the own: 教育局考试中心 is not 教育局.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or len(short) == len(long) or long.startswith(short):
        return False
    rest = iter(long)
    return all(sign in rest for sign in short)


def _by(bodies: Iterable[_Body], key: Callable[[_Body], str | None]) -> list[list[_Body]]:
    groups: defaultdict[str | None, list[_Body]] = defaultdict(list)
    for body in bodies:
        groups[key(body)].append(body)
    return list(groups.values())
