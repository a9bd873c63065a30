"""Find the sources of a dataset: folders, files, patterns, archives and Parquet files.

Each source has a name that is unique in the dataset. Contents are read when they are needed, in the
process that needs them; only members of archives pass through the main process.
"""

from __future__ import annotations

import glob
import tarfile
import zipfile
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyarrow.parquet as pq
from attrs import frozen

from gischema.errors import GischemaError
from gischema.folders import files_in

MAX_BYTES = 64 * 2**20
"""The largest source that is read; a larger one is a row that says so."""

_PARQUET = frozenset({".parquet", ".pq"})
_WARC = (".warc", ".warc.gz")
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_ROWS = 64
_SUCCESS = range(200, 300)


@frozen
class SourceRef:
    """A source: its name, and where its content is: in a file, or already here.

    `stamp` changes when the content may have changed.
    """

    uri: str
    path: Path | None = None
    content: bytes | None = None
    stamp: str = ""

    def read(self) -> bytes:
        """Return the content.

        Raises:
            OSError: The file cannot be read.
        """
        if self.content is not None:
            return self.content
        with cast(Path, self.path).open("rb") as file:
            return file.read(MAX_BYTES + 1)


class SourceMissing(GischemaError, FileNotFoundError):
    """Raised for a source that does not exist."""


def sources_in(
    places: Iterable[str | Path], suffixes: Container[str], *, files_from: str | Path | None = None
) -> Iterator[SourceRef]:
    """Yield the sources in some places, in an order that depends on the places only.

    Args:
        places: Folders, files, patterns with `*`, archives (.zip, .tar…, .warc…) and Parquet files
            with the columns `uri` and `content`.
        suffixes: The suffixes of files that a folder gives.
        files_from: A text file that names a place in each line.

    Raises:
        SourceMissing: A place does not exist.
    """
    seen: set[str] = set()
    listed = Path(files_from).read_text("utf-8").splitlines() if files_from is not None else ()
    for place in (*places, *(line for line in listed if line.strip())):
        for source in _in_place(str(place), suffixes):
            if source.uri not in seen:
                seen.add(source.uri)
                yield source


def count_sources(
    places: Iterable[str | Path], suffixes: Container[str], *, files_from: str | Path | None = None
) -> int | None:
    """Return the number of sources if it can be known without reading archives, else None."""
    if files_from is not None or not all(Path(place).is_dir() for place in places):
        return None
    files = (file for place in places for file in files_in(place, suffixes))
    names = [file.name.lower() for file in files if isinstance(file, Path)]
    opened = any(name.endswith((*_WARC, *_PARQUET)) for name in names)
    return None if opened else len(names)


def _in_place(place: str, suffixes: Container[str]) -> Iterator[SourceRef]:
    path = Path(place)
    if path.is_dir():
        for found in files_in(path, suffixes):
            if isinstance(found, Path):
                yield from _in_file(found)
    elif path.exists():
        yield from _in_file(path, named=True)
    elif matches := sorted(glob.glob(place, recursive=True)):  # noqa: PTH207 - also of a root
        for match in matches:
            yield from _in_place(match, suffixes)
    else:
        raise SourceMissing(f"没有找到{place}", f"not found: {place}")


def _in_file(path: Path, *, named: bool = False) -> Iterator[SourceRef]:
    """Yield the sources of a file. An archive in a folder is a report with its attachments."""
    name = path.name.lower()
    if path.suffix.lower() in _PARQUET:
        yield from _in_parquet(path)
    elif name.endswith(_WARC):
        yield from _in_warc(path)
    elif named and name.endswith(_TAR):
        yield from _in_tar(path)
    elif named and name.endswith(".zip"):
        yield from _in_zip(path)
    else:
        state = path.stat()
        stamp = f"{state.st_size} {state.st_mtime_ns}"
        yield SourceRef(path.as_posix(), path, stamp=stamp)


def _in_zip(path: Path) -> Iterator[SourceRef]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                with archive.open(member) as file:
                    yield _member(path, member.filename, file, str(member.CRC))


def _in_tar(path: Path) -> Iterator[SourceRef]:
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield _member(path, member.name, file, f"{member.size} {member.mtime}")


def _in_warc(path: Path) -> Iterator[SourceRef]:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise GischemaError(
            "读取 WARC 需要安装：pip install 'gischema[corpus]'",
            "reading WARC needs: pip install 'gischema[corpus]'",
        ) from error
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            head = record.http_headers
            if record.rec_type != "response" or head is None:
                continue
            if int(head.get_statuscode() or 0) in _SUCCESS:
                address = str(record.rec_headers.get_header("WARC-Target-URI"))
                yield SourceRef(address, content=record.content_stream().read(MAX_BYTES + 1))


def _in_parquet(path: Path) -> Iterator[SourceRef]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS, columns=["uri", "content"]):
            for row in batch.to_pylist():
                yield SourceRef(row["uri"], content=row["content"] or b"")


def _member(archive: Path, name: str, file: IO[bytes] | Any, stamp: str) -> SourceRef:
    uri = f"{archive.as_posix()}!/{name}"
    return SourceRef(uri, content=file.read(MAX_BYTES + 1), stamp=stamp)
