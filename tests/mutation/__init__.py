"""Mutation testing: whether the tests of a room notice small changes of its code or rules."""
