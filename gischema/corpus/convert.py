"""Convert many sources into one dataset, on one machine, and go on where a run was broken off."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import asdict, field, frozen

import gischema
from gischema.corpus.alone import alone, only_run
from gischema.corpus.chapters import FINGERPRINTS
from gischema.corpus.codebook import labels, write_codebook
from gischema.corpus.copies import write_copies
from gischema.corpus.dataset import Written, sort_panel, write_dataset
from gischema.corpus.decisions import BodyDecisions, Subordinates
from gischema.corpus.formats import MANIFEST, export, format_of, outputs
from gischema.corpus.progress import RunProgress, silent
from gischema.corpus.series_figures import sort_figures
from gischema.corpus.shards import Shard, cut_shards
from gischema.corpus.sources import SourceSearch
from gischema.corpus.suggestions import write_suggestions
from gischema.corpus.workers import Limits, ReadingPlan, ReadShards, read_shards
from gischema.engine import Gischema
from gischema.errors import GischemaError
from gischema.settings.confirmed import ConfirmedReading, ConfirmedReadings

_WORK, _TABLES = "_shards", "tables"
_FEW = 8  # shards, whose tables one process writes in 225 MB

Prefer: TypeAlias = Literal["table", "text", "best"]
"""Where the panel takes a figure from: the table, the running text, or what is without doubt."""


@frozen
class ConvertOptions:
    """How sources are read and figures chosen.

    Attributes:
        jobs: The number of processes; that of the processors by default.
        prefer: Where the panel takes a figure from.
        limits: What one source may cost.
        confirmed: Readings that a person has confirmed.
        decisions: Which names are one body.
        subordinates: Which bodies a report includes.
        timings: Fill the column `milliseconds` of `reports`, which makes its bytes those of a run.
    """

    jobs: int = field(factory=lambda: os.cpu_count() or 1)
    prefer: Prefer = "best"
    limits: Limits = field(factory=Limits)
    confirmed: ConfirmedReadings = field(factory=ConfirmedReadings)
    decisions: BodyDecisions = field(factory=BodyDecisions)
    subordinates: Subordinates = field(factory=Subordinates)
    timings: bool = False


@frozen
class ConvertResult:
    """What a run did.

    Attributes:
        out: Where the dataset is.
        statuses: The number of sources by status.
        doubtful: The number of reports with a figure in doubt.
        unused: The confirmed readings of other sources, or of paths that a report does not have.
        others: The number of files in folders that are no sources, by suffix.
        undecided: The names and sources of decisions that no report has.
        unplaced: The number of reports that the panel lacks, as no body or no year is known.
    """

    out: Path
    statuses: dict[str, int]
    doubtful: int
    unused: tuple[ConfirmedReading, ...] = ()
    others: Mapping[str, int] = field(factory=dict)
    undecided: tuple[str, ...] = ()
    unplaced: int = 0


def convert(
    sources: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    options: ConvertOptions | None = None,
    engine: Gischema | None = None,
    files_from: str | Path | None = None,
    progress: Callable[[RunProgress], None] = silent,
    read: ReadShards = read_shards,
) -> ConvertResult:
    """Read sources and write a dataset. The same call after a broken run goes on where it ended.

    Bytes and order of the tables depend on the sources and the versions only, neither on the number
    of processes nor on interruptions, unless `timings` are asked for. The times of a run are in
    `manifest.json`.

    Args:
        sources: Folders, files, patterns, archives and Parquet files with `uri` and `content`.
        out: A folder for Parquet files, or a name that ends in .duckdb, .sqlite, .csv or .dta.
        options: How sources are read.
        engine: The forms, rules and plugins; those of `gischema.parse` by default. It must pickle.
        files_from: A file that names more sources, one a line.
        progress: Called after each shard.
        read: What reads the shards: processes of this machine, or
            `functools.partial(gischema.corpus.ray.read_shards, address=…)`.

    Raises:
        GischemaError: A source does not exist, the name of `out` is no known format, or another run
            writes there.
        OSError: The dataset cannot be written, for example because the disk is full.
    """
    options = ConvertOptions() if options is None else options
    engine = gischema.default_engine() if engine is None else engine
    target = Path(out)
    kind = format_of(target)
    folder = target if kind == "parquet" else target.with_name(f".{target.name}.work")
    suffixes = frozenset(suffix for reader in engine.readers for suffix in reader.suffixes)
    places = [sources] if isinstance(sources, (str, Path)) else list(sources)
    own = outputs(target, kind)
    if inside := next((place for place in places if Path(place).resolve() in own), None):
        raise GischemaError(
            f"{inside} 既是来源又是输出：请另写一个 -o",
            f"{inside} is both a source and the output: write another -o",
        )
    search = SourceSearch([str(place) for place in places], suffixes, files_from, own)
    with only_run(folder):
        return _converted(search, folder, target, options, engine, progress, read)


def _converted(
    search: SourceSearch,
    folder: Path,
    target: Path,
    options: ConvertOptions,
    engine: Gischema,
    progress: Callable[[RunProgress], None],
    read: ReadShards,
) -> ConvertResult:
    """Read the sources, write the tables, and put them in their place when all are whole."""
    work, tables = folder / _WORK, folder / _WORK / _TABLES
    shutil.rmtree(tables, ignore_errors=True)
    tables.mkdir(parents=True)
    for left in work.glob("*.part"):
        left.unlink()
    started = time.time()
    state = RunProgress(search.count())
    files: list[Path] = []
    missing = _missing(cut_shards(search, _reader_of(engine, options)), work, files, state)
    plan = ReadingPlan(work.resolve(), engine, options.limits, options.confirmed)
    for done in read(missing, plan, jobs=options.jobs):
        state.add(done)
        progress(state)
    subordinates = options.subordinates.after(options.decisions)
    steps: list[Callable[[], Any]] = [
        partial(write_dataset, tables, files, options.prefer, options.decisions, options.timings),
        partial(write_copies, tables, files),
        partial(write_suggestions, tables, options.decisions),
        partial(sort_panel, tables),
        partial(sort_figures, tables, subordinates),
        partial(_write_series, tables, engine, subordinates),
        partial(_add_peers, tables),
    ]
    groups = [steps] if len(files) <= _FEW else [[step] for step in steps]
    written, *_ = (result for group in groups for result in alone(*group))
    write_codebook(tables, engine)
    unused = options.confirmed.unused(written.confirmed)
    others = {kind: count for kind, count in sorted(search.others.items()) if count}
    decisions = options.decisions.keys.keys() | options.decisions.sources.keys()
    undecided = tuple(sorted(decisions - written.decided))
    result = ConvertResult(
        target, written.statuses, written.doubtful, unused, others, undecided, written.unplaced
    )
    _write_manifest(tables, options, engine, result, written, state, started)
    kind = format_of(target)
    if kind != "parquet":
        alone(partial(export, tables, target, kind, labels(engine) if kind == "dta" else {}))
        shutil.rmtree(folder)
    else:
        (folder / MANIFEST).unlink(missing_ok=True)
        for table in sorted(tables.iterdir(), key=lambda file: file.name == MANIFEST):
            table.replace(folder / table.name)
        shutil.rmtree(work)
    return result


def _write_series(folder: Path, engine: Gischema, subordinates: Subordinates) -> None:
    from gischema.corpus.series import write_series  # Polars: only the process of this step

    write_series(folder, engine, subordinates)


def _add_peers(folder: Path) -> None:
    from gischema.corpus.peers import add_peers  # the same

    add_peers(folder)


def _missing(
    shards: Iterable[Shard], work: Path, files: list[Path], state: RunProgress
) -> Iterator[Shard]:
    """Yield the shards whose files are not there, and put the files of all into `files`."""
    for shard in shards:
        files.append(work / shard.file)
        if files[-1].exists():
            state.keep(len(shard.sources))
        else:
            yield shard


def _reader_of(engine: Gischema, options: ConvertOptions) -> str:
    """Return a text that changes when sources may be read in another way."""
    plugins = [f"{one.name} {one.version}" for one in engine.plugins]
    confirmed = sha256(repr(options.confirmed.readings).encode()).hexdigest()
    versions = [gischema.__version__, FINGERPRINTS]
    return json.dumps([*versions, sorted(engine.forms), plugins, confirmed])


def _write_manifest(
    folder: Path,
    options: ConvertOptions,
    engine: Gischema,
    result: ConvertResult,
    written: Written,
    state: RunProgress,
    started: float,
) -> None:
    manifest = {
        "gischema": gischema.__version__,
        "forms": sorted(engine.forms),
        "rules": len(engine.rules.rules),
        "plugins": {one.name: str(one.version) for one in engine.plugins},
        "options": asdict(options, filter=lambda one, _: one.name != "confirmed"),
        "confirmed": len(written.confirmed),
        "unused": [asdict(one) for one in result.unused],
        "statuses": result.statuses,
        "undecided": result.undecided,
        "doubtful": result.doubtful,
        "unplaced": result.unplaced,
        "others": result.others,
        "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
        "seconds": round(time.time() - started, 1),
        "read": state.read,
        "processor_seconds": round(state.processor, 1),
        "waited_seconds": round(state.waited, 1),
        "milliseconds": written.times.kinds(),
        "slowest": written.times.slowest(),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, default=str)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
