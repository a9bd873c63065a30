"""Decode bytes to text in the encodings of Chinese pages, and refuse what is no text."""

from __future__ import annotations

import codecs
import unicodedata

from gischema.reading.damage import LOST, mark_lost
from gischema.reading.errors import UnreadableSource
from gischema.reading.limits import MAX_BYTES

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TOLERATED = 0.01  # share of broken characters in a text that is still worth reading
_FEW = 2  # broken characters that any text may have
_WHOLE = 10  # whole characters of several bytes for each broken one, in what is text for certain


def decode(data: bytes, name: str | None, other: str | None = None) -> str:
    """Return the text of `data`: UTF-8, UTF-16, UTF-32 or GB18030, with or without a mark.

    Bytes that were lost, and control characters that no text holds, become `LOST`.

    Args:
        data: The bytes.
        name: The name of the source, for errors.
        other: A further encoding to try where the bytes are no UTF.

    Raises:
        UnreadableSource: If `data` is too large or no text.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return mark_lost(data.decode(encoding, errors="replace"))
    text = _without_mark(data, other)
    if text is None or _is_binary(text):
        raise UnreadableSource(
            name,
            "不是文本文件，无法解码（试过 UTF-8、UTF-16、GB18030）；"
            "请另存为 .docx、.xlsx、.pdf 或网页",
            "not a text file: neither UTF-8, UTF-16 nor GB18030; "
            "save it as .docx, .xlsx, .pdf or as a web page",
            "unsupported",
        )
    return mark_lost(text)


def too_large(size: int, name: str | None) -> UnreadableSource:
    """Return the error for a source of `size` bytes, which is over the limit."""
    megabytes, limit = size // 2**20, MAX_BYTES // 2**20
    return UnreadableSource(
        name,
        f"文件有 {megabytes} MB，超过 {limit} MB 的上限，不会是一份年度报告；"
        "请只留下报告的文字和表格",
        f"{megabytes} MB is over the limit of {limit} MB; this is no annual report: "
        "keep its text and tables only",
        "too_large",
    )


def _without_mark(data: bytes, other: str | None) -> str | None:
    sample = data[:4096]
    zeros = sample.count(0)
    if zeros > max(_FEW, len(sample) * _TOLERATED):
        odd = sample[1::2].count(0) >= sample[0::2].count(0)
        return _try(data, "utf-16-le" if odd else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeError:
        utf8 = data.decode("utf-8", errors="replace")
    if _is_utf8(utf8):
        return utf8
    for encoding in (*([other] if other else []), "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    found = [text for text in (_try(data, "utf-8"), _try(data, "gb18030")) if text is not None]
    return min(found, key=lambda text: text.count(LOST), default=None)


def _is_utf8(text: str) -> bool:
    """Return True if bytes decoded as UTF-8, some of them lost, are hardly anything else."""
    lost = text.count(LOST)
    whole = sum(character > "\x7f" for character in text) - lost
    return whole >= lost * _WHOLE


def _try(data: bytes, encoding: str) -> str | None:
    text = data.decode(encoding, errors="replace")
    return text if text.count(LOST) <= max(_FEW, len(text) * _TOLERATED) else None


def _is_binary(text: str) -> bool:
    sample = text[:16384]
    printed = "".join(sample.split())
    if printed.isprintable():
        return False
    strange = {
        char
        for char in set(printed)
        if not char.isprintable() and unicodedata.category(char) != "Cf"  # shows no character
    }
    whole = sum("\u4e00" <= char <= "\u9fff" for char in printed)
    tolerated = max(_FEW, len(sample) * _TOLERATED, whole / _WHOLE)
    return sum(map(printed.count, strange)) > tolerated
