"""The page on this computer: the same answers as the command, for nobody else."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

import gischema
from gischema.cli.app import app
from gischema.web import check_uploads
from gischema.web.answers import Answer
from gischema.web.check_uploads import Job
from gischema.web.pages import newest_first
from gischema.web.server import HOST, MAX_BYTES, PageServer
from gischema.web.uploads import Upload
from gischema.web.workers import UploadLimits, Workers
from tests.web.conftest import Client, running
from tests.web.test_uploads import KIND, body

REPORTS = Path("examples/reports")
WRONG = (REPORTS / "art20_2021_wrong.txt").read_bytes()
FILE = 'name="file"; filename="年报.txt"'


@pytest.mark.slow
def test_the_answer_is_that_of_the_command(client):
    """`curl -F file=@x` gives what `check --format json` prints."""
    command = [sys.executable, "-m", "gischema", "check", "--no-settings", "--format", "json"]
    name = "art20_2021_wrong.txt"
    printed = subprocess.run([*command, name], cwd=REPORTS, capture_output=True, check=False)
    assert client.check(name, WRONG) == json.loads(printed.stdout)


def test_several_files_give_a_list_and_a_bad_one_hurts_no_other(client):
    _, data = client.post(
        ('name="file"; filename="a.txt"', WRONG), ('name="file"; filename="b.docx"', b"PK\x03\x04")
    )
    first, second = json.loads(data)
    assert first["verdict"] == "findings"
    assert second["status"] == "unreadable"


def test_last_years_report_is_compared(client):
    last = WRONG.decode().replace("2023年", "2022年").replace("2024-02-27", "2023-01-12").encode()
    alone = client.check("年报.txt", WRONG)
    _, data = client.post((FILE, WRONG), ('name="previous"; filename="去年.txt"', last))
    reasons = [{each["reason"] for each in r["not_assessable"]} for r in (alone, json.loads(data))]
    assert "no_previous" in reasons[0]
    assert "no_previous" not in reasons[1]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
    ],
    ids=str,
)
def test_requests_from_elsewhere_are_refused(client, headers):
    answer, _ = client.post((FILE, WRONG), **headers)
    assert answer.status == 403


@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", "?token=é"])
@pytest.mark.parametrize("path", ["/", "/form", "/check", "/nothing"])
def test_nothing_is_answered_without_the_token(client, path, token):
    answer, data = client.get(path + token.replace("é", "%C3%A9"))
    assert answer.status == 403
    assert client.server.token.encode() not in data


def test_its_own_page_may_send(client):
    answer, _ = client.post((FILE, WRONG), Origin=f"http://{HOST}:{client.server.port}")
    assert answer.status == 200


def test_answers_forbid_caches_frames_and_cookies(client):
    answer, data = client.get(f"/?token={client.server.token}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Set-Cookie"] is None
    assert b"default-src &#x27;none&#x27;" in data
    assert b"20 MB" in data


def test_what_is_too_large_is_refused_before_it_is_sent(client):
    with socket.create_connection((HOST, client.server.port), 10) as connection:
        head = (
            f"POST /check?token={client.server.token} HTTP/1.1\r\n"
            f"Host: {HOST}:{client.server.port}\r\nContent-Length: {MAX_BYTES + 1}\r\n"
            "Expect: 100-continue\r\n\r\n"
        )
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_request_without_a_file_is_refused(client):
    answer, _ = client.post(('name="other"; filename="a.txt"', b"x"))
    assert answer.status == 400


def test_blank_forms_are_files(client):
    for kind, begin in (("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!doctype")):
        path = f"/form?token={client.server.token}&id=art20-2021&as={kind}"
        answer, data = client.get(path)
        assert answer.status == 200
        assert data.startswith(begin)
        assert f"filename*=UTF-8''art20-2021.{kind}" in answer.headers["Content-Disposition"]
    answer, _ = client.get(f"/form?token={client.server.token}&id=art20-2021&as=exe")
    assert answer.status == 404


def test_many_uploads_at_once_are_all_answered_and_leave_no_file(client):
    """Hostile files among them; the server goes on, and nothing stays on the disk."""
    hostile = [b"PK\x03\x04" + os.urandom(500), b"%PDF-1.7\n" + b"<" * 50_000, b"\x00" * 1000]
    sent = [
        (f"{n}.docx" if n % 3 else f"{n}.txt", WRONG if n % 3 == 0 else hostile[n % 3])
        for n in range(50)
    ]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda each: client.check(*each), sent))
    right = [answer["verdict"] for answer in answers if "verdict" in answer]
    assert right == ["findings"] * 17
    assert {a["status"] for a in answers if "status" in a} <= {"unreadable", "crashed"}
    assert list(client.folder.iterdir()) == []


def test_the_form_in_force_is_offered_first_whatever_plugins_add():
    jiangsu = "plugins/gischema-jiangsu/gischema_jiangsu"
    forms = gischema.Gischema(plugins=[jiangsu]).forms
    assert list(forms)[-1] == "stat-2014+jiangsu"
    newest = [form.id for form in newest_first(forms.values())]
    assert newest[:2] == ["art20-2021", "art20-2019"]


def test_it_listens_on_this_computer_only(client):
    assert client.server._socket.getsockname()[0] == "127.0.0.1"


def test_once_ends_after_one_check():
    server = PageServer(gischema.Gischema(), once=True, jobs=1)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    Client(server).get("/")
    assert thread.is_alive()
    Client(server).check("年报.txt", WRONG)
    thread.join(10)
    assert not thread.is_alive()


def test_the_end_waits_for_no_file():
    """A process that hangs holds nothing up."""
    with running(PageServer(gischema.Gischema(), jobs=1)) as server, ThreadPoolExecutor(1) as pool:
        Client(server).check("年报.txt", WRONG)
        (worker,) = server.workers._running
        os.kill(worker.process.pid or 0, signal.SIGSTOP)
        asked = pool.submit(Client(server).check, "年报.txt", WRONG)
        sleep(0.2)
        started = monotonic()
        server.stop()
        assert asked.exception(30) is not None
    assert monotonic() - started < 15


def test_a_port_that_is_taken_is_named(client):
    taken = str(client.server.port)
    result = CliRunner().invoke(app, ["serve", "--once", "--lang", "en", "--port", taken])
    assert result.exit_code == 2
    assert f"port {taken} cannot be used" in result.output


def test_without_its_packages_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("gischema.web.find_spec", {"jinja2": True}.get)
    result = CliRunner().invoke(app, ["serve", "--lang", "en"])
    assert result.exit_code == 1
    wanted = "Error: this needs: pip install 'gischema[web]'; python_multipart is missing\n"
    assert result.output == wanted


AUDIT = """
import sys
def audit(event, given):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind"):
        address = given[1] if event != "socket.getaddrinfo" else given[:2]
        with open({file!r}, "a") as log:
            print(event, address, file=log)
sys.addaudithook(audit)
"""


@pytest.mark.slow
def test_nothing_connects_anywhere(tmp_path):
    """Neither the server nor its processes, while they read, mark and compare a report."""
    log = tmp_path / "connections"
    (tmp_path / "sitecustomize.py").write_text(AUDIT.format(file=str(log)))
    paths = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", str(Path.cwd()))))
    command = [sys.executable, "-m", "gischema", "serve", "--no-browser", "--lang", "en"]
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            address = urlsplit(process.stdout.readline().strip())
            ours = HTTPConnection(address.hostname or "", address.port, timeout=60)
            sent = body((FILE, WRONG), ('name="previous"; filename="b.txt"', WRONG))
            for path in ("/?", "/rules?"):
                ours.request("GET", path + address.query)
                assert ours.getresponse().read()
            accepted = {"Content-Type": KIND, "Accept": "text/html"}
            ours.request("POST", f"/check?{address.query}", sent, accepted)
            assert b"verdict" in ours.getresponse().read()
        finally:
            process.terminate()
    assert [line.split()[0] for line in log.read_text().splitlines()] == ["socket.bind"]
    assert "127.0.0.1" in log.read_text()


def test_an_upload_that_drips_is_cut_off(client, monkeypatch):
    """A slow sender holds no place for long."""
    monkeypatch.setattr("gischema.web.uploads._SECONDS", 0.3)
    address = (HOST, client.server.port)
    with socket.create_connection(address, 10) as connection:
        head = f"POST /check?token={client.server.token} HTTP/1.1\r\nHost: {HOST}:{address[1]}\r\n"
        connection.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode())
        started = monotonic()
        while monotonic() - started < 10:
            try:
                connection.sendall(b"x")
            except OSError:
                break
            sleep(0.05)
        answer = connection.recv(100)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert monotonic() - started < 9


def test_a_request_that_never_ends_is_ended(client, monkeypatch):
    monkeypatch.setattr("gischema.web.server._LONGEST", 0.3)
    with socket.create_connection((HOST, client.server.port), 10) as connection:
        for letter in b"GET / HTTP":
            try:
                connection.sendall(bytes([letter]))
            except OSError:
                break
            sleep(0.1)
        assert connection.recv(10) == b""


def test_a_file_that_takes_too_long_or_ends_its_process_gets_an_answer():
    """The next file is answered by a new process."""
    workers = Workers(gischema.Gischema(), 1, UploadLimits(seconds=0.0))
    job = Job((Upload("file", "年报.txt", WRONG),), "json", "zh")
    with workers:
        assert record(workers, job)["message"] == "0 秒内没有读完，已中止"
        workers.limits = UploadLimits(seconds=30)
        worker = workers._free.get()
        worker.process.kill()
        worker.process.join()
        workers._free.put(worker)
        assert record(workers, job)["message"] == "读取此文件的进程意外结束"
        assert record(workers, job)["verdict"] == "findings"


def test_a_file_that_ends_its_process_hurts_no_other(monkeypatch):
    """Nor the comparison of the others."""
    read = gischema.Gischema.read

    def kill(engine: gischema.Gischema, source: Any, **given: Any) -> Any:
        return os._exit(9) if source == b"KILL" else read(engine, source, **given)

    monkeypatch.setattr(gischema.Gischema, "read", kill)
    last = WRONG.decode().replace("2023年", "2022年").replace("2024-02-27", "2023-01-12").encode()
    files = {"今年.txt": WRONG, "坏.txt": b"KILL", "去年.txt": last}
    uploads = tuple(Upload("file", name, content) for name, content in files.items())
    workers = Workers(gischema.Gischema(), 1)
    monkeypatch.setattr(workers, "_context", multiprocessing.get_context("fork"))
    with workers:
        answer = workers.answer(Job(uploads, "html", "zh"))
        previous = Upload("previous", "坏.txt", b"KILL")
        other = record(workers, Job(uploads[:1], "json", "zh", previous))
    assert isinstance(answer, Answer)
    found = LexborHTMLParser(answer.content.decode())
    verdicts = [each.text() for each in found.css(".index td:last-child")]
    assert "进程意外结束" in verdicts[1]
    assert all(each.startswith("1 处必须改") for each in verdicts[::2])
    assert len(found.css(".compare")) == 1
    ended, checked = other
    assert ended["message"] == "读取此文件的进程意外结束"
    assert checked["verdict"] == "findings"


def record(workers: Workers, job: Job) -> Any:
    answer = workers.answer(job)
    assert isinstance(answer, Answer)
    return json.loads(answer.content)


def test_a_reader_that_crashes_is_reported_for_its_file(monkeypatch):
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(gischema.Gischema, "read", crash)
    job = Job((Upload("file", "a.txt", b""),), "json", "zh")
    answer = check_uploads.answer(job, gischema.Gischema())
    assert isinstance(answer, Answer)
    found = json.loads(answer.content)
    assert (found["status"], found["code"]) == ("crashed", "D904")
