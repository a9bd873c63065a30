"""Built parsers without what only building them takes, so that one loads in a trice."""

from __future__ import annotations

import pickle
from copy import copy
from typing import Any

from attrs import define
from lark.grammar import NonTerminal
from lark.parsers.lalr_parser import LALR_Parser


@define(eq=False, repr=False, getstate_setstate=False)
class Reduction:
    """What a parser asks a rule: what it makes, and of how many parts. Each has a callback."""

    origin: NonTerminal
    expansion: tuple[None, ...]


def lean(parser: LALR_Parser) -> LALR_Parser:
    """A parser that does the same, a third of the size: rules without their symbols and options.

    Rules that make the same of as many parts are one, and its table holds every action once.
    """
    table: Any = parser._parse_table
    callbacks: dict[Any, Any] = dict(parser.parser_conf.callbacks)
    origins: dict[str, NonTerminal] = {}
    alike: dict[tuple[str, int, bytes], Reduction] = {}
    reductions: dict[Any, Reduction] = {}
    for rule, callback in callbacks.items():
        name, parts = str(rule.origin.name), (None,) * len(rule.expansion)
        origin = origins.setdefault(name, NonTerminal(name))
        kind = (name, len(parts), pickle.dumps(callback))
        reductions[rule] = alike.setdefault(kind, Reduction(origin, parts))
    actions: dict[Any, Any] = {}
    states: dict[Any, dict[str, Any]] = {}
    for state, row in table.states.items():
        acts = ((str(name), (act, reductions.get(on, on))) for name, (act, on) in row.items())
        states[state] = {name: actions.setdefault(act, act) for name, act in acts}
    made: Any = copy(parser)
    made._parse_table = type(table)(states, table.start_states, table.end_states)
    own = {reductions[rule]: callback for rule, callback in callbacks.items()}
    made.parser = type(made.parser)(made._parse_table, own)
    del made.parser_conf
    return made  # type: ignore[no-any-return]
