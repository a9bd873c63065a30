"""The files of a form that a browser or curl sends (`multipart/form-data`)."""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import HTTP

from attrs import frozen

_END = b"\r\n\r\n"


@frozen
class Upload:
    """A file: the name of its field, its own name, and its content."""

    field: str
    name: str
    content: bytes


class NotMultipart(ValueError):
    """The body of a request is no form with files."""


def uploads(content_type: str, body: bytes) -> list[Upload]:
    """Return the files in the body of a request; fields that are left empty are not among them.

    Raises:
        NotMultipart: It is another kind of body, or damaged.
    """
    message = Message()
    message["content-type"] = content_type
    boundary = message.get_boundary()
    if message.get_content_type() != "multipart/form-data" or not boundary:
        raise NotMultipart(content_type)
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1", "replace"))
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise NotMultipart("the last boundary is missing")
    found = (_upload(part) for part in parts[1:-1])
    return [each for each in found if each is not None and (each.name or each.content)]


def _upload(part: bytes) -> Upload | None:
    """Return the file in one part; None for a part that is no file."""
    head, separator, content = part.partition(_END)
    if not separator:
        raise NotMultipart("a part has no end of its headers")
    text = head.removeprefix(b"\r\n").decode("utf-8", "replace").encode("utf-8")
    headers = BytesHeaderParser(policy=HTTP).parsebytes(text)
    disposition = str(headers.get("content-disposition", ""))
    field = _parameter(disposition, "name")
    name = _parameter(disposition, "filename")
    if field is None or name is None:
        return None
    return Upload(field, re.split(r"[/\\]", name)[-1], content)


def _parameter(disposition: str, name: str) -> str | None:
    """Return a parameter. Browsers write it as it is, except that a quote is `%22`."""
    found = re.search(rf';\s*{name}="([^"]*)"', disposition)
    return found[1].replace("%22", '"') if found is not None else None
