"""Everything that gischema asks of a plugin."""

from pathlib import Path

import gischema_fujian

from gischema.testing.conformance import conformance

test_conformance = conformance(gischema_fujian, paths=Path(__file__).with_name("paths.txt"))
