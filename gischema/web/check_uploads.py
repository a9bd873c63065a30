"""Check uploaded reports: the work of one process for one request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen

from gischema import viewer
from gischema.errors import InvalidSource
from gischema.output.checked import Checked, Frame, format_of, written
from gischema.output.failed import Failed
from gischema.output.language import Lang
from gischema.output.settings_used import SettingsUsed
from gischema.output.viewer.page import page
from gischema.reading import UnreadableSource
from gischema.settings import Settings
from gischema.web.uploads import Upload

if TYPE_CHECKING:
    from gischema.engine import Gischema

Shape: TypeAlias = Literal["json", "html"]


@frozen
class Job:
    """Reports to check.

    Attributes:
        files: The reports.
        shape: The format of the answer.
        previous: Last year's report of the same body.
        above: Markup for the top of a page.
    """

    files: tuple[Upload, ...]
    shape: Shape
    lang: Lang
    previous: Upload | None = None
    above: str = field(default="", repr=False)


def answer(job: Job, engine: Gischema) -> str:
    """Return the JSON or the page about the reports of a job."""
    return answer_of(job, list(_outcomes(job, engine)), engine)


def answer_of(job: Job, outcomes: Sequence[Checked | Failed], engine: Gischema) -> str:
    """Return the JSON or the page about reports that are already checked, or that failed."""
    frame = Frame(
        job.lang, engine.rules.rules, many=len(outcomes) > 1, settings=SettingsUsed(Settings())
    )
    chosen = format_of(job.shape)
    if job.shape == "json":
        entries = [e if isinstance(e, Failed) else chosen.entry(e, frame) for e in outcomes]
        return "".join(written(chosen, entries, frame))
    pages = [
        chosen.failed(each, frame) if isinstance(each, Failed) else chosen.entry(each, frame)
        for each in outcomes
    ]
    return page(pages, frame, above=job.above)


def _outcomes(job: Job, engine: Gischema) -> Iterator[Checked | Failed]:
    previous = None
    if job.previous is not None:
        try:
            previous = engine.parse(job.previous.content, name=job.previous.name)
        except Exception as error:  # noqa: BLE001 - whatever a file does, the others go on
            yield _failed(job.previous.name, error)
    for file in job.files:
        try:
            yield viewer.checked(
                file.content,
                name=file.name,
                previous=previous,
                settings=Settings(),
                engine=engine,
            )
        except Exception as error:  # noqa: BLE001 - whatever a file does, the others go on
            yield _failed(file.name, error)


def _failed(name: str, error: Exception) -> Failed:
    if isinstance(error, UnreadableSource):
        return Failed.unreadable(name, error.why, error.why_en)
    if isinstance(error, InvalidSource):
        return Failed.unreadable(name, error.message, error.message_en)
    return Failed.crashed(name, error)
