"""The plots of the pages, as SVG without scripts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import altair as alt
import vl_convert

from gischema.api import default_engine
from gischema.corpus.summary.tables import Rows, Trend
from gischema.corpus.summary.words import CORPUS_RULES, Lang, word
from gischema.diagnostics import KINDS
from gischema.forms.indicators import text_indicators

_BLUE, _ORANGE, _RED, _GREY = "#2b6cb0", "#c05621", "#c53030", "#a0aec0"
_SEVERITY = {"error": _RED, "warning": "#dd6b20", "info": _GREY}
_STATUS = {
    "ok": "#2f855a", "no_figures": "#9ae6b4", "duplicate": _GREY, "unreadable": "#dd6b20",
    "crashed": _RED, "timed_out": "#822727",
}  # fmt: skip
_STATES = {"certain": "#2f855a", "in_doubt": "#ecc94b", "not_read": "#dd6b20"}
_SOURCES = {"table": _BLUE, "text": _ORANGE}
_ROLES = {
    (True, False): "source_of",
    (False, True): "copy_of",
    (True, True): "both",
    (False, False): "unknown",
}
"""What a body is in the graph of copies, by whether it is a source and whether it is a copy."""

_ROLE_COLOURS = {
    "source_of": _BLUE,
    "copy_of": _ORANGE,
    "both": "#6b46c1",
    "unknown": _GREY,
}

_ROW = 20  # pixels
_PADDING = {"left": 60, "top": 5, "right": 5, "bottom": 5}
"""Room for labels that a browser sets in a wider font."""

_SMALL = {"width": 250, "height": 120}


def coverage(rows: Rows, lang: Lang) -> str:
    """Return the number of bodies by region and year."""
    years = sorted({row["year"] for row in rows})
    nowhere = word(lang, "nowhere")
    rows = [{**row, "region": nowhere if row["region"] == "?" else row["region"]} for row in rows]
    order = sorted({row["region"] for row in rows}, key=lambda name: (name == nowhere, name))
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("year:O", title=word(lang, "year")), y=alt.Y("region:N", title=None, sort=order)
    )
    colour = alt.Color("bodies:Q", legend=None, scale=alt.Scale(scheme="blues", zero=True))
    cells = base.mark_rect().encode(colour)
    half = max((row["bodies"] for row in rows), default=0) / 2
    numbers = base.mark_text().encode(
        text="bodies:Q",
        color=alt.condition(alt.datum.bodies > half, alt.value("white"), alt.value("black")),
    )
    height = _ROW * len({row["region"] for row in rows})
    return _svg((cells + numbers).properties(width=36 * len(years), height=height))


def quality(rows: Rows, lang: Lang) -> str:
    """Return what became of the sources, by kind of file."""
    return _bars(rows, lang, y="kind", x="sources", colour="status", colours=_STATUS)


def doubt(rows: Rows, lang: Lang) -> str:
    """Return the shares of the table figures that are certain, in doubt and not read, by year."""
    named = [{**row, "state": word(lang, row["state"]), "at": at} for at, row in _ordered(rows)]
    shown = [key for key in _STATES if any(row["state"] == key for row in rows)]
    scale = alt.Scale(
        domain=[word(lang, key) for key in shown], range=[_STATES[key] for key in shown]
    )
    share = alt.Y("figures:Q", title=None, stack="normalize", axis=alt.Axis(format="%"))
    chart = alt.Chart(_data(named)).mark_bar()
    return _svg(
        chart.encode(
            x=alt.X("year:O", title=word(lang, "year")),
            y=share,
            color=alt.Color("state:N", title=None, scale=scale),
            order="at:Q",
        ).properties(width=alt.Step(36), height=160)
    )


def _ordered(rows: Rows) -> Iterator[tuple[int, dict[str, Any]]]:
    order = list(_STATES)
    return ((order.index(row["state"]), row) for row in rows)


def doubts(rows: Rows, lang: Lang) -> str:
    """Return the number of reports with each kind of doubt."""
    titles = {one.code: one.title if lang == "zh" else one.title_en for one in KINDS.values()}
    named = [
        {**row, "code": f"{row['code']} {titles.get(row['code'], '')}", "status": "unreadable"}
        for row in rows
    ]
    return _bars(named, lang, y="code", x="reports", colour="status", colours=_STATUS, legend=False)


def rules(rows: Rows, lang: Lang) -> str:
    """Return the number of reports with a finding of each rule."""
    titles = {
        rule.code: rule.title.zh if lang == "zh" else rule.title.en
        for rule in default_engine().rules.rules
    } | {code: words[lang != "zh"] for code, words in CORPUS_RULES.items()}
    named = [{**row, "rule": f"{row['rule']} {titles.get(row['rule'], '')}"} for row in rows]
    return _bars(named, lang, y="rule", x="reports", colour="severity", colours=_SEVERITY)


def trend(one: Trend, lang: Lang) -> str:
    """Return a concept over the years, with a line where its definition changed.

    The curve ends where figures before and after must not be compared, or where its source changes.
    """
    breaks = _breaks(one)
    close = one.concept.comparability != "broken"
    years = sorted({row["year"] for row in one.rows})
    rows = [
        {
            **row,
            "source": word(lang, row["source"]),
            "line": _SMALL["height"] + (24 if row["source"] == "table" else 33),
            "part": 0 if close else sum(row["year"] > year for year in breaks),
        }
        for row in one.rows
    ]
    domain = [years[0] - 0.6, years[-1] + 0.6]
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=alt.Axis(
            format="d", tickMinStep=1, values=years, labelOverlap="parity", labelSeparation=6
        ),
    )
    shown = [key for key in _SOURCES if any(row["source"] == key for row in one.rows)]
    scale = alt.Scale(
        domain=[word(lang, key) for key in shown], range=[_SOURCES[key] for key in shown]
    )
    colour = alt.Color(
        "source:N",
        title=None,
        scale=scale,
        legend=alt.Legend(orient="bottom", symbolOpacity=1, offset=24),
    )
    base = alt.Chart(_data(rows)).encode(x=x, color=colour, detail="part:N")
    numbers = base.mark_text(fontSize=9).encode(
        y=alt.Y("line:Q", scale=None, axis=None), text="bodies:Q"
    )
    parts: list[Any] = [
        base.mark_area(opacity=0.18).encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_line(point=True).encode(y="median:Q"),
        numbers,
    ]
    if inside := [{"year": year} for year in breaks if domain[0] < year < domain[1]]:
        line = alt.Chart(_data(inside)).mark_rule(
            color=_GREY if close else _RED, strokeDash=[4, 3] if close else [1, 0], strokeWidth=1.5
        )
        parts.append(line.encode(x=alt.X("year:Q", scale=alt.Scale(domain=domain))))
    title = one.concept.zh if lang == "zh" else one.concept.en
    return _svg(alt.layer(*parts).properties(title=title, **_SMALL))


def graph(rows: Rows, lang: Lang) -> str:
    """Return the bodies whose texts are copies, on a circle, with a line from each source."""
    names = {row[f"{side}body_key"]: row[f"{side}body"] for row in rows for side in ("from_", "")}
    known = [row for row in rows if row["direction"] != "unknown"]
    sources = {row["from_body_key"] for row in known}
    copies = {row["body_key"] for row in known}
    places = _circle(sorted(names))
    nodes = [
        {
            "name": names[key],
            "x": x,
            "y": y,
            "role": word(lang, _ROLES[key in sources, key in copies]),
        }
        for key, (x, y) in places.items()
    ]
    edges = [_edge(places[row["from_body_key"]], places[row["body_key"]], row) for row in rows]
    lines = alt.Chart(_data(edges)).mark_rule(color=_GREY)
    directed = [edge for edge, row in zip(edges, rows, strict=True) if row in known]
    heads = alt.Chart(_data(directed)).mark_point(
        shape="triangle", filled=True, color="#4a5568", size=70, opacity=1
    )
    shown = [key for key in _ROLE_COLOURS if any(node["role"] == word(lang, key) for node in nodes)]
    scale = alt.Scale(
        domain=[word(lang, key) for key in shown], range=[_ROLE_COLOURS[key] for key in shown]
    )
    layers = [
        lines.encode(*_at("x", "y"), x2="x2:Q", y2="y2:Q"),
        heads.encode(*_at("hx", "hy"), angle=alt.Angle("angle:Q", scale=None)),
        alt.Chart(_data(nodes))
        .mark_circle(size=90, opacity=1)
        .encode(*_at("x", "y"), color=alt.Color("role:N", title=None, scale=scale)),
    ]
    left = alt.Chart(_data(nodes)).transform_filter("datum.x < 0").mark_text(align="right", dx=-9)
    right = alt.Chart(_data(nodes)).transform_filter("datum.x >= 0").mark_text(align="left", dx=9)
    layers += [labels.encode(*_at("x", "y"), text="name:N") for labels in (left, right)]
    return _svg(alt.layer(*layers).properties(width=760, height=max(220, 30 * len(nodes))))


def _at(x: str, y: str) -> tuple[alt.X, alt.Y]:
    """Return the place of a mark of the graph, without axes."""
    wide, high = alt.Scale(domain=[-2.2, 2.2]), alt.Scale(domain=[-1.2, 1.2])
    return alt.X(f"{x}:Q", axis=None, scale=wide), alt.Y(f"{y}:Q", axis=None, scale=high)


def _bars(
    rows: Rows,
    lang: Lang,
    *,
    y: str,
    x: str,
    colour: str,
    colours: Mapping[str, str],
    legend: bool = True,
) -> str:
    known = [key for key in colours if any(row[colour] == key for row in rows)]
    named = [{**row, colour: word(lang, row[colour])} for row in rows]
    scale = alt.Scale(domain=[word(lang, key) for key in known], range=[colours[k] for k in known])
    chart = alt.Chart(_data(named)).mark_bar()
    return _svg(
        chart.encode(
            y=alt.Y(f"{y}:N", title=None, sort="-x"),
            x=alt.X(f"{x}:Q", title=word(lang, x), axis=alt.Axis(tickMinStep=1, format=",d")),
            color=alt.Color(
                f"{colour}:N", title=None, scale=scale, legend=alt.Legend() if legend else None
            ),
        ).properties(width=480, height=alt.Step(_ROW), padding=_PADDING)
    )


def _breaks(one: Trend) -> list[float]:
    """Return where the definition changed: between the last year of a form and the next."""
    first = text_indicators().generations
    begun = min(first.values())
    none_before = [begun - 0.5] if any(row["year"] < begun for row in one.rows) else []
    return [*none_before, *(first[form] - 0.5 for form in one.concept.breaks)]


def _circle(keys: list[str]) -> dict[str, tuple[float, float]]:
    turn = 2 * math.pi / max(1, len(keys))
    return {
        key: (round(math.sin(n * turn + turn / 2), 4), round(math.cos(n * turn + turn / 2), 4))
        for n, key in enumerate(keys)
    }


def _edge(
    start: tuple[float, float], end: tuple[float, float], row: Mapping[str, Any]
) -> dict[str, float]:
    """Return a line with the place and the angle of its head, most of the way to the copy."""
    (x, y), (x2, y2) = start, end
    angle = math.degrees(math.atan2((x2 - x) * 1.1, y2 - y))
    return {
        "x": x, "y": y, "x2": x2, "y2": y2, "share": row["share"],
        "hx": x + 0.8 * (x2 - x), "hy": y + 0.8 * (y2 - y), "angle": round(angle, 1),
    }  # fmt: skip


def _data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(row) for row in rows])


def _svg(chart: Any) -> str:
    """Return a chart as SVG for a page that holds several: without ids, they would collide."""
    drawn = chart.configure(**_look()).to_dict(format="vega-lite")
    svg = str(vl_convert.vegalite_to_svg(drawn))
    return re.sub(r' (?:clip-path="url\([^"]*\)"|id="[^"]*")', "", svg)


@cache
def _look() -> dict[str, Any]:
    return {"font": "sans-serif", "view": {"stroke": None}, "axis": {"labelLimit": 300}}
