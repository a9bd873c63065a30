"""The check of reports as JUnit XML: a suite a report, a case a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gischema.diagnostics import KINDS
from gischema.output.checked import Checked, Frame, main_place
from gischema.output.columns import clean
from gischema.output.culprits import culprit_text
from gischema.output.failed import Failed
from gischema.output.language import message, say


def entry(item: Checked, frame: Frame) -> str:
    """Return the suite of a report; findings are failures, undecided rules are skipped.

    A finding that rests on a doubtful reading is printed with its case and fails nothing. Tables
    that were not read are an error of a case of their own.
    """
    titles = {rule.code: rule.title.get(frame.lang) for rule in frame.rules}
    suite = Element("testsuite", name=clean(item.name))
    if (unread := item.unread_line(frame.lang)) is not None:
        case = _added(suite, item.name, say(frame.lang, "表格未读出", "tables not read"))
        error = SubElement(case, "error", message=unread, type=item.result.verdict)
        error.text = "\n".join(clean(message(each, frame.lang)) for each in item.result.unread)
    for tally in item.result.tallies:
        name = f"{tally.code} {titles.get(tally.code, '')}"
        case = _added(suite, item.name, name)
        _case(case, item, frame, tally.code)
        if not tally.held and not len(case) and tally.not_assessable:
            SubElement(case, "skipped", message=say(frame.lang, "没有核对", "not checked"))
    return _text(suite)


def failed(file: Failed, frame: Frame) -> str:
    """Return a suite with one case, which is an error."""
    kind = KINDS[file.code]
    suite = Element("testsuite", name=clean(file.name))
    case = _added(suite, file.name, f"{file.code} {say(frame.lang, kind.title, kind.title_en)}")
    words = clean(message(file, frame.lang))
    error = SubElement(case, "error", message=words, type=file.exception or file.status)
    error.text = clean(file.line(frame.lang))
    return _text(suite)


def document(entries: Iterable[str], _: Frame) -> Iterator[str]:
    """Yield the document: a suite a file."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="gischema">\n'
    yield from entries
    yield "</testsuites>\n"


def _added(suite: Element, file: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=clean(file), name=clean(name).strip())


def _text(suite: Element) -> str:
    """Return a suite with its counts as text."""
    suite.set("tests", str(len(suite)))
    for counted, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(counted, str(sum(case.find(tag) is not None for case in suite)))
    indent(suite, level=1)
    return "  " + tostring(suite, encoding="unicode").rstrip() + "\n"


def _case(case: Element, item: Checked, frame: Frame, code: str) -> None:
    for finding in item.result.findings:
        if finding.code != code:
            continue
        at = main_place(item, finding, frame.lang)
        place = f"{item.name}: {at}: " if at else f"{item.name}: "
        words = clean(message(finding, frame.lang))
        if finding.doubtful:
            SubElement(case, "system-out").text = clean(place) + words
        else:
            failure = SubElement(case, "failure", message=words, type=finding.severity)
            culprit = finding.culprit
            why = () if culprit is None else (culprit_text(culprit, item.names, frame.lang),)
            failure.text = "\n".join((clean(place) + words, *why, *finding.paths))
