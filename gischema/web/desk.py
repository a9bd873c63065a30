"""What each address of the server does: the pages, checks, copies and waivers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from gischema.errors import GischemaError, MissingPackage, UnknownName
from gischema.output.failed import Failed
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.kinds import FORM_FILES
from gischema.output.language import Lang
from gischema.settings.files import parse_waivers, waivers_toml
from gischema.settings.model import Settings
from gischema.web.answers import Answer, RequestRefused, encoded
from gischema.web.check_uploads import Job
from gischema.web.pages import newest_first, rules_page, settings_page, start_page
from gischema.web.result_page import ResultLinks
from gischema.web.results import Results
from gischema.web.templates import to
from gischema.web.uploads import SentForm, sent_form
from gischema.web.workers import Busy, Workers

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.forms.form import Form
    from gischema.rules import Waiver

_BODIES = 4  # requests whose bodies are in memory at a time

Taken: TypeAlias = Callable[[Request, SentForm], Awaitable[Response]]
"""A function that takes a form which was sent."""


@frozen(slots=False, eq=False)
class Desk:
    """Answers requests. What it keeps ends with the program: the last uploads, and waivers.

    Attributes:
        most: How many bytes one request may send.
        done: Called after a check.
    """

    engine: Gischema
    workers: Workers
    token: str
    most: int
    lang: Lang
    done: Callable[[], None] | None = None
    results: Results = field(factory=Results, init=False)
    waivers: dict[str, Waiver] = field(factory=dict, init=False)
    """The waivers by their text in a file."""
    _bodies: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(_BODIES), init=False)

    def routes(self) -> list[Route]:
        """Return the addresses of the server: the pages and files, and what a form is sent to."""
        return [
            Route("/", self.start),
            Route("/form", self.form),
            Route("/result", self.result),
            Route("/marked", self.marked),
            Route("/rules", self.rules),
            Route("/settings", self.settings),
            Route("/waivers", self.waivers_file),
            self._taking("/", self.check),
            self._taking("/check", self.check),
            self._taking("/previous", self.previous),
            self._taking("/waive", self.waive),
            self._taking("/settings", self.change_settings),
        ]

    def start(self, _: Request) -> Response:
        """Return the page to drop reports on."""
        return HTMLResponse(start_page(self.token, self.engine, self.most, self.lang))

    def form(self, request: Request) -> Response:
        """Return a blank form."""
        kind = request.query_params.get("as", "")
        form = self.engine.forms.get(request.query_params.get("id", ""))
        if form is None or kind not in FORM_FILES:
            raise RequestRefused(HTTPStatus.NOT_FOUND, "没有这个表式", "no such form")
        made = FORM_FILES[kind]
        try:
            content = made.make(FilledForm(form))
        except MissingPackage as error:
            status = HTTPStatus.NOT_IMPLEMENTED
            raise RequestRefused(status, error.message, error.message_en) from error
        return Answer(made.mime, content, f"{form.id}.{kind}").response()

    def rules(self, _: Request) -> Response:
        """Return the page of rules and explanations."""
        return HTMLResponse(self._rules)

    async def settings(self, _: Request) -> Response:
        """Return the page of settings."""
        page = settings_page(self.token, self.waivers, self.lang)
        return HTMLResponse(encoded(page))

    async def waivers_file(self, _: Request) -> Response:
        """Return the file of waivers."""
        content = waivers_toml(self.waivers.values()).encode()
        return Answer("text/plain", content, "gischema-waivers.toml").response()

    async def check(self, request: Request, sent: SentForm) -> Response:
        """Check the reports that are sent, and return their JSON or their page."""
        files = tuple(each for each in sent.uploads if each.field == "file")
        for kind, name in (("html", "粘贴的表格.html"), ("text", "粘贴的表格.txt")):
            pasted = sent.field(kind)
            if pasted is not None and pasted.text and not files:
                files = (evolve(pasted, name=name),)
        if not files:
            why = "没有文件（file）", "no file in the field “file”"
            raise RequestRefused(HTTPStatus.BAD_REQUEST, *why)
        previous = sent.field("previous")
        if sum(each.field == "previous" for each in sent.uploads) > 1:
            zh, en = "去年的报告只能放一份", "there can be only one report of last year"
            raise RequestRefused(HTTPStatus.BAD_REQUEST, zh, en)
        if previous is not None and len(files) > 1:
            zh, en = "去年的报告只能与一份报告对照", "last year's report goes with one report"
            raise RequestRefused(HTTPStatus.BAD_REQUEST, zh, en)
        wants_page = "text/html" in request.headers.get("Accept", "")
        job = Job(files, "html" if wants_page else "json", self.lang, previous)
        response = await self._made(job, self.results.keep(job) if wants_page else "")
        if self.done is not None:
            self.done()
        return response

    async def result(self, request: Request) -> Response:
        """Check the reports of a result again."""
        return await self._made(self._job(request), request.query_params["result"])

    async def previous(self, request: Request, sent: SentForm) -> Response:
        """Compare a report of a result with last year's, which is sent."""
        job, previous = self._of_file(request), sent.field("previous")
        if previous is None:
            raise RequestRefused(HTTPStatus.BAD_REQUEST, "没有文件", "no file")
        return self._shown("/result", result=self.results.keep(evolve(job, previous=previous)))

    async def marked(self, request: Request) -> Response:
        """Return a copy of a report with remarks."""
        return await self._made(evolve(self._of_file(request), shape="marked"), "")

    async def waive(self, request: Request, sent: SentForm) -> Response:
        """Take a waiver of a finding of a result."""
        self._job(request)
        (waiver,) = self._parsed(sent.text("waiver").encode())
        try:
            on = date.fromisoformat(sent.text("on"))
        except ValueError as error:
            zh, en = "日期应如 2026-03-31", "a date is like 2026-03-31"
            raise RequestRefused(HTTPStatus.BAD_REQUEST, zh, en) from error
        self._add([evolve(waiver, reason=sent.text("reason"), by=sent.text("by"), on=on)])
        return self._shown("/result", result=request.query_params["result"])

    async def change_settings(self, _: Request, sent: SentForm) -> Response:
        """Load a file of waivers, or remove a waiver."""
        loaded, dropped = sent.field("waivers"), sent.field("drop")
        if loaded is not None:
            self._add(self._parsed(loaded.content, loaded.name))
        if dropped is not None:
            self.waivers.pop(dropped.content.decode("utf-8", "replace").replace("\r\n", "\n"), None)
        return self._shown("/settings")

    @cached_property
    def forms(self) -> list[Form]:
        """The forms, the newest first."""
        return newest_first(self.engine.forms.values())

    @cached_property
    def _rules(self) -> str:
        return rules_page(self.token, self.engine, self.lang)

    def _taking(self, path: str, take: Taken) -> Route:
        """Return the route of an address that a form is sent to."""

        async def taken(request: Request) -> Response:
            async with self._bodies:
                return await take(request, await sent_form(request, self.most))

        return Route(path, taken, methods=["POST"])

    def _add(self, waivers: list[Waiver] | tuple[Waiver, ...]) -> None:
        self.waivers.update((waivers_toml([each]), each) for each in waivers)

    def _parsed(self, content: bytes, name: str = "waiver") -> tuple[Waiver, ...]:
        """Return waivers; refuse a file that holds anything else, or rules that are unknown."""
        try:
            found = parse_waivers(Path(name), content)
            self.engine.require_rules(Settings(waivers=found))
        except (GischemaError, UnknownName) as error:
            why = error.message, error.message_en
            raise RequestRefused(HTTPStatus.BAD_REQUEST, *why) from error
        return found

    def _job(self, request: Request) -> Job:
        job = self.results.get(request.query_params.get("result", ""))
        if job is None:
            zh, en = "结果已不在内存中，请重新拖入文件", "this result is gone: drop the file again"
            raise RequestRefused(HTTPStatus.GONE, zh, en)
        return job

    def _of_file(self, request: Request) -> Job:
        """Return the job about one file of a result."""
        job, number = self._job(request), request.query_params.get("file", "")
        if not (number.isascii() and number.isdigit() and int(number) < len(job.files)):
            raise RequestRefused(HTTPStatus.NOT_FOUND, "没有这个文件", "no such file")
        return evolve(job, files=(job.files[int(number)],))

    async def _made(self, job: Job, result: str) -> Response:
        if job.shape == "html":
            links = ResultLinks(self.token, result, self.forms[0].id, self.lang)
            job = evolve(job, links=links)
        if job.shape != "json":
            job = evolve(job, settings=Settings(waivers=tuple(self.waivers.values())))
        try:
            made = await run_in_threadpool(self.workers.answer, job)
        except Busy:
            why = "正忙，请稍后再试", "busy, try again later"
            raise RequestRefused(HTTPStatus.SERVICE_UNAVAILABLE, *why) from None
        if isinstance(made, Failed):
            raise RequestRefused(HTTPStatus.UNPROCESSABLE_ENTITY, made.message, made.message_en)
        return made.response()

    def _shown(self, path: str, **query: str) -> Response:
        """Lead to the page that shows what a request has changed."""
        return RedirectResponse(to(path, self.token, **query), HTTPStatus.SEE_OTHER)
