"""What the server answers, and how it refuses."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from attrs import frozen

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@frozen
class Answer:
    """An answer with status 200; a file to be saved has a name."""

    kind: str
    content: bytes
    name: str | None = None

    @property
    def disposition(self) -> str | None:
        """The header `Content-Disposition`; None for an answer that is no file to be saved."""
        if self.name is None:
            return None
        plain = "".join(
            c if c.isascii() and (c.isalnum() or c in "-._+") else "_" for c in self.name
        )
        return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(self.name, safe='')}"


@frozen
class Redirect:
    """The address of the page that shows what a request has changed."""

    address: str


def encoded(text: str) -> bytes:
    """Return text in UTF-8; what has no form in it, such as half a pair, is written out."""
    return text.encode("utf-8", "backslashreplace")


class UploadRefused(Exception):
    """A request that is not answered, with the status and the reason in both languages."""

    def __init__(self, status: HTTPStatus, zh: str, en: str) -> None:
        super().__init__(status, zh, en)
        self.status, self.zh, self.en = status, zh, en
