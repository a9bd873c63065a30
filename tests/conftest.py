"""What every test runs with: no installed plugins, a cache of its own, a profile of Hypothesis.

The profiles are `quick`, the same examples in every run, and `long` for `pytest -m long`.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

os.environ["GISCHEMA_PLUGINS"] = ""  # whatever is installed here: tests say what they use

_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "quick",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=_PATIENT,
    print_blob=False,
)
settings.register_profile(
    "long",
    max_examples=int(os.environ.get("GISCHEMA_EXAMPLES", "600")),
    database=None,
    deadline=None,
    suppress_health_check=_PATIENT,
    print_blob=True,
)
settings.load_profile("quick")

_CACHE = "XDG_CACHE_HOME"


def pytest_configure(config: pytest.Config) -> None:
    """Give the session a cache folder; its xdist workers and programs inherit the environment."""
    if hasattr(config, "workerinput"):
        return
    folder = TemporaryDirectory(prefix="gischema-cache-", ignore_cleanup_errors=True)
    before = os.environ.get(_CACHE)
    os.environ[_CACHE] = folder.name

    def restore() -> None:
        os.environ.pop(_CACHE)
        if before is not None:
            os.environ[_CACHE] = before
        folder.cleanup()

    config.add_cleanup(restore)


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty cache that no other test uses; it is not made yet."""
    monkeypatch.setenv(_CACHE, str(tmp_path / "cache home"))
    return tmp_path / "cache home" / "gischema" / "built"
