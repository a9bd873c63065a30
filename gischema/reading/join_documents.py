"""Join several files into one document: a report whose table is an attachment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from gischema.filenames import displayed
from gischema.reading.document import Document, SourcePlace

_FOUND = frozenset({"D602", "D603", "D604"})
"""Notes that a table may be in another file, which may be one of the files given."""


def join_documents(documents: Sequence[Document]) -> Document:
    """Return the documents joined in order; each place and each note names its file.

    Name, kind and metadata are those of the first document.
    """
    first = documents[0]
    if len(documents) == 1:
        return first
    texts: list[str] = []
    places: list[SourcePlace] = []
    notes: list[tuple[str, dict[str, str]]] = []
    start = 0
    for number, document in enumerate(documents, start=1):
        text = document.text if document.text.endswith("\n") else document.text + "\n"
        file = displayed(document.name) if document.name else f"({number})"
        places += _moved(document, len(text), start, file)
        notes += [
            (code, {**words, "file": file}) for code, words in document.notes if code not in _FOUND
        ]
        texts.append(text)
        start += len(text)
    names = "、".join(displayed(document.name or "?") for document in documents)
    notes.append(("D607", {"names": names}))
    return Document(
        "".join(texts),
        first.name,
        first.kind,
        tuple(places),
        tuple(notes),
        first.meta,
        digests=tuple(digest for document in documents for digest in document.digests),
    )


def _moved(document: Document, length: int, start: int, file: str) -> Iterator[SourcePlace]:
    """Yield the places of a document that begins at `start`, with no gaps between them."""
    at = 0
    for place in document.places:
        if place.start > at:
            yield SourcePlace(start + at, start + place.start, file=file)
        yield evolve(place, start=start + place.start, end=start + place.end, file=file)
        at = place.end
    if at < length:
        yield SourcePlace(start + at, start + length, file=file)
