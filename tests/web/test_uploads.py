"""The bodies of forms: what browsers and curl send, and what they do not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from gischema.web.answers import RequestRefused
from gischema.web.uploads import Upload, sent_form

MOST = 2**21
KIND = "multipart/form-data; boundary=----x1"


def body(*parts: tuple[str, bytes], boundary: bytes = b"----x1") -> bytes:
    """Return a body as curl writes it."""
    written = [
        b"--%b\r\nContent-Disposition: form-data; %b\r\nContent-Type: application/octet-stream"
        b"\r\n\r\n%b\r\n" % (boundary, disposition.encode(), content)
        for disposition, content in parts
    ]
    return b"".join(written) + b"--" + boundary + b"--\r\n"


def fields(kind: str, sent: bytes, **headers: str) -> tuple[Upload, ...]:
    """Return the fields of a request, whose body comes in pieces."""
    pieces = [sent[start : start + 100] for start in range(0, len(sent), 100)]
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    coming: Iterator[Message] = iter([*messages, {"type": "http.request"}])

    async def receive() -> Message:
        return next(coming)

    scope = {"type": "http", "headers": [(b"content-type", kind.encode())] if kind else []}
    return asyncio.run(sent_form(Request(scope, receive), MOST)).uploads


@given(st.binary(max_size=300))
def test_any_bytes_arrive_as_they_are(content):
    if b"\r\n------x1" not in content:
        sent = body(('name="file"; filename="a.docx"', content))
        assert fields(KIND, sent) == (Upload("file", "a.docx", content),)


def test_names_are_chinese_and_lose_their_folders():
    sent = body(
        ('name="file"; filename="报告 2025.docx"', b"1"),
        ('name="file"; filename="C:\\\\报告\\\\b.pdf"', b"2"),
        ('name="previous"; filename="../../etc/passwd"', b"3"),
        ('name="file"; filename="a%22b.txt"', b"4"),
    )
    assert [(u.field, u.name) for u in fields(KIND, sent)] == [
        ("file", "报告 2025.docx"),
        ("file", "b.pdf"),
        ("previous", "passwd"),
        ("file", 'a"b.txt'),
    ]


def test_a_field_that_is_left_empty_is_left_out():
    """A browser sends an empty part for a field in which nothing was chosen."""
    sent = body(('name="previous"; filename=""', b""), ('name="by"', "李四".encode()))
    assert [(u.field, u.name, u.text) for u in fields(KIND, sent)] == [("by", "", "李四")]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("", b""),
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        (KIND, b""),
        (KIND, b"------x1\r\nno end"),
        (KIND, body(('name="file"; filename="a"', b"x"))[:-8]),
        (KIND, body(('name="a"', b"x"), ('name="b"', b"y"))[:-60]),
        (KIND, b"------x1\r\nContent-Disposition: form-data\r\n------x1--\r\n"),
    ],
)
def test_anything_else_is_refused(kind, sent):
    with pytest.raises(RequestRefused) as refused:
        fields(kind, sent)
    assert refused.value.status_code == 400


def test_what_is_too_large_is_refused_whatever_length_was_stated():
    with pytest.raises(RequestRefused) as refused:
        fields(KIND, body(('name="file"; filename="a"', b"x" * MOST)))
    assert refused.value.status_code == 413


def test_a_file_is_never_on_the_disk(monkeypatch):
    """Whatever its size; a file of some size goes to the disk unless that is forbidden."""
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    monkeypatch.setattr("tempfile._TemporaryFile", None, raising=False)
    (found,) = fields(KIND, body(('name="file"; filename="a"', b"x" * (MOST - 200))))
    assert len(found.content) == MOST - 200
