"""Who may ask the server: whoever has its token, from its own pages, on this computer."""

from __future__ import annotations

import asyncio
import hmac
from contextlib import suppress
from http import HTTPStatus

from attrs import frozen
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gischema.output.language import Lang
from gischema.web.answers import RequestRefused
from gischema.web.uploads import too_large

_DRAIN = 5.0  # seconds for the rest of a request that is refused
_HEADERS = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@frozen
class Guard:
    """Passes on the requests that may be answered; no answer may be kept, framed or sniffed.

    Attributes:
        hosts: The names of this server, with its port. Other names may lead here too.
        most: How many bytes one request may send.
    """

    app: ASGIApp
    hosts: tuple[str, ...]
    token: str
    most: int
    lang: Lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        try:
            if scope["type"] == "http":
                self._admit(Request(scope))
        except RequestRefused as refused:
            await self._refuse(refused, receive, send_secured)
        else:
            await self.app(scope, receive, send_secured)

    def _admit(self, request: Request) -> None:
        """Raise `RequestRefused` unless a request has the token and comes from no other page."""
        host, origin = request.headers.get("Host"), request.headers.get("Origin")
        token = request.query_params.get("token", "")
        if (
            host not in self.hosts
            or (origin is not None and origin != f"http://{host}")
            or not hmac.compare_digest(token.encode(), self.token.encode())
        ):
            zh, en = "请使用启动时显示的网址", "use the address that was printed at the start"
            raise RequestRefused(HTTPStatus.FORBIDDEN, zh, en)
        if int(request.headers.get("Content-Length", "0")) > self.most:
            raise too_large(self.most)

    async def _refuse(self, refused: RequestRefused, receive: Receive, send: Send) -> None:
        """Say why, and read on for a moment: who is still sending would not see the answer."""
        response = refused.response(self.lang)
        start = {"status": response.status_code, "headers": response.raw_headers}
        await send({"type": "http.response.start", **start})
        body = {"type": "http.response.body", "body": response.body}
        await send({**body, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN):
                while (await receive()).get("more_body"):
                    pass
        await send({"type": "http.response.body"})
