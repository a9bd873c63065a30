"""Pictures of the places of a scan that figures were recognised at."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, field

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.limits import MAX_BYTES, MAX_PICTURED_PAGES, MAX_PICTURES
from gischema.reading.scan.extra import is_installed
from gischema.report import Origin

if TYPE_CHECKING:
    from gischema.reading.scan.raster import Image


@define(eq=False)
class CellPictures:
    """Cuts places out of the file that a document was read from, as PNG.

    The file is read again when the first picture is asked for. If it is not the same any more,
    there are no pictures, and no more after so many bytes.

    Attributes:
        document: The document.
        source: The content of its file, or the path of it.
        left: The bytes that further pictures may have.
    """

    document: Document
    source: bytes | Path
    left: int = MAX_PICTURES
    _content: bytes | None = field(init=False, default=None)
    _pages: dict[int, tuple[Image, float] | None] = field(init=False, factory=dict)

    def __call__(self, origin: Origin) -> bytes | None:
        """Return a PNG of a place, None if it was not recognised or cannot be shown."""
        found = self.document.place(origin.start)
        if found is None or found.choices is None or found.file is not None:
            return None
        if found.page is None or found.box is None or not is_installed():
            return None
        if (found.page, found.box) != (origin.page, origin.box):  # of another report
            return None
        page = self._page(found.page)
        if page is None:
            return None
        from gischema.reading.scan.cut_cells import cut  # needs the extra

        picture = cut(*page, found.box)
        if picture is None or len(picture) > self.left:
            return None
        self.left -= len(picture)
        return picture

    def _page(self, number: int) -> tuple[Image, float] | None:
        if number not in self._pages:
            if len(self._pages) >= MAX_PICTURED_PAGES:
                return None
            self._pages[number] = self._loaded(number)
        return self._pages[number]

    def _loaded(self, number: int) -> tuple[Image, float] | None:
        from gischema.reading.scan.cut_cells import grey_page  # needs the extra

        try:
            if self._content is None:
                self._content = self._same_file()
            return grey_page(self._content, self.document.kind, number)
        except (OSError, UnreadableSource):
            return None

    def _same_file(self) -> bytes:
        """Return the content of the file, an empty one if it is not that of the document."""
        content = self.source
        if isinstance(content, Path):
            with content.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        return content if self.document.digests == (sha256(content).hexdigest(),) else b""
