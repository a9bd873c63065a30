"""Compare two reports: figures, relations between the years, chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve
from rapidfuzz.fuzz import ratio

from gischema.comparison.model import (
    ChapterLikeness,
    ComparedValue,
    Comparison,
    FigureChange,
)
from gischema.forms.concepts import concepts
from gischema.report import Figure, Report, Section
from gischema.rules.checking import check
from gischema.rules.reports import Reports, part_of_year
from gischema.rules.results import CheckResult

if TYPE_CHECKING:
    from gischema.forms.form import Form
    from gischema.rules.bound import BoundRule
    from gischema.rules.rulebook import RuleBook


_LONGEST = 20_000
"""The characters of a chapter that are compared. The time grows with the square of their number."""


def compare(old: Report, new: Report, form: Form | None, book: RuleBook) -> Comparison:
    """Compare two reports.

    Figures with the same path are the same indicator on every form. Concepts
    (`gischema/forms/indicators.toml`) relate the others.

    Args:
        old: The older report.
        new: The newer report.
        form: The form of the newer report.
        book: The rules; those about several reports are checked.
    """
    pairs = [*_by_path(old, new), *_by_concept(old, new)]
    changed = tuple(pair for pair in pairs if _differs(pair))
    paired = {path for pair in pairs for side in (pair.old, pair.new) for path in side.paths}
    return Comparison(
        old.about,
        new.about,
        changed,
        len(pairs) - len(changed),
        tuple(path for path in old.by_path if path not in paired),
        tuple(path for path in new.by_path if path not in paired),
        _check_between(old, new, form, book),
        tuple(_chapters(old, new)),
    )


def _differs(pair: FigureChange) -> bool:
    return (pair.old.value, pair.old.status) != (pair.new.value, pair.new.status)


def _by_path(old: Report, new: Report) -> Iterator[FigureChange]:
    """Yield the indicators of both forms that at least one report prints."""
    for path in {**old.by_path, **new.by_path}:
        known = (path in report.by_path or path in report.declared for report in (old, new))
        if all(known):
            label = new.figure(path).label
            yield _pair(path, label, label, (old.figure(path),), (new.figure(path),))


def _by_concept(old: Report, new: Report) -> Iterator[FigureChange]:
    """Yield the concepts that the two forms state under different paths."""
    for concept in concepts():
        before, after = concept.figures(old), concept.figures(new)
        if not before or not after or {f.path for f in before} == {f.path for f in after}:
            continue
        pair = _pair(concept.name, concept.zh, concept.en, before, after)
        yield evolve(
            pair,
            comparability=concept.comparability,
            note=concept.note_zh,
            note_en=concept.note_en,
        )


def _pair(
    name: str, label: str, label_en: str, old: tuple[Figure, ...], new: tuple[Figure, ...]
) -> FigureChange:
    before, after = _compared_value(old), _compared_value(new)
    both = before.value is not None and after.value is not None
    difference = (after.value or 0) - (before.value or 0) if both else None
    return FigureChange(name, label, label_en, before, after, difference)


def _compared_value(figures: tuple[Figure, ...]) -> ComparedValue:
    """Return one figure, or the sum of several; a sum needs a value of every part."""
    missing = next((figure for figure in figures if figure.value is None), None)
    values = [figure.value for figure in figures if figure.value is not None]
    origin = next((figure.origin for figure in figures if figure.origin is not None), None)
    paths = tuple(figure.path for figure in figures)
    if missing is not None:
        return ComparedValue(None, missing.status, paths, origin)
    return ComparedValue(sum(values), "stated", paths, origin)


def _check_between(old: Report, new: Report, form: Form | None, book: RuleBook) -> CheckResult:
    """Return the result of the rules that use another report."""
    if form is None:
        return CheckResult((), (), (), about=new.about)
    codes = [rule.rule.code for rule in book.bound(form).rules if _uses_other_report(rule)]
    same = old.year is not None and old.year == new.year and part_of_year(old) == part_of_year(new)
    version = old if same else None
    previous = old if version is None else None
    result = check(Reports(new, previous, version), form, book, select=codes)
    decided = tuple(tally for tally in result.tallies if tally.held or tally.broken)
    return evolve(result, tallies=decided, about=new.about, diagnostics=new.diagnostics)


def _uses_other_report(rule: BoundRule) -> bool:
    operands = (operand for check in rule.checks for operand in check.instance.operands)
    return any(
        operand.role in ("previous", "version") or operand.path.startswith("change.")
        for operand in operands
    )


def _chapters(old: Report, new: Report) -> Iterator[ChapterLikeness]:
    """Yield the chapters in the order of the new report, then those that it no longer has."""
    left = [section for section in old.narrative.sections if section.level == 1]
    for chapter in (section for section in new.narrative.sections if section.level == 1):
        match = next((other for other in left if _same_chapter(other, chapter)), None)
        if match is None:
            yield ChapterLikeness(chapter.kind, None, chapter.title, None)
            continue
        left.remove(match)
        texts = (_text_without_digits(old, match), _text_without_digits(new, chapter))
        likeness = round(ratio(*texts), 1) if any(texts) else None
        yield ChapterLikeness(chapter.kind, match.title, chapter.title, likeness)
    for gone in left:
        yield ChapterLikeness(gone.kind, gone.title, None, None)


def _same_chapter(one: Section, other: Section) -> bool:
    return one.title == other.title or (one.kind is not None and one.kind == other.kind)


def _text_without_digits(report: Report, chapter: Section) -> str:
    """Return the start of the text of a chapter and its sub-chapters, without digits."""
    start, end = chapter.origin.start, chapter.end
    within = (s for s in report.narrative.sections if start <= s.origin.start < end)
    text = "".join(sign for s in within for sign in s.text if not sign.isdigit())
    return text[:_LONGEST]
