"""The command line. Nothing is imported here that `--help` does not need."""

from __future__ import annotations

_NEW_OBJECTS = 200_000
"""New objects after which garbage is looked for: more than one report makes, grammars and rules
with it. All these stay, and with Python's own 700 looking at them again and again cost a fifth of
a start."""


def main() -> None:
    """Runs `gischema` with the arguments of this process."""
    import gc

    gc.set_threshold(_NEW_OBJECTS, 10, 10)
    from gischema.cli.app import app
    from gischema.cli.streams import prepare

    prepare()
    try:
        app(prog_name="gischema")
    finally:
        gc.freeze()  # or the interpreter looks through all that it holds before it goes
