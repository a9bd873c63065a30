"""What all tests share: no installed plugins, their own cache, one engine, Hypothesis profiles.

The profile `quick` has the same examples in every run; `long` is for `pytest -m long`.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

import gischema
from gischema.forms import national_forms

os.environ["GISCHEMA_PLUGINS"] = (
    ""  # installed plugins do not count: tests name those that they use
)

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
    """Give the session a cache folder, which xdist workers and subprocesses inherit."""
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


@pytest.fixture(scope="session")
def engine() -> gischema.Gischema:
    """The one engine of a worker: the national forms and rules, without plugins."""
    return gischema.default_engine()


@pytest.fixture(params=[form.id for form in national_forms()])
def form(request: pytest.FixtureRequest, engine: gischema.Gischema) -> gischema.Form:
    """Each of the national forms."""
    return engine.forms[request.param]


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty cache that no other test uses. It does not exist yet."""
    monkeypatch.setenv(_CACHE, str(tmp_path / "cache home"))
    return tmp_path / "cache home" / "gischema" / "built"
