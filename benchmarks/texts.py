"""The texts that are measured: the example reports, padded or repeated to a given length."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

REPORTS = Path(__file__).resolve().parent.parent / "examples" / "reports"

KB = 1024

PADDING = """\
各单位按季度梳理公开目录,逐项核对标题、文号、发文日期和有效期,发现链接失效或者内容缺失的,在三个工作日内补正并留存记录。
全年开放办事大厅查阅区二百余天,安排讲解员轮流值守,帮助来访群众检索文件、填写表格,并收集对栏目设置的意见。
村道养护、茶园改造和供水管网更新等项目分阶段公布计划、进度和验收结果,附工程位置图和责任单位,方便居民对照监督。
2022年以来,培训采取案例讲解和现场演练相结合的方式,重点说明公开范围如何判断、答复文书如何说理、期限如何计算。
"""
"""Running text as reports have it between their tables: years and spelled figures, no indicator."""


@frozen
class Example:
    """An example report of one form, cut where its tables begin and end."""

    name: str
    form: str
    tables_from: str
    tables_to: str | None

    @property
    def path(self) -> Path:
        """The file of the report."""
        return REPORTS / f"{self.name}.txt"

    @property
    def text(self) -> str:
        """The report as printed."""
        return self.path.read_text(encoding="utf-8")

    def parts(self) -> tuple[str, str, str]:
        """The text before the tables, the tables, and the text after them."""
        text = self.text
        start = text.index(self.tables_from)
        end = len(text) if self.tables_to is None else text.index(self.tables_to)
        return text[:start], text[start:end], text[end:]

    def padded(self, size: int) -> str:
        """Return the report, padded with running text up to `size` bytes of UTF-8."""
        return "".join(self.padded_parts(size))

    def padded_parts(self, size: int) -> tuple[str, str, str]:
        """Return the parts of the report with that running text added to the first."""
        before, tables, after = self.parts()
        missing = size - len(self.text.encode())
        return before + _running_text(missing), tables, after

    def tables_repeated(self, times: int) -> str:
        """Return the title of the report, and its tables `times` over."""
        before, tables, _ = self.parts()
        return before.partition("\n")[0] + "\n" + tables * times


EXAMPLES = (
    Example("stat_2014_office", "stat-2014", "政府信息公开情况统计表", None),
    Example("art20_2019_bureau", "art20-2019", "二、主动公开政府信息情况", "五、存在的主要问题"),
    Example("art20_2021_county", "art20-2021", "二、主动公开政府信息情况", "五、存在的主要问题"),
)


def _running_text(size: int) -> str:
    """Return whole lines of running text, as many as fit into `size` bytes."""
    lines = PADDING.splitlines(keepends=True)
    text: list[str] = []
    while (size := size - len(lines[len(text) % len(lines)].encode())) >= 0:
        text.append(lines[len(text) % len(lines)])
    return "".join(text)
