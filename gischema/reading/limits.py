"""How much work a file may ask for. Every number is many times what a report needs."""

MAX_STYLES = 20_000
"""Different `style` attributes of a web page."""

MAX_NESTED_STYLES = 50
"""The deepest nesting of brackets in a style sheet."""

MAX_SELECTOR_VISITS = 10_000_000
"""Selectors of a style sheet times elements of the page: some seconds of work."""

MAX_RULES = 20_000
"""Rules of the style sheets of a page that may hide or move text."""

MAX_SELECTOR = 1_000
"""Characters of a selector between two combinators."""

MAX_COUNTED_ELEMENTS = 5_000
"""Elements of a page in which `:nth-child` is matched: its time grows with their square."""
