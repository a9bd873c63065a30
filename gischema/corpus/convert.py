"""Convert many sources into one dataset, on one machine, and go on where a run was broken off."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import asdict, field, frozen

import gischema
from gischema.corpus.codebook import write_codebook
from gischema.corpus.dataset import Written, write_dataset
from gischema.corpus.formats import export, format_of
from gischema.corpus.progress import RunProgress, silent
from gischema.corpus.shards import Shard, cut_shards
from gischema.corpus.sources import count_sources, sources_in
from gischema.corpus.workers import Limits, read_shards
from gischema.engine import Gischema

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
    """

    jobs: int = field(factory=lambda: os.cpu_count() or 1)
    prefer: Prefer = "best"
    limits: Limits = field(factory=Limits)


@frozen
class ConvertResult:
    """What a run did: where the dataset is, the number of sources by status, reports in doubt."""

    out: Path
    statuses: dict[str, int]
    doubtful: int


def convert(
    sources: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    options: ConvertOptions | None = None,
    engine: Gischema | None = None,
    files_from: str | Path | None = None,
    progress: Callable[[RunProgress], None] = silent,
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
    missing = _missing(cut_shards(found, _reader_of(engine)), work, files, state)
    for done in read_shards(missing, work, engine, jobs=options.jobs, limits=options.limits):
        state.add(done)
        progress(state)
    written = write_dataset(folder, files, options.prefer)
    write_codebook(folder, engine)
    _write_manifest(folder, options, engine, written, started)
    if kind == "parquet":
        shutil.rmtree(work)
    else:
        export(folder, target, kind)
        shutil.rmtree(folder)
    return ConvertResult(target, written.statuses, written.doubtful)


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


def _reader_of(engine: Gischema) -> str:
    """Return a text that changes when sources may be read in another way."""
    plugins = [f"{one.name} {one.version}" for one in engine.plugins]
    return json.dumps([gischema.__version__, sorted(engine.forms), plugins], ensure_ascii=False)


def _write_manifest(
    folder: Path, options: ConvertOptions, engine: Gischema, written: Written, started: float
) -> None:
    manifest = {
        "gischema": gischema.__version__,
        "forms": sorted(engine.forms),
        "rules": len(engine.rules.rules),
        "plugins": {one.name: str(one.version) for one in engine.plugins},
        "options": asdict(options),
        "statuses": written.statuses,
        "doubtful": written.doubtful,
        "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
        "seconds": round(time.time() - started, 1),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
