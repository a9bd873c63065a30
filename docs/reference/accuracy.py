"""The page of measured accuracy: each number with the command that gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docs.reference.diagnostics import share_wrong
from docs.reference.markdown import code, fenced, table
from docs.reference.measured import measured
from gischema.output.language import Lang, say
from gischema.testing import DAMAGES, LAYOUTS
from gischema.testing.score import score

_CORPUS = Path(__file__).parents[2] / "conformance"
_INTRODUCTION = {
    "en": """# Measured accuracy

No number on this page without the command that gives it. Two of three measurements use invented reports, which anyone
can make again; real reports are not ours to publish, so of these only counts can be given.

*Silent* is what must not be: another value than the printed one, that no diagnostic flags. *Flagged* figures are
right or wrong; a person looks. *Left out*: the page no longer shows the figure for certain.
""",
    "zh": """# 实测准确度

本页每个数字都附有得出它的命令。三项测量中两项用虚构的报告，任何人都可以重做；真实报告不便公布，只给出计数。

“悄悄读错”绝不应当有：读得的值与印出的不同，又没有诊断指明。“存疑”的数字有对有错，要由人看一眼。
“未读”：页面上已不能确定有这个数字。
""",
}
_CORPUS_TEXT = {
    "en": """## The conformance corpus

96 invented pages, version 1.0, with the value of every figure. Any reader can be measured on them, and
`conformance/README.md` says how. These numbers were computed when this page was built.
""",
    "zh": """## 一致性语料

96 份虚构的页面，版本 1.0，附有每个数字的值，任何读取程序都可以用它测量，方法见 `conformance/README.md`。以下数字在生成本页时算出。
""",
}
_REAL_TEXT = {
    "en": """## Real reports

Measured on {date}, on {documents} published reports with figures copied by hand. The texts are not in the repository, so
this is the one measurement that you cannot repeat.
""",
    "zh": """## 真实报告

{date} 在 {documents} 份已公布的报告上测得，数字由人工抄录。原文不在代码库中，因此只有这一项无法重做。
""",
}
_WORDS = {
    "right": ("正确", "right"),
    "right_flagged": ("正确但存疑", "right, flagged"),
    "wrong_flagged": ("有误或未读，已指明", "wrong or unread, flagged"),
    "silent": ("悄悄读错", "silent"),
    "missed": ("漏读", "missed"),
    "left_out": ("未读", "left out"),
    "phantom": ("无中生有", "phantom"),
}


def accuracy_page(language: Lang) -> str:
    """Return the page in Markdown."""
    return "\n".join(
        [
            _INTRODUCTION[language],
            *_corpus(language),
            *_real(language),
            *_damages(language),
            *_bounds(language),
            *_speed(language),
            *_more(language),
        ]
    )


def _corpus(language: Lang) -> Iterator[str]:
    yield _CORPUS_TEXT[language]
    yield fenced("python -m gischema.testing.score conformance", "sh")
    heads = [
        say(language, "文件", "file"),
        say(language, "页", "pages"),
        say(language, "数字", "figures"),
    ]
    heads += [say(language, *words) for words in _WORDS.values()]
    found = {kind: each.numbers() for kind, each in score(_CORPUS).items()}
    order = sorted(found, key=lambda kind: kind == "all")
    rows = (
        [kind, *(found[kind][name] for name in ("pages", "figures", *_WORDS))] for kind in order
    )
    yield table(heads, rows)


def _real(language: Lang) -> Iterator[str]:
    real = measured("real_pages")
    pages, text = real["pages"], real["text"]
    yield _REAL_TEXT[language].format(date=real["date"], documents=pages["documents"])
    heads = say(
        language,
        " 抄录 正确 其中存疑 有误已指明 悄悄读错 漏读",
        " copied right of_these_flagged wrong_flagged silent missed",
    ).split(" ")
    rows = [
        [
            say(language, "表格", "tables"),
            *(
                pages[name]
                for name in ("gold", "right", "right_doubted", "wrong_flagged", "silent", "missed")
            ),
        ],
        [
            say(language, "正文", "running text"),
            text["gold"],
            text["right"],
            "–",
            "–",
            text["wrong"],
            text["missed"],
        ],
    ]
    yield table([head.replace("_", " ") for head in heads], rows)


def _damages(language: Lang) -> Iterator[str]:
    found = measured()
    yield say(
        language,
        f"## 残缺页面\n\n{found['date']}，版本 {found['version']}，{found['all']['pages']} 页虚构的报告，"
        f"任意版式，最多三种残缺：\n",
        f"## Damaged pages\n\nMeasured on {found['date']} with version {found['version']}, on {found['all']['pages']} "
        f"invented pages in any layout with up to three damages:\n",
    )
    yield fenced(f"python -m gischema.testing.accuracy {found['all']['pages']}", "sh")
    heads = [say(language, *words) for words in (
        ("", ""), ("页", "pages"), ("数字", "figures"), ("读对", "right"), ("读对但存疑", "right, flagged"),
        ("未读，已指明", "not read, flagged"), ("未读", "left out"), ("失信", "broken promises"),
    )]  # fmt: skip
    yield table(
        heads,
        [
            _counts(say(language, "全部", "all"), found["all"]),
            _counts(say(language, "无残缺", "undamaged"), found["undamaged"]),
        ],
    )
    yield say(
        language,
        "### 各种残缺\n\n一页有几种残缺时各计一次。[每种残缺的例子](damages.md)。\n",
        "### Damages withstood\n\nA page with several damages counts for each. [Each damage shown](damages.md).\n",
    )
    yield table(
        heads,
        (
            _counts(f"`{name}` {say(language, DAMAGES[name].zh, DAMAGES[name].en)}", counts)
            for name, counts in found["damages"].items()
        ),
    )
    yield say(language, "### 各种版式\n", "### Layouts\n")
    yield table(
        heads,
        (
            _counts(f"`{name}` {say(language, LAYOUTS[name].zh, LAYOUTS[name].en)}", counts)
            for name, counts in found["layouts"].items()
        ),
    )
    yield say(
        language,
        "### 诊断之后有多少确实有误\n\n“指明”是读出并带有这个代码的数字，“有误”是其中与印出的值不同的。\n",
        "### What is behind a diagnostic\n\n*Flagged* figures were read and carry the code; *wrong* are those of them whose "
        "value is not the printed one.\n",
    )
    heads = say(language, "代码 指明 有误 比例 未读", "code flagged wrong share unread").split()
    yield table(
        heads,
        (
            (code(name), each["flagged"], each["wrong"], share_wrong(each), each["unread"])
            for name, each in found["diagnostics"].items()
        ),
    )


def _counts(name: str, counts: Mapping[str, Any]) -> list[object]:
    shown = ("pages", "figures", "read", "read_with_doubt", "left_with_doubt", "absent")
    return [name, *(counts[each] for each in shown), sum(counts["faults"].values())]


def _bounds(language: Lang) -> Iterator[str]:
    found = measured("bounds")
    yield {
        "en": f"""## Bounds

Every file ends within ten seconds and 300 MB, or is refused in one line. Measured on {found["date"]}, with files that were made to
take long; their [limits](../files.md#limits):
""",
        "zh": f"""## 上限

每个文件在十秒和 300 MB 之内读完，否则用一行说明拒绝。{found["date"]} 用特意造得费时的文件测得；[各项限度](../files.md#限度)：
""",
    }[language]
    yield fenced("python -m tests.reading.test_bounds", "sh")
    heads = say(
        language,
        " 文件 最长（秒，处理器时间） 内存最多（MB）",
        " files most_seconds_of_processor_time most_MB",
    )
    kinds = {"refused": ("拒绝", "refused"), "read": ("读取", "read")}
    yield table(
        [head.replace("_", " ") for head in heads.split(" ")],
        (
            (
                say(language, *words),
                *(found[kind][name] for name in ("files", "seconds", "megabytes")),
            )
            for kind, words in kinds.items()
        ),
    )


def _speed(language: Lang) -> Iterator[str]:
    found = measured("speed")
    machine = found["machine"]
    yield {
        "en": f"""## Speed

Every number next to a peer, measured in the same run: the ratio is what carries over to your machine. Measured with
{machine["python"]} on {machine["system"]}, which others used at the same time. Below 1 is faster than the peer; *times the length* is
how much longer a longer text takes.
""",
        "zh": f"""## 速度

每个数字都与同类在同一次运行中一起测量，换一台机器时看比值。用 {machine["python"]} 在 {machine["system"]} 上测得，机器同时有别的任务。
小于 1 是比同类快；“times the length”是文字变长时时间变为几倍。
""",
    }[language]
    yield fenced("python -m benchmarks.speed", "sh")
    rows = (
        (each["group"], each["name"], each["peer"] or "–", f"{each['ratio']:.2f}")
        for each in found["measurements"]
        if each["ratio"] is not None
    )
    yield table(say(language, "组 项目 同类 比值", "group what peer ratio").split(), rows)


def _more(language: Lang) -> Iterator[str]:
    yield {
        "en": """## Errors found

[How often the likely culprit is the right cell](../../explanation/culprits.md): `python -m gischema.testing.detection_rates`.

## A dataset

[What a dataset costs](../../explanation/scale.md): `python -m benchmarks.corpus` and `python -m benchmarks.scale`.
""",
        "zh": """## 找出错误

[最可能填错的一格有多少确实是那一格](../../explanation/culprits.md)：`python -m gischema.testing.detection_rates`。

## 数据集

[一个数据集要多少时间](../../explanation/scale.md)：`python -m benchmarks.corpus` 和 `python -m benchmarks.scale`。
""",
    }[language]
