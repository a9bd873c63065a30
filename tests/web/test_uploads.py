"""The bodies of forms: what browsers and curl send, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gischema.web.uploads import NotMultipart, Upload, uploads

KIND = "multipart/form-data; boundary=----x1"


def body(*parts: tuple[str, bytes], boundary: bytes = b"----x1") -> bytes:
    """Return a body as curl writes it."""
    written = [
        b"--%b\r\nContent-Disposition: form-data; %b\r\nContent-Type: application/octet-stream"
        b"\r\n\r\n%b\r\n" % (boundary, disposition.encode(), content)
        for disposition, content in parts
    ]
    return b"".join(written) + b"--" + boundary + b"--\r\n"


@given(st.binary(max_size=300))
def test_any_bytes_arrive_as_they_are(content):
    if b"\r\n------x1" not in content:
        sent = body(('name="file"; filename="a.docx"', content))
        assert uploads(KIND, sent) == [Upload("file", "a.docx", content)]


def test_names_are_chinese_and_lose_their_folders():
    sent = body(
        ('name="file"; filename="报告 2025.docx"', b"1"),
        ('name="file"; filename="C:\\\\报告\\\\b.pdf"', b"2"),
        ('name="previous"; filename="../../etc/passwd"', b"3"),
    )
    assert [(u.field, u.name) for u in uploads(KIND, sent)] == [
        ("file", "报告 2025.docx"),
        ("file", "b.pdf"),
        ("previous", "passwd"),
    ]


def test_a_field_that_is_left_empty_is_left_out():
    """A browser sends an empty part for a field in which nothing was chosen."""
    sent = body(('name="previous"; filename=""', b""), ('name="by"', "李四".encode()))
    assert [(u.field, u.name, u.text) for u in uploads(KIND, sent)] == [("by", "", "李四")]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        (KIND, b""),
        (KIND, b"------x1\r\nno end"),
        (KIND, body(('name="file"; filename="a"', b"x"))[:-8]),
        (KIND, b"------x1\r\nContent-Disposition: form-data\r\n------x1--\r\n"),
    ],
)
def test_anything_else_is_refused(kind, sent):
    with pytest.raises(NotMultipart):
        uploads(kind, sent)
