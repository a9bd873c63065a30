"""Change parts of a Word or Excel file; all other parts stay byte for byte as they are."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gischema.marking.words import AUTHOR
from gischema.reading.package import ZipPackage

_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_USUAL = ("word/document.xml", "xl/workbook.xml")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class OfficePackage:
    """The parts of a file, which a reader has read before: its zip structure is sound."""

    def __init__(self, data: bytes) -> None:
        """Read all parts.

        Raises:
            UnreadableSource: They are too large together.
        """
        package = ZipPackage(data, None)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._entries = {info.filename: info for info in archive.infolist()}
        self._parts = {name: package.content(key) for key, name in package.names.items()}
        self._by_name = {_key(name): name for name in self._parts}
        self._roots: dict[str, Any] = {}
        if _CONTENT_TYPES not in self:
            self.put(_CONTENT_TYPES, f'{_HEAD}<Types xmlns="{_TYPES}"/>'.encode())

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._by_name

    def content(self, part: str) -> bytes:
        """Return the content of a part."""
        return self._parts[self._by_name[_key(part)]]

    def put(self, part: str, content: bytes) -> None:
        """Add a part, or replace it."""
        self._parts[self._by_name.setdefault(_key(part), part)] = content
        self._roots.pop(part, None)

    def xml(self, part: str) -> Any:
        """Return the root of an XML part. `data` writes what was changed in it."""
        if part not in self._roots:
            self._roots[part] = parsed(self.content(part))
        return self._roots[part]

    def add(self, part: str, xml: str, content_type: str) -> Any:
        """Add an XML part and return its root."""
        self.put(part, f"{_HEAD}{xml}".encode())
        types = self.xml(_CONTENT_TYPES)
        attributes = {"PartName": f"/{part}", "ContentType": content_type}
        etree.SubElement(types, f"{{{_TYPES}}}Override", attributes)
        return self.xml(part)

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """State the type of all parts with a suffix, unless the file does."""
        types = self.xml(_CONTENT_TYPES)
        if all(each.get("Extension", "").lower() != suffix for each in _children(types)):
            attributes = {"Extension": suffix, "ContentType": content_type}
            types.insert(0, types.makeelement(f"{{{_TYPES}}}Default", attributes))

    def free_name(self, pattern: str) -> str:
        """Return the first name that no part has: `xl/comments{}.xml`."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def main(self) -> str:
        """Return the part with the document or the workbook."""
        usual = [part for part in _USUAL if part in self]
        return [*self.related("", "officeDocument"), *usual][0]

    def related(self, part: str, kind: str) -> list[str]:
        """Return the parts of a kind that a part ("" is the package) refers to."""
        found = self.relations(part).values()
        return [target for each, target in found if each == kind and target in self]

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the target of each relationship of a part, by id."""
        name = _relations_of(part)
        if name not in self:
            return {}
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                _target(part, each.get("Target", "")),
            )
            for each in _children(self.xml(name))
            if each.get("TargetMode", "").lower() != "external"
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship to a part and return its id."""
        name = _relations_of(part)
        if name not in self:
            self.put(name, f'{_HEAD}<Relationships xmlns="{_RELATIONS}"/>'.encode())
        root = self.xml(name)
        used = {each.get("Id") for each in _children(root)}
        number = next(n for n in range(1, len(used) + 2) if f"gischema{n}" not in used)
        strict = any(each.get("Type", "").startswith(_STRICT) for each in _children(root))
        attributes = {
            "Id": f"gischema{number}",
            "Type": f"{_STRICT if strict else _OFFICE}/{kind}",
            "Target": f"/{target}",
        }
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        return attributes["Id"]

    def data(self) -> bytes:
        """Return the file."""
        for part, root in self._roots.items():
            if etree.tostring(root) == etree.tostring(parsed(self.content(part))):
                continue
            content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self._parts[self._by_name[_key(part)]] = content
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                entry = self._entries.get(name)
                kind = zipfile.ZIP_DEFLATED if entry is None else entry.compress_type
                archive.writestr(entry or zipfile.ZipInfo(name), content, kind)
            archive.comment = AUTHOR.encode()
        return file.getvalue()


def parsed(content: bytes) -> Any:
    """Return the root of XML; entities are not resolved, and nothing is loaded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: Any) -> str:
    """Return the namespace of an element."""
    return str(element.tag).partition("}")[0].lstrip("{")


def _children(element: Any) -> Iterator[Any]:
    """Yield the elements in an element, without comments of the XML."""
    yield from element.iterchildren("{*}*")


def _key(part: str) -> str:
    return part.replace("\\", "/").lower()


def _relations_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _target(part: str, target: str) -> str:
    folder = posixpath.dirname(part)
    path = posixpath.join("/", folder, target.replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/")
