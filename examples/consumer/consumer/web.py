"""A web endpoint: `POST /check` takes a file and gives the result of its check as JSON."""

from __future__ import annotations

import json
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import gischema

_LARGEST = 20 * 2**20


class Handler(BaseHTTPRequestHandler):
    """Checks one file a request; the header `X-Name` has its name, with % escapes."""

    def do_POST(self) -> None:
        """Answer a request."""
        if self.path != "/check":
            self._answer(HTTPStatus.NOT_FOUND, '{"reason": "not_found"}')
            return
        size = int(self.headers.get("Content-Length", 0))
        if size > _LARGEST:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, '{"reason": "too_large"}')
            return
        name = unquote(self.headers.get("X-Name", "")) or None
        try:
            report = gischema.parse(self.rfile.read(size), name=name)
        except gischema.UnreadableSource as error:
            data = {"reason": error.reason, "message": error.why, "message_en": error.why_en}
            self._answer(HTTPStatus.UNPROCESSABLE_ENTITY, json.dumps(data, ensure_ascii=False))
            return
        self._answer(HTTPStatus.OK, gischema.dumps(gischema.check(report)))

    def _answer(self, status: HTTPStatus, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def server(port: int = 0) -> ThreadingHTTPServer:
    """Return a server on this machine only; threads share one engine."""
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    server(int(sys.argv[1])).serve_forever()
