"""Convert many sources into one dataset, on one machine, and go on where a run was broken off."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import asdict, field, frozen

import gischema
from gischema.corpus.codebook import write_codebook
from gischema.corpus.copies import write_copies
from gischema.corpus.dataset import Written, write_dataset
from gischema.corpus.decisions import BodyDecisions
from gischema.corpus.formats import export, format_of
from gischema.corpus.progress import RunProgress, silent
from gischema.corpus.shards import Shard, cut_shards
from gischema.corpus.sources import count_sources, sources_in
from gischema.corpus.suggestions import write_suggestions
from gischema.corpus.workers import Limits, ReadingPlan, ReadShards, read_shards
from gischema.engine import Gischema
from gischema.settings.confirmed import ConfirmedReading, ConfirmedReadings

_WORK = "_shards"

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
    """

    jobs: int = field(factory=lambda: os.cpu_count() or 1)
    prefer: Prefer = "best"
    limits: Limits = field(factory=Limits)
    confirmed: ConfirmedReadings = field(factory=ConfirmedReadings)
    decisions: BodyDecisions = field(factory=BodyDecisions)


@frozen
class ConvertResult:
    """What a run did.

    Attributes:
        out: Where the dataset is.
        statuses: The number of sources by status.
        doubtful: The number of reports with a figure in doubt.
        unused: The confirmed readings of other sources, or of paths that a report does not have.
    """

    out: Path
    statuses: dict[str, int]
    doubtful: int
    unused: tuple[ConfirmedReading, ...] = ()


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
    of processes nor on interruptions. The times of a run are in `manifest.json`.

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
        GischemaError: A source does not exist, or the name of `out` is no known format.
        OSError: The dataset cannot be written, for example because the disk is full.
    """
    options = ConvertOptions() if options is None else options
    engine = gischema.default_engine() if engine is None else engine
    places = [sources] if isinstance(sources, (str, Path)) else list(sources)
    target = Path(out)
    kind = format_of(target)
    folder = target if kind == "parquet" else target.with_name(f".{target.name}.work")
    work = folder / _WORK
    work.mkdir(parents=True, exist_ok=True)
    for left in work.glob("*.part"):
        left.unlink()
    started = time.time()
    suffixes = frozenset(suffix for reader in engine.readers for suffix in reader.suffixes)
    state = RunProgress(count_sources(places, suffixes, files_from=files_from))
    files: list[Path] = []
    found = sources_in(places, suffixes, files_from=files_from)
    missing = _missing(cut_shards(found, _reader_of(engine, options)), work, files, state)
    plan = ReadingPlan(work.resolve(), engine, options.limits, options.confirmed)
    for done in read(missing, plan, jobs=options.jobs):
        state.add(done)
        progress(state)
    written = write_dataset(folder, files, options.prefer, options.decisions)
    write_copies(folder, files)
    write_suggestions(folder, options.decisions)
    from gischema.corpus.series import write_series  # Polars, which no worker should load

    with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # it would keep 150 MB
        apart.submit(write_series, folder, engine).result()
    write_codebook(folder, engine)
    unused = options.confirmed.unused(written.confirmed)
    _write_manifest(folder, options, engine, written, unused, started)
    if kind == "parquet":
        shutil.rmtree(work)
    else:
        export(folder, target, kind)
        shutil.rmtree(folder)
    return ConvertResult(target, written.statuses, written.doubtful, unused)


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
    return json.dumps([gischema.__version__, sorted(engine.forms), plugins, confirmed])


def _write_manifest(
    folder: Path,
    options: ConvertOptions,
    engine: Gischema,
    written: Written,
    unused: Iterable[ConfirmedReading],
    started: float,
) -> None:
    manifest = {
        "gischema": gischema.__version__,
        "forms": sorted(engine.forms),
        "rules": len(engine.rules.rules),
        "plugins": {one.name: str(one.version) for one in engine.plugins},
        "options": asdict(options, filter=lambda one, _: one.name != "confirmed"),
        "confirmed": len(written.confirmed),
        "unused": [asdict(one) for one in unused],
        "statuses": written.statuses,
        "doubtful": written.doubtful,
        "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
        "seconds": round(time.time() - started, 1),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, default=str)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
