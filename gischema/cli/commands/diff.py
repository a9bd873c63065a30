"""`gischema diff`: what changed between two datasets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import click

from gischema.cli.options import lang, output_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gischema.corpus.diff import DatasetChange, Subject
    from gischema.output.language import Lang

_WORDS: dict[Subject, tuple[str, str]] = {
    "sources": ("来源", "sources"),
    "figures": ("数据", "figures"),
    "doubts": ("存疑", "doubts"),
    "findings": ("问题", "findings"),
}


@click.command("diff", short_help="比较两个数据集。 Compare two datasets.")
@click.argument("old", metavar="OUT1")
@click.argument("new", metavar="OUT2")
@output_format("text", "jsonl")
@lang()
@click.pass_context
def command(
    context: click.Context, old: str, new: str, format: Literal["text", "jsonl"], lang: Lang
) -> None:
    """列出两个数据集之间的变化：来源、数据、存疑、问题。 List what changed between two datasets.

    OUT1 and OUT2 are folders that `gischema convert` wrote: of two runs, or with two versions
    of this package. Sources are compared by `uri`.

    Exit status: 0 nothing changed, 1 something changed, 2 bad usage.
    """
    try:
        from gischema.corpus.diff import diff
    except ImportError as error:
        raise click.ClickException(
            f"需要安装：pip install 'gischema[corpus]'（缺 {error.name}） "
            f"(this needs: pip install 'gischema[corpus]'; {error.name} is missing)"
        ) from error
    from gischema.cli.streams import write
    from gischema.errors import GischemaError
    from gischema.output.language import say

    counts: Counter[Subject] = Counter()
    try:
        changes = _counted(diff(old, new), counts)
    except GischemaError as error:
        raise click.UsageError(say(lang, error.message, error.message_en)) from error
    if format == "jsonl":
        write(_json_lines(changes), machine=True)
    else:
        write(_lines(changes, counts, lang), machine=False)
    context.exit(1 if counts else 0)


def _counted(changes: Iterable[DatasetChange], counts: Counter[Subject]) -> Iterator[DatasetChange]:
    for change in changes:
        counts[change.subject] += 1
        yield change


def _json_lines(changes: Iterable[DatasetChange]) -> Iterator[str]:
    import json

    from attrs import asdict

    return (json.dumps(asdict(change), ensure_ascii=False) + "\n" for change in changes)


def _lines(changes: Iterable[DatasetChange], counts: Counter[Subject], lang: Lang) -> Iterator[str]:
    """Yield a line for each change, then the counts."""
    from gischema.filenames import displayed
    from gischema.output.language import say

    for one in changes:
        before, after = one.old or "—", one.new or "—"
        subject = say(lang, *_WORDS[one.subject])
        yield f"{subject}  {displayed(one.uri)}  {one.item}  {before} → {after}\n"
    parts = [f"{say(lang, *words)} {counts[subject]:,}" for subject, words in _WORDS.items()]
    yield say(lang, "变化：", "changed: ") + "  ".join(parts) + "\n"
