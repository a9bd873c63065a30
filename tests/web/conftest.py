"""A server in this process, and requests to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

import gischema
from gischema.web.server import HOST, PageServer
from gischema.web.workers import UploadLimits
from tests.web.test_uploads import KIND, body


@contextmanager
def running(server: PageServer) -> Iterator[PageServer]:
    """Run a server in a thread, and end it."""
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(30)
        assert not thread.is_alive()


class Client:
    """Sends requests to a server. Its processes have `folder` for temporary files."""

    def __init__(self, server: PageServer, folder: Path | None = None) -> None:
        self.server, self.folder = server, folder

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        return self._request("GET", path, None, headers)

    def post(self, *parts: tuple[str, bytes], **headers: str) -> tuple[HTTPResponse, bytes]:
        return self.send(f"/check?token={self.server.token}", *parts, **headers)

    def send(
        self, path: str, *parts: tuple[str, bytes], **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        return self._request("POST", path, body(*parts), {"Content-Type": KIND, **headers})

    def check(self, name: str, content: bytes) -> dict:
        answer, data = self.post((f'name="file"; filename="{name}"', content))
        assert answer.status == 200, data
        return json.loads(data)

    def _request(self, method, path, sent, headers) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(HOST, self.server.port, timeout=60)
        try:
            connection.request(method, path, sent, headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="session")
def client(tmp_path_factory) -> Iterator[Client]:
    engine = gischema.Gischema()
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        with running(PageServer(engine, jobs=1, limits=UploadLimits(seconds=20))) as server:
            client = Client(server, folder)
            client.get("/")  # its processes have started
            patch.undo()
            yield client
