"""The check of reports as JUnit XML: a suite a report, a case a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gischema.output.checked import Checked, Frame, main_origin
from gischema.output.columns import clean
from gischema.output.language import message, say


def write(items: Iterable[Checked], frame: Frame) -> Iterator[str]:
    """The document; findings are failures, what could not be decided is skipped.

    A finding that rests on a doubtful reading is printed with its case and fails nothing.
    """
    titles = {rule.code: rule.title.get(frame.lang) for rule in frame.rules}
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="gischema">\n'
    for item in items:
        suite = _suite(item, frame, titles)
        indent(suite, level=1)
        yield "  " + tostring(suite, encoding="unicode").rstrip() + "\n"
    yield "</testsuites>\n"


def _suite(item: Checked, frame: Frame, titles: dict[str, str]) -> Element:
    suite = Element("testsuite", name=clean(item.file))
    for tally in item.result.tallies:
        name = f"{tally.code} {titles.get(tally.code, '')}".strip()
        case = SubElement(suite, "testcase", classname=clean(item.file), name=clean(name))
        _case(case, item, frame, tally.code)
        if not tally.held and not len(case) and tally.not_assessable:
            SubElement(case, "skipped", message=say(frame.lang, "无法判定", "not assessable"))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in suite)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in suite)))
    return suite


def _case(case: Element, item: Checked, frame: Frame, code: str) -> None:
    for finding in item.result.findings:
        if finding.code != code:
            continue
        at = main_origin(finding)
        place = f"{item.file}:{at.line}:{at.column}: " if at is not None else f"{item.file}: "
        words = clean(message(finding, frame.lang))
        if finding.doubtful:
            SubElement(case, "system-out").text = clean(place) + words
        else:
            failure = SubElement(case, "failure", message=words, type=finding.severity)
            failure.text = "\n".join((clean(place) + words, *finding.paths))
