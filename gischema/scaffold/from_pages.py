"""Write a form from sample pages: its grammar, the sums that hold in them, and a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from gischema.engine import Gischema
from gischema.forms import Form, national_forms
from gischema.forms.form import step
from gischema.scaffold.from_prose import write_statements
from gischema.scaffold.left_out import lines_left_out
from gischema.scaffold.read_back import with_revision, with_samples
from gischema.scaffold.sample_cells import NoTable, SampleTable, read_sample
from gischema.scaffold.sample_form import form_of
from gischema.scaffold.spaced_text import with_bars
from gischema.scaffold.terms import field_terms
from gischema.scaffold.write_grammar import whole_form
from gischema.scaffold.write_revision import RevisionWriter, is_next_generation, steps_on
from gischema.scaffold.write_variant import variant

_SHARE = 0.3  # of the rows of a sample: so many labels of one form make it the nearest
_FURNITURE = ("SIGNATURE", "PLACE", "REMARK", "SITE")
BASIS = "样本页面所印，依据待补"


@frozen
class WrittenForm:
    """A form that was written from samples.

    Attributes:
        files: The texts of its files by place.
        nearest: The national form that has most of its rows, None if none has enough.
        shared: How many rows it has.
        printed: How many figures the samples print in rows of the form.
        missed: The paths of those that the form does not read back.
        left_out: The lines of the samples with numbers that no row of the form takes.
        stated: Of samples without a table, the figures of the running text: path and value.
    """

    files: Mapping[Path, str]
    nearest: str | None
    shared: int
    printed: int
    missed: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()


def write_form(
    form_id: str, base: Form | None, pages: Sequence[Path], into: Path, *, national: bool = True
) -> WrittenForm:
    """Return the files of a form, or of a variant of `base`, that the tables of `pages` are on.

    Args:
        form_id: The id of the form.
        base: The form that it is a variant of; None for a form of its own.
        pages: The samples.
        into: The folder of the files.
        national: Names of rows are taken from the national forms.

    Raises:
        FormError: A sample has no table, or no table that a grammar can be written of.
    """
    terms, engine = field_terms(), Gischema()
    printed = [engine.read(page).text for page in pages]
    texts = [with_bars(text) for text in printed]
    heads = {word for kind in terms.heads.values() for word in kind}
    furniture = _furniture(national_forms()) - heads
    try:
        tables = [
            read_sample(text, page.name, furniture, terms)
            for text, page in zip(texts, pages, strict=True)
        ]
    except NoTable:
        statements = write_statements(form_id.replace("-", "_"), printed, terms)
        if statements is None:
            raise
        files = {into / place: text for place, text in statements.files.items()}
        left = statements.left_out
        return WrittenForm(files, None, 0, 0, (), left, statements.read)
    known = (base,) if base is not None else national_forms() if national else ()
    nearest, shared = _nearest(known, tables)
    if base is None and nearest is not None:
        every = [steps_on(nearest, text) for text in texts]
        if all(is_next_generation(nearest, steps) for steps in every):
            fullest = max(every, key=lambda steps: len(steps.tables.rows))
            writer = RevisionWriter(nearest, fullest, terms, frozenset(furniture))
            return _revision(form_id, nearest, shared, writer, printed, into)
    form = form_of(tables, _names(known, nearest), terms)
    header = _header(form_id, base, nearest, shared)
    if base is None:
        grammar = whole_form(form, header)
    else:
        grammar, form.roots = variant(form, base, header)
    written, count, missed = with_samples(form_id, grammar, BASIS, form, printed)
    left_out = [f"{row.number}{row.label} {' '.join(row.printed)}" for row in form.unplaced]
    for text, table in zip(printed, tables, strict=True):
        left_out += lines_left_out(text, table)
    return WrittenForm(
        {into / place: text for place, text in written.items()},
        nearest.id if nearest is not None else None,
        shared,
        count,
        missed,
        tuple(left_out),
    )


def _revision(
    form_id: str,
    nearest: Form,
    shared: int,
    writer: RevisionWriter,
    texts: Sequence[str],
    into: Path,
) -> WrittenForm:
    """Return the files of a form that changes some of the nearest one and takes over the rest."""
    head = [
        *(f"// form: {form_id}", f"// years: {_year_of(form_id)}–", f"// basis: {BASIS}"),
        *(f"// replaces: {nearest.id}", f"// rules: like {nearest.id}", "//"),
        "// Written from a sample page: check renamed and dropped rows, names, years, basis.",
        "",
        f"%import .{nearest.id.replace('-', '_')} (start)",
    ]
    grammar = "\n".join((*head, writer.write())) + "\n"
    written, count, missed, left_out = with_revision(form_id, grammar, texts)
    files = {into / place: content for place, content in written.items()}
    return WrittenForm(files, nearest.id, shared, count, missed, left_out)


def _year_of(form_id: str) -> str:
    return form_id.rpartition("-")[2]


def _furniture(forms: Iterable[Form]) -> set[str]:
    """Return the keys of what stands in tables without being a row."""
    found: set[str] = set()
    for form in forms:
        for name in form.ignored:
            if step(name).upper() in _FURNITURE:
                found.update(one.key for one in form.labels[name].wordings)
    return found


def _nearest(forms: Iterable[Form], tables: Sequence[SampleTable]) -> tuple[Form | None, int]:
    """Return the form that has most rows of the samples, and how many; None if it has few."""
    keys = {row.key for table in tables for row in table.rows if row.counts}
    best: tuple[Form | None, int] = (None, 0)
    for form in forms:
        own = {
            w.key
            for name in form.rows_of
            if name in form.labels
            for w in form.labels[name].wordings
        }
        if len(keys & own) > best[1]:
            best = form, len(keys & own)
    return best if best[1] >= _SHARE * len(keys) else (None, best[1])


def _names(forms: Iterable[Form], nearest: Form | None) -> dict[str, str]:
    """Return the steps of labels by key, those of the nearest form first."""
    names: dict[str, str] = {}
    for form in sorted(forms, key=lambda one: one is not nearest):
        for name, label in form.labels.items():
            for wording in label.wordings:
                names.setdefault(wording.key, step(name))
    return names


def _header(form_id: str, base: Form | None, nearest: Form | None, shared: int) -> str:
    """Return the comments at the top of the grammar."""
    first, last = base.years if base is not None else (2008, None)
    years = f"{first}–{last or ''}"
    lines = [f"// form: {form_id}", f"// years: {years}", f"// basis: {BASIS}", "//"]
    lines.append("// Written from sample pages: check names, units, years and basis.")
    if base is None and nearest is not None:
        lines.append(f"// {shared} rows have labels and names of {nearest.id}.")
    return "\n".join(lines) + "\n"
