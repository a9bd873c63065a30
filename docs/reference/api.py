"""The reference pages of the Python API: what Sphinx reads from docstrings, each with an example."""

from __future__ import annotations

import doctest
import inspect
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from attrs import frozen

from docs.reference.markdown import fenced, toctree
from docs.reference.reachable import public_names, reachable_aliases, reachable_types
from gischema.output.language import Lang, say

EXAMPLES = Path(__file__).with_name("examples.txt")
SETUP = """\
>>> import gischema
>>> engine = gischema.Gischema()
>>> form = engine.forms["art20-2021"]
>>> report = gischema.parse("report.txt", form="art20-2021")
>>> result = gischema.check(report)
"""
_REPOSITORY = Path(__file__).parents[2]
_HEAD = re.compile(r"^# (\w+) \| (\S+) \| (.+)$")
_NAME = re.compile(r"^## (\w+) \| (.+)$")
_STABILITY = {
    "stable": ("稳定", "stable"),
    "reached": ("成员稳定", "members are stable"),
    "interior": ("内部", "interior"),
}
_INTRODUCTION = {
    "en": """# Python

Every name of `gischema` and every type that one reaches from these. [What is stable](../../../project/stability.md):
a *stable* name keeps its meaning within a minor version; of a type whose *members are stable* only the import path may
change; *interior* types may change at any time. The examples are run as tests, in one session that begins with
""",
    "zh": """# Python

`gischema` 的全部名称，以及由它们可以得到的全部类型。[哪些是稳定的](../../../project/stability.md)：“稳定”的名称在同一次版本之内
含义不变；“成员稳定”的类型只有引入的路径可能改变；“内部”类型随时可能改变。说明文字取自源代码，为英文。
例子都作为测试运行，同在一个会话中，开头是
""",
}


@frozen
class Example:
    """The example of a name: its page, its line in Chinese, and its session."""

    name: str
    page: str
    zh: str
    session: str


@cache
def examples() -> Mapping[str, Example]:
    """Return the examples by name, in their order."""
    found: dict[str, Example] = {}
    for page, block in _blocks(EXAMPLES.read_text("utf-8")):
        head, _, session = block.partition("\n")
        named = _NAME.match(head)
        if named is None:
            raise ValueError(f"{EXAMPLES.name}: {head}")
        found[named[1]] = Example(named[1], page, named[2], session)
    return found


def titles() -> Mapping[str, tuple[str, str]]:
    """Return the titles of the pages in Chinese and English."""
    heads = (_HEAD.match(line) for line in EXAMPLES.read_text("utf-8").splitlines())
    return {head[1]: (head[2], head[3]) for head in heads if head is not None}


def renewed() -> str:
    """Return the file of examples with what each line prints in the current folder.

    The folder has the samples of the site and the files of `write_files`.
    """
    known: dict[str, object] = {"__name__": "examples"}
    exec(compile(_statements(SETUP), "setup", "exec"), known)
    parts = re.split(r"(^#+ .*\n)", EXAMPLES.read_text("utf-8"), flags=re.MULTILINE)
    return "".join(part if part.startswith("#") else _renewed(part, known) for part in parts)


def write_files(folder: Path) -> None:
    """Write the small files that the examples read next to the samples."""
    reports = _REPOSITORY / "examples"
    shutil.copyfile(reports / "panel/reports/finance-2019.txt", folder / "bureau-2019.txt")
    shutil.copyfile(reports / "reports/stat_2014_office.txt", folder / "finance-2016.txt")
    for name, text in _FILES.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "folder").mkdir(exist_ok=True)
    shutil.copyfile(folder / "water-2021.txt", folder / "folder/water-2021.txt")


def api_pages(language: Lang) -> Mapping[str, str]:
    """Return the text of each page by its file name."""
    pages = {f"{name}.md": _page(name, language) for name in titles()}
    listed = toctree([*titles(), "aliases"])
    pages["aliases.md"] = _aliases(language)
    return {"index.md": f"{_INTRODUCTION[language]}\n{fenced(SETUP, 'pycon')}\n{listed}", **pages}


def _aliases(language: Lang) -> str:
    title = say(language, "类型的别名", "Aliases of types")
    words = say(
        language,
        "签名中出现的别名，以及它们代表的类型。",
        "Names for unions and literals in signatures, and what they stand for.",
    )
    entries = (
        f"```{{eval-rst}}\n.. py:data:: {name}\n   :no-index-entry:\n```\n\n{fenced(_plain(alias), 'python')}"
        for name, alias in reachable_aliases().items()
    )
    return "\n".join([f"# {title}\n\n{words}\n", *entries])


def _plain(alias: object) -> str:
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", str(alias))


def _page(page: str, language: Lang) -> str:
    title = say(language, *titles()[page])
    entries = (_entry(one, language) for one in examples().values() if one.page == page)
    return "\n".join([f"# {title}\n", *entries])


def _entry(example: Example, language: Lang) -> str:
    name, public = example.name, public_names()
    item = public.get(name) or reachable_types()[name]
    stability = (
        "interior" if example.page == "interior" else "stable" if name in public else "reached"
    )
    place = f"gischema.{name}" if name in public else f"{item.__module__}.{name}"
    mark = say(language, *_STABILITY[stability])
    zh = f"{example.zh}。\n\n" if language == "zh" else ""
    return (
        f"## {name}\n\n{{.stability}}\n{mark}\n\n{zh}"
        f"```{{eval-rst}}\n{_directive(item, place)}```\n\n{fenced(example.session, 'pycon')}"
    )


def _directive(item: object, place: str) -> str:
    if not inspect.isclass(item):
        return f".. autofunction:: {place}\n"
    return f".. autoclass:: {place}\n   :members:\n   :undoc-members:\n"


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    page = ""
    for part in re.split(r"^(?=#+ )", text, flags=re.MULTILINE):
        head = _HEAD.match(part)
        if head is not None:
            page = head[1]
        elif part.strip():
            yield page, part


def _statements(session: str) -> str:
    return "".join(each.source for each in doctest.DocTestParser().get_examples(session))


def _renewed(session: str, known: dict[str, object]) -> str:
    """Return a session with what its lines print now."""
    lines = []
    for each in doctest.DocTestParser().get_examples(session):
        source = each.source.rstrip("\n").split("\n")
        lines += [f"{'...' if at else '>>>'} {line}".rstrip() for at, line in enumerate(source)]
        lines += _printed(each.source, known)
    return "".join(f"{line}\n" for line in lines)


def _printed(source: str, known: dict[str, object]) -> list[str]:
    out: list[str] = []
    test = doctest.DocTest([doctest.Example(source, "\0")], known, "renewed", None, None, None)

    class Runner(doctest.DocTestRunner):
        def report_failure(self, _out: object, _test: object, _example: object, got: str) -> None:
            out.extend(got.splitlines())

        def report_unexpected_exception(
            self, _out: object, _test: object, example: doctest.Example, exc_info: object
        ) -> None:
            raise ValueError(f"{example.source}: {exc_info}")

    Runner().run(test, clear_globs=False)
    known.update(test.globs)
    return out


_FILES = {
    "gischema.toml": 'fail-on = "warning"\n',
    "waivers.toml": """\
[[waivers]]
rule = "TT-1.5"
report = "云岭县人民政府 2023"
reason = "口径不同"
by = "王某"
on = 2024-03-01
""",
    "confirmed.toml": """\
[[confirmed]]
source = "9f2c4d"
by = "王某"
on = 2026-03-31
reason = "已核对原件"

[confirmed.figures]
"requests.received.total" = 60
""",
    "lakeside/lakeside.lark": """\
// form: stat-2014+lakeside
// years: 2014–2018
// basis: 青禾办〔2015〕3号

%import .stat_2014 (start)

%extend _section: ferries after COMPLAINTS
ferries: FERRIES
FERRIES: "七、渡口意见箱来信数 | 件"
""",
    "broken.lark": "// form: nowhere\nstart: (\n",
    "own.rules": """\
forms  art20-2021
source "本办" practice
since  0.1

rule OWN-1 bound warning
  title   "转来的申请不多于新收" / "no more is carried in than received"
  why     "转来的申请一般较少。" / "Usually little is carried in."
  check   requests.carried_in.total <= requests.received.total
  message "转来{left}件，多于新收{right}件" / "{left} carried in, {right} received"
  passes  requests.carried_in.total = 1, requests.received.total = 2
  fails   requests.carried_in.total = 2, requests.received.total = 1
""",
    "broken.rules": "rule\n",
    "broken.toml": "fail-on = \n",
}
