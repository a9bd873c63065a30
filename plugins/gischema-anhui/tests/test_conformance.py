"""Everything that gischema asks of a plugin."""

from pathlib import Path

import gischema_anhui

from gischema.testing.conformance import conformance

test_conformance = conformance(gischema_anhui, paths=Path(__file__).with_name("paths.txt"))
