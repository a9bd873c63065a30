"""The server of the page: on this computer only, for whoever has its token."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from gischema.output.language import Lang
from gischema.web.answers import RequestRefused
from gischema.web.desk import Desk
from gischema.web.guard import Guard
from gischema.web.workers import UploadLimits, Workers

if TYPE_CHECKING:
    from gischema.engine import Gischema

HOST = "127.0.0.1"
MAX_BYTES = 20 * 2**20
"""How many bytes one request may send."""

_LONGEST = 300.0  # seconds for a request as a whole: upload, wait, check
_CONNECTIONS = 128
_LAST = 2  # seconds for the last answers when the server ends


class PageServer:
    """Serves the page to drop reports on, and answers with their check.

    It listens from the beginning, and answers while `run` runs.

    Args:
        engine: The engine.
        port: The port; 0 for any that is free.
        lang: The language of the pages.
        once: Whether to stop after the first check.
        jobs: How many files are checked at a time.
        limits: What one request may cost.
    """

    def __init__(
        self,
        engine: Gischema,
        *,
        port: int = 0,
        lang: Lang = "zh",
        once: bool = False,
        jobs: int = 2,
        limits: UploadLimits | None = None,
    ) -> None:
        self._socket = socket.create_server((HOST, port), backlog=_CONNECTIONS)
        self.port = int(self._socket.getsockname()[1])
        self.token = secrets.token_urlsafe(24)
        self.workers = Workers(engine, jobs, limits)
        done = self.stop if once else None
        self.desk = Desk(engine, self.workers, self.token, MAX_BYTES, lang, done)
        app = Starlette(
            routes=self.desk.routes(),
            exception_handlers={HTTPException: self._refused},
            lifespan=self._working,
        )
        hosts = tuple(f"{name}:{self.port}" for name in (HOST, "localhost"))
        config = uvicorn.Config(
            Guard(app, hosts, self.token, MAX_BYTES, lang),
            http=_Connection,
            ws="none",
            loop="asyncio",
            proxy_headers=False,
            server_header=False,
            # No log: names of files are nobody's business.
            log_config=None,
            log_level=logging.CRITICAL,
            access_log=False,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LAST,
        )
        self._server = uvicorn.Server(config)

    @property
    def address(self) -> str:
        """The address of the page, with its token."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    def run(self) -> None:
        """Answer requests until `stop` is called, or an interrupt comes."""
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """End `run`, from any thread, after the answers that are under way."""
        self._server.should_exit = True

    @asynccontextmanager
    async def _working(self, _: Starlette) -> AsyncIterator[None]:
        with self.workers:
            yield

    async def _refused(self, _: Request, error: Exception) -> Response:
        if not isinstance(error, RequestRefused):  # no route has this address, or this method
            error = RequestRefused(HTTPStatus.NOT_FOUND, "没有这一页", "no such page")
        return error.response(self.desk.lang)


class _Connection(H11Protocol):
    """A connection. It ends in time, whatever its sender does."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(_LONGEST, transport.abort)
