"""Read inputs with the `gischema` on the path and give one normalised JSON line each.

`benchmarks.compare_revisions` starts this file once per checkout, with that checkout on
`PYTHONPATH`. It imports nothing but `gischema` and the standard library, and copes with the
differences between the public interfaces of revisions: `_Revision` holds all of them.

Each line on standard input is a list of inputs; the answer is a line about time and memory and
then one line per input. A line holds sections, each from keys to fields: see `_record`.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

Fields: TypeAlias = dict[str, Any]
Section: TypeAlias = dict[str, Fields]
Record: TypeAlias = dict[str, Section]

CHECKOUT = "GISCHEMA_CHECKOUT"
"""The environment variable with the folder of the checkout."""

SECONDS_PER_INPUT = 60
PHASES = ("parse", "narrative", "check")

_FACTS = (
    "form", "variant", "year", "title", "agency", "published", "index_no", "document_no",
    "source_url",
)  # fmt: skip
_FIGURE = ("value", "status", "unit", "reading", "raw", "label")
_STATEMENT = ("value", "status", "unit", "raw", "label", "marks", "share", "chapter")
_PART = ("name", "value", "group", "raw", "path")
_LEAD = ("year", "span_start", "span_end", "scope", "body", "parts", "address")
_HEADING = ("title", "number", "level", "kind", "empty", "end")
_FINDING = ("severity", "kind", "values", "sources", "expected", "actual", "blanks", "doubts")
_CULPRIT = ("path", "stated", "suggested", "kind", "source")
_PLACE = ("start", "end", "block", "row", "cell", "page")
_TEXT_CODES = "D5"
"""How the codes of diagnostics about running text begin."""


class _Revision:
    """The public interface of the revision on the path, whatever its version."""

    def __init__(self, checkout: Path) -> None:
        from gischema import Gischema

        plugins = sorted(checkout.glob("plugins/*/gischema_*"))
        self._national = Gischema()
        self._regional = Gischema(plugins=plugins) if plugins else self._national

    def engine(self, source: Mapping[str, Any]) -> Any:
        """Return the engine for an input: with the plugins of the checkout if it asks for them."""
        return self._regional if source.get("plugins") else self._national

    def parse(self, source: Mapping[str, Any]) -> Any:
        """Return the report in an input."""
        engine = self.engine(source)
        options = {name: source[name] for name in ("form", "year") if source.get(name) is not None}
        if "text" in source:
            return engine.parse_text(source["text"], **options)
        if "data" in source:
            return engine.parse(base64.b64decode(source["data"]), **options)
        return engine.parse(Path(source["path"]), **options)

    def check(self, source: Mapping[str, Any], report: Any, previous: Any) -> Any:
        """Return what the rules say about the report in an input."""
        return self.engine(source).check(report, previous=previous)

    @staticmethod
    def figures(report: Any) -> list[Any]:
        """Return the printed figures; `Report.figures` was a method once."""
        figures = report.figures
        return [f for f in (figures() if callable(figures) else figures) if f.status != "absent"]

    @staticmethod
    def diagnostics(report: Any) -> list[Any]:
        """Return the diagnostics of tables, then those of the text; they were two lists once."""
        of_tables = (d for d in report.diagnostics if not d.code.startswith(_TEXT_CODES))
        return list(dict.fromkeys((*of_tables, *getattr(report.narrative, "diagnostics", ()))))


# ---------------------------------------------------------------- the record of an input


def _record(revision: _Revision, report: Any, result: Any) -> Record:
    """Return all that is compared, by section and key."""
    figures = revision.figures(report)
    narrative = report.narrative
    diagnostics = revision.diagnostics(report)
    of_text = [d for d in diagnostics if d.code.startswith(_TEXT_CODES)]
    of_tables = [d for d in diagnostics if not d.code.startswith(_TEXT_CODES)]
    record: Record = {
        "report": {"": _fields(report, _FACTS)},
        "figure": _keyed(figures, lambda f: f.path, lambda f: _placed(f, _FIGURE)),
        "order": {"": {"paths": [figure.path for figure in figures]}},
        "flagged": _flagged(of_tables),
        "diagnostic": _without_path(diagnostics),
        "unclaimed": _keyed(report.unclaimed, _raw_at, lambda u: _placed(u, ("raw", "label"))),
        "narrative": _keyed(narrative, _path_at, _statement),
        "candidate": _keyed(narrative.candidates, _path_at, _statement),
        "flagged in text": _flagged(of_text),
        "section": _keyed(narrative.sections, _title_at, lambda s: _fields(s, _HEADING)),
        "lead": {"": _fields(narrative.lead, _LEAD)},
        "finding": _keyed(result.findings, _code_and_paths, _finding),
        "not assessable": _keyed(
            result.not_assessable,
            lambda n: f"{n.code} {n.reason}",
            lambda n: _fields(n, ("instances", "missing")),
        ),
        "tally": _keyed(
            (t for t in getattr(result, "tallies", ()) if t.held or t.broken or t.not_assessable),
            lambda t: t.code,
            lambda t: _fields(t, ("held", "broken", "not_assessable")),
        ),
    }
    return record


def _keyed(
    items: Iterable[Any], key: Callable[[Any], str], fields: Callable[[Any], Fields]
) -> Section:
    """Return the fields of each item by its key; a key that comes again gets a number."""
    section: Section = {}
    times: Counter[str] = Counter()
    for item in items:
        name = key(item)
        times[name] += 1
        section[name if times[name] == 1 else f"{name} #{times[name]}"] = fields(item)
    return section


def _fields(item: Any, names: Iterable[str]) -> Fields:
    return {name: _plain(getattr(item, name, None)) for name in names}


def _placed(item: Any, names: Iterable[str]) -> Fields:
    return {**_fields(item, names), "place": _place(item.origin)}


def _place(origin: Any) -> list[Any] | None:
    return None if origin is None else [getattr(origin, name, None) for name in _PLACE]


def _statement(figure: Any) -> Fields:
    parts = [_fields(part, _PART) for part in figure.parts]
    return {**_placed(figure, _STATEMENT), "parts": parts}


def _finding(finding: Any) -> Fields:
    culprit = finding.culprit
    changes = () if culprit is None else getattr(culprit, "changes", ())
    blame = None if culprit is None else _fields(culprit, _CULPRIT)
    repair = [_fields(change, ("path", "stated", "suggested")) for change in changes]
    fields = _fields(finding, _FINDING)
    return {**fields, "doubtful": finding.doubtful, "culprit": blame, "repair": repair}


def _flagged(diagnostics: Iterable[Any]) -> Section:
    """Return the codes of each path that a diagnostic flags."""
    codes: dict[str, set[str]] = {}
    for diagnostic in diagnostics:
        for path in diagnostic.paths:
            codes.setdefault(path, set()).add(diagnostic.code)
    return {path: {"codes": sorted(found)} for path, found in codes.items()}


def _without_path(diagnostics: Iterable[Any]) -> Section:
    """Return how often each diagnostic without a path was given."""
    times = Counter(diagnostic.code for diagnostic in diagnostics if not diagnostic.paths)
    return {code: {"times": count} for code, count in times.items()}


def _start(item: Any) -> str:
    return "" if item.origin is None else f"@{item.origin.start}"


def _path_at(item: Any) -> str:
    return f"{item.path}{_start(item)}"


def _raw_at(item: Any) -> str:
    return f"{item.raw}{_start(item)}"


def _title_at(item: Any) -> str:
    return f"{item.title}{_start(item)}"


def _code_and_paths(finding: Any) -> str:
    return f"{finding.code} {' '.join(finding.paths)}"


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; numbers are text, so that 1 and 1.0 differ."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return str(value)


# ---------------------------------------------------------------- the answers


class _OutOfTime(BaseException):
    """An input took too long; no reader may catch this."""


def _stop(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of handlers
    raise _OutOfTime


def _read(revision: _Revision, source: Mapping[str, Any], clock: dict[str, float]) -> Record:
    """Return the record of an input, and add the CPU seconds of each phase to `clock`."""
    try:
        _alarm(SECONDS_PER_INPUT)
        previous = revision.parse({"text": source["previous"]}) if "previous" in source else None
        with _timed(clock, "parse"):
            report = revision.parse(source)
        with _timed(clock, "narrative"):
            _ = len(report.narrative), report.narrative.candidates
        with _timed(clock, "check"):
            result = revision.check(source, report, previous)
    except (Exception, _OutOfTime) as error:  # noqa: BLE001 - any crash is a result to compare
        return {"crash": {type(error).__name__: {"message": str(error)}}}
    finally:
        _alarm(0)
    return _record(revision, report, result)


@contextmanager
def _timed(clock: dict[str, float], phase: str) -> Iterator[None]:
    start = time.process_time()
    try:
        yield
    finally:
        clock[phase] += time.process_time() - start


def _alarm(seconds: int) -> None:
    """Stop after so many CPU seconds, 0 for never, where the system can."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _peak_megabytes() -> float:
    """Return the most memory that this process has used, 0 where the system does not say."""
    # `ru_maxrss` would count the process that started this one, too.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peaks = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(peaks[0]) / 1024 if peaks else 0.0


def main() -> None:
    """Answer lists of inputs until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr  # what a reader prints is no answer
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, _stop)
    import gischema

    answers.write(f"{gischema.__file__}\n")
    answers.flush()
    revision = _Revision(Path(os.environ[CHECKOUT]))
    for line in sys.stdin.buffer:
        clock = dict.fromkeys(PHASES, 0.0)
        records = [_read(revision, source, clock) for source in json.loads(line)]
        head = {"seconds": clock, "megabytes": _peak_megabytes()}
        for answer in (head, *records):
            answers.write(json.dumps(answer, sort_keys=True) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
