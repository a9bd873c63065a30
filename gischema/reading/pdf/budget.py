"""What one PDF file may still use: bytes, objects, instructions, characters."""

from __future__ import annotations

import re

from attrs import define

from gischema.reading.limits import (
    MAX_PDF_CHARACTERS,
    MAX_PDF_CONTENT,
    MAX_PDF_FIGURES,
    MAX_PDF_PAGE_CHARACTERS,
    MAX_PDF_POINTS,
    MAX_PDF_TOKENS,
    MAX_PDF_UNPACKED,
)

_TOKEN = re.compile(rb"[\[(<]|[^\s\[\]()<>/]+")


class PdfTooComplex(Exception):
    """The file asks for more than any report needs."""


@define(eq=False)
class PdfBudget:
    """What one file may still use. Each method counts something.

    They raise PdfTooComplex once the file has used more than it may.
    """

    unpacked: int = MAX_PDF_UNPACKED
    content: int = MAX_PDF_CONTENT
    tokens: int = MAX_PDF_TOKENS
    objects: int = MAX_PDF_TOKENS
    figures: int = MAX_PDF_FIGURES
    characters: int = MAX_PDF_CHARACTERS
    points: int = MAX_PDF_POINTS
    on_page: int = MAX_PDF_PAGE_CHARACTERS

    def unpack(self, size: int) -> None:
        """Count bytes that a stream inflates to."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise PdfTooComplex("streams")

    def build(self, count: int) -> None:
        """Count values that objects of the file are built from."""
        self.objects -= count
        if self.objects < 0:
            raise PdfTooComplex("objects")

    def draw(self, instructions: bytes) -> None:
        """Count drawing instructions, each time they are carried out."""
        self.content -= len(instructions)
        self.figures -= 1
        if self.content >= 0:
            self.tokens -= sum(1 for _ in _TOKEN.finditer(instructions))
        if min(self.content, self.figures, self.tokens) < 0:
            raise PdfTooComplex("content")

    def turn_page(self) -> None:
        """Begin to count the characters of another page."""
        self.on_page = MAX_PDF_PAGE_CHARACTERS

    def write(self, count: int) -> None:
        """Count characters that a page prints."""
        self.characters -= count
        self.on_page -= count
        if min(self.characters, self.on_page) < 0:
            raise PdfTooComplex("characters")

    def trace(self, count: int) -> None:
        """Count points of the lines that a page draws."""
        self.points -= count
        if self.points < 0:
            raise PdfTooComplex("lines")
