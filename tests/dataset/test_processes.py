"""The processes of a run take little memory, and give back what their steps return or raise."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib.util import find_spec

import pytest

from gischema.corpus.alone import alone

pytestmark = pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed")


def modules_and_table() -> tuple[bool, int]:
    """Return whether rows load pandas, and the length of a table that is given to pandas."""
    import pyarrow as pa

    table = pa.Table.from_pylist([{"a": 1}])
    return "pandas" in sys.modules, len(table.to_pandas())


def test_arrow_loads_pandas_only_where_it_is_needed() -> None:
    assert alone(modules_and_table) == [(False, 1)]


def test_steps_of_one_process_return_their_results_in_order() -> None:
    assert alone(partial(divmod, 7, 2), partial(len, "abc")) == [(3, 1), 3]
    with pytest.raises(ZeroDivisionError):
        alone(partial(len, "abc"), partial(divmod, 1, 0))


def test_processes_give_freed_memory_back() -> None:
    """Arrow has the memory of the system there, and in this process what it had."""
    before = dict(os.environ)
    assert alone(_pool) == ["system"]
    assert os.environ == before


def _pool() -> str:
    import pyarrow as pa

    return str(pa.default_memory_pool().backend_name)
