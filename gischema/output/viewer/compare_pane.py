"""What changed since another report: the figures that differ, and the likeness of the chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import define

from gischema.output.columns import clean
from gischema.output.compare_text import change_label, chapter_words, difference, side
from gischema.output.language import Lang, say
from gischema.output.viewer.markup import element, text

if TYPE_CHECKING:
    from gischema.comparison import Comparison, FigureChange
    from gischema.output.checked import Checked
    from gischema.output.viewer.marks import Marks
    from gischema.report import AboutReport


@define(eq=False)
class ComparePane:
    """The comparison of a checked report with another one, which has the id `place`."""

    item: Checked
    marks: Marks
    lang: Lang
    place: str

    def html(self) -> str:
        """Return the markup; empty if the report is compared with none."""
        comparison = self.item.comparison
        if comparison is None:
            return ""
        title = text("h2", self._title(comparison))
        inside = "".join(self._parts(comparison))
        section = title + element("div", inside)
        return element("section", section, class_="compare", id=self.place)

    def link(self) -> str:
        """Return a line that leads to the comparison; empty if there is none."""
        comparison = self.item.comparison
        if comparison is None:
            return ""
        changed = len(comparison.changed)
        words = say(self.lang, f"：{changed} 个数字不同", f": {changed} figures differ")
        link = text("a", self._title(comparison) + words, href=f"#{self.place}")
        return element("p", link, class_="about")

    def _title(self, comparison: Comparison) -> str:
        year = comparison.old.year or say(self.lang, "另一份报告", "another report")
        return say(self.lang, f"与 {year} 对照", f"Compared with {year}")

    def _parts(self, comparison: Comparison) -> Iterator[str]:
        old, new = comparison.old, comparison.new
        yield text("p", clean(" ".join(filter(None, (old.title or old.agency, old.file)))))
        changed, same = len(comparison.changed), comparison.unchanged
        held, broken = comparison.between.held, len(comparison.between.findings)
        zh = f"{changed} 个数字不同，{same} 个相同；两年之间的关系 {held} 项相符，{broken} 项不符"
        en = f"{changed} figures differ, {same} are alike; {held} relations hold, {broken} do not"
        yield text("p", say(self.lang, zh, en))
        heads = (say(self.lang, "项目", "Item"), *self._years(old, new), "±")
        yield self._table(heads, [self._change(each) for each in comparison.changed])
        for each in comparison.changed:
            if each.note:
                label = change_label(each, self.item.printed)
                yield text("p", f"* {label}：{say(self.lang, each.note, each.note_en)}")
        for zh, en, paths in (
            ("只在前一份", "only in the first", comparison.only_old),
            ("只在后一份", "only in the second", comparison.only_new),
        ):
            if paths:
                yield text("p", say(self.lang, f"{zh}：{len(paths)} 项", f"{en}: {len(paths)}"))
        chapters = [chapter_words(each, self.lang) for each in comparison.chapters]
        yield self._table(
            say(self.lang, "文字相似 章", "Likeness Chapter").split(),
            ["".join(text("td", word) for word in words) for words in chapters],
        )

    def _years(self, old: AboutReport, new: AboutReport) -> tuple[str, str]:
        if old.year is None or new.year is None or old.year == new.year:
            return say(self.lang, "前一份", "before"), say(self.lang, "本份", "now")
        return f"{old.year}", f"{new.year}"

    def _change(self, change: FigureChange) -> str:
        """Return the cells of a figure; the new one leads to its cell on the form."""
        label = change_label(change, self.item.printed) + ("*" if change.note else "")
        new = side(change.new, self.lang)
        keys = " ".join(
            self.marks.key(p) for p in change.new.paths if p in self.item.report.by_path
        )
        shown = text("button", new, type="button", data_k=keys) if keys else text("span", new)
        return (
            text("th", label, scope="row")
            + text("td", side(change.old, self.lang), class_="value")
            + element("td", shown, class_="value")
            + text("td", difference(change), class_="value")
        )

    def _table(self, heads: Sequence[str], rows: Sequence[str]) -> str:
        if not rows:
            return ""
        top = element("tr", "".join(text("th", head, scope="col") for head in heads))
        body = "".join(element("tr", row) for row in rows)
        return element("table", element("thead", top) + element("tbody", body))
