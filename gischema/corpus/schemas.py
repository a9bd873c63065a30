"""The Arrow schemas of a dataset. A new column is added at the end; none changes its meaning."""

from __future__ import annotations

import pyarrow as pa

_TEXT, _COUNT, _TRUTH = pa.string(), pa.int32(), pa.bool_()
_TEXTS = pa.list_(_TEXT)
_VALUE = pa.decimal128(38, 6)


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


SOURCES = _schema(uri=_TEXT, content=pa.binary())
"""What `read_batch` takes: a name, unique in the dataset, and the bytes."""

REPORTS = _schema(
    uri=_TEXT,
    sha256=_TEXT,
    size=pa.int64(),
    kind=_TEXT,
    body=_TEXT,
    body_key=_TEXT,
    region=_TEXT,
    level=_TEXT,
    year=_COUNT,
    period=_TEXT,
    form=_TEXT,
    variant=_TEXT,
    title=_TEXT,
    published=pa.date32(),
    stated=_COUNT,
    blank=_COUNT,
    not_applicable=_COUNT,
    unreadable=_COUNT,
    absent=_COUNT,
    doubtful=_COUNT,
    errors=_COUNT,
    warnings=_COUNT,
    infos=_COUNT,
    doubtful_findings=_COUNT,
    verdict=_TEXT,
    status=_TEXT,
    reason=_TEXT,
    message=_TEXT,
    version_rank=_COUNT,
    versions=_COUNT,
    message_en=_TEXT,
    milliseconds=_COUNT,
)
"""One row a source. `status` is `ok`, `no_figures`, `unreadable`, `duplicate`, `crashed` or
`timed_out`; `reason` and `message` say why, of a duplicate which source it equals.
`version_rank` is 1 for the newest report of a body and period, 2 for the one before it; `versions`
is how many there are. `milliseconds`, on the clock, is empty unless `timings` were asked for."""

FIGURES = _schema(
    uri=_TEXT,
    path=_TEXT,
    short=_TEXT,
    concept=_TEXT,
    value=_VALUE,
    unit=_TEXT,
    status=_TEXT,
    missing=_TEXT,
    raw=_TEXT,
    source=_TEXT,
    marks=_TEXTS,
    reading=_TEXT,
    doubts=_TEXTS,
    place=_TEXT,
)
"""One row a figure of a report. `missing` is the letter of the extended missing value: `a` blank,
`b` not applicable, `c` not printed, `d` unreadable, `e` not on the form."""

FINDINGS = _schema(
    uri=_TEXT,
    rule=_TEXT,
    severity=_TEXT,
    doubtful=_TRUTH,
    paths=_TEXTS,
    values=_TEXTS,
    culprit=_TEXT,
    suggested=_TEXT,
    message=_TEXT,
    message_en=_TEXT,
    size=pa.float64(),
)
"""One row a finding of the rules. `size` is the difference of the two sides of a comparison."""


MEASURES = _schema(
    uri=_TEXT,
    measure=_TEXT,
    value=pa.float64(),
    numerator=_VALUE,
    base=_VALUE,
    reason=_TEXT,
    doubts=_TEXTS,
)
"""One row a derived measure that a report's form has."""

COPIES = _schema(
    uri=_TEXT,
    body=_TEXT,
    body_key=_TEXT,
    year=_COUNT,
    from_uri=_TEXT,
    from_body=_TEXT,
    from_body_key=_TEXT,
    from_year=_COUNT,
    kind=_TEXT,
    direction=_TEXT,
    chapters=_TEXTS,
    strange=_TEXTS,
    likeness=pa.float64(),
    share=pa.float64(),
)
"""One row two reports with nearly equal chapters. `kind` is `copy` (two bodies), `repeat` (one
body, two years), `version` (one body and period) or `unknown_body`. `direction` states how it is
known which text is the copy: `words` (it speaks of itself as another body: `strange`), `day` (it is
later) or `unknown`. `likeness` is that of the chapters, `share` their part of the text."""

SUGGESTIONS = _schema(
    body_key=_TEXT,
    body=_TEXT,
    years=pa.list_(_COUNT),
    reports=_COUNT,
    other_key=_TEXT,
    other=_TEXT,
    other_years=pa.list_(_COUNT),
    other_reports=_COUNT,
    reason=_TEXT,
    likeness=pa.float64(),
    uri=_TEXT,
    other_uri=_TEXT,
)
"""One row two names that may be one body: `shortened` (the beginning is missing), `abbreviation`,
`similar`, `renamed` (similar, and one ends when the other begins) or `same_text`. Or one name that
may be several bodies: `namesake` (reports of one period, `uri` and `other_uri`, whose texts differ)
or `no_place` (several reports, and no place in the name: 市财政局)."""

NO_PLACE, NAMESAKE = "no_place", "namesake"
"""The reasons for which a name may be that of several bodies: always, and in a year."""

SERIES_FINDINGS = _schema(
    uri=_TEXT,
    body=_TEXT,
    body_key=_TEXT,
    year=_COUNT,
    previous_uri=_TEXT,
    rule=_TEXT,
    severity=_TEXT,
    doubtful=_TRUTH,
    paths=_TEXTS,
    values=_TEXTS,
    size=pa.float64(),
    message=_TEXT,
    message_en=_TEXT,
    peers=_COUNT,
    median=pa.float64(),
)
"""One row a finding about a report and last year's, or about a report among like bodies. `size` is
how far it is off: the difference, or the distance from the median of the `peers`."""

_CHAPTER = pa.struct(
    [
        pa.field("kind", _TEXT),
        pa.field("title", _TEXT),
        pa.field("letters", _COUNT),
        pa.field("strange", _TEXTS),
        pa.field("minhash", pa.binary()),
        pa.field("bands", pa.list_(pa.int64())),
    ]
)

_CONCEPT = pa.struct(
    [
        pa.field("concept", _TEXT),
        pa.field("table_value", _VALUE),
        pa.field("table_missing", _TEXT),
        pa.field("table_doubt", _TRUTH),
        pa.field("text_value", _VALUE),
        pa.field("text_doubt", _TRUTH),
    ]
)


def _without_uri(schema: pa.Schema) -> pa.DataType:
    return pa.list_(pa.struct([field for field in schema if field.name != "uri"]))


BATCH = pa.schema(
    [
        *REPORTS,
        pa.field("figures", _without_uri(FIGURES)),
        pa.field("findings", _without_uri(FINDINGS)),
        pa.field("measures", _without_uri(MEASURES)),
        pa.field("concepts", pa.list_(_CONCEPT)),
        pa.field("chapters", pa.list_(_CHAPTER)),
    ]
)
"""What `read_batch` gives: one row a source, with its figures, findings and measures as lists."""

MISSING = {"blank": "a", "not_applicable": "b", "absent": "c", "unreadable": "d"}
"""The letter of the extended missing value by the status of a figure."""

NOT_ON_FORM = "e"
