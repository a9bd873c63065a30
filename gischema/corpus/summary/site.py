"""Write the pages: HTML without scripts, from which no request leaves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attrs import frozen

from gischema.corpus.summary.spots import Spot, find_spot
from gischema.corpus.summary.tables import Rows, Summary, summarise
from gischema.corpus.summary.words import Lang, word
from gischema.errors import MissingPackage
from gischema.output.places import place

_PAGES: tuple[tuple[Lang, str, str], ...] = (
    ("zh", "index.html", "en.html"),
    ("en", "en.html", "index.html"),
)
_STYLE = """
body{font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60rem;
margin:0 auto;padding:1rem;color:#1a202c;background:#fff}
h1{font-size:1.6rem}h2{border-top:2px solid #e2e8f0;padding-top:1rem;margin-top:2.5rem}
nav a{margin-right:1em}dl{display:flex;flex-wrap:wrap;gap:1.5rem}dt{color:#4a5568;font-size:.9rem}
dd{margin:0;font-size:1.6rem;font-variant-numeric:tabular-nums}
figure{margin:1rem 0;overflow-x:auto}figcaption,.note{color:#4a5568;font-size:.9rem}
.plots{display:flex;flex-wrap:wrap;gap:1rem}.plots figure{margin:0;width:19rem}
table{border-collapse:collapse;font-size:.88rem;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #e2e8f0;
overflow-wrap:anywhere}th{white-space:nowrap}td{min-width:4em}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;min-width:0}
td.long{min-width:20em}.code{white-space:nowrap}
.error{color:#c53030}.warning{color:#c05621}.broken{color:#c53030}
@media print{nav,.other{display:none}h2{break-after:avoid}figure,tr{break-inside:avoid}
table{font-size:.75rem}td{min-width:3em}td.long{min-width:12em}}
@media screen and (max-width:45rem){thead{display:none}tr{display:block;padding:.5rem 0;
border-bottom:1px solid #cbd5e0}td,td.n{display:flex;gap:.8em;border:0;padding:.1rem 0;
text-align:left;white-space:normal}td:empty{display:none}
td::before{content:attr(data-head);color:#4a5568;flex:0 0 6em}
figure{max-width:100%}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_SECTIONS = ("coverage", "quality", "rules", "largest", "trends", "copies", "names")


def write_site(dataset: str | Path, out: str | Path) -> Path:
    """Write `index.html` (Chinese) and `en.html` about a dataset, and return the first.

    Args:
        dataset: A folder of Parquet files that `convert` made, or its DuckDB file.
        out: The folder of the pages.

    Raises:
        GischemaError: `dataset` is no dataset.
        MissingPackage: The extra `summary` is not installed.
    """
    try:
        import gischema.corpus.summary.plots  # noqa: F401 - before the work begins
    except ImportError as error:
        raise MissingPackage(
            f"需要安装：pip install 'gischema[summary]'（缺 {error.name}）",
            f"this needs: pip install 'gischema[summary]' ({error.name} is missing)",
        ) from error
    summary = summarise(Path(dataset))
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    spots = dict(_spots(summary.largest))
    for lang, name, other in _PAGES:
        page = _Page(summary, spots, lang, folder)
        (folder / name).write_text(page.html(other), encoding="utf-8")
    return folder / _PAGES[0][1]


@frozen
class _Page:
    """A page in one language."""

    summary: Summary
    spots: Mapping[tuple[str, str], Spot]
    lang: Lang
    folder: Path

    def html(self, other: str) -> str:
        """Return the page; `other` is the file of the one in the other language."""
        makers: dict[str, Callable[[], Iterable[str]]] = {
            "coverage": self._coverage,
            "quality": self._quality,
            "rules": self._rules,
            "largest": self._largest,
            "trends": self._trends,
            "copies": self._copies,
            "names": self._names,
        }
        links = "".join(f'<a href="#{name}">{self._word(name)}</a>' for name in _SECTIONS)
        sections = "".join(
            f'<section id="{name}"><h2>{self._word(name)}</h2>{"".join(makers[name]())}</section>'
            for name in _SECTIONS
        )
        title = self._word("title")
        return (
            f'<!DOCTYPE html>\n<html lang="{"zh-Hans" if self.lang == "zh" else "en"}">'
            f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
            f"<title>{title}</title><style>{_STYLE}</style>"
            f'<p class="other"><a href="{other}">{self._word("other")}</a></p>'
            f"<h1>{title}</h1>{self._counts()}<nav>{links}</nav>"
            f'{sections}<p class="note">{self._word("made")}</p></html>\n'
        )

    def _word(self, key: str) -> str:
        return escape(word(self.lang, key))

    @property
    def _message(self) -> str:
        return "message" if self.lang == "zh" else "message_en"

    def _counts(self) -> str:
        counts = self.summary.counts
        first = ("sources", "read", "duplicates", "incomplete", "bodies", "unplaced")
        shown = {key: f"{counts[key]:,}" for key in first}
        if counts["first"] is not None:
            shown["years"] = f"{counts['first']}–{counts['last']}"
        shown["figures"] = f"{counts['figures']:,}"
        share = counts["doubtful"] / counts["figures"] if counts["figures"] else 0
        shown["doubtful"] = f"{counts['doubtful']:,} ({share:.1%})"
        shown["not_read"] = f"{counts['not_read']:,}"
        items = (f"<div><dt>{self._word(k)}</dt><dd>{v}</dd></div>" for k, v in shown.items())
        note = f'<p class="note">{self._word("unplaced_note")}</p>' if counts["unplaced"] else ""
        return f"<dl>{''.join(items)}</dl>{note}"

    def _coverage(self) -> Iterator[str]:
        from gischema.corpus.summary.plots import coverage

        yield self._plot(coverage, self.summary.coverage, "coverage_note")

    def _quality(self) -> Iterator[str]:
        from gischema.corpus.summary.plots import doubt, doubts, quality

        yield self._plot(quality, self.summary.quality, "quality_note")
        if self.summary.doubts:
            yield self._plot(doubt, self.summary.doubt, "doubt_note")
            yield self._plot(doubts, self.summary.doubts, "doubts_note")
        if self.summary.unread:
            yield f"<h3>{self._word('unread_note')}</h3>"
            yield self._table(
                ("file", "status", "reason", "message"),
                (
                    (
                        self._link(row["uri"], row["uri"]),
                        self._word(row["status"]),
                        _text(row["reason"]),
                        _text(row[self._message]),
                    )
                    for row in self.summary.unread
                ),
            )

    def _rules(self) -> Iterator[str]:
        from gischema.corpus.summary.plots import rules

        yield self._plot(rules, self.summary.rules, "rules_note")

    def _largest(self) -> Iterator[str]:
        yield f'<p class="note">{self._word("largest_note")}</p>'
        yield self._table(
            ("body", "year", "rule", "size", "message", "place"),
            (
                (
                    _text(row["body"] or row["uri"]),
                    _text(row["year"]),
                    " ".join(
                        f'<span class="code {row["severity"]}">{_text(code)}</span>'
                        for code in row["rules"]
                    ),
                    _number(row["size"]),
                    _text(row[self._message]),
                    self._spot(row["uri"], row["place"]),
                )
                for row in self.summary.largest
            ),
        )

    def _trends(self) -> Iterator[str]:
        from gischema.corpus.summary.plots import trend

        yield f'<p class="note">{self._word("trends_note")}</p><div class="plots">'
        for one in self.summary.trends:
            concept = one.concept
            note = concept.note_zh if self.lang == "zh" else concept.note_en
            label = concept.zh if self.lang == "zh" else concept.en
            drawn, kind = trend(one, self.lang), concept.comparability
            yield _figure(escape(label), drawn, escape(note), kind)
        yield "</div>"
        if not self.summary.trends:
            yield self._none()

    def _copies(self) -> Iterator[str]:
        from gischema.corpus.summary.plots import graph

        if between := [row for row in self.summary.copies if row["kind"] == "copy"]:
            yield self._plot(graph, between, "copies_note")
        yield self._table(
            ("body", "year", "from", "year", "chapters", "likeness", "share", "direction"),
            (
                (
                    self._link(row["uri"], row["body"] or row["uri"]),
                    _text(row["year"]),
                    self._link(row["from_uri"], row["from_body"] or row["from_uri"]),
                    _text(row["from_year"]),
                    _text("、".join(row["chapters"])),
                    f"{row['likeness']:.0%}",
                    f"{row['share']:.0%}",
                    _text(" ".join((word(self.lang, row["direction"]), *row["strange"]))),
                )
                for row in self.summary.copies
            ),
        )
        if repeats := self.summary.counts["repeats"]:
            note = word(self.lang, "repeats_note").format(f"{repeats:,}")
            yield f'<p class="note">{escape(note)}</p>'

    def _names(self) -> Iterator[str]:
        yield f'<p class="note">{self._word("names_note")}</p>'
        yield self._table(
            ("body", "years", "body", "years", "reason", "likeness"),
            (
                (
                    _text(row["body"]),
                    _years(row["years"]),
                    self._other(row),
                    _years(row["other_years"] or ()),
                    self._word(row["reason"]),
                    "" if row["likeness"] is None else f"{row['likeness']:.0f}",
                )
                for row in self.summary.names
            ),
        )

    def _other(self, row: Mapping[str, Any]) -> str:
        """Return the other name; of a namesake the two reports."""
        if row["uri"] is None:
            return _text(row["other"])
        return " ".join(self._link(row[name]) for name in ("uri", "other_uri"))

    def _plot(self, draw: Callable[[Rows, Lang], str], rows: Rows, note: str) -> str:
        if not rows:
            return self._none()
        label = self._word(note)
        drawn = draw(rows, self.lang)
        return _figure(label, drawn, label)

    def _table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        names = [self._word(name) for name in heads]
        long = [' class="long"' if name == "message" else "" for name in heads]
        body = "".join(
            "<tr>"
            + "".join(
                f'<td{_numeric(cell) or wide} data-head="{name}">{cell}</td>'
                for cell, wide, name in zip(row, long, names, strict=True)
            )
            + "</tr>"
            for row in rows
        )
        if not body:
            return self._none()
        head = "".join(f'<th scope="col">{name}</th>' for name in names)
        return f"<table><thead><tr>{head}</tr></thead>{body}</table>"

    def _none(self) -> str:
        return f"<p>{self._word('none')}</p>"

    def _spot(self, uri: str, at: str | None) -> str:
        """Return a link to a place in a source, with its words."""
        if (spot := self.spots.get((uri, at or ""))) is None:
            fragment, words = self._place(at)
            return self._link(uri, words or None, fragment)
        origin = spot.origin
        if origin.element is None and origin.page is None:
            return self._link(uri, word(self.lang, "line").format(origin.line), spot.fragment)
        return self._link(uri, place(origin, self.lang, spot.row), spot.fragment)

    def _link(self, uri: str, words: str | None = None, fragment: str = "") -> str:
        """Return a link to a source; words alone where it cannot be linked."""
        label = escape(words or uri.rsplit("/", 1)[-1])
        address = self._address(uri)
        if address is None:
            return f'<span title="{escape(uri)}">{label}</span>'
        return f'<a href="{escape(address + fragment)}" title="{escape(uri)}">{label}</a>'

    def _place(self, at: str | None) -> tuple[str, str]:
        """Return the fragment of an address and the words for a place of a figure."""
        at = (at or "").rsplit("#", 1)[-1]
        if at.startswith("page="):
            number = at.removeprefix("page=").split(":")[0]
            return f"#page={number}", word(self.lang, "page").format(number)
        line, _, column = at.partition(":")
        if line.isdigit() and column.isdigit():
            return "", word(self.lang, "line").format(line)
        return "", at

    def _address(self, uri: str) -> str | None:
        if uri.startswith(("http://", "https://")):
            return uri
        file = Path(uri)
        if not file.is_file():
            return None
        try:
            return quote(os.path.relpath(file, self.folder).replace(os.sep, "/"))
        except ValueError:  # on another drive
            return None


def _spots(rows: Rows) -> Iterator[tuple[tuple[str, str], Spot]]:
    """Yield where figures stand, by source and place, for sources that are files."""
    for row in rows:
        file = Path(row["uri"])
        if row["place"] is not None and file.is_file():
            spot = find_spot(file, row["place"], row["raw"])
            if spot is not None:
                yield (row["uri"], row["place"]), spot


def _figure(label: str, drawn: str, caption: str, kind: str = "") -> str:
    captioned = f'<figcaption class="{kind}">{caption}</figcaption>' if caption else ""
    return f'<figure><div role="img" aria-label="{label}">{drawn}</div>{captioned}</figure>'


def _text(value: object) -> str:
    return "" if value is None else escape(str(value))


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _numeric(cell: str) -> str:
    return ' class="n"' if cell and set(cell) <= set("0123456789,.%–") else ""


def _years(years: Sequence[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
