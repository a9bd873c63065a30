"""Two reports held beside each other: figures, relations between the years, chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gischema.comparison.model import About, ChapterLikeness, Comparison, FigureChange, Side
from gischema.forms.concepts import concepts
from gischema.report import Figure, Report, Section
from gischema.rules.checking import check
from gischema.rules.reports import Reports
from gischema.rules.results import CheckResult

if TYPE_CHECKING:
    from gischema.forms.form import Form
    from gischema.rules.bound import BoundRule
    from gischema.rules.rulebook import RuleBook


_LONGEST = 20_000
"""How many characters of a chapter are compared: the time grows with the square of their number."""


def compare(old: Report, new: Report, form: Form | None, book: RuleBook) -> Comparison:
    """Holds `new`, which stands on `form`, beside `old`.

    Figures with the same path are the same indicator on every form; others are tied together by
    concepts (`gischema/forms/indicators.toml`).
    """
    pairs = [*_by_path(old, new), *_by_concept(old, new)]
    changed = tuple(pair for pair in pairs if _differs(pair))
    tied = {path for pair in pairs for side in (pair.old, pair.new) for path in side.paths}
    return Comparison(
        _about(old),
        _about(new),
        changed,
        len(pairs) - len(changed),
        tuple(path for path in old.by_path if path not in tied),
        tuple(path for path in new.by_path if path not in tied),
        _between(old, new, form, book),
        tuple(_chapters(old, new)),
    )


def _about(report: Report) -> About:
    return About(report.form, report.variant, report.year, report.agency, report.title)


def _differs(pair: FigureChange) -> bool:
    return (pair.old.value, pair.old.status) != (pair.new.value, pair.new.status)


def _by_path(old: Report, new: Report) -> Iterator[FigureChange]:
    """The indicators that both forms have, as far as one of the reports prints them."""
    for path in {**old.by_path, **new.by_path}:
        known = (path in report.by_path or path in report.declared for report in (old, new))
        if all(known):
            label = new.figure(path).label
            yield _pair(path, label, label, (old.figure(path),), (new.figure(path),))


def _by_concept(old: Report, new: Report) -> Iterator[FigureChange]:
    """The concepts that the two forms state under different paths."""
    for concept in concepts():
        before, after = concept.figures(old), concept.figures(new)
        if not before or not after or {f.path for f in before} == {f.path for f in after}:
            continue
        pair = _pair(concept.name, concept.zh, concept.en, before, after)
        yield FigureChange(
            pair.name,
            pair.label,
            pair.label_en,
            pair.old,
            pair.new,
            pair.difference,
            concept.comparability,
            concept.note_zh,
            concept.note_en,
        )


def _pair(
    name: str, label: str, label_en: str, old: tuple[Figure, ...], new: tuple[Figure, ...]
) -> FigureChange:
    before, after = _side(old), _side(new)
    both = before.value is not None and after.value is not None
    difference = (after.value or 0) - (before.value or 0) if both else None
    return FigureChange(name, label, label_en, before, after, difference)


def _side(figures: tuple[Figure, ...]) -> Side:
    """One figure, or the sum of several; that of which one part is not stated is not stated."""
    lacking = next((figure for figure in figures if figure.value is None), None)
    values = [figure.value for figure in figures if figure.value is not None]
    origin = next((figure.origin for figure in figures if figure.origin is not None), None)
    paths = tuple(figure.path for figure in figures)
    if lacking is not None:
        return Side(None, lacking.status, paths, origin)
    return Side(sum(values), "stated", paths, origin)


def _between(old: Report, new: Report, form: Form | None, book: RuleBook) -> CheckResult:
    """What the rules say that need another report."""
    if form is None:
        return CheckResult((), (), ())
    codes = [rule.rule.code for rule in book.bound(form).rules if _across(rule)]
    version = old if old.year is not None and old.year == new.year else None
    previous = old if version is None else None
    result = check(Reports(new, previous, version), form, book, select=codes)
    told = tuple(tally for tally in result.tallies if tally.held or tally.broken)
    return CheckResult(result.findings, result.not_assessable, told)


def _across(rule: BoundRule) -> bool:
    cells = (cell for each in rule.checks for cell in each.instance.operands)
    return any(
        cell.whose in ("previous", "version") or cell.path.startswith("change.") for cell in cells
    )


def _chapters(old: Report, new: Report) -> Iterator[ChapterLikeness]:
    """The chapters of both reports in the order of the new one, then those that are gone."""
    from rapidfuzz.fuzz import ratio

    left = [section for section in old.narrative.sections if section.level == 1]
    for chapter in (section for section in new.narrative.sections if section.level == 1):
        match = next((other for other in left if _same_chapter(other, chapter)), None)
        if match is None:
            yield ChapterLikeness(chapter.kind, None, chapter.title, None)
            continue
        left.remove(match)
        texts = (_wording(old, match), _wording(new, chapter))
        likeness = round(ratio(*texts), 1) if any(texts) else None
        yield ChapterLikeness(chapter.kind, match.title, chapter.title, likeness)
    for gone in left:
        yield ChapterLikeness(gone.kind, gone.title, None, None)


def _same_chapter(one: Section, other: Section) -> bool:
    return one.title == other.title or (one.kind is not None and one.kind == other.kind)


def _wording(report: Report, chapter: Section) -> str:
    """The text of a chapter and its sub-chapters without digits, as far as it is compared."""
    start, end = chapter.origin.start, chapter.end
    within = (s for s in report.narrative.sections if start <= s.origin.start < end)
    text = "".join(sign for s in within for sign in s.text if not sign.isdigit())
    return text[:_LONGEST]
