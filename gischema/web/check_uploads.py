"""Check uploaded reports, and mark them: the work of one process for one request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen

from gischema import viewer
from gischema.errors import InvalidSource, MissingPackage
from gischema.output.check_html import failed as failed_entry
from gischema.output.checked import Checked, Frame, format_of, written
from gischema.output.failed import Failed
from gischema.output.language import Lang
from gischema.output.settings_used import SettingsUsed
from gischema.output.viewer.page import page, report_entry
from gischema.reading import UnreadableSource
from gischema.rules.reports import Reports
from gischema.settings.model import Settings
from gischema.web.answers import JSON, Answer, encoded
from gischema.web.result_page import ResultLinks
from gischema.web.uploads import Upload

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.reading import Document
    from gischema.report import Report

Shape: TypeAlias = Literal["json", "html", "marked"]


@frozen
class Job:
    """Reports to check.

    Attributes:
        files: The reports.
        shape: The format of the answer; `marked` is the one file with remarks.
        previous: Last year's report of the same body.
        settings: The settings, with waivers.
        links: What a page offers next to its results.
        unread: Files that ended the process which read them, with the reason in both languages.
    """

    files: tuple[Upload, ...]
    shape: Shape
    lang: Lang
    previous: Upload | None = None
    settings: Settings = field(factory=Settings)
    links: ResultLinks | None = None
    unread: Mapping[Upload, tuple[str, str]] = field(factory=dict)

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """All files, last year's too."""
        return self.files if self.previous is None else (*self.files, self.previous)

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(len(each.content) for each in self.uploads)


def answer(job: Job, engine: Gischema) -> Answer | Failed:
    """Return the answer to a job; `Failed` if no file with remarks can be made."""
    if job.shape == "marked":
        try:
            return _marked(job, engine)
        except Exception as error:  # noqa: BLE001 - whatever a file does, the process goes on
            return _failed(job.files[0].name, error)
    if job.shape == "json":
        return _json(job, list(_outcomes(job, engine)), engine)
    return _page(job, list(_outcomes(job, engine)), engine)


def failed_answer(job: Job, zh: str, en: str, engine: Gischema) -> Answer | Failed:
    """Return the answer to a job none of whose files could be read, for this reason."""
    outcomes = [Failed.unreadable(file.name, zh, en) for file in job.files]
    if job.shape == "marked":
        return outcomes[0]
    return (_json if job.shape == "json" else _page)(job, outcomes, engine)


def _json(job: Job, outcomes: Sequence[Checked | Failed], engine: Gischema) -> Answer:
    frame, chosen = _frame(job, len(outcomes), engine), format_of("json")
    entries = [e if isinstance(e, Failed) else chosen.entry(e, frame) for e in outcomes]
    return Answer(JSON, encoded("".join(written(chosen, entries, frame))))


def _page(job: Job, outcomes: Sequence[Checked | Failed], engine: Gischema) -> Answer:
    frame, links = _frame(job, len(outcomes), engine), job.links
    first = len(outcomes) - len(job.files)  # before it stands last year's report if it failed
    entries = []
    for number, each in enumerate(outcomes, start=-first):
        if isinstance(each, Failed):
            entries.append(failed_entry(each, frame))
        elif links is None:
            entries.append(report_entry(each, frame))
        else:
            actions, below = links.actions(number, each), links.below(engine)
            entries.append(report_entry(each, frame, actions=actions, below=below))
    above = "" if links is None else links.above()
    return Answer("text/html", encoded(page(entries, frame, above=above)))


def _frame(job: Job, number: int, engine: Gischema) -> Frame:
    used = SettingsUsed.of(job.settings, engine.rules)
    return Frame(job.lang, engine.rules.rules, many=number > 1, settings=used)


def _marked(job: Job, engine: Gischema) -> Answer:
    from gischema.marking import mark  # lxml and pypdf may be missing

    (file,), previous = job.files, None
    if job.previous is not None and job.previous not in job.unread:
        previous = engine.parse(job.previous.content, name=job.previous.name)
    made = mark(
        file.content,
        name=file.name,
        engine=engine,
        previous=previous,
        settings=job.settings,
        lang=job.lang,
    )
    return Answer("application/octet-stream", made.data, made.name)


def _outcomes(job: Job, engine: Gischema) -> Iterator[Checked | Failed]:
    """Yield the check of each file; before them last year's report if it cannot be read.

    Several reports on a page are compared with each other; JSON is that of the command.
    """
    last = None if job.previous is None else _read(job.previous, job, engine)
    if isinstance(last, Failed):
        yield last
    previous = None if last is None or isinstance(last, Failed) else last[1]
    read = [(file, _read(file, job, engine)) for file in job.files]
    reports = [each[1] for _, each in read if not isinstance(each, Failed)]
    if job.shape == "html" and len(job.files) > 1:
        series = engine.series(reports)
    else:
        series = [Reports(each, previous) for each in reports]
    compared = iter(series)
    for file, each in read:
        if isinstance(each, Failed):
            yield each
            continue
        others = next(compared)
        try:
            yield viewer.checked_report(
                *each,
                source=file.content,
                previous=others.previous,
                version=others.version,
                settings=job.settings,
                engine=engine,
            )
        except Exception as error:  # noqa: BLE001 - whatever a file does, the others go on
            yield _failed(file.name, error)


def _read(file: Upload, job: Job, engine: Gischema) -> tuple[Document, Report] | Failed:
    if file in job.unread:
        return Failed.unreadable(file.name, *job.unread[file])
    try:
        document = engine.read(file.content, name=file.name)
        return document, engine.parse(document)
    except Exception as error:  # noqa: BLE001 - whatever a file does, the others go on
        return _failed(file.name, error)


def _failed(name: str, error: Exception) -> Failed:
    if isinstance(error, UnreadableSource):
        return Failed.unreadable(name, error.why, error.why_en)
    if isinstance(error, InvalidSource | MissingPackage):
        return Failed.unreadable(name, error.message, error.message_en)
    return Failed.crashed(name, error)
