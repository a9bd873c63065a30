"""Fingerprints of the chapters of a report, so that texts can be compared without keeping them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from rensa import RMinHash

from gischema.report import Report, Section

PERMUTATIONS = 128
"""The numbers of a fingerprint. The likeness of two texts is the share of equal ones (± 4 %)."""

FINGERPRINTS = f"rensa {RMinHash.ALGORITHM_VERSION}"
"""What made the fingerprints: those of another version cannot be compared."""

_BANDS, _ROWS = 20, 6
"""Of two texts alike by 80 %, 998 of 1,000 share a band; by 40 %, 8 of 100."""

_SHINGLE = 4
_SHORTEST, _LONGEST = 100, 20_000  # letters: shorter chapters are alike anyway
_DROPPED = re.compile(r"[\W\d_]+")
_SELF = re.compile(r"[我本](镇|乡|街道|局|厅|委)(?!员|托|任|派|办)")


def chapters_of(report: Report) -> list[dict[str, Any]]:
    """Return the fingerprint of each chapter that has enough text.

    Digits, punctuation and the name of the body are left out. `strange` has the words by which the
    text speaks of itself although the body is none: 我镇 in the report of a 财政局.
    """
    return [_fingerprint(chapter, text, report.agency) for chapter, text in _texts(report)]


def _texts(report: Report) -> Iterator[tuple[Section, str]]:
    """Yield each chapter with the text of its sub-chapters."""
    sections = report.narrative.sections
    for chapter in (section for section in sections if section.level == 1):
        start, end = chapter.origin.start, chapter.end
        yield chapter, "".join(one.text for one in sections if start <= one.origin.start < end)


def _fingerprint(chapter: Section, text: str, body: str | None) -> dict[str, Any]:
    strange = sorted({f[0] for f in _SELF.finditer(text) if f[1] not in body}) if body else []
    letters = _DROPPED.sub("", text.replace(body, "") if body else text)[:_LONGEST]
    row = {
        "kind": chapter.kind,
        "title": chapter.title,
        "letters": len(letters),
        "strange": strange,
        "minhash": b"",
        "bands": [],
    }
    if len(letters) < _SHORTEST:
        return row
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update(_shingles(letters))
    content = struct.pack(f"<{PERMUTATIONS}I", *minhash.digest())
    return row | {"minhash": content, "bands": _bands(content)}


def _shingles(text: str) -> list[str]:
    return [text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)]


def _bands(content: bytes) -> list[int]:
    """Return what texts that are alike share: hashes of parts of the fingerprint."""
    size = _ROWS * 4
    parts = (content[at * size : (at + 1) * size] for at in range(_BANDS))
    digests = (blake2b(part, digest_size=8).digest() for part in parts)
    return [int.from_bytes(digest, "little", signed=True) for digest in digests]
