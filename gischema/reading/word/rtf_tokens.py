"""Cut an RTF file into tokens: groups, control words with their numbers, and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import frozen

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?\x20?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|(?P<nothing>[\r\n]+|\\)",
    re.DOTALL,
)

TokenKind: TypeAlias = Literal["open", "close", "word", "symbol", "text"]


@frozen(eq=False)
class RtfToken:
    """A token: its kind, the name of a control word or symbol, its number, the bytes of a text."""

    kind: TokenKind
    name: str = ""
    number: int | None = None
    text: bytes = b""


_OPEN, _CLOSE = RtfToken("open"), RtfToken("close")


def rtf_tokens(data: bytes) -> Iterator[RtfToken]:
    """Yield the tokens of a file, without line breaks and without the binary data of pictures."""
    at = 0
    while (match := _TOKEN.match(data, at)) is not None:
        at = match.end()
        kind = match.lastgroup
        if kind == "text":
            yield RtfToken("text", text=match["text"])
        elif kind == "byte":
            yield RtfToken("text", text=bytes.fromhex(match["byte"].decode()))
        elif kind == "brace":
            yield _OPEN if match["brace"] == b"{" else _CLOSE
        elif kind == "symbol":
            yield RtfToken("symbol", match["symbol"].decode("latin-1"))
        elif kind in ("word", "number"):
            name = match["word"].decode()
            number = None if match["number"] is None else int(match["number"])
            if name == "bin":
                at += max(number or 0, 0)
            else:
                yield RtfToken("word", name, number)
