"""Find the sources of a dataset: folders, files, patterns, archives and Parquet files.

Each source has a name that is unique in the dataset. Contents are read when they are needed, in the
process that needs them; only members of archives pass through the main process.
"""

from __future__ import annotations

import glob
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import define, evolve, field, frozen

from gischema.errors import GischemaError
from gischema.filenames import displayed
from gischema.folders import files_in

MAX_BYTES = 64 * 2**20
"""The largest source that is read; a larger one is a row that says so."""

_PARQUET = (".parquet", ".pq")
_WARC = (".warc", ".warc.gz")  # a folder gives .gz files
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_ROWS = 64
_BUFFER = 2**20  # bytes of a column of a Parquet file that are read at once
_SUCCESS = range(200, 300)


@frozen
class SourceRef:
    """A source: its name, and where its content is: in a file, or already here.

    `stamp` changes when the content may have changed. `error` says why there is no content.
    """

    uri: str
    path: Path | None = None
    content: bytes | None = None
    stamp: str = ""
    error: str | None = None

    def read(self) -> bytes:
        """Return the content.

        Raises:
            OSError: The file cannot be read.
        """
        if self.error is not None:
            raise OSError(self.error)
        if self.content is not None:
            return self.content
        with cast(Path, self.path).open("rb") as file:
            return file.read(MAX_BYTES + 1)


class SourceMissing(GischemaError, FileNotFoundError):
    """Raised for a source that does not exist."""


@define
class SourceSearch:
    """Finds sources in places: folders, files, patterns, archives and Parquet files.

    Attributes:
        places: Folders, files, patterns with `*`, archives (.zip, .tar…, .warc…) and Parquet files
            with the columns `uri` and `content`.
        suffixes: The suffixes of files that a folder gives.
        files_from: A text file that names a place in each line.
        leave_out: Resolved paths of files and folders that are not looked at.
        others: The files in folders that are no sources, by suffix, after the sources were found.
    """

    places: Sequence[str]
    suffixes: frozenset[str]
    files_from: str | Path | None = None
    leave_out: frozenset[Path] = frozenset()
    others: Counter[str] = field(factory=Counter)

    def __iter__(self) -> Iterator[SourceRef]:
        """Yield the sources, in an order that depends on the places only.

        A file that two places have is one source. Members of archives that have one name, and
        captures of one page, are several: the second is called `NAME#2`.

        Raises:
            SourceMissing: A place does not exist.
        """
        self.others.clear()
        seen: set[str] = set()
        for place in (*self.places, *self._listed()):
            for source in self._in_place(place):
                uri, count = source.uri, 1
                if uri in seen and source.path is not None:
                    continue
                while uri in seen:
                    count += 1
                    uri = f"{source.uri}#{count}"
                seen.add(uri)
                yield source if count == 1 else evolve(source, uri=uri)

    def count(self) -> int | None:
        """Return the number of sources if it can be known without reading archives, else None."""
        if self.files_from is not None or not all(Path(place).is_dir() for place in self.places):
            return None
        number = 0
        for place in self.places:
            for found in self._files_in(place):
                if isinstance(found, Path) and found.name.lower().endswith((*_WARC, *_PARQUET)):
                    return None
                number += 1
        return number

    def _listed(self) -> Iterator[str]:
        if self.files_from is not None:
            lines = Path(self.files_from).read_text("utf-8-sig", "surrogateescape").split("\n")
            yield from filter(None, (line.strip(" \t\r") for line in lines))

    def _files_in(self, place: str, others: Counter[str] | None = None) -> Iterator[Path | OSError]:
        suffixes = self.suffixes.union(_WARC, _PARQUET)
        return files_in(place, suffixes, leave_out=self.leave_out, others=others)

    def _in_place(self, place: str) -> Iterator[SourceRef]:
        path = Path(place)
        if path.is_dir():
            for found in self._files_in(place, self.others):
                if isinstance(found, Path) and _lacks_sources(found):
                    self.others[found.suffix.lower()] += 1
                elif isinstance(found, Path):
                    yield from _in_file(found)
                else:
                    yield _failed(found.filename or place, found.strerror or str(found))
        elif path.exists():
            yield from _in_file(path, named=True)
        elif matches := sorted(glob.glob(place, recursive=True)):  # noqa: PTH207 - also of a root
            for match in matches:
                yield from self._in_place(match)
        else:
            name = displayed(place)
            raise SourceMissing(f"没有找到{name}", f"not found: {name}")


def _in_file(path: Path, *, named: bool = False) -> Iterator[SourceRef]:
    """Yield the sources of a file. An archive in a folder is a report with its attachments."""
    name = path.name.lower()
    if name.endswith(_PARQUET):
        yield from _members(path, _in_parquet)
    elif name.endswith(_WARC):
        yield from _members(path, _in_warc)
    elif named and name.endswith(_TAR):
        yield from _members(path, _in_tar)
    elif named and name.endswith(".zip"):
        yield from _members(path, _in_zip)
    else:
        stamp = ""
        with suppress(OSError):  # it has gone: an attempt to read it says why
            state = path.stat()
            stamp = f"{state.st_size} {state.st_mtime_ns}"
        yield SourceRef(displayed(path.as_posix()), path, stamp=stamp)


def _members(path: Path, read: Callable[[Path], Iterator[SourceRef]]) -> Iterator[SourceRef]:
    """Yield the sources in an archive; behind those before damage, one that says what is wrong."""
    try:
        yield from read(path)
    except GischemaError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged archive raises anything
        yield _failed(path.as_posix(), f"{type(error).__name__}: {error}")


def _failed(name: str, why: str) -> SourceRef:
    return SourceRef(displayed(name), error=displayed(why))


def _in_zip(path: Path) -> Iterator[SourceRef]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            uri = f"{path.as_posix()}!/{member.filename}"
            try:
                with archive.open(member) as file:
                    content = file.read(MAX_BYTES + 1)
            except Exception as error:  # noqa: BLE001 - a password, damage, an unknown method
                yield _failed(uri, str(error))
            else:
                yield SourceRef(displayed(uri), content=content)


def _in_tar(path: Path) -> Iterator[SourceRef]:
    with tarfile.open(path) as archive:
        for member in archive:
            file = None if member.isdir() else archive.extractfile(member)
            if file is not None:
                uri = displayed(f"{path.as_posix()}!/{member.name}")
                yield SourceRef(uri, content=file.read(MAX_BYTES + 1))


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
                content = record.content_stream().read(MAX_BYTES + 1)
                yield SourceRef(displayed(address), content=content)


def _lacks_sources(path: Path) -> bool:
    """Return True for a Parquet file with other columns, such as the table of a dataset."""
    if not path.name.lower().endswith(_PARQUET):
        return False
    with suppress(OSError, pa.ArrowException):  # damaged: an attempt to read it says so
        return not {"uri", "content"} <= set(pq.read_schema(path).names)
    return False


def _in_parquet(path: Path) -> Iterator[SourceRef]:
    with pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False) as file:
        for batch in file.iter_batches(_ROWS, columns=["uri", "content"]):
            for row in batch.to_pylist():
                yield SourceRef(displayed(str(row["uri"])), content=row["content"] or b"")
