"""Write what sample pages without a table state: wordings for what is not read yet, and a test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from attrs import frozen

from gischema.engine import Gischema
from gischema.report import NarrativeFigure, Report
from gischema.scaffold.read_back import read_or_none
from gischema.scaffold.terms import Terms
from gischema.tables.printed_units import UNITS
from gischema.text import normalise

_TEST = Path(__file__).parent / "templates" / "test_statements.py.template"
_MOST = 20  # statements that are tried
_WORDS = r"[^\s,。;:、\d]"
_CLAUSE = re.compile(
    rf"(?P<before>{_WORDS}{{2,24}})(?P<number>\d[\d.]*)(?P<unit>{UNITS})(?!工作日|月|小时)"
    rf"(?P<after>{_WORDS}{{0,12}})"
)
_LEAD = re.compile(
    r".*(?:全年|本年度?|年度?|我[局委办镇乡县市区院所校]|本[局委办镇乡院所校]|机关|共计?|累计)"
)
_TRAIL = re.compile(r"(?:共计|合计|累计|达到?|了|共|约|为|有|是|计)+\Z")
_SHORTEST, _LONGEST = 3, 14  # characters of a wording


@frozen
class UnreadClause:
    """A figure that the text states and nothing reads.

    Attributes:
        words: What it counts.
        name: An English name for that.
        value: The figure, as the normal form has it.
        printed: The clause.
    """

    words: str
    name: str
    value: str
    printed: str

    @property
    def entry(self) -> str:
        """The wording and the clause, as a file of running text has them."""
        group = self.name.upper()
        return (
            f'\n[phrase.{group}]\nmeans = "{self.words}"\nwordings = "{self.words}"\n'
            f'\n[[clause]]\nindicator = "{self.name}"\nall = "{group}"\nunit = "unit none"\n'
        )


@frozen
class WrittenStatements:
    """What was written of samples that have only running text.

    Attributes:
        files: The texts of the files by name; without wordings only samples and a test.
        read: The statements of the samples, path and figure, those of new wordings too.
        left_out: The clauses with a figure that nothing reads.
    """

    files: dict[str, str]
    read: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


def write_statements(name: str, texts: Sequence[str], terms: Terms) -> WrittenStatements | None:
    """Return what the running text of samples states; None if it states nothing.

    Args:
        name: The beginning of the names of the files.
        texts: The samples.
        terms: The words of the field, for English names.
    """
    toml, left_out = "", list[str]()
    with TemporaryDirectory() as place:
        file = Path(place) / f"narrative_{name}.toml"
        for text in texts:
            before = _read(toml, file, text)
            for each in [*_unread(text, before, terms)][:_MOST]:
                after = _read(toml + each.entry, file, text)
                if _adds(each, after, before):
                    toml, before = toml + each.entry, after
                else:
                    left_out.append(each.printed)
        reports = [_read(toml, file, text) for text in texts]
    stated = [[(f.path, str(f.value)) for f in _stated(report)] for report in reports]
    if not any(stated) and not left_out:
        return None
    files: dict[str, str] = {}
    if toml:
        files[file.name] = "# Written from sample pages: check wordings and names.\n" + toml
    for number, (text, figures) in enumerate(zip(texts, stated, strict=True), 1):
        files[f"{name}-{number}.txt"] = text
        files[f"{name}-{number}.json"] = json.dumps(figures, indent=1) + "\n"
    template = Template(_TEST.read_text(encoding="utf-8"))
    plugins = "plugins=[HERE]" if toml else ""
    module = f"test_{name.replace('+', '_')}.py"
    files[module] = template.substitute(file=name, plugins=plugins)
    return WrittenStatements(files, tuple(one for each in stated for one in each), tuple(left_out))


def _read(toml: str, file: Path, text: str) -> Report | None:
    """Return the report of a text, read with some wordings; None if they or it cannot be read."""
    file.write_text(toml, encoding="utf-8")
    engine = Gischema(plugins=[file]) if toml else Gischema()
    return None if engine.problems else read_or_none(engine, text)


def _stated(report: Report | None) -> tuple[NarrativeFigure, ...]:
    return tuple(report.narrative) if report is not None else ()


def _adds(each: UnreadClause, after: Report | None, before: Report | None) -> bool:
    """Return True if a report gains just the figure of a statement."""
    known = [(figure.path, figure.value) for figure in _stated(before)]
    new = [f for f in _stated(after) if (f.path, f.value) not in known]
    return [f.path for f in new] == [each.name] and each.value in new[0].raw


def _unread(text: str, report: Report | None, terms: Terms) -> Iterator[UnreadClause]:
    """Yield what the clauses of a text state that no figure or candidate of its report covers."""
    read: set[int] = set()
    if report is not None:
        for figure in (*report.narrative, *report.narrative.candidates):
            if figure.origin is not None:
                read.update(range(figure.origin.start, figure.origin.end))
    normal = normalise(text)
    for found in _CLAUSE.finditer(normal.text):
        start, _ = normal.span(found.start("number"), found.end("number"))
        words = _TRAIL.sub("", _LEAD.sub("", found["before"]))
        if len(words) < _SHORTEST and len(found["after"]) >= _SHORTEST:
            words = found["after"]
        name = terms.name(words)
        if start not in read and name and _SHORTEST <= len(words) <= _LONGEST:
            yield UnreadClause(words, name, found["number"], found[0])
