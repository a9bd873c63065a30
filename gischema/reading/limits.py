"""How much work a file may ask for. Every number is many times what a report needs."""

MAX_STYLES = 20_000
"""Different `style` attributes of a web page."""

MAX_NESTED_STYLES = 50
"""The deepest nesting of brackets in a style sheet."""

MAX_SELECTOR_VISITS = 10_000_000
"""Selectors of a style sheet times elements of the page: some seconds of work."""
