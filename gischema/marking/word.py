"""Remarks in a Word file: as comments, and as tracked changes if they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from attrs import define, field

from gischema.marking.office_package import OfficePackage, local_name, namespace
from gischema.marking.remarks import Remark, Remarks, Standing
from gischema.marking.tracked_changes import reject_own, suggest_value
from gischema.marking.word_places import find_element, paragraphs_of
from gischema.marking.words import AUTHOR, COLOURS
from gischema.output.columns import clean

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK = re.compile(r"\s+")


def without_own_remarks(data: bytes) -> bytes:
    """Return a Word file without the comments and tracked changes of an earlier run."""
    file = _WordFile.of(data)
    return file.package.data() if file.clear() else data


def with_remarks(data: bytes, remarks: Remarks, *, suggest: bool) -> bytes:
    """Return a Word file with the remarks; `suggest` adds tracked changes."""
    file = _WordFile.of(data)
    file.clear()
    file.verdict(remarks.verdict)
    for remark in remarks.placed:
        file.remark(remark, suggest=suggest)
    return file.package.data()


@define(eq=False)
class _WordFile:
    """A Word file that is being changed. `w` is the namespace of its elements."""

    package: OfficePackage
    document: Any
    body: Any
    w: str
    _next: int = field(init=False)

    @classmethod
    def of(cls, data: bytes) -> _WordFile:
        """Open a file that its reader has read."""
        package = OfficePackage(data)
        document = package.xml(package.main())
        body = next(each for each in document if local_name(each) == "body")
        return cls(package, document, body, namespace(document))

    def __attrs_post_init__(self) -> None:
        """Find a number that no comment has."""
        marks = (each for each in self.document.iter() if local_name(each) in _MARKS)
        comments = self._comments()
        used = [self._get(each, "id") for each in (*marks, *(() if comments is None else comments))]
        self._next = max((int(one) for one in used if one.isdecimal()), default=-1) + 1

    def clear(self) -> bool:
        """Remove the own comments and tracked changes; return True if there were any."""
        changed = reject_own(self.document, self.w)
        comments = self._comments()
        every = () if comments is None else comments
        own = [each for each in every if self._get(each, "author") == AUTHOR]
        numbers = {self._get(comment, "id") for comment in own}
        for comment in own:
            comment.getparent().remove(comment)
        for mark in [each for each in self.document.iter() if local_name(each) in _MARKS]:
            if self._get(mark, "id") in numbers:
                _remove_mark(mark)
        return changed or bool(own)

    def verdict(self, text: str) -> None:
        """Put a comment about the report on its first paragraph with a text."""
        every = paragraphs_of(self.body)
        if not every:
            return
        first = next((one for one in every if _text(one).strip()), every[0])
        self._comment([first], (("gischema", text),), None)

    def remark(self, remark: Remark, *, suggest: bool) -> None:
        """Put a comment at the place of a remark, at the beginning if it is not there."""
        element = find_element(self.body, remark.origin.element or "")
        if element is None:
            moved = tuple((f"{remark.place} {title}", text) for title, text in remark.parts)
            self._comment(paragraphs_of(self.body)[:1], moved, remark.standing)
            return
        paragraphs = paragraphs_of(element)
        filled = [each for each in paragraphs if _text(each).strip()] or paragraphs[:1]
        parts = remark.parts
        if remark.sentence:
            (first, text), *more = parts
            parts = ((first, f"“{remark.sentence.strip()}”\n{text}"), *more)
        elif suggest and remark.suggestion is not None:
            suggest_value(filled, remark.suggestion, self.w, AUTHOR)
        self._comment(filled, parts, remark.standing, remark.sentence)

    def _comment(
        self,
        paragraphs: Sequence[Any],
        parts: Sequence[tuple[str, str]],
        standing: Standing | None,
        sentence: str = "",
    ) -> None:
        """Add a comment on some paragraphs, or on the runs that hold a sentence of the first."""
        if not paragraphs:
            return
        number = str(self._next)
        self._next += 1
        first, last = paragraphs[0], paragraphs[-1]
        start = self._element("commentRangeStart", id=number)
        end = self._element("commentRangeEnd", id=number)
        run = self._element("r")
        run.append(self._element("commentReference", id=number))
        covered = _runs_of(first, sentence) if sentence else []
        if covered:
            covered[0].addprevious(start)
            _add_behind(covered[-1], end)
            _add_behind(end, run)
        else:
            has_properties = len(first) > 0 and local_name(first[0]) == "pPr"
            first.insert(1 if has_properties else 0, start)
            last.append(end)
            last.append(run)
        self._write(number, parts, standing)

    def _write(
        self, number: str, parts: Sequence[tuple[str, str]], standing: Standing | None
    ) -> None:
        """Write the text of a comment: titles are bold, in the colour of their severity."""
        comments = self._comments()
        if comments is None:
            usual = "word/comments.xml"
            part = self.package.free_name("word/comments{}.xml") if usual in self.package else usual
            self.package.relate(self.package.main(), "comments", part)
            comments = self.package.add(part, f'<w:comments xmlns:w="{self.w}"/>', _TYPE)
        comment = self._element("comment", id=number, author=AUTHOR, initials="G")
        for title, text in parts:
            comment.append(self._paragraph(title, bold=True, colour=standing))
            for line in text.split("\n"):
                comment.append(self._paragraph(line))
        comments.append(comment)

    def _paragraph(self, text: str, *, bold: bool = False, colour: Standing | None = None) -> Any:
        paragraph, run, words = self._element("p"), self._element("r"), self._element("t")
        if bold:
            properties = self._element("rPr")
            properties.append(self._element("b"))
            if colour is not None:
                properties.append(self._element("color", val=COLOURS[colour]))
            run.append(properties)
        words.text = clean(text)
        words.set(_XML_SPACE, "preserve")
        run.append(words)
        paragraph.append(run)
        return paragraph

    def _comments(self) -> Any | None:
        found = self.package.related(self.package.main(), "comments")
        return self.package.xml(found[0]) if found else None

    def _element(self, name: str, **attributes: str) -> Any:
        element = self.document.makeelement(f"{{{self.w}}}{name}", nsmap={"w": self.w})
        for key, value in attributes.items():
            element.set(f"{{{self.w}}}{key}", value)
        return element

    def _get(self, element: Any, name: str) -> str:
        return str(element.get(f"{{{self.w}}}{name}", ""))


def _remove_mark(mark: Any) -> None:
    """Remove a mark of a comment, with the run that was made for it."""
    run = mark.getparent()
    _cut(mark)
    is_reference = local_name(mark) == "commentReference" and local_name(run) == "r"
    if is_reference and all(local_name(each) == "rPr" for each in run):
        _cut(run)


def _cut(element: Any) -> None:
    """Remove an element, and leave the text behind it in its place."""
    parent, tail = element.getparent(), element.tail
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _add_behind(element: Any, other: Any) -> None:
    """Put `other` directly behind an element: the text behind it stays behind both."""
    other.tail, element.tail = element.tail, None
    element.addnext(other)


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter() if local_name(each) == "t")


def _runs_of(paragraph: Any, sentence: str) -> list[Any]:
    """Return the runs that hold a sentence: children of the paragraph, which comments part."""
    text, owners = "", []
    for child in paragraph:
        words = _BLANK.sub("", _text(child))
        text += words
        owners += [child] * len(words)
    start = text.find(wanted := _BLANK.sub("", sentence))
    if start < 0 or not wanted:
        return []
    return [owners[start], owners[start + len(wanted) - 1]]
