"""Texts that are nearly equal: versions of a report, last year's text again, copies between bodies.

Only fingerprints are compared, by DuckDB with bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

from gischema.corpus.chapters import PERMUTATIONS
from gischema.corpus.database import database
from gischema.corpus.schemas import COPIES
from gischema.corpus.sorting import range_bounds
from gischema.corpus.table_writer import TableWriter

_ALIKE = 0.8

# `day` orders the texts: that of publication, else the end of the year of the report. The number of
# a chapter begins with that of its report.
_CHAPTERS = """
CREATE TEMP TABLE chapters AS
SELECT report * 100_000 + row_number AS id, * EXCLUDE (report, row_number),
       coalesce(published, make_date(year + 1, 1, 1)) AS day
FROM (SELECT report, uri, body, body_key, year, period, published, all_letters,
             generate_subscripts(chapters, 1) AS row_number, unnest(chapters, recursive := true)
      FROM (SELECT row_number() OVER () AS report, s.chapters,
                   list_sum([one.letters for one in s.chapters])::BIGINT AS all_letters,
                   r.uri, r.body, r.body_key, r.year, r.period, r.published
            FROM read_parquet(?) AS s JOIN read_parquet(?) AS r USING (uri)
            WHERE r.status IN ('ok', 'no_figures')))
"""

_BANDS = """
CREATE TEMP TABLE bands AS
SELECT id, day, len(strange) > 0 AS is_copy,
       unnest(bands) AS band, generate_subscripts(bands, 1) AS number FROM chapters
"""

# The first text with a band, copies by their own words last, and the one before: texts
# that many share give no pair for every two. Some bands at a time are put in order.
_PAIRS = """
INSERT INTO pairs
WITH near AS (
  SELECT id, first_value(id) OVER same AS first, lag(id) OVER same AS before
  FROM bands WHERE abs(band % $parts) = $part
  WINDOW same AS (PARTITION BY number, band ORDER BY is_copy, day NULLS LAST, id))
SELECT DISTINCT one, id AS other
FROM (SELECT first AS one, id FROM near UNION ALL SELECT before, id FROM near)
WHERE one IS NOT NULL AND one <> id
"""
_BANDS_AT_ONCE, _PAIRS_AT_ONCE = 300_000, 5000
_ROWS = 500  # as Python objects
_BEYOND = 2**62  # all reports

_NAMES = ("uri", "body", "body_key", "year", "period", "day", "all_letters")
_SHOWN = ("uri", "body", "body_key", "year")
_OF_CHAPTER = ("title", "letters", "strange", "minhash")
_SIDES = ", ".join(
    f"{side}.{name} AS {side}_{name}" for side in ("a", "b") for name in (*_NAMES, *_OF_CHAPTER)
)
_COUNTS = """
SELECT one // 100_000, count(*) FROM (SELECT DISTINCT one, other FROM pairs) GROUP BY 1 ORDER BY 1
"""
_BOTH = f"""
SELECT {_SIDES}
FROM (SELECT DISTINCT one, other FROM pairs
      WHERE one // 100_000 >= $first AND one // 100_000 < $beyond)
JOIN chapters AS a ON a.id = one JOIN chapters AS b ON b.id = other
WHERE a.uri <> b.uri ORDER BY a.id // 100_000, b.id // 100_000, a.id, b.id
"""


def write_copies(folder: Path, shards: Sequence[Path]) -> None:
    """Write `copies.parquet`, from the fingerprints in the shards and the table of reports."""
    with TableWriter(folder / "copies.parquet", COPIES) as table:
        for _, pairs in groupby(_near(folder, shards), itemgetter("a_uri", "b_uri")):
            row = _copy(list(pairs))
            if row is not None:
                table.add(row)


def _near(folder: Path, shards: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield pairs of chapters that may be alike, those of two reports one behind the other."""
    if not shards:
        return
    with database(folder) as opened:
        reports = str(folder / "reports.parquet")
        opened.execute(_CHAPTERS, [[str(shard) for shard in shards], reports])
        opened.execute(_BANDS)
        opened.execute("CREATE TEMP TABLE pairs (one BIGINT, other BIGINT)")
        (bands,) = opened.execute("SELECT count(*) FROM bands").fetchone()
        parts = bands // _BANDS_AT_ONCE + 1
        for part in range(parts):
            opened.execute(_PAIRS, {"parts": parts, "part": part})
        opened.execute("DROP TABLE bands")
        counts = _rows(opened.execute(_COUNTS))
        bounds = [0, *range_bounds(counts, _PAIRS_AT_ONCE), _BEYOND]
        for first, beyond in pairwise(bounds):
            found = opened.execute(_BOTH, {"first": first, "beyond": beyond})
            names = [column[0] for column in found.description]
            for row in _rows(found):
                yield dict(zip(names, row, strict=True))


def _rows(found: Any) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(_ROWS):
        yield from rows


def _copy(pairs: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return what two reports share; None if no chapter is alike."""
    alike: dict[str, tuple[float, Mapping[str, Any]]] = {}
    for pair in pairs:
        likeness = _likeness(pair["a_minhash"], pair["b_minhash"])
        if likeness >= _ALIKE and likeness > alike.get(pair["b_title"], (0.0, pair))[0]:
            alike[pair["b_title"]] = likeness, pair
    if not alike:
        return None
    first = pairs[0]
    direction, (source, copy) = _direction([pair for _, pair in alike.values()])
    letters = sum(pair[f"{copy}_letters"] for _, pair in alike.values())
    weighted = sum(pair[f"{copy}_letters"] * likeness for likeness, pair in alike.values())
    return {
        **{name: first[f"{copy}_{name}"] for name in _SHOWN},
        **{f"from_{name}": first[f"{source}_{name}"] for name in _SHOWN},
        "kind": _kind(first),
        "direction": direction,
        "chapters": [pair[f"{copy}_title"] for _, pair in alike.values()],
        "strange": sorted({word for _, pair in alike.values() for word in pair[f"{copy}_strange"]}),
        "likeness": round(weighted / letters, 3),
        "share": round(letters / first[f"{copy}_all_letters"], 3),
    }  # fmt: skip


def _likeness(one: bytes, other: bytes) -> float:
    import numpy as np

    equal = np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")
    return float(equal.sum()) / PERMUTATIONS


def _kind(pair: Mapping[str, Any]) -> str:
    keys = {pair["a_body_key"], pair["b_body_key"]}
    if None in keys:
        return "unknown_body"
    if len(keys) > 1:
        return "copy"
    periods = {(pair[f"{side}_year"], pair[f"{side}_period"]) for side in "ab"}
    return "version" if len(periods) == 1 else "repeat"


def _direction(pairs: Sequence[Mapping[str, Any]]) -> tuple[str, tuple[str, str]]:
    """Return how it is known which text is the copy, and the sides of source and copy."""
    strange = {side for side in "ab" if any(pair[f"{side}_strange"] for pair in pairs)}
    if len(strange) == 1:
        return "words", ("b", "a") if "a" in strange else ("a", "b")
    days = pairs[0]["a_day"], pairs[0]["b_day"]
    if None not in days and days[0] != days[1]:
        return "day", ("a", "b") if days[0] < days[1] else ("b", "a")
    return "unknown", ("a", "b")
