"""What the process imports that all others of a run are copies of.

Arrow keeps freed memory for itself by default, up to 60 MB in a step of the tables; that of the
system is given back. The choice must be there before Arrow is loaded, as the package `corpus`
loads it, and is no business of the program that calls `convert`.
"""

import os

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

import gischema.corpus.workers  # noqa: F401 - after the choice
