"""The page of checked reports: the source, the form with its figures, the findings.

    item = viewer.checked(Path("report.docx"))
    Path("check.html").write_text(viewer.page([item]), "utf-8")

`gischema check --format html` writes the same page.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gischema.api import default_engine
from gischema.output.checked import Checked, Frame
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.kinds import FORM_FILES
from gischema.output.settings_used import SettingsUsed
from gischema.output.viewer.page import page as _page
from gischema.output.viewer.page import report_entry
from gischema.reading.scan.cell_pictures import CellPictures
from gischema.settings.model import Settings

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.output.language import Lang
    from gischema.reading import Document, Source
    from gischema.report import Report

__all__ = ["Checked", "checked", "checked_report", "form_file", "page", "pictures"]


def checked(
    source: Source,
    *,
    name: str | None = None,
    previous: Report | None = None,
    settings: Settings | None = None,
    engine: Gischema | None = None,
) -> Checked:
    """Return a report with the result of its check and the text that it was read from.

    Args:
        source: The source, as for `gischema.parse`.
        name: The name of the file for display.
        previous: Last year's report of the same body; the page compares the two.
        settings: The settings of a project.
        engine: The engine; the one of the module functions by default.

    Raises:
        UnreadableSource: The source is no report.
        OSError: A file cannot be opened.
    """
    chosen = engine if engine is not None else default_engine()
    document = chosen.read(source, name=name)
    report = chosen.parse(document)
    return checked_report(
        document, report, source=source, previous=previous, settings=settings, engine=chosen
    )


def checked_report(
    document: Document,
    report: Report,
    *,
    source: Source | None = None,
    previous: Report | None = None,
    version: Report | None = None,
    settings: Settings | None = None,
    engine: Gischema | None = None,
) -> Checked:
    """Return a report that was parsed from a document with the result of its check.

    It is compared with last year's report if that is given, else with another version of it.
    With its `source`, the page shows pictures of figures that were recognised on a scan.
    """
    chosen = engine if engine is not None else default_engine()
    other = previous if previous is not None else version
    return Checked(
        document.name or "",
        document.text,
        report,
        chosen.check(report, previous=previous, version=version, settings=settings),
        document.kind,
        chosen.printed_names(report),
        chosen.compare(other, report) if other is not None else None,
        pictures(document, source),
    )


def pictures(document: Document, source: Source | None) -> CellPictures | None:
    """Return what gives pictures of the figures that were recognised on a scan.

    Args:
        document: The document.
        source: The one file that it was read from: its path or its content.

    Returns:
        None if nothing was recognised, or the source is no path and no bytes.
    """
    if not document.is_recognised:
        return None
    if isinstance(source, (str, os.PathLike)):
        return CellPictures(document, Path(source))
    if isinstance(source, (bytes, bytearray, memoryview)):
        return CellPictures(document, bytes(source))
    return None


def page(
    items: Iterable[Checked],
    *,
    lang: Lang = "zh",
    settings: Settings | None = None,
    engine: Gischema | None = None,
) -> str:
    """Return a page of checked reports; with several, an index with their verdicts is above them.

    The page is one file. It requests nothing, and says so to the browser.

    Args:
        items: The reports, from `checked`.
        lang: The language of the page; labels and messages of forms stay Chinese.
        settings: The settings of the check, to be listed.
        engine: The engine of the check.
    """
    chosen = engine if engine is not None else default_engine()
    frame = Frame(lang, chosen.rules.rules, settings=SettingsUsed(settings))
    return _page([report_entry(item, frame) for item in items], frame)


def form_file(
    form: str,
    kind: Literal["docx", "xlsx", "html"],
    *,
    report: Report | None = None,
    previous: Report | None = None,
    engine: Gischema | None = None,
) -> bytes:
    """Return a form as a file, blank or with figures, as `gischema render` writes it.

    Args:
        form: The id of a registered form.
        kind: The kind of file.
        report: The report whose figures it shows.
        previous: Last year's report: its figures stand next to the cells, and those that a report
            carries over are filled in unless they are in doubt.
        engine: The engine with the form.

    Raises:
        UnknownName: There is no such form.
        MissingPackage: A package of the extra `forms` is not installed.
    """
    chosen = engine if engine is not None else default_engine()
    filled = FilledForm.of(chosen.form(form), report, previous, chosen.rules)
    return FORM_FILES[kind].make(filled)
