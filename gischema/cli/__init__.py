"""The command line. Nothing is imported here that `--help` does not need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_NEW_OBJECTS = 200_000
"""New objects after which garbage is looked for: more than one report makes, grammars and rules
with it. All these stay, and with Python's own 700 looking at them again and again cost a fifth of
a start."""


_INTERRUPTED = 130  # as `gischema.cli.app` has it, which may not be imported yet


def main() -> None:
    """Run `gischema` with the arguments of this process, and end the process.

    An interrupt ends it with status 130 and no traceback, whatever it was doing.
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
        gc.freeze()  # or the interpreter looks through all that it holds before it goes


def _interrupted_where_nothing_is_raised(what: UnraisableHookArgs) -> None:
    """End the process if an interrupt came while Python called a finalizer or the like.

    It would print the interrupt and go on.
    """
    import os
    import sys

    if issubclass(what.exc_type, KeyboardInterrupt):
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(what)
