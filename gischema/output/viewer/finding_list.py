"""The findings of a report as a list: one entry for each root cause."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from attrs import define

from gischema.figure import number
from gischema.output.cell_names import CellNames
from gischema.output.checked import Checked, Frame, main_place
from gischema.output.columns import clean
from gischema.output.culprits import culprit_text
from gischema.output.language import Lang, message, say
from gischema.output.places import place
from gischema.output.root_causes import MANY, RootCause
from gischema.output.viewer.additions import addition
from gischema.output.viewer.marks import Marks, kind_of
from gischema.output.viewer.markup import element, text
from gischema.output.words import ELSEWHERE, OPERAND_SOURCE, SEVERITY, STATUS, shown
from gischema.rules.results import REASONS

if TYPE_CHECKING:
    from gischema.figure import Amount, Origin
    from gischema.rules import Finding
    from gischema.rules.model import Value


def kind_name(kind: str, lang: Lang) -> str:
    """Return the word for a kind of entry."""
    for severity, words in SEVERITY.items():
        if severity == kind:
            return say(lang, *words)
    return say(lang, "存疑", "doubtful")


Below: TypeAlias = "Callable[[Checked, Finding], str]"
"""Returns markup to stand below a finding."""

_LONG = 8  # parts of a sum that are listed without exception


@define(eq=False)
class FindingList:
    """The findings of a checked report, and what was not read or not checked."""

    item: Checked
    marks: Marks
    frame: Frame
    prefix: str
    below: Below | None = None

    @property
    def lang(self) -> Lang:
        """The language of the list."""
        return self.frame.lang

    @property
    def names(self) -> CellNames:
        """The names of the figures."""
        return self.item.names

    def html(self) -> str:
        """Return the markup."""
        entries = [self._entry(*each) for each in enumerate(self.marks.causes)]
        found = element("ol", "\n".join(entries), class_="findings") if entries else ""
        return "\n".join((found, *self._remarks(), *self._unclaimed(), *self._not_checked()))

    def _entry(self, count: int, cause: RootCause) -> str:
        kind, first = kind_of(cause), cause.findings[0]
        title = message(first, self.lang)
        if cause.culprit is not None:
            title = culprit_text(cause.culprit, self.names, self.lang)
        where = main_place(self.item, first, self.lang)
        summary = (
            text("span", kind_name(kind, self.lang), class_=f"kind {kind}")
            + text("span", clean(title), class_="what")
            + text("span", where, class_="where")
        )
        inside = "".join(self._finding(f, cause) for f in cause.findings[:MANY])
        if (more := len(cause.findings) - MANY) > 0:
            inside += text("p", say(self.lang, f"另有 {more} 处", f"and {more} more"))
        keys = " ".join(dict.fromkeys(self._keys(cause)))
        details = element("details", element("summary", summary) + inside, data_k=keys)
        return element("li", details, id=f"{self.prefix}-c{count}", data_kind=kind)

    def _keys(self, cause: RootCause) -> Iterator[str]:
        """Yield the keys of an entry, that of the place to look at first before all others."""
        culprit = cause.culprit
        if culprit is not None and culprit.source == "table":
            yield from (self.marks.key(change.path) for change in culprit.changes or (culprit,))
        for finding in cause.findings[:MANY]:
            yield from filter(None, self.marks.of_operands(finding))

    def _finding(self, finding: Finding, cause: RootCause) -> str:
        code = text("code", finding.code)
        words = text("span", clean(message(finding, self.lang)))
        said = element("p", f"{code} {words}" if cause.culprit is not None else code)
        rows = self._operands(finding)
        more = self.below(self.item, finding) if self.below is not None else ""
        return said + (element("table", rows, class_="sum") if rows else "") + more

    def _operands(self, finding: Finding) -> str:
        keys = self.marks.of_operands(finding)
        lines = [self._operand(finding, place, key) for place, key in enumerate(keys)]
        found = addition(finding, self.frame.rules)
        if found is None:
            return "".join(element("tr", element("td") + line) for line in lines)
        sides = list(zip(finding.values, lines, strict=True))
        left = self._side(sides[: found.left], found.sums[0])
        right = self._side(sides[found.left :], found.sums[1])
        return left + element("tr", text("td", "≠") + element("td", colspan=2)) + right

    def _side(self, parts: Sequence[tuple[Value | None, str]], total: Amount) -> str:
        """Return the rows of one side of an equation. Of many parts, zeros are only counted."""
        if len(parts) == 1:
            return element("tr", element("td") + parts[0][1])
        shown = [line for value, line in parts if len(parts) <= _LONG or value != 0]
        rows = [
            element("tr", text("td", "+" if at else "") + line) for at, line in enumerate(shown)
        ]
        if (zeros := len(parts) - len(shown)) > 0:
            words = say(self.lang, f"另有 {zeros} 项为 0", f"and {zeros} more that are 0")
            rows.append(element("tr", element("td", colspan=2) + text("td", words)))
        cells = text("td", "=") + text("td", number(total), class_="value")
        cells += text("td", say(self.lang, "合计", "sum"))
        return "".join(rows) + element("tr", cells, class_="total")

    def _operand(self, finding: Finding, at: int, key: str) -> str:
        """Return the cells of an operand: its value, which leads to it, and its name and place."""
        path, value, origin = finding.paths[at], finding.values[at], finding.origins[at]
        source = finding.sources[at]
        sources = [
            say(self.lang, *OPERAND_SOURCE[w]) for w in source.split() if w in OPERAND_SOURCE
        ]
        lacking = say(self.lang, *STATUS["absent" if origin is None else "blank"])
        printed = f"({lacking})" if value is None else shown(value)
        name = " ".join((*sources, self.names.name(path, self.lang)))
        if source == "table":
            where = self.names.place(path, origin, self.lang)
        else:
            where = place(origin, self.lang)
        button = (
            text("button", printed, type="button", data_k=key) if key else text("span", printed)
        )
        label = text("span", clean(name))
        if not key:
            label += text("span", where, class_="where")
        if not source.startswith(ELSEWHERE):
            label += self._picture(origin)
        return element("td", button, class_="value") + element("td", label)

    def _picture(self, origin: Origin | None) -> str:
        """Return the picture of a place of a scanned file."""
        shown = self.item.picture
        content = shown(origin) if shown is not None and origin is not None else None
        if content is None:
            return ""
        source = f"data:image/png;base64,{b64encode(content).decode()}"
        where = place(origin, self.lang)
        words = say(self.lang, f"扫描件：{where}", f"scan: {where}")
        return element("img", src=source, alt=words, class_="cropped")

    def _remarks(self) -> Iterator[str]:
        if not self.marks.remarks:
            return
        lines = [
            self._jump(
                " ".join(self.marks.of_remark(count)),
                f"{remark.code} {clean(message(remark, self.lang))}",
                place(remark.origin, self.lang),
            )
            for count, remark in enumerate(self.marks.remarks)
        ]
        title = say(
            self.lang,
            f"读取存疑 {len(lines)} 处：本程序没有读准，不表示报告有错",
            f"{len(lines)} doubts of this program about its reading: no faults of the report",
        )
        yield self._folded(title, lines, is_open=bool(self.item.result.unread))

    def _unclaimed(self) -> Iterator[str]:
        lines = [
            self._jump(
                f"u{count}", f"{each.raw}  {clean(each.label)}", place(each.origin, self.lang)
            )
            for count, each in enumerate(self.item.report.unclaimed)
        ]
        if lines:
            zh = f"表格中 {len(lines)} 个数字没有归入任何一格"
            en = f"{len(lines)} numbers in tables that belong to no cell"
            yield self._folded(say(self.lang, zh, en), lines)

    def _not_checked(self) -> Iterator[str]:
        counts: Counter[str] = Counter()
        codes: dict[str, dict[str, None]] = {}
        for each in self.item.result.not_assessable:
            reason = REASONS[each.reason].get(self.lang)
            counts[reason] += each.instances
            codes.setdefault(reason, {})[each.code] = None
        if counts:
            all_of_them = sum(counts.values())
            zh, en = f"没有核对 {all_of_them} 项", f"{all_of_them} checks not made"
            lines = [
                text("li", f"{why}：{counts[why]}（{' '.join(codes[why])}）") for why in counts
            ]
            yield self._folded(say(self.lang, zh, en), lines)
        waived = self.item.result.waived
        if waived:
            zh, en = f"已豁免 {len(waived)} 处", f"{len(waived)} waived"
            lines = [
                text("li", f"{clean(message(w.finding, self.lang))}：{w.waiver.reason}")
                for w in waived
            ]
            yield self._folded(say(self.lang, zh, en), lines)

    def _jump(self, keys: str, words: str, where: str) -> str:
        inner = text("span", words) + text("span", where, class_="where")
        return element("li", element("button", inner, type="button", data_k=keys, class_="line"))

    def _folded(self, title: str, lines: Sequence[str], *, is_open: bool = False) -> str:
        inside = element("ul", "".join(lines))
        return element("details", text("summary", title) + inside, class_="more", open=is_open)
