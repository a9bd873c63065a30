"""The check of reports as SARIF 2.1.0, which editors and CI systems understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from gischema._version import __version__
from gischema.diagnostics import KINDS
from gischema.filenames import name_bytes
from gischema.output.checked import Checked, Frame, main_origin, main_place, with_slashes
from gischema.output.failed import Failed
from gischema.output.json_text import to_json
from gischema.output.language import message, say
from gischema.output.listings import rule_records
from gischema.output.places import place as place_of
from gischema.output.words import ELSEWHERE, shown
from gischema.report import Diagnostic, Origin

if TYPE_CHECKING:
    from gischema.rules import Finding, Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class SarifEntry(NamedTuple):
    """The part of one file in the run."""

    results: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    successful: bool = True


def entry(item: Checked, frame: Frame) -> SarifEntry:
    """Return the results and notifications of a report.

    Findings are results; waived ones are suppressed results. Diagnostics of the reader are
    notifications of the tool about itself.
    """
    indices = {rule.code: number for number, rule in enumerate(frame.rules)}
    results = [_result(item, finding, frame, indices) for finding in item.result.findings]
    for waived in item.result.waived:
        result = _result(item, waived.finding, frame, indices)
        words = f"{waived.waiver.reason} ({waived.waiver.by}, {waived.waiver.on})"
        result["suppressions"] = [{"kind": "external", "justification": words}]
        results.append(result)
    notes = [_notification(item, each, frame) for each in item.report.diagnostics]
    if (unread := item.unread_line(frame.lang)) is not None:
        place = {"physicalLocation": {"artifactLocation": {"uri": _uri(item.file)}}}
        note = {"level": "error", "message": {"text": unread}, "locations": [place]}
        notes.insert(0, note)
    return SarifEntry(results, notes)


def failed(file: Failed, frame: Frame) -> SarifEntry:
    """Return a notification of an error: the run was not successful."""
    place = {"physicalLocation": {"artifactLocation": {"uri": _uri(file.file)}}}
    note: dict[str, Any] = {
        "descriptor": {"id": file.code},
        "level": "error",
        "message": {"text": message(file, frame.lang)},
        "locations": [place],
    }
    if file.exception is not None:
        note["exception"] = {"kind": file.exception}
    return SarifEntry([], [note], successful=False)


def document(entries: Iterable[SarifEntry], frame: Frame) -> Iterator[str]:
    """Yield one log with one run; all rules are listed, with findings or without."""
    every = list(entries)
    invocation = {
        "executionSuccessful": all(each.successful for each in every),
        "toolExecutionNotifications": [note for each in every for note in each.notes],
        **_settings(frame),
    }
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(frame)},
                "language": say(frame.lang, "zh-CN", "en"),
                "columnKind": "unicodeCodePoints",
                "results": [result for each in every for result in each.results],
                "invocations": [invocation],
            }
        ],
    }
    yield to_json(log, indent=2) + "\n"


def _settings(frame: Frame) -> dict[str, Any]:
    """Return the settings of an invocation: a notification, and the rules that they change."""
    line, used = frame.settings.line(frame.lang), frame.settings.settings
    if line is None or used is None:
        return {}
    note: dict[str, Any] = {"level": "note", "message": {"text": line}}
    if used.file is not None:
        uri = _uri(str(used.file))
        note["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]
    changed: dict[str, dict[str, object]] = {
        code: {"enabled": False} for code in frame.settings.switched_off
    }
    changed |= {code: {"level": _LEVELS[severity]} for code, severity in used.severity.items()}
    indices = {rule.code: number for number, rule in enumerate(frame.rules)}
    overrides = [
        {"descriptor": {"id": code, "index": indices[code]}, "configuration": configuration}
        for code, configuration in changed.items()
    ]
    return {
        "toolConfigurationNotifications": [note],
        **({"ruleConfigurationOverrides": overrides} if overrides else {}),
    }


def _driver(frame: Frame) -> dict[str, Any]:
    return {
        "name": "gischema",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule, frame) for rule in frame.rules],
        "notifications": [
            {
                "id": kind.code,
                "shortDescription": {"text": say(frame.lang, kind.title, kind.title_en)},
            }
            for kind in KINDS.values()
        ],
    }


def _rule(rule: Rule, frame: Frame) -> dict[str, Any]:
    (record,) = rule_records([rule])
    about: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": {"text": rule.title.get(frame.lang)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {name: record[name] for name in ("kind", "forms", "since", "citations")},
    }
    if rule.why is not None:
        about["fullDescription"] = {"text": rule.why.get(frame.lang)}
    return about


def _result(
    item: Checked, finding: Finding, frame: Frame, indices: dict[str, int]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": "note" if finding.doubtful else _LEVELS[finding.severity],
        "message": {"text": message(finding, frame.lang)},
        "locations": [
            _location(
                item,
                main_origin(finding),
                finding.paths[:1],
                main_place(item, finding, frame.lang),
            )
        ],
        "relatedLocations": [
            _location(item, origin, (path,), _operand(item, path, value, origin, frame))
            for path, value, origin, source in zip(
                finding.paths, finding.values, finding.origins, finding.sources, strict=True
            )
            if origin is not None and not source.startswith(ELSEWHERE)
        ],
        "partialFingerprints": {"operands/v1": _fingerprint(item, finding)},
        "properties": {
            "kind": finding.kind,
            "paths": list(finding.paths),
            "values": [shown(value) for value in finding.values],
            "expected": shown(finding.expected),
            "actual": shown(finding.actual),
            "doubts": list(finding.doubts),
        },
    }
    if finding.code in indices:
        result["ruleIndex"] = indices[finding.code]
    if finding.culprit is not None:
        result["properties"]["culprit"] = {
            "path": finding.culprit.path,
            "kind": finding.culprit.kind,
            "stated": shown(finding.culprit.stated),
            "suggested": shown(finding.culprit.suggested),
        }
    return result


def _operand(item: Checked, path: str, value: object, origin: Origin, frame: Frame) -> str:
    """Return the name, the value and the place of an operand."""
    at = item.names.place(path, origin, frame.lang)
    return f"{item.names.name(path, frame.lang)} = {shown(value)} ({at})"


def _location(
    item: Checked, origin: Origin | None, paths: Iterable[str], words: str
) -> dict[str, Any]:
    """Return a location: the file, the place in it if it is plain text, and the indicators.

    `words` are the place as a person finds it.
    """
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(item.file)}}
    if origin is not None and item.plain:
        place["region"] = {
            "startLine": origin.line,
            "startColumn": origin.column,
            "charOffset": origin.start,
            "charLength": origin.end - origin.start,
        }
    elif origin is not None and origin.page is not None:
        place["properties"] = {"page": origin.page}
    logical = [{"fullyQualifiedName": path, "kind": "member"} for path in paths]
    return {
        "physicalLocation": place,
        **({"logicalLocations": logical} if logical else {}),
        **({"message": {"text": words}} if words else {}),
    }


def _uri(file: str) -> str:
    """Return a file as a relative reference in ASCII that keeps every byte of its name."""
    return quote(name_bytes(with_slashes(file)), safe="/")


def _notification(item: Checked, diagnostic: Diagnostic, frame: Frame) -> dict[str, Any]:
    return {
        "descriptor": {"id": diagnostic.code},
        "level": "note",
        "message": {"text": message(diagnostic, frame.lang)},
        "locations": [
            _location(
                item, diagnostic.origin, diagnostic.paths, place_of(diagnostic.origin, frame.lang)
            )
        ],
    }


def _fingerprint(item: Checked, finding: Finding) -> str:
    """Return a digest that identifies a finding of a report, also after its lines have moved."""
    values = [f"{path}={shown(v)}" for path, v in zip(finding.paths, finding.values, strict=True)]
    identity = "\n".join((item.report.title or item.path, finding.code, *values))
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
