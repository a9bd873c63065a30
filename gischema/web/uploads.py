"""The fields of a form that a browser or curl sends (`multipart/form-data`)."""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import HTTP

from attrs import frozen

_END = b"\r\n\r\n"


@frozen
class Upload:
    """The content of a field, with the name of the file if it is one."""

    field: str
    name: str
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8", "replace").strip()


class NotMultipart(ValueError):
    """The body of a request is no form with files."""


def uploads(content_type: str, body: bytes) -> list[Upload]:
    """Return the fields in the body of a request that are not left empty.

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
    """Return the field in one part; None for a part that is none."""
    head, separator, content = part.partition(_END)
    if not separator:
        raise NotMultipart("a part has no end of its headers")
    text = head.removeprefix(b"\r\n").decode("utf-8", "replace").encode("utf-8")
    headers = BytesHeaderParser(policy=HTTP).parsebytes(text)
    disposition = str(headers.get("content-disposition", ""))
    field = _parameter(disposition, "name")
    if field is None:
        return None
    name = _parameter(disposition, "filename") or ""
    return Upload(field, re.split(r"[/\\]", name)[-1], content)


def _parameter(disposition: str, name: str) -> str | None:
    """Return a parameter. Browsers write it as it is, except that a quote is `%22`."""
    found = re.search(rf';\s*{name}="([^"]*)"', disposition)
    return found[1].replace("%22", '"') if found is not None else None
