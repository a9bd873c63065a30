"""Reports with planted errors, and what a test has to know about the files with remarks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

import gischema
from gischema.report import Report
from gischema.rules import CheckResult
from gischema.testing.choices import SeededChoices
from gischema.testing.sample_page import SamplePage
from gischema.testing.seeded_errors import ERROR_KINDS, seed_error

FORMS = ("art20-2021", "art20-2019", "stat-2014")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENGLISH_PATH = re.compile(r"[a-z]+\.[a-z_]+\.")


def pages(engine: gischema.Gischema, count: int) -> Iterator[SamplePage]:
    """Yield generated reports with a planted error, of every form and kind of error in turn."""
    seed = 0
    while count:
        kind = ERROR_KINDS[seed % len(ERROR_KINDS)]
        form = engine.forms[FORMS[(seed + seed // len(ERROR_KINDS)) % len(FORMS)]]
        seeded = seed_error(form, kind, SeededChoices(seed))
        seed += 1
        if seeded is not None:
            count -= 1
            yield seeded.page


def expected_places(report: Report, result: CheckResult) -> set[str | None]:
    """Return where remarks belong, by the origins that `check --format json` has.

    That is each cell that a culprit corrects, else the first figure of this report.
    """
    found: set[str | None] = set()
    for finding in result.findings:
        culprit = finding.culprit
        own = [
            (path, source, origin)
            for path, source, origin in zip(
                finding.paths, finding.sources, finding.origins, strict=True
            )
            if origin is not None and not source.startswith(("previous", "version", "below"))
        ]
        if culprit is not None and culprit.source == "table":
            origins = (report.by_path[change.path].origin for change in culprit.changes)
            found |= {origin.element for origin in origins if origin is not None}
        elif culprit is not None:
            found |= {o.element for p, s, o in own if (p, s) == (culprit.path, culprit.source)}
        else:
            found |= {origin.element for *_, origin in own[:1]}
    return found


def word_part(data: bytes, part: str) -> etree._Element:
    """Return the root of a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(part))


def word_comments(data: bytes) -> dict[str, str]:
    """Return the texts of the comments by number, those of `gischema` only."""
    return {
        comment.get(f"{W}id", ""): "\n".join(
            "".join(p.itertext(f"{W}t")) for p in comment.iter(f"{W}p")
        )
        for comment in word_part(data, "word/comments.xml")
        if comment.get(f"{W}author") == "gischema"
    }


def word_anchors(data: bytes) -> dict[str, str]:
    """Return the cell or paragraph in which the range of each comment begins."""
    document = word_part(data, "word/document.xml")
    return {mark.get(f"{W}id", ""): _path(mark) for mark in document.iter(f"{W}commentRangeStart")}


def _path(mark: etree._Element) -> str:
    """Return the path of the cell around a mark, else of the paragraph."""
    element = next(mark.iterancestors(f"{W}p"))
    element = next(mark.iterancestors(f"{W}tc"), element)
    steps = []
    while element.tag != f"{W}body":
        number = 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        steps.append(f"{element.tag.rpartition('}')[2]}[{number}]")
        element = element.getparent()
    return "/".join(["body", *reversed(steps)])


def without_comments(data: bytes) -> bytes:
    """Return the canonical XML of a document without its comments."""
    document = word_part(data, "word/document.xml")
    for mark in list(document.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd")):
        mark.getparent().remove(mark)
    for mark in list(document.iter(f"{W}commentReference")):
        run = mark.getparent()
        run.getparent().remove(run)
    return canonical(document)


def canonical(root: etree._Element) -> bytes:
    """Return canonical XML."""
    return etree.tostring(root, method="c14n")


def other_parts(data: bytes, *changed: str) -> dict[str, bytes]:
    """Return the parts of a file but those whose names contain one of these words."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: package.read(name)
            for name in package.namelist()
            if not any(word in name for word in changed)
        }


def findings(data: bytes, name: str) -> tuple[gischema.Finding, ...]:
    """Return what `check` finds in a file."""
    return gischema.check(gischema.parse(data, name=name)).findings
