"""What each address of the server does: the pages, checks, copies and waivers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from gischema.errors import GischemaError, MissingPackage, UnknownName
from gischema.output.failed import Failed
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.kinds import FORM_FILES
from gischema.output.language import Lang
from gischema.settings.files import parse_waivers, waivers_toml
from gischema.settings.model import Settings
from gischema.web.answers import HTML, TEXT, Answer, Redirect, UploadRefused, encoded
from gischema.web.check_uploads import Job
from gischema.web.result_page import ResultLinks
from gischema.web.results import Results
from gischema.web.rules_page import rules_page
from gischema.web.settings_page import settings_page
from gischema.web.start_page import newest_first, start_page, to
from gischema.web.uploads import Upload
from gischema.web.workers import Busy, Workers

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.forms.form import Form
    from gischema.rules import Waiver


@frozen
class Request:
    """A request: the query of its address, and the fields of its form."""

    query: Mapping[str, str]
    wants_page: bool = False
    sent: tuple[Upload, ...] = ()

    def field(self, name: str) -> Upload | None:
        """Return a field, None if it is empty."""
        return next((each for each in self.sent if each.field == name), None)

    def text(self, name: str) -> str:
        """Return the text in a field; refuse the request if it is empty."""
        found = self.field(name)
        if found is None or not found.text:
            raise UploadRefused(HTTPStatus.BAD_REQUEST, f"缺少 {name}", f"{name} is missing")
        return found.text


@frozen(slots=False, eq=False)
class Desk:
    """Answers requests. What it keeps ends with the program: the last uploads, and waivers.

    Attributes:
        most: How many bytes one request may send.
    """

    engine: Gischema
    workers: Workers
    token: str
    most: int
    lang: Lang
    results: Results = field(factory=Results, init=False)
    waivers: dict[str, Waiver] = field(factory=dict, init=False)
    """The waivers by their text in a file."""
    lock: threading.Lock = field(factory=threading.Lock, init=False)

    @cached_property
    def forms(self) -> list[Form]:
        """The forms, the newest first."""
        return newest_first(self.engine.forms.values())

    def start(self, _: Request) -> Answer:
        """Return the page to drop reports on."""
        return self._html(start_page(self.token, self.forms, self.most, self.lang))

    def form(self, request: Request) -> Answer:
        """Return a blank form."""
        form, kind = self.engine.forms.get(request.query.get("id", "")), request.query.get("as", "")
        if form is None or kind not in FORM_FILES:
            raise UploadRefused(HTTPStatus.NOT_FOUND, "没有这个表式", "no such form")
        made = FORM_FILES[kind]
        try:
            content = made.make(FilledForm(form))
        except MissingPackage as error:
            status = HTTPStatus.NOT_IMPLEMENTED
            raise UploadRefused(status, error.message, error.message_en) from error
        return Answer(made.mime, content, f"{form.id}.{kind}")

    def rules(self, _: Request) -> Answer:
        """Return the page of rules and explanations."""
        return self._html(self._rules)

    def settings(self, _: Request) -> Answer:
        """Return the page of settings."""
        return self._html(settings_page(self.token, self._waivers(), self.lang))

    def waivers_file(self, _: Request) -> Answer:
        """Return the file of waivers."""
        return Answer(TEXT, waivers_toml(self._waivers()).encode(), "gischema-waivers.toml")

    def check(self, request: Request) -> Answer:
        """Check the reports that are sent, and return their JSON or their page."""
        files = tuple(each for each in request.sent if each.field == "file")
        for kind, name in (("html", "粘贴的表格.html"), ("text", "粘贴的表格.txt")):
            pasted = request.field(kind)
            if pasted is not None and pasted.text and not files:
                files = (evolve(pasted, name=name),)
        if not files:
            why = "没有文件（file）", "no file in the field “file”"
            raise UploadRefused(HTTPStatus.BAD_REQUEST, *why)
        previous = request.field("previous")
        if previous is not None and len(files) > 1:
            zh, en = "去年的报告只能与一份报告对照", "last year's report goes with one report"
            raise UploadRefused(HTTPStatus.BAD_REQUEST, zh, en)
        job = Job(files, "html" if request.wants_page else "json", self.lang, previous)
        return self._made(job, self.results.keep(job) if request.wants_page else "")

    def result(self, request: Request) -> Answer:
        """Check the reports of a result again."""
        return self._made(self._job(request), request.query.get("result", ""))

    def previous(self, request: Request) -> Redirect:
        """Compare a report of a result with last year's, which is sent."""
        job, previous = self._of_file(request), request.field("previous")
        if previous is None:
            raise UploadRefused(HTTPStatus.BAD_REQUEST, "没有文件", "no file")
        return self._shown(self.results.keep(evolve(job, previous=previous)))

    def marked(self, request: Request) -> Answer:
        """Return a copy of a report with remarks."""
        return self._made(evolve(self._of_file(request), shape="marked"), "")

    def waive(self, request: Request) -> Redirect:
        """Take a waiver of a finding of a result."""
        self._job(request)
        (waiver,) = self._parsed(request.text("waiver").encode())
        try:
            on = date.fromisoformat(request.text("on"))
        except ValueError as error:
            zh, en = "日期应如 2026-03-31", "a date is like 2026-03-31"
            raise UploadRefused(HTTPStatus.BAD_REQUEST, zh, en) from error
        self._add([evolve(waiver, reason=request.text("reason"), by=request.text("by"), on=on)])
        return self._shown(request.query.get("result", ""))

    def change_settings(self, request: Request) -> Redirect:
        """Load a file of waivers, or remove a waiver."""
        loaded, dropped = request.field("waivers"), request.field("drop")
        if loaded is not None:
            self._add(self._parsed(loaded.content, loaded.name))
        if dropped is not None:
            with self.lock:
                self.waivers.pop(
                    dropped.content.decode("utf-8", "replace").replace("\r\n", "\n"), None
                )
        return Redirect(to("/settings", self.token))

    @cached_property
    def _rules(self) -> str:
        return rules_page(self.token, self.engine, self.lang)

    def _waivers(self) -> tuple[Waiver, ...]:
        with self.lock:
            return tuple(self.waivers.values())

    def _add(self, waivers: list[Waiver] | tuple[Waiver, ...]) -> None:
        with self.lock:
            self.waivers.update((waivers_toml([each]), each) for each in waivers)

    def _parsed(self, content: bytes, name: str = "waiver") -> tuple[Waiver, ...]:
        """Return waivers; refuse a file that holds anything else, or rules that are unknown."""
        try:
            found = parse_waivers(Path(name), content)
            self.engine.require_rules(Settings(waivers=found))
        except (GischemaError, UnknownName) as error:
            why = error.message, error.message_en
            raise UploadRefused(HTTPStatus.BAD_REQUEST, *why) from error
        return found

    def _job(self, request: Request) -> Job:
        job = self.results.get(request.query.get("result", ""))
        if job is None:
            zh, en = "结果已不在内存中，请重新拖入文件", "this result is gone: drop the file again"
            raise UploadRefused(HTTPStatus.GONE, zh, en)
        return job

    def _of_file(self, request: Request) -> Job:
        """Return the job about one file of a result."""
        job, number = self._job(request), request.query.get("file", "")
        if not (number.isascii() and number.isdigit() and int(number) < len(job.files)):
            raise UploadRefused(HTTPStatus.NOT_FOUND, "没有这个文件", "no such file")
        return evolve(job, files=(job.files[int(number)],))

    def _made(self, job: Job, result: str) -> Answer:
        if job.shape == "html":
            links = ResultLinks(self.token, result, self.forms[0].id, self.lang)
            job = evolve(job, links=links)
        if job.shape != "json":
            job = evolve(job, settings=Settings(waivers=self._waivers()))
        try:
            made = self.workers.answer(job)
        except Busy:
            why = "正忙，请稍后再试", "busy, try again later"
            raise UploadRefused(HTTPStatus.SERVICE_UNAVAILABLE, *why) from None
        if isinstance(made, Failed):
            raise UploadRefused(HTTPStatus.UNPROCESSABLE_ENTITY, made.message, made.message_en)
        return made

    def _shown(self, result: str) -> Redirect:
        return Redirect(to("/result", self.token, result=result))

    def _html(self, page: str) -> Answer:
        return Answer(HTML, encoded(page))


Page: TypeAlias = Callable[[Desk, Request], "Answer | Redirect"]

GET: Mapping[str, Page] = {
    "/": Desk.start,
    "/form": Desk.form,
    "/result": Desk.result,
    "/marked": Desk.marked,
    "/rules": Desk.rules,
    "/settings": Desk.settings,
    "/waivers": Desk.waivers_file,
}
"""The pages and files."""

CHECKS = ("/", "/check")

POST: Mapping[str, Page] = {
    **dict.fromkeys(CHECKS, Desk.check),
    "/previous": Desk.previous,
    "/waive": Desk.waive,
    "/settings": Desk.change_settings,
}
"""What a form may be sent to."""
