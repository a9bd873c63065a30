"""The fields of a form that a browser or curl sends (`multipart/form-data`)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from http import HTTPStatus

from attrs import frozen
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from gischema.web.answers import RequestRefused, encoded

_SECONDS = 30.0  # for the body of a request; from this computer that takes a moment


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


@frozen
class SentForm:
    """The fields of a form that were not left empty."""

    uploads: tuple[Upload, ...]

    def field(self, name: str) -> Upload | None:
        """Return a field, None if it is empty."""
        return next((each for each in self.uploads if each.field == name), None)

    def text(self, name: str) -> str:
        """Return the text in a field; refuse the request if it is empty."""
        found = self.field(name)
        if found is None or not found.text:
            raise RequestRefused(HTTPStatus.BAD_REQUEST, f"缺少 {name}", f"{name} is missing")
        return found.text


class _FormReader(MultiPartParser):
    """Reads a form, keeps its files in memory, and notes that the form is whole."""

    spool_max_size = 0  # however large: never in a file
    whole = False

    def on_end(self) -> None:
        self.whole = True


async def sent_form(request: Request, most: int) -> SentForm:
    """Read the form in the body of a request, of at most `most` bytes.

    Raises:
        RequestRefused: It is another kind of body, damaged, too large, or takes too long.
    """
    reader = _FormReader(request.headers, _bounded(request, most), max_part_size=most)
    try:
        async with asyncio.timeout(_SECONDS):
            form = await reader.parse()
        found = [_upload(name, value) for name, value in form.multi_items()]
        await form.close()
        if not reader.whole:
            raise MultiPartException("the last boundary is missing")
    except (TimeoutError, ClientDisconnect) as error:
        raise RequestRefused(HTTPStatus.BAD_REQUEST, "上传中断", "the upload broke off") from error
    except (FormParserError, MultiPartException, KeyError) as error:  # KeyError: no Content-Type
        zh, en = "请以表单上传文件（multipart/form-data）", "send files as multipart/form-data"
        raise RequestRefused(HTTPStatus.BAD_REQUEST, zh, en) from error
    return SentForm(tuple(each for each in found if each.name or each.content))


def too_large(size: int) -> RequestRefused:
    """Return the refusal of a request of more than `size` bytes."""
    most = f"{size // 2**20} MB"
    why = f"文件超过 {most}", f"the files exceed {most}"
    return RequestRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, *why)


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """Yield the body of a request, whatever length it has stated."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise too_large(most)
        yield chunk


def _upload(field: str, value: UploadFile | str) -> Upload:
    if isinstance(value, str):
        return Upload(field, "", encoded(value))
    name = (value.filename or "").replace("%22", '"')  # so browsers write a quote
    return Upload(field, re.split(r"[/\\]", name)[-1], value.file.read())
