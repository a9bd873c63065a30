"""The figures that comparisons between reports need, in the order of their bodies and years.

Apart from `series`, since the process of this step needs no Polars.
"""

from __future__ import annotations

from pathlib import Path

from gischema.corpus.database import copy_rows, database
from gischema.corpus.decisions import Subordinates
from gischema.corpus.schemas import NAMESAKE, NO_PLACE
from gischema.corpus.sorting import sort_file

SORTED, WITH_PARTS = "series.part", "parts.part"
"""The files: figures by body, and those of bodies with the bodies that they include."""

_UNSORTED = "unsorted.parquet"

# Of several first versions (a report of the year, others of parts of it) the whole year counts.
_CHOSEN = f"""
WITH chosen AS (
  SELECT uri, body, body_key, year, form, variant,
         body_key IN (SELECT body_key FROM read_parquet($suggestions) WHERE reason = '{NO_PLACE}')
         OR (body_key, year) IN (SELECT (body_key, years[1]) FROM read_parquet($suggestions)
                                 WHERE reason = '{NAMESAKE}') AS body_doubt
  FROM read_parquet($reports)
  WHERE version_rank = 1 AND period IS NULL AND form IS NOT NULL)
SELECT r.*, f.path, f.value, f.unit, f.status, f.raw, f.reading, f.doubts
FROM read_parquet($figures) AS f JOIN chosen AS r USING (uri)
WHERE f.source = 'table'
"""
_INCLUDED = f"""
WITH pairs AS (SELECT unnest($bodies) AS whole, unnest($parts) AS part),
named AS (SELECT whole, part FROM pairs UNION SELECT whole, whole FROM pairs)
SELECT whole, whole <> body_key AS is_part, found.*
FROM named JOIN ({_CHOSEN}) AS found ON found.body_key = part
"""
_ORDER = ("body_key", "year", "uri")
_ORDER_OF_PARTS = ("whole", "year", "is_part", "body_key", "uri")


def sort_figures(folder: Path, subordinates: Subordinates) -> None:
    """Write the figures that comparisons need, body by body, into files for `write_series`."""
    files = {
        name: str(folder / f"{name}.parquet") for name in ("reports", "figures", "suggestions")
    }
    unsorted = folder / _UNSORTED
    with database(folder) as opened:
        copy_rows(opened, _CHOSEN, files, unsorted)
    sort_file(unsorted, _ORDER, folder / SORTED)
    if pairs := [(body, part) for body, all_ in subordinates.keys.items() for part in all_]:
        bodies, parts = (list(names) for names in zip(*sorted(pairs), strict=True))
        with database(folder) as opened:
            copy_rows(opened, _INCLUDED, files | {"bodies": bodies, "parts": parts}, unsorted)
        sort_file(unsorted, _ORDER_OF_PARTS, folder / WITH_PARTS)
