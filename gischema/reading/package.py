"""A zip file of XML parts (Word, Excel, OpenDocument), opened within bounds.

The number of entries, the size of each inflated part, and the depth and width of its XML are
limited. A document type declaration is refused, so there are no entities to expand or fetch.
Relationships lead to parts of the same file only. Code is never run.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Container, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from gischema.reading.errors import Unreadable, UnreadableSource
from gischema.reading.signatures import MAX_ENTRIES, count_entries

_MAX_PART = 16 * 2**20  # bytes of one part; the text of a report of 300 pages takes three
_MAX_TOTAL = 2 * _MAX_PART
_MAX_RATIO = 400  # XML that repeats one cell is compressed a hundredfold, a bomb a thousandfold
_SMALL = 2**20  # bytes; the ratio is checked only above this size
_MAX_ELEMENTS = 1_000_000
_MAX_DEPTH = 256
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BLOCK = 65536
_SAVE_AGAIN = "请重新下载，或用 Word、Excel、WPS 打开后重新保存"
_SAVE_AGAIN_EN = "download it again, or open it with Word, Excel or WPS and save it again"


class ZipPackage:
    """The parts of a zip file. If one cannot be read, UnreadableSource names the file."""

    def __init__(self, data: bytes, name: str | None) -> None:
        """Read the list of parts, but no part."""
        self._name = name
        self._inflated = 0
        if count_entries(data) > MAX_ENTRIES:
            raise self._error(
                f"压缩文件里的条目过多（上限 {MAX_ENTRIES}），不会是一份年度报告",
                f"the zip file has too many entries (over {MAX_ENTRIES}); this is no annual report",
                "too_large",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, RuntimeError) as error:
            raise self._error(
                f"文件不完整或已损坏：压缩结构读不出来，{_SAVE_AGAIN}",
                "the file is cut off or damaged: its zip structure cannot be read; "
                f"{_SAVE_AGAIN_EN}",
            ) from error

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the names of the parts by their lower case: Word ignores case."""
        return {_key(name): name for name in self._zip.namelist()}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self.names

    def content(self, part: str) -> bytes:
        """Return the content of a part of the file."""
        info = self._zip.getinfo(self.names[_key(part)])
        if info.flag_bits & _ENCRYPTED:
            raise self._error(
                "文件有密码保护，请先取消密码",
                "the file is protected by a password; remove it first",
                "protected",
            )
        if info.compress_type not in _METHODS:
            raise self._error(
                f"压缩方法不是 Office 所用的，{_SAVE_AGAIN}",
                f"not compressed the way Office does; {_SAVE_AGAIN_EN}",
                "unsupported",
            )
        self._refuse_bomb(info.file_size, info.compress_size)
        content = bytearray()
        try:
            with self._zip.open(info) as stream:
                while block := stream.read(_BLOCK):
                    content += block
                    self._refuse_bomb(len(content), info.compress_size)
        except UnreadableSource:
            raise
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise self._error(
                f"文件不完整或已损坏：{part} 读不出来，{_SAVE_AGAIN}",
                f"the file is cut off or damaged: {_ascii(part)} cannot be read; {_SAVE_AGAIN_EN}",
            ) from error
        self._inflated += len(content)
        return bytes(content)

    def xml(self, part: str, leave_out: Container[str] = ()) -> Element:
        """Return the root of an XML part. Elements and attributes have no namespaces.

        Elements with the names `leave_out` are left out with all that they hold.
        """
        text = self.content(part)
        try:
            return _LocalTree(leave_out).root(text)
        except _XmlRefused as error:
            raise self._error(
                f"{part} {error.zh}，{_SAVE_AGAIN}", f"{_ascii(part)} {error}; {_SAVE_AGAIN_EN}"
            ) from error
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise self._error(
                f"文件已损坏：{part} 不是合格的 XML，{_SAVE_AGAIN}",
                f"the file is damaged: {_ascii(part)} is not well-formed XML; {_SAVE_AGAIN_EN}",
            ) from error

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield the relationships of a part ("" is the package): id, last word of the type, part.

        Relationships that lead out of the file or to a missing part are skipped.
        """
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self:
            return
        for relation in self.xml(relations):
            if relation.get("TargetMode", "").lower() == "external":
                continue
            path = relation.get("Target", "").replace("\\", "/")
            target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
            if target in self:
                kind = relation.get("Type", "").rpartition("/")[2]
                yield relation.get("Id", ""), kind, target

    def related_by_kind(self, part: str, kind: str) -> str | None:
        """Return the first part of a kind that `part` is related to, None if there is none."""
        return next((target for _, found, target in self.related(part) if found == kind), None)

    def _refuse_bomb(self, size: int, packed: int) -> None:
        too_large = size > _MAX_PART or self._inflated + size > _MAX_TOTAL
        if too_large or (size > _SMALL and size > packed * _MAX_RATIO):
            raise self._error(
                "解压后过大（疑似压缩炸弹），不会是一份年度报告，不予读取",
                "it inflates to far too much (a zip bomb?); this is no annual report",
                "too_large",
            )

    def _error(
        self, message: str, message_en: str, reason: Unreadable = "damaged"
    ) -> UnreadableSource:
        return UnreadableSource(self._name, message, message_en, reason)


class _XmlRefused(Exception):
    """The XML exceeds the limits, or declares a document type."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh


class _LocalNames(dict[str, str]):
    """The names of elements and attributes without their namespaces."""

    def __missing__(self, name: str) -> str:
        """Return the local name, and keep it."""
        local = self[name] = name.rpartition("}")[2]
        return local


class _LocalTree:
    """Builds a tree without namespaces, and stops at the limits.

    Elements with the names `leave_out` are left out with all that they hold.
    Nothing is faster than a builder in Python that makes no more elements than needed: `xml.etree`
    and lxml are in C, but taking the namespaces off their elements costs as much again.
    """

    def __init__(self, leave_out: Container[str]) -> None:
        self._leave_out = leave_out
        self._local = _LocalNames()
        self._builder = TreeBuilder()
        self._depth = self._count = self._left_out = 0

    def root(self, text: bytes) -> Element:
        """Return the root of an XML text."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(text, True)
        return self._builder.close()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _MAX_DEPTH:
            raise _XmlRefused("嵌套过深", "is nested too deeply")
        if self._count > _MAX_ELEMENTS:
            raise _XmlRefused("元素过多", "has too many elements")
        local = self._local
        name = local[tag]
        if self._left_out or name in self._leave_out:
            self._left_out += 1
        else:
            self._builder.start(name, {local[key]: value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._left_out:
            self._left_out -= 1
        else:
            self._builder.end(self._local[tag])

    def _text(self, text: str) -> None:
        if not self._left_out:
            self._builder.data(text)


def _refuse_doctype(*_: object) -> None:
    """Word and Excel files declare no document type."""
    raise _XmlRefused("含有文档类型声明，不予读取", "declares a document type and is not read")


def _key(part: str) -> str:
    """Return the key of a name: some programs write backslashes, and Word ignores case."""
    return part.replace("\\", "/").lower()


def _ascii(part: str) -> str:
    return part.encode("ascii", "backslashreplace").decode()
