"""The server of the page: on this computer only, for whoever has its token."""

from __future__ import annotations

import hmac
import secrets
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from gischema.output.language import Lang, say
from gischema.web.answers import TEXT, Answer, Redirect, UploadRefused
from gischema.web.desk import CHECKS, GET, POST, Desk, Page, Request
from gischema.web.uploads import NotMultipart, Upload, uploads
from gischema.web.workers import UploadLimits, Workers

if TYPE_CHECKING:
    from gischema.engine import Gischema

HOST = "127.0.0.1"
MAX_BYTES = 20 * 2**20
"""How many bytes one request may send."""

_IDLE = 30.0  # seconds without a byte, after which a connection ends
_UPLOAD = 30.0  # seconds for the body of a request
_DRAIN = 5.0  # seconds for the rest of a request that is refused
_LONGEST = 300.0  # seconds for a request as a whole: upload, wait, check
_CONNECTIONS = 128
_BODIES = 4  # requests whose bodies are in memory at a time
_SECURITY = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class PageServer(ThreadingHTTPServer):
    """Serves the page to drop reports on, and answers with their check.

    Args:
        engine: The engine.
        port: The port; 0 for any that is free.
        lang: The language of the pages.
        once: Whether to stop after the first check.
        jobs: How many files are checked at a time.
        limits: What one request may cost.
    """

    daemon_threads = True
    request_queue_size = _CONNECTIONS

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
        super().__init__((HOST, port), _Handler)
        self.once = once
        self.token = secrets.token_urlsafe(24)
        self.workers = Workers(engine, jobs, limits)
        self.desk = Desk(engine, self.workers, self.token, MAX_BYTES, lang)
        self.bodies = threading.BoundedSemaphore(_BODIES)
        self._connections = threading.BoundedSemaphore(_CONNECTIONS)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The address of the page, with its token."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a request in a thread of its own; refuse it if there are too many."""
        if self._connections.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a request; end it when it takes longer than any upload and check together."""
        end = threading.Timer(_LONGEST, _end, [request])
        end.daemon = True
        end.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            end.cancel()
            self._connections.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about a connection that broke off."""

    def server_close(self) -> None:
        """Close the socket, and end the processes."""
        super().server_close()
        self.workers.close()

    def stop(self) -> None:
        """End `serve_forever`, from any thread."""
        threading.Thread(target=self.shutdown, daemon=True).start()


def _end(request: socket.socket) -> None:
    with suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request, and closes the connection."""

    server: PageServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "gischema", ""
    timeout = _IDLE

    def do_GET(self) -> None:
        """Send a page or a file."""
        self._answer(GET)

    def do_POST(self) -> None:
        """Check the files that are sent, or take a waiver."""
        self._answer(POST)

    def handle_expect_100(self) -> bool:
        """Ask for the body only of a request that will be answered."""
        try:
            self._admit()
            self._length()
        except UploadRefused as refused:
            self._refuse(refused)
            return False
        return super().handle_expect_100()

    def log_message(self, *_: Any) -> None:
        """Keep no log: names of files are nobody's business."""

    def _answer(self, pages: Mapping[str, Page]) -> None:
        self.close_connection = True
        try:
            self._admit()
            address = urlsplit(self.path)
            page = pages.get(address.path)
            if page is None:
                raise UploadRefused(HTTPStatus.NOT_FOUND, "没有这一页", "no such page")
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            wants_page = "text/html" in self.headers.get("Accept", "")
            if pages is GET:
                made = page(self.server.desk, Request(query, wants_page))
            else:
                length = self._length()
                with self.server.bodies:
                    request = Request(query, wants_page, self._uploads(length))
                    made = page(self.server.desk, request)
        except UploadRefused as refused:
            self._refuse(refused)
            return
        self._send(made)
        if self.server.once and address.path in CHECKS and pages is POST:
            self.server.stop()

    def _admit(self) -> None:
        """Raise `UploadRefused` unless a request has the token and comes from no other page.

        The name of the host is checked as well: another name may lead here too.
        """
        hosts = {f"{name}:{self.server.port}" for name in (HOST, "localhost")}
        host, origin = self.headers.get("Host"), self.headers.get("Origin")
        query = parse_qs(urlsplit(self.path).query)
        token = query.get("token", [""])[0].encode()
        if (
            host not in hosts
            or (origin is not None and origin != f"http://{host}")
            or not hmac.compare_digest(token, self.server.token.encode())
        ):
            zh, en = "请使用启动时显示的网址", "use the address that was printed at the start"
            raise UploadRefused(HTTPStatus.FORBIDDEN, zh, en)

    def _length(self) -> int:
        stated = self.headers.get("Content-Length", "")
        if not stated.isascii() or not stated.isdigit():
            raise UploadRefused(HTTPStatus.LENGTH_REQUIRED, "没有写明长度", "no Content-Length")
        if len(stated) > 12 or int(stated) > MAX_BYTES:
            most = f"{MAX_BYTES // 2**20} MB"
            why = f"文件超过 {most}", f"the files exceed {most}"
            raise UploadRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, *why)
        return int(stated)

    def _uploads(self, length: int) -> tuple[Upload, ...]:
        """Read the fields of a form; from this computer that takes a moment."""
        end, pieces = monotonic() + _UPLOAD, []
        while length:
            piece = self.rfile.read1(min(length, 2**20))
            if not piece or monotonic() > end:
                raise UploadRefused(HTTPStatus.BAD_REQUEST, "上传中断", "the upload broke off")
            pieces.append(piece)
            length -= len(piece)
        try:
            return tuple(uploads(self.headers.get("Content-Type", ""), b"".join(pieces)))
        except NotMultipart as error:
            zh, en = "请以表单上传文件（multipart/form-data）", "send files as multipart/form-data"
            raise UploadRefused(HTTPStatus.BAD_REQUEST, zh, en) from error

    def _refuse(self, refused: UploadRefused) -> None:
        words = say(self.server.desk.lang, refused.zh, refused.en)
        self.close_connection = True
        with suppress(OSError):
            self._send(Answer(TEXT, f"{words}\n".encode()), refused.status)
            self._drain()

    def _drain(self) -> None:
        """Read on for a moment: a browser that is still sending would not see the answer."""
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(1)
        end = monotonic() + _DRAIN
        while monotonic() < end and self.connection.recv(2**16):
            pass

    def _send(self, made: Answer | Redirect, status: HTTPStatus = HTTPStatus.OK) -> None:
        headers = {**_SECURITY, "Connection": "close"}
        headers["Content-Security-Policy"] = "frame-ancestors 'none'"
        content = b""
        if isinstance(made, Redirect):
            status, headers["Location"] = HTTPStatus.SEE_OTHER, made.address
        else:
            content, headers["Content-Type"] = made.content, made.kind
            if made.disposition is not None:
                headers["Content-Disposition"] = made.disposition
        headers["Content-Length"] = str(len(content))
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(content)
