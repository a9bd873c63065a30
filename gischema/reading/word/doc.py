"""Read binary Word files (.doc) and what WPS saves as them (.wps).

`msdoc2docx` converts them to .docx, which the reader of Word files reads. It is strict: where it
refuses a file, `doc_binary` reads body and tables. The figures of these files are doubtful unless
the identities of the form vouch for them, and so are those of all .wps files: none that WPS made
could be tried.
"""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.word.doc_binary import BrokenWordFile, body_of, is_encrypted, table_stream
from gischema.reading.word.read_word import read_word, word_document

_LARGEST = 16 * 2**20  # bytes; a report with pictures takes a tenth
_KIND = "doc"
_WPS = ".wps"
_SECOND_WAY, _UNPROVEN = "D635", "D636"


def read_doc(data: bytes, name: str | None) -> Document:
    """Return the document of a binary Word file.

    Raises:
        UnreadableSource: If a library is missing, or the file is protected, damaged or too large.
    """
    try:
        import doc2docx  # noqa: F401
        import olefile
    except ImportError as error:
        raise UnreadableSource(
            name,
            "读取旧版 Word、WPS 文字文件（.doc、.wps）需要安装：pip install 'gischema[doc]'；"
            "也可用 Word 或 WPS 另存为 .docx",
            "old Word and WPS files (.doc, .wps) need: pip install 'gischema[doc]'; "
            "or save the file as .docx with Word or WPS",
            "missing_extra",
        ) from error
    if len(data) > _LARGEST:
        raise UnreadableSource(
            name,
            f"旧版 Word 文件超过 {_LARGEST // 2**20} MB，不会是一份年度报告；请另存为 .docx",
            f"the old Word file has more than {_LARGEST // 2**20} MB; this is no annual report: "
            "save it as .docx",
            "too_large",
        )
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            stream = file.openstream("WordDocument").read()
            if is_encrypted(stream):
                raise _locked(name)
            table = file.openstream(table_stream(stream)).read()
    except UnreadableSource:
        raise
    except Exception as error:  # the library states no errors of its own for damaged files
        raise _damaged(name) from error
    try:
        document = _converted(data, name)
    except Exception:  # noqa: BLE001 - whatever it fails at, there is a second way
        try:
            body = body_of(stream, table)
        except BrokenWordFile as error:
            raise _damaged(name) from error
        document = word_document(body, name, _KIND).doubted(_SECOND_WAY)
    is_wps = name is not None and name.lower().endswith(_WPS)
    return document.doubted(_UNPROVEN) if is_wps else document


def _converted(data: bytes, name: str | None) -> Document:
    """Return the document of the .docx that `msdoc2docx` makes of a file."""
    from doc2docx import convert

    with TemporaryDirectory() as folder:
        source, made = Path(folder, "source.doc"), Path(folder, "made.docx")
        source.write_bytes(data)
        convert(source, made)
        return read_word(made.read_bytes(), name, _KIND)


def _locked(name: str | None) -> UnreadableSource:
    return UnreadableSource(
        name,
        "文件有密码保护，请先取消密码再读取",
        "the file is protected by a password; remove the password first",
        "protected",
    )


def _damaged(name: str | None) -> UnreadableSource:
    return UnreadableSource(
        name,
        "旧版 Word 文件已损坏，读不出来：请用 Word 或 WPS 打开，另存为 .docx",
        "the old Word file is damaged: open it with Word or WPS and save it as .docx",
    )
