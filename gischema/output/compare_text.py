"""A comparison of two reports for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.filenames import displayed
from gischema.output.columns import aligned, clean
from gischema.output.language import Lang, message, say
from gischema.output.paint import Paint
from gischema.output.words import SEVERITY, STATUS, shown
from gischema.report import AboutReport

if TYPE_CHECKING:
    from gischema.comparison import (
        ChapterLikeness,
        ComparedValue,
        Comparison,
        FigureChange,
    )
    from gischema.forms.printed_names import PrintedNames


def change_label(change: FigureChange, printed: PrintedNames | None) -> str:
    """Return the name of a figure on the form, or the label of a concept."""
    cell = printed.cell(change.name) if printed is not None else None
    return clean(change.label) if cell is None else cell.words("zh")


def side(value: ComparedValue, lang: Lang) -> str:
    """Return the value of one of the two reports, or why there is none."""
    return shown(value.value) if value.value is not None else say(lang, *STATUS[value.status])


def difference(change: FigureChange) -> str:
    """Return the signed difference, empty if there is none."""
    if change.difference is None:
        return ""
    return (
        f"{change.difference:+d}"
        if isinstance(change.difference, int)
        else f"{change.difference:+f}"
    )


def chapter_words(chapter: ChapterLikeness, lang: Lang) -> list[str]:
    """Return the likeness of a chapter, or that it is new or gone, and its title."""
    title = clean(chapter.new_title or chapter.old_title or "")
    if chapter.likeness is not None:
        return [f"{chapter.likeness:.0f}%", title]
    if chapter.old_title is None:
        return [say(lang, "新增", "new"), title]
    return [say(lang, "没有了", "gone") if chapter.new_title is None else "—", title]


@frozen
class CompareText:
    """Writes a comparison.

    Attributes:
        names: The names of the two files as given by the user.
        printed: The names of the form of the second report, None if it is not known.
    """

    names: tuple[str, str]
    lang: Lang
    paint: Paint
    printed: PrintedNames | None = None

    def render(self, comparison: Comparison) -> str:
        """Return the text, with a line break at its end."""
        return "".join(f"{line}\n" for line in self._lines(comparison))

    def _lines(self, comparison: Comparison) -> Iterator[str]:
        yield self._report("-", displayed(self.names[0]), comparison.old)
        yield self._report("+", displayed(self.names[1]), comparison.new)
        yield ""
        yield from self._figures(comparison)
        yield ""
        yield from self._between(comparison)
        yield ""
        yield self._say("正文", "text")
        yield from self._table([chapter_words(e, self.lang) for e in comparison.chapters])

    def _report(self, sign: str, name: str, about: AboutReport) -> str:
        known = (about.title or about.agency, about.year, about.form)
        return "  ".join(clean(str(part)) for part in (sign, name, *known) if part is not None)

    def _figures(self, comparison: Comparison) -> Iterator[str]:
        changed, same = len(comparison.changed), comparison.unchanged
        yield self._say(
            f"数字：{changed} 处不同，{same} 处相同", f"figures: {changed} differ, {same} are alike"
        )
        yield from self._table([self._change(each) for each in comparison.changed])
        notes = [each for each in comparison.changed if each.note]
        for each in notes:
            label = change_label(each, self.printed)
            yield self._say(f"  * {label}：{each.note}", f"  * {each.name}: {each.note_en}")
        for zh, en, paths in (
            ("只在前一份", "only in the first", comparison.only_old),
            ("只在后一份", "only in the second", comparison.only_new),
        ):
            if paths:
                yield self._say(f"  {zh}：{len(paths)} 项", f"  {en}: {len(paths)}")

    def _change(self, change: FigureChange) -> list[str]:
        mark = "*" if change.note else ""
        old, new = side(change.old, self.lang), side(change.new, self.lang)
        sides = [old, "→", new, difference(change)]
        if self.lang == "zh":
            return [f"{change_label(change, self.printed)}{mark}", *sides]
        return [f"{change.name}{mark}", *sides, clean(change.label_en)]

    def _between(self, comparison: Comparison) -> Iterator[str]:
        result = comparison.between
        held, broken = result.held, len(result.findings)
        yield self._say(
            f"两份报告之间的关系：{held} 项相符，{broken} 项不符",
            f"relations between the reports: {held} hold, {broken} do not",
        )
        for finding in result.findings:
            severity = self.paint(finding.severity, self._say(*SEVERITY[finding.severity]))
            yield f"  {severity} {finding.code} {clean(message(finding, self.lang))}"

    def _table(self, rows: list[list[str]]) -> Iterator[str]:
        if rows:
            yield from (f"  {line}" for line in aligned(rows).splitlines())

    def _say(self, zh: str, en: str) -> str:
        return say(self.lang, zh, en)
