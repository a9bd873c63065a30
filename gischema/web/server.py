"""The server of the page: on this computer only, for whoever has its token."""

from __future__ import annotations

import hmac
import secrets
import socket
import threading
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from gischema.errors import MissingPackage
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.kinds import FORM_FILES
from gischema.output.language import Lang, say
from gischema.web.check_uploads import Job
from gischema.web.start_page import newest_first, result_links, start_page
from gischema.web.uploads import NotMultipart, uploads
from gischema.web.workers import Busy, UploadLimits, Workers

if TYPE_CHECKING:
    from gischema.engine import Gischema

HOST = "127.0.0.1"
MAX_BYTES = 20 * 2**20
"""How many bytes one request may send."""

_IDLE = 30.0  # seconds without a byte, after which a connection ends
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
_HTML = "text/html; charset=utf-8"
_JSON = "application/json; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"


class UploadRefused(Exception):
    """A request that is not answered, with the status and the reason in both languages."""

    def __init__(self, status: HTTPStatus, zh: str, en: str) -> None:
        super().__init__(status, zh, en)
        self.status, self.zh, self.en = status, zh, en


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
        self.engine, self.lang, self.once = engine, lang, once
        self.token = secrets.token_urlsafe(24)
        self.workers = Workers(engine, jobs, limits)
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
        """Answer a request."""
        try:
            super().process_request_thread(request, client_address)
        finally:
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


class _Handler(BaseHTTPRequestHandler):
    """Answers one request, and closes the connection."""

    server: PageServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "gischema", ""
    timeout = _IDLE

    def do_GET(self) -> None:
        """Send the start page, or a blank form."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Check the files that are sent."""
        self._answer(self._post)

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

    def _answer(self, make: Any) -> None:
        self.close_connection = True
        try:
            self._admit()
            make()
        except UploadRefused as refused:
            self._refuse(refused)

    def _get(self) -> None:
        path = urlsplit(self.path).path
        if path == "/":
            forms = newest_first(self.server.engine.forms.values())
            made = start_page(self.server.token, forms, MAX_BYTES, self.server.lang)
            self._send(HTTPStatus.OK, _HTML, made.encode("utf-8"))
        elif path == "/form":
            self._form()
        else:
            raise UploadRefused(HTTPStatus.NOT_FOUND, "没有这一页", "no such page")

    def _form(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        form = self.server.engine.forms.get(query.get("id", [""])[0])
        kind = query.get("as", [""])[0]
        if form is None or kind not in FORM_FILES:
            raise UploadRefused(HTTPStatus.NOT_FOUND, "没有这个表式", "no such form")
        made = FORM_FILES[kind]
        try:
            content = made.make(FilledForm(form))
        except MissingPackage as error:
            raise UploadRefused(
                HTTPStatus.NOT_IMPLEMENTED, error.message, error.message_en
            ) from error
        self._send(HTTPStatus.OK, made.mime, content, f"{form.id}.{kind}")

    def _post(self) -> None:
        if urlsplit(self.path).path not in ("/", "/check"):
            raise UploadRefused(HTTPStatus.NOT_FOUND, "没有这一页", "no such page")
        length = self._length()
        with self.server.bodies:
            job = self._job(self._body(length))
            try:
                made = self.server.workers.answer(job)
            except Busy:
                why = "正忙，请稍后再试", "busy, try again later"
                raise UploadRefused(HTTPStatus.SERVICE_UNAVAILABLE, *why) from None
        kind = _HTML if job.shape == "html" else _JSON
        self._send(HTTPStatus.OK, kind, made.encode("utf-8", "backslashreplace"))
        if self.server.once:
            self.server.stop()

    def _job(self, body: bytes) -> Job:
        try:
            sent = uploads(self.headers.get("Content-Type", ""), body)
        except NotMultipart as error:
            zh, en = "请以表单上传文件（multipart/form-data）", "send files as multipart/form-data"
            raise UploadRefused(HTTPStatus.BAD_REQUEST, zh, en) from error
        files = tuple(each for each in sent if each.field == "file")
        if not files:
            raise UploadRefused(
                HTTPStatus.BAD_REQUEST, "没有文件（file）", "no file in the field “file”"
            )
        previous = next((each for each in sent if each.field == "previous"), None)
        if previous is not None and len(files) > 1:
            zh, en = "上一年的报告只能与一份报告对照", "last year's report goes with one report"
            raise UploadRefused(HTTPStatus.BAD_REQUEST, zh, en)
        lang = self.server.lang
        if "text/html" not in self.headers.get("Accept", ""):
            return Job(files, "json", lang, previous)
        forms = newest_first(self.server.engine.forms.values())
        links = result_links(self.server.token, forms, lang)
        return Job(files, "html", lang, previous, links)

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

    def _body(self, length: int) -> bytes:
        body = self.rfile.read(length)
        if len(body) < length:
            raise UploadRefused(HTTPStatus.BAD_REQUEST, "上传中断", "the upload broke off")
        return body

    def _refuse(self, refused: UploadRefused) -> None:
        words = say(self.server.lang, refused.zh, refused.en)
        self.close_connection = True
        with suppress(OSError):
            self._send(refused.status, _TEXT, f"{words}\n".encode())
            self._drain()

    def _drain(self) -> None:
        """Read on for a moment: a browser that is still sending would not see the answer."""
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(1)
        for _ in range(2 * MAX_BYTES // 2**16):
            if not self.connection.recv(2**16):
                return

    def _send(self, status: HTTPStatus, kind: str, content: bytes, name: str | None = None) -> None:
        self.send_response(status)
        headers = {**_SECURITY, "Content-Type": kind, "Content-Length": str(len(content))}
        headers["Connection"] = "close"
        headers["Content-Security-Policy"] = "frame-ancestors 'none'"
        if name is not None:
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(content)
