"""Built parsers without what only building them takes, so that one loads in a trice."""

from __future__ import annotations

from copy import copy
from typing import Any

from attrs import define
from lark.grammar import NonTerminal
from lark.parsers.lalr_parser import LALR_Parser


@define(eq=False, repr=False, getstate_setstate=False)
class Reduction:
    """What a parser asks a rule: what it makes, and of how many. Each has a callback of its own."""

    origin: NonTerminal
    expansion: tuple[None, ...]


def lean(parser: LALR_Parser) -> LALR_Parser:
    """A parser that does the same, half the size: rules without their symbols and options.

    Its table holds every action once, as Lark's does not.
    """
    table: Any = parser._parse_table
    callbacks: dict[Any, Any] = dict(parser.parser_conf.callbacks)
    origins: dict[str, NonTerminal] = {}
    reductions: dict[Any, Reduction] = {}
    for rule in callbacks:
        name = str(rule.origin.name)
        origin = origins.setdefault(name, NonTerminal(name))
        reductions[rule] = Reduction(origin, (None,) * len(rule.expansion))
    actions: dict[Any, Any] = {}
    states = {
        state: {
            str(name): actions.setdefault(act, (act[0], reductions.get(act[1], act[1])))
            for name, act in row.items()
        }
        for state, row in table.states.items()
    }
    made: Any = copy(parser)
    made._parse_table = type(table)(states, table.start_states, table.end_states)
    own = {reductions[rule]: callback for rule, callback in callbacks.items()}
    made.parser = type(made.parser)(made._parse_table, own)
    del made.parser_conf
    return made  # type: ignore[no-any-return]
