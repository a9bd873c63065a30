"""Read a folder of reports into one Polars frame."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

import gischema


def frame(folder: Path) -> pl.DataFrame:
    """Return the figures of all reports, one a row; doubtful ones are marked, none is dropped."""
    found = gischema.parse_folder(folder)
    frames = [report.to_polars() for _, report in found if isinstance(report, gischema.Report)]
    return pl.concat(frames) if frames else gischema.Report().to_polars()


def received(figures: pl.DataFrame) -> pl.DataFrame:
    """Return the requests received by year, with a column that says if the number is certain."""
    paths = ["requests.received", "requests.received.total"]
    chosen = figures.filter((pl.col("source") == "table") & pl.col("path").is_in(paths))
    certain = (pl.col("doubts").list.len() == 0).alias("certain")
    return chosen.select("file", "year", "value", certain).sort("year")


if __name__ == "__main__":
    frame(Path(sys.argv[1])).write_parquet(sys.argv[2])
