"""Many reports as one dataset: a pure function for a batch, and the command that runs it.

Needs the extra `corpus`. `read_batch` makes rows of sources and keeps nothing; `convert` runs it in
processes over folders, archives and Parquet files, and writes tables, a panel and a code book.
"""

from importlib.util import find_spec

if find_spec("duckdb") is None:  # used only later on
    raise ModuleNotFoundError("No module named 'duckdb'", name="duckdb")

from gischema.corpus.convert import ConvertOptions, ConvertResult, convert
from gischema.corpus.decisions import BodyDecisions, Subordinates, read_decisions, read_subordinates
from gischema.corpus.read_batch import read_batch
from gischema.corpus.schemas import BATCH, FIGURES, FINDINGS, MEASURES, REPORTS, SOURCES
from gischema.corpus.workers import Limits, ReadShards, read_shards

__all__ = [
    "BATCH",
    "FIGURES",
    "FINDINGS",
    "MEASURES",
    "REPORTS",
    "SOURCES",
    "BodyDecisions",
    "ConvertOptions",
    "ConvertResult",
    "Limits",
    "ReadShards",
    "Subordinates",
    "convert",
    "read_batch",
    "read_decisions",
    "read_shards",
    "read_subordinates",
]
