"""The kinds of files of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from gischema.output.form_files.excel_file import excel_file
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.html_file import html_file
from gischema.output.form_files.word_file import word_file


@frozen
class FormFile:
    """A kind of file: its MIME type, and the function that makes it."""

    mime: str
    make: Callable[[FilledForm], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORM_FILES: Mapping[str, FormFile] = {
    "docx": FormFile(f"{_OFFICE}.wordprocessingml.document", word_file),
    "xlsx": FormFile(f"{_OFFICE}.spreadsheetml.sheet", excel_file),
    "html": FormFile("text/html; charset=utf-8", html_file),
}
"""The kinds of files by the ending of their names."""
