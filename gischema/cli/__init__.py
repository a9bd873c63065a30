"""The command line. Nothing is imported here that `--help` does not need."""

from __future__ import annotations

_NEW_OBJECTS = 50_000
"""New objects after which garbage is looked for; Python's own 700 cost a start a fifth of its time,
since grammars and rules are many small objects that stay."""


def main() -> None:
    """Runs `gischema` with the arguments of this process."""
    import gc

    from gischema.cli.app import app
    from gischema.cli.streams import prepare

    gc.set_threshold(_NEW_OBJECTS, 10, 10)
    prepare()
    try:
        app(prog_name="gischema")
    finally:
        gc.freeze()  # or the interpreter looks through all that it holds before it goes
