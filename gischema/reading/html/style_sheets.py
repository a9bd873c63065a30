"""Style sheets of a page: which declarations apply to which of its elements.

Only sheets inside the page are evaluated; nothing is fetched. Conditions of
media hold or not as on a screen of usual width.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

import tinycss2
from attrs import define, field, frozen
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gischema.reading.html.colours import background_in
from gischema.reading.html.selectors import (
    SelectorMatcher,
    Steps,
    TooManyVisits,
    selector_steps,
)
from gischema.reading.html.suspect_styles import properties_to_evaluate
from gischema.reading.limits import MAX_NESTED_STYLES, MAX_RULES, MAX_STYLE_TEXT, MAX_STYLES

Weight: TypeAlias = tuple[bool, bool, tuple[int, int, int]]
"""What decides between two declarations: importance, style of the element itself, specificity."""

Style: TypeAlias = dict[str, str]
"""Values by property, both in lower case."""

_LEAST: Weight = (False, False, (0, 0, 0))
_SCREEN = 1280  # pixels across
_EM = 16
_PARTS = re.compile(r"[(\[{]|[)\]}]")
_PSEUDO_ELEMENT = re.compile(r"::?(before|after|first-letter|first-line)\s*\Z", re.IGNORECASE)
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*(\d+\.?\d*)(px|r?em)\s*\)")
_OTHER_MEDIA = re.compile(r"\b(?:print|speech|braille|embossed|handheld|projection|tty|tv|aural)\b")
_FONT_SIZE = re.compile(r"(?<![\w.])\d*\.?\d+(?:px|pt|r?em|%|(?=\s*/))")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_QUOTED = re.compile(r"""\"[^"\n]*"|'[^'\n]*'""")
_BRACES = frozenset("{}")
_RULE = re.compile(r"(?:(?<=[{}])|\A)[^{}]*\{[^{}]*\}")
_SHORTHANDS = {
    "background-color": "background",
    "font-size": "font",
    "margin-left": "margin",
    "left": "left|inset",
    "transform": "transform|scale|rotate|translate",
}
_SAME = {
    "overflow-x": "overflow",
    "overflow-y": "overflow",
    "text-decoration-line": "text-decoration",
    "inset-inline-start": "left",
}
_HINTS = {
    "display": ("[hidden], dialog:not([open])", "none"),
    "text-decoration": ("del, s, strike", "line-through"),
    "unicode-bidi": ("bdo", "bidi-override"),
}
_GROUPS = frozenset({"media", "supports", "layer", "container"})


@frozen
class StyleRule:
    """One selector with the declarations that it carries.

    Attributes:
        steps: The parts of the selector, without a pseudo-element.
        names: The ids and classes that an element and those around it must have.
        specificity: How specific the selector is.
        declarations: Property, value, and whether it is important.
        pseudo_element: What of the element is meant: `before`, `after`, `first-letter`,
            `first-line`, or nothing for all of it.
        certain: False if it is not known whether the rule applies.
    """

    steps: Steps
    names: frozenset[str]
    specificity: tuple[int, int, int]
    declarations: Sequence[tuple[str, str, bool]]
    pseudo_element: str
    certain: bool

    def declares(self, properties: frozenset[str]) -> bool:
        """Return True if the rule declares any of these properties."""
        return any(name in properties for name, _, _ in self.declarations)


@define(eq=False)
class PageStyles:
    """The styles of the elements of a page, by `mem_id`.

    Attributes:
        of: What is declared for an element.
        possible: What may be declared for it: styles under conditions that are not known.
        generated: What is declared for the text that a style puts before or after an element.
        beginnings: What is declared for the first letter or line of an element.
        nodes: The elements.
        complete: False if there was too much to evaluate.
    """

    of: dict[int, Style] = field(factory=dict)
    possible: dict[int, list[Style]] = field(factory=lambda: defaultdict(list))
    generated: dict[int, Style] = field(factory=dict)
    beginnings: dict[int, Style] = field(factory=dict)
    nodes: dict[int, LexborNode] = field(factory=dict)
    complete: bool = True
    _weights: dict[tuple[int, str], Weight] = field(factory=dict)

    def add(self, node: LexborNode, name: str, value: str, weight: Weight) -> None:
        """Declare a value for an element, unless one of more weight is declared."""
        key = (node.mem_id, name)
        if name not in self.of.get(node.mem_id, ()) or self._weights[key] <= weight:
            self._weights[key] = weight
            self.of.setdefault(node.mem_id, {})[name] = value
            self.nodes[node.mem_id] = node


def page_styles(parser: LexborHTMLParser) -> PageStyles:
    """Return what the page declares for its elements, as far as that may hide or move any text."""
    styles = PageStyles()
    own = [(node, node.attrs.sget("style")) for node in parser.css("[style]")]
    sheets = [*_sheets(parser)]
    hints = [(node, node.attrs.sget("color").lower()) for node in parser.css("font[color]")]
    grounds = [(node, node.attrs.sget("bgcolor").lower()) for node in parser.css("[bgcolor]")]
    texts = dict.fromkeys([*(css for css, _ in sheets), *(text for _, text in own)])
    if sum(map(len, texts)) > MAX_STYLE_TEXT:
        styles.complete = False
        texts, own, sheets = {}, [], []
    wanted = properties_to_evaluate(
        texts, (colour for _, colour in hints), (colour for _, colour in grounds)
    )
    wanted |= _hints(parser, styles)
    if "color" in wanted:
        for name, declared in (("color", hints), ("background-color", grounds)):
            for node, colour in declared:
                styles.add(node, name, colour, _LEAST)
    if wanted:
        named = _naming(wanted)
        rules = (
            rule for css, media in sheets for rule in _rules(_shortened(css, named), media, styles)
        )
        found = [*islice((rule for rule in rules if rule.declares(wanted)), MAX_RULES + 1)]
        if len(found) > MAX_RULES:
            styles.complete = False
        _apply(found, parser, styles)
        _add_own(own, named, wanted, styles)
    return styles


def _naming(properties: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these properties, also if an escape may hide it."""
    names = {_SHORTHANDS.get(name, name) for name in properties}
    return re.compile("|".join([*sorted(names), r"\\"]), re.IGNORECASE)


def _shortened(css: str, named: re.Pattern[str]) -> str:
    """Return a style sheet without most of the rules that name none of these properties."""
    if "\\" in css or any(not _BRACES.isdisjoint(text) for text in _QUOTED.findall(css)):
        return css
    css = _COMMENT.sub(" ", css)
    return _RULE.sub(lambda rule: rule[0] if named.search(rule[0]) else "", css)


def _add_own(
    own: Iterable[tuple[LexborNode, str]],
    named: re.Pattern[str],
    wanted: frozenset[str],
    styles: PageStyles,
) -> None:
    """Add the declarations of `style` attributes."""
    known: dict[str, Sequence[tuple[str, str, bool]]] = {}
    for node, text in own:
        if text not in known:
            if len(known) >= MAX_STYLES or _nests_deeply(text):
                styles.complete = False
                continue
            declared = _declarations(text) if named.search(text) else ()
            known[text] = [one for one in declared if one[0] in wanted]
        for name, value, important in known[text]:
            styles.add(node, name, value, (important, True, (0, 0, 0)))


def _hints(parser: LexborHTMLParser, styles: PageStyles) -> frozenset[str]:
    """Add what tags and attributes hide or turn; return what a style may then show again."""
    for name, (selector, value) in _HINTS.items():
        for node in parser.css(selector):
            styles.add(node, name, value, _LEAST)
    hinted = frozenset(name for style in styles.of.values() for name in style)
    for node in parser.css("[dir]"):
        styles.add(node, "direction", node.attrs.sget("dir").lower(), _LEAST)
    return hinted


def _sheets(parser: LexborHTMLParser) -> Iterator[tuple[str, bool | None]]:
    """Yield the style sheets that count on a screen, and whether they surely do."""
    for node in parser.css("style"):
        media = _applies(node.attrs.sget("media"))
        if media is not False and node.attrs.sget("type", "text/css").lower() in ("", "text/css"):
            yield node.text(), media


def _rules(css: str, media: bool | None, styles: PageStyles) -> Iterator[StyleRule]:
    """Yield the rules of a style sheet, those in groups included."""
    if _nests_deeply(css):
        styles.complete = False
        return
    groups: list[tuple[Iterable[Any], bool | None]] = [
        (tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), media)
    ]
    while groups:
        nodes, certain = groups.pop(0)
        for node in nodes:
            if node.type == "qualified-rule":
                yield from _selectors(node, certain is True)
                if inner := [*_nested_rules(node)]:
                    groups.append((inner, certain))
            elif node.type == "at-rule" and node.content and node.lower_at_keyword in _GROUPS:
                inside = certain
                if node.lower_at_keyword in ("media", "container"):
                    applies = _applies(tinycss2.serialize(node.prelude))
                    if applies is False:
                        continue
                    inside = None if applies is None else certain
                groups.append((tinycss2.parse_rule_list(node.content), inside))


def _nested_rules(rule: Any) -> Iterator[Any]:
    """Yield the rules inside a rule as they would stand outside: `td { & b {…} }` is `td b {…}`."""
    if not any(token.type == "{} block" for token in rule.content):
        return
    outer = tinycss2.serialize(rule.prelude).strip().split(",")
    for one in tinycss2.parse_blocks_contents(rule.content):
        if one.type == "qualified-rule":
            content = tinycss2.serialize(one.content)
            for selector in tinycss2.serialize(one.prelude).strip().split(","):
                inner = selector if "&" in selector else f"& {selector}"
                for around in outer:
                    whole = inner.replace("&", around.strip())
                    yield tinycss2.parse_one_rule(f"{whole}{{{content}}}")
        elif one.type == "at-rule" and one.content and one.lower_at_keyword in _GROUPS:
            group = tinycss2.serialize(one.prelude)
            yield tinycss2.parse_one_rule(
                f"@{one.lower_at_keyword} {group}"
                f"{{{tinycss2.serialize(rule.prelude)}{{{tinycss2.serialize(one.content)}}}}}"
            )


def _selectors(rule: Any, certain: bool) -> Iterator[StyleRule]:
    declarations = _declarations(rule.content)
    part: list[Any] = []
    for token in (*rule.prelude, None):
        if token is not None and token != ",":
            part.append(token)
        elif part:
            steps = selector_steps(part)
            combinator, printed = steps[-1] if steps else ("", "*")
            selector = _PSEUDO_ELEMENT.sub("", printed) or "*"
            steps = [*steps[:-1], (combinator, selector)]
            ids, classes, tags, names = _specificity(part)
            weight = (ids, classes, tags)
            pseudo = _PSEUDO_ELEMENT.search(printed)
            meant = pseudo[1].lower() if pseudo else ""
            yield StyleRule(steps, names, weight, declarations, meant, certain)
            part = []


def _specificity(tokens: Iterable[Any]) -> tuple[int, int, int, frozenset[str]]:
    """Return how many ids, classes and tags a selector has, and the ids and classes themselves."""
    ids = classes = tags = 0
    names: set[str] = set()
    before = ""
    for token in tokens:
        kind = token.type
        if kind == "hash":
            ids += 1
            names.add(token.value)
        elif kind == "ident" and before == ".":
            classes += 1
            names.add(token.value)
        elif kind in ("[] block", "function") or (kind == "ident" and before == ":"):
            classes += 1
        elif kind == "ident":
            tags += 1
        before = token.value if kind == "literal" else ""
    return ids, classes, tags, frozenset(names)


def _declarations(content: Any) -> Sequence[tuple[str, str, bool]]:
    """Return the declarations of a block, with shorthands as the properties that they set."""
    found: list[tuple[str, str, bool]] = []
    for one in tinycss2.parse_blocks_contents(content):
        if one.type == "declaration":
            value = tinycss2.serialize(one.value).strip().lower()
            name, value = _plain(one.lower_name.removeprefix("-webkit-"), value)
            found.append((name, value, one.important))
    return found


def _plain(name: str, value: str) -> tuple[str, str]:
    """Return a declaration under the one name by which it is known here."""
    if name == "background" or (name == "background-image" and value != "none"):
        return "background-color", background_in(value)
    if name == "margin" and (parts := value.split()):
        return "margin-left", parts[3] if parts[3:] else parts[min(1, len(parts) - 1)]
    if name == "inset" and (parts := value.split()):
        return "left", parts[-1]
    if name == "font" and (size := _FONT_SIZE.search(value)):
        return "font-size", size[0]
    if name in ("scale", "rotate", "translate"):
        return "transform", f"{name}({value})"
    return _SAME.get(name, name), value


def _apply(rules: Sequence[StyleRule], parser: LexborHTMLParser, styles: PageStyles) -> None:
    """Apply the rules in their order to the elements that their selectors match."""
    if not rules:
        return
    nodes = parser.css("*")
    names = {name for node in nodes for name in node.attrs.sget("class").split()}
    names |= {node.attrs.sget("id") for node in nodes}
    matcher = SelectorMatcher(parser, len(nodes))
    for rule in rules:
        if not rule.names <= names:
            continue
        try:
            matched, certain = matcher.matched(rule.steps)
        except TooManyVisits:
            styles.complete = False
            return
        certain = certain and rule.certain
        for node in matched:
            if not certain:
                styles.possible[node.mem_id].append({n: v for n, v, _ in rule.declarations})
                styles.nodes[node.mem_id] = node
            elif rule.pseudo_element:
                part = styles.beginnings if "first" in rule.pseudo_element else styles.generated
                part.setdefault(node.mem_id, {}).update({n: v for n, v, _ in rule.declarations})
                styles.nodes[node.mem_id] = node
            else:
                for name, value, important in rule.declarations:
                    styles.add(node, name, value, (important, False, rule.specificity))


def _applies(media: str) -> bool | None:
    """Return True if a condition of media holds on a screen, None if that is not known."""
    answers: list[bool | None] = [_holds(one.strip()) for one in media.lower().split(",")]
    return True if True in answers else None if None in answers else False


def _holds(query: str) -> bool | None:
    if re.search(r"\bnot\b", query):
        return None
    if _OTHER_MEDIA.search(query):
        return False
    for bound, number, unit in _WIDTH.findall(query):
        width = float(number) * (1 if unit == "px" else _EM)
        if width > _SCREEN if bound == "min" else width < _SCREEN:
            return False
    rest = re.sub(r"\b(?:only|screen|all|and)\b|\s", "", _WIDTH.sub("", query))
    return True if not rest else None


def _nests_deeply(css: str) -> bool:
    depth = 0
    for bracket in _PARTS.findall(css):
        depth = depth + 1 if bracket in "([{" else max(0, depth - 1)
        if depth > MAX_NESTED_STYLES:
            return True
    return False
