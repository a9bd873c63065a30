"""What the server answers, and how it refuses."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from attrs import frozen
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from gischema.output.language import Lang, say

JSON = "application/json; charset=utf-8"


@frozen
class Answer:
    """An answer with status 200; a file to be saved has a name."""

    kind: str
    content: bytes
    name: str | None = None

    def response(self) -> Response:
        """Return the answer as it is sent."""
        headers = {}
        if self.name is not None:
            name = quote(self.name.encode("utf-8", "replace"), safe="")
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return Response(self.content, headers=headers, media_type=self.kind)


class RequestRefused(HTTPException):
    """A request that is not answered, with the status and the reason in both languages."""

    def __init__(self, status: HTTPStatus, zh: str, en: str) -> None:
        super().__init__(status, f"{zh} ({en})")
        self.zh, self.en = zh, en

    def response(self, lang: Lang) -> Response:
        """Return the reason as it is sent."""
        return PlainTextResponse(f"{say(lang, self.zh, self.en)}\n", self.status_code)


def encoded(text: str) -> bytes:
    """Return text in UTF-8; what has no form in it, such as half a pair, is written out."""
    return text.encode("utf-8", "backslashreplace")
