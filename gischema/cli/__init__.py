"""The command line. Only what `--help` needs is imported here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_NEW_OBJECTS = 200_000
"""The number of new objects that starts a garbage collection: more than one report with grammars
and rules makes. Nearly all of them stay alive, so collections find nothing. With Python's own
threshold and without `gc.freeze` a cold start of `check` takes 1.39 times as long (median of 15
alternating pairs; 0.57 against 0.40 s of processor time)."""


_INTERRUPTED = 130  # as in `gischema.cli.app`, which may not be imported yet


def main() -> None:
    """Run `gischema` with the arguments of this process, and end the process.

    An interrupt ends it with status 130 and without a traceback at any time.
    """
    import gc
    import signal
    import sys

    gc.set_threshold(_NEW_OBJECTS, 10, 10)
    sys.unraisablehook = _interrupted_where_nothing_is_raised
    try:
        from gischema.cli.app import app
        from gischema.cli.streams import prepare

        prepare()
        app(prog_name="gischema")
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the exit status is known
        gc.freeze()  # spares the collection of all objects at exit


def _interrupted_where_nothing_is_raised(what: UnraisableHookArgs) -> None:
    """End the process if an interrupt came while Python called a finalizer.

    Python would print the interrupt and go on.
    """
    import os
    import sys

    if issubclass(what.exc_type, KeyboardInterrupt):
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(what)
