"""No stray plugins; Hypothesis profiles: `quick`, the same examples in every run, and `long` for `pytest -m long`."""

from __future__ import annotations

import os

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
