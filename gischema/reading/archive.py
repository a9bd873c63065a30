"""Read an archive of one level (.zip, .tar.gz): the files of one report, joined in their order."""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from attrs import evolve

from gischema.filenames import displayed
from gischema.reading.document import Document
from gischema.reading.document_writer import listed
from gischema.reading.errors import UnreadableSource
from gischema.reading.join_documents import join_documents
from gischema.reading.limits import MAX_BYTES
from gischema.reading.package import ZipPackage
from gischema.reading.reader import Reader
from gischema.reading.signatures import GZIP, ZIP, ZIP_END
from gischema.reading.unsupported import is_other_zip

_MAX_FILES = 50  # a report has few attachments
_MAX_INFLATED = 32 * 2**20
_UNPACKED = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_UNPACKED_FOLDERS = frozenset({"__macosx"})
_OWNER_FILE = "~$"

ReadMember = Callable[[bytes, str], Document]


def is_archive(data: bytes, _name: str | None) -> bool:
    """Return True if the content is an archive of files, not an office file."""
    return data.startswith(GZIP) or (
        data.startswith(ZIP) and ZIP_END in data and is_other_zip(data)
    )


def read_archive(data: bytes, name: str | None, read: ReadMember) -> Document:
    """Return the documents in an archive, joined; a note states the files that were not read.

    Args:
        data: The content of the archive.
        name: Its name.
        read: Reads one file of it.

    Raises:
        UnreadableSource: The archive is damaged, protected or too large, or no file can be read.
    """
    members = list(_zipped(data, name) if data.startswith(ZIP) else _tarred(data, name))
    documents: list[Document] = []
    unread: list[UnreadableSource] = []
    for member, content in sorted(members):
        try:
            documents.append(read(content, member))
        except UnreadableSource as error:
            unread.append(error)
    if not documents:
        first = unread[0] if unread else None
        raise UnreadableSource(
            name,
            "压缩文件里没有能读取的文件" + (f"：{first.message}" if first else ""),
            "the archive holds no file that can be read" + (f": {first.why_en}" if first else ""),
            first.reason if first else "not_a_report",
        )
    joined = join_documents(documents)
    notes = joined.notes
    if unread:
        files = listed(displayed(error.name or "?") for error in unread)
        notes = (*notes, ("D611", {"files": files, "why": unread[0].why}))
    return evolve(joined, name=name, notes=notes, parts=tuple(documents))


def _zipped(data: bytes, name: str | None) -> Iterator[tuple[str, bytes]]:
    package = ZipPackage(data, name)
    wanted = [part for part in package.names.values() if _is_wanted(part)]
    _limit(len(wanted), name)
    for part in wanted:
        yield _decoded(part), package.content(part)


def _tarred(data: bytes, name: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a .tar.gz; a single file that was only compressed is one too."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = inflater.decompress(data, _MAX_INFLATED)
    except zlib.error as error:
        raise _damaged(name) from error
    if inflater.unconsumed_tail:
        raise _too_large(name)
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            wanted = [one for one in archive if one.isfile() and _is_wanted(one.name)]
            _limit(len(wanted), name)
            for member in wanted:
                file = archive.extractfile(member)
                if file is not None:
                    yield member.name, file.read(MAX_BYTES)
    except tarfile.ReadError:
        yield PurePosixPath(name or "").name.removesuffix(".gz") or "1", content
    except (tarfile.TarError, OSError, ValueError) as error:
        raise _damaged(name) from error


def _is_wanted(part: str) -> bool:
    """Return True for a file that an office may have put into an archive."""
    path = PurePosixPath(part.replace("\\", "/").lower())
    hidden = path.name.startswith((".", _OWNER_FILE)) or path.name in _UNPACKED
    folders = {folder.name for folder in path.parents}
    return not part.endswith("/") and not hidden and folders.isdisjoint(_UNPACKED_FOLDERS)


def _decoded(part: str) -> str:
    """Return the name of a file in a zip file; without its flag a name is UTF-8 or GB 18030."""
    try:
        raw = part.encode("cp437")
    except UnicodeEncodeError:
        return part
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part


def _limit(count: int, name: str | None) -> None:
    if count > _MAX_FILES:
        raise _too_large(name)


def _too_large(name: str | None) -> UnreadableSource:
    return UnreadableSource(
        name,
        f"压缩文件过大或文件过多（上限 {_MAX_FILES} 个），不会是一份年度报告；请解压后再读取",
        f"the archive is too large or has over {_MAX_FILES} files; this is no annual report: "
        "unpack it and read its files",
        "too_large",
    )


def _damaged(name: str | None) -> UnreadableSource:
    return UnreadableSource(
        name,
        "压缩文件不完整或已损坏，请重新下载",
        "the archive is cut off or damaged; download it again",
    )


def _refuse_nested(_data: bytes, name: str | None) -> Document:
    raise UnreadableSource(
        name,
        "压缩文件里还有压缩文件，请先解压再读取",
        "an archive in an archive is not read; unpack it first",
        "unsupported",
    )


ARCHIVE = Reader("archive", frozenset({".zip", ".tgz", ".gz"}), is_archive, _refuse_nested)
"""Refuses an archive that is a file of another archive; `read` opens the others."""
