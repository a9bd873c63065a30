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
)
"""One row a source. `status` is `ok`, `no_figures`, `unreadable`, `duplicate`, `crashed` or
`timed_out`; `reason` and `message` say why, of a duplicate which source it equals.
`version_rank` is 1 for the newest report of a body and period, 2 for the one before it."""

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
)
"""One row a finding of the rules."""


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
        pa.field("milliseconds", _COUNT),
        pa.field("figures", _without_uri(FIGURES)),
        pa.field("findings", _without_uri(FINDINGS)),
        pa.field("measures", _without_uri(MEASURES)),
        pa.field("concepts", pa.list_(_CONCEPT)),
    ]
)
"""What `read_batch` gives: one row a source, with its figures, findings and measures as lists."""

MISSING = {"blank": "a", "not_applicable": "b", "absent": "c", "unreadable": "d"}
"""The letter of the extended missing value by the status of a figure."""

NOT_ON_FORM = "e"
