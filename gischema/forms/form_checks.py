"""Find what is wrong with a form that can be built: rows that are not read, or not as themselves.

Each fault is a `FileError` with the line of the grammar. The form is used all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from gischema.file_errors import FileError
from gischema.forms.cache import cached
from gischema.forms.form import Form, Row, is_caption
from gischema.forms.grammar_source import declared_names, line_of, read_source, written
from gischema.forms.labels import key

_AS_PRINTED = re.compile(r"^(\w+)[ \t]*:[^\n]*//[ \t]*as printed[ \t]*$", re.MULTILINE)
_FOREVER = 9999
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")


def kept_faults(form: Form) -> tuple[FileError, ...]:
    """Return the faults of a form, from the cache if neither it nor the form it extends changed."""
    forms = (form,) if form.base is None else (form, form.base)
    stated = (f"{one.id} {one.years} {one.basis} {one.grammar.digest}" for one in forms)
    sections = [form.report.__name__, *sorted(_own_fields(form))]
    known_by = (str(form.grammar.path), *stated, *sections)
    return cached(tuple, ("faults", Path(__file__), *known_by), lambda: tuple(form_faults(form)))


def form_faults(form: Form) -> Iterator[FileError]:
    """Yield the faults of a form and of its grammar, by kind."""
    for check in _CHECKS:
        yield from check(form)


def years_and_basis(form: Form) -> Iterator[FileError]:
    """Yield a fault if the years run backwards, the basis is missing or there is no such base."""
    first, last = form.years
    if last is not None and last < first:
        yield _fault(
            form,
            f"年份 {first}–{last} 倒置",
            f"the years {first}–{last} run backwards",
            "years",
        )
    elif form.base is not None and not _overlap(form.years, form.base.years):
        yield _fault(
            form,
            f"年份 {first}–{last or ''} 与 {form.base.id} 的 {_years(form.base)} 没有重合",
            f"the years {first}–{last or ''} share none with those of {form.base.id}, "
            f"{_years(form.base)}",
            "years",
        )
    if not form.basis.strip():
        yield _fault(form, "没有写依据（basis）", "the basis is missing", "basis")
    if form.variant and form.base is None:
        yield _fault(
            form,
            f"没有表式 {form.generation}，{form.id} 无从变起",
            f"there is no form {form.generation} that {form.id} could be a variant of",
            "form",
        )


def _overlap(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    first, last = max(one[0], other[0]), min(one[1] or _FOREVER, other[1] or _FOREVER)
    return first <= last


def _years(form: Form) -> str:
    first, last = form.years
    return f"{first}–{last or ''}"


def rows_left_out(form: Form) -> Iterator[FileError]:
    """Yield the labels of page furniture that are those of rows: these rows are never read."""
    rows = {
        one.key: name
        for name in form.rows_of
        if name in form.labels
        for one in form.labels[name].wordings
    }
    for name in form.ignored:
        for one in form.labels[name].wordings:
            if one.key in rows:
                row = written(rows[one.key])
                yield _fault(
                    form,
                    f"%ignore {name} 的“{one.text}”也是行 {row} 的名称，这一行可能不被读取；请删去",
                    f"%ignore {name}: “{one.text}” is the label of the row {row} too, which may "
                    "not be read: delete it",
                    written(name),
                )


def unused_names(form: Form) -> Iterator[FileError]:
    """Yield the names that the grammar defines and no rule uses."""
    for name in form.grammar.outline.idle:
        yield _fault(
            form,
            f"{name} 没有一处用到，表上的这一行不会被读取",
            f"nothing uses {name}: what it stands for is never read",
            name,
        )


def paths_twice(form: Form) -> Iterator[FileError]:
    """Yield the paths that two rows have."""
    rows: dict[str, Row] = {}
    for row in form.rows:
        for path in () if row.group else row.paths:
            other = rows.setdefault(path, row)
            if other is not row:
                yield _fault(
                    form,
                    f"两行的路径都是 {path}；请给其中一行另取名字",
                    f"two rows have the path {path}; rename one of them",
                    written(row.terminal),
                )


def labels_twice(form: Form) -> Iterator[FileError]:
    """Yield the rows of one group that have the same label: a page cannot tell them apart."""
    places: dict[tuple[str, str], Row] = {}
    for row in form.rows:
        label = form.labels.get(row.terminal)
        for wording in label.wordings if label is not None else ():
            other = places.setdefault((row.parent, wording.key), row)
            if other.path != row.path:
                yield _fault(
                    form,
                    f"{other.path} 与 {row.path} 在同一组，又都叫“{wording.text}”，无法区分",
                    f"{other.path} and {row.path} are in one group and both called "
                    f"“{wording.text}”: they cannot be distinguished",
                    written(row.terminal),
                    written(other.terminal),
                )


def dead_wordings(form: Form) -> Iterator[FileError]:
    """Yield the wordings that a label has twice: numbers and punctuation do not count."""
    for terminal, label in form.grammar.outline.labels.items():
        if form.base is not None and written(terminal) in map(written, form.base.labels):
            continue
        seen: set[str] = set()
        for wording in label.wordings:
            if wording.key in seen:
                yield _fault(
                    form,
                    f"行名“{wording.text}”是多余的：编号和标点不计，"
                    f"{written(terminal)} 已有同样的文字",
                    f"the wording “{wording.text}” has no effect: without numbers and punctuation "
                    f"{written(terminal)} has it already",
                    written(terminal),
                )
            seen.add(wording.key)


def ends_of_labels(form: Form) -> Iterator[FileError]:
    """Yield the rows of a variant whose label is the end of one of its form, or has one as its end.

    Where a page breaks the longer one over two cells, with a slip in the first, what is left is the
    label of the other row. `// as printed` behind a label says that its form is worded so.
    """
    if form.base is None:
        return
    own = set(declared_names(source := read_source(form.grammar.path)))
    confirmed = set(_AS_PRINTED.findall(source))
    for shorter, longer in form.longer_labels.items():
        for name, wording, _ in longer:
            added = next((one for one in (written(shorter), written(name)) if one in own), None)
            if added is not None and added not in confirmed and written(shorter) != written(name):
                short = form.labels[shorter].text
                yield _fault(
                    form,
                    f"行名“{short}”是“{wording}”的末尾：页上后者断成两格而前半有误时，"
                    f"会与前者相混（D107）；请写全 {added} 的行名，"
                    "表上确实如此的，在行末写 // as printed",
                    f"the label “{short}” is the end of “{wording}”: a page that breaks the longer "
                    "one, with a slip in its beginning, may be read as the other row (D107); write "
                    f"the whole label at {added}, or // as printed behind it if the form has it so",
                    added,
                )
                break


def labels_too_short(form: Form) -> Iterator[FileError]:
    """Yield the wordings of rows that much else on a page looks like: a character, a year."""
    for name in dict.fromkeys(row.terminal for row in form.rows):
        for wording in form.labels[name].wordings if name in form.labels else ():
            if len(wording.key) < 2 or _YEAR.fullmatch(wording.key):
                yield _fault(
                    form,
                    f"行名“{wording.text}”只有一个字或只是年份，会与页上其他文字相混；"
                    f"{written(name)} 请写全表上的行名",
                    f"the label “{wording.text}” is one character or a year, as much else on a "
                    f"page is: write the whole label of the row at {written(name)}",
                    written(name),
                )


def units_that_are_labels(form: Form) -> Iterator[FileError]:
    """Yield the rows whose unit is the label of a row: a page's cell of it may be either."""
    labels = {
        wording.key
        for row in form.rows
        if row.terminal in form.labels
        for wording in form.labels[row.terminal].wordings
    }
    for name, unit in dict.fromkeys((row.terminal, row.unit) for row in form.rows):
        if unit is not None and key(unit) in labels:
            yield _fault(
                form,
                f"{written(name)} 的单位“{unit}”也是一行的名称，无法区分；请写数字的计量单位，如件",
                f"the unit “{unit}” of {written(name)} is the label of a row too: write the unit "
                "that its figures are counted in, such as 件",
                written(name),
            )


def units_with_numbers(form: Form) -> Iterator[FileError]:
    """Yield the rows whose unit has a digit: a page prints the figure itself there."""
    for name, unit in dict.fromkeys((row.terminal, row.unit) for row in form.rows):
        if unit is not None and re.search(r"\d", unit):
            yield _fault(
                form,
                f"{written(name)} 的单位“{unit}”里有数字；竖线后只写计量单位，如件",
                f"the unit “{unit}” of {written(name)} has a number: behind the bar stands only "
                "what the figures are counted in, such as 件",
                written(name),
            )


def units_missing(form: Form) -> Iterator[FileError]:
    """Yield the rows whose figures have no unit: without one they are not read."""
    for row in form.rows:
        if row.heads is None and row.unit is None and not is_caption(row.terminal):
            name = written(row.terminal)
            yield _fault(
                form,
                f'{row.path} 没有单位，其数字不会被读取；请写 {name}: "{row.label} | 件"，'
                f"只作标题的写 _{name}",
                f"{row.path} has no unit, so its figures are not read: write "
                f'{name}: "{row.label} | 件", or _{name} for a mere caption',
                name,
            )


def units_changed(form: Form) -> Iterator[FileError]:
    """Yield the figures that a variant has in another unit than its form."""
    for path, indicator in form.base.indicators.items() if form.base is not None else ():
        own = form.indicators.get(path)
        if own is not None and own.unit != indicator.unit:
            yield _fault(
                form,
                f"{path} 的单位是“{own.unit}”，在 {form.generation} 里是“{indicator.unit}”；"
                "请改单位，或给这一行另取名字",
                f"{path} has the unit “{own.unit}”, in {form.generation} “{indicator.unit}”: "
                "change the unit, or rename the row",
                written(own.row.terminal),
            )


def typed_fields_without_rows(form: Form) -> Iterator[FileError]:
    """Yield the fields of the typed sections that no row fills."""
    if idle := sorted(_own_fields(form) - form.indicators.keys()):
        paths = ", ".join(idle)
        yield _fault(
            form,
            f"报告类 {form.report.__name__} 的 {paths} 没有对应的行",
            f"no row of the form fills {paths} of the class {form.report.__name__}",
        )


def _own_fields(form: Form) -> frozenset[str]:
    """Return the fields of the typed sections of a form.

    A variant without a class of its own has none; it may lack rows of its form.
    """
    if form.base is not None and form.report is form.base.report:
        return frozenset()
    return form.report.typed_paths()


_HEADER = ("years", "basis", "form")
_CHECKS: tuple[Callable[[Form], Iterator[FileError]], ...] = (
    years_and_basis,
    rows_left_out,
    unused_names,
    paths_twice,
    labels_twice,
    dead_wordings,
    ends_of_labels,
    labels_too_short,
    units_that_are_labels,
    units_with_numbers,
    units_missing,
    units_changed,
    typed_fields_without_rows,
)


def _fault(form: Form, message: str, message_en: str, *names: str) -> FileError:
    """Return a fault with the line of the first of `names` that the grammar has."""
    file = form.grammar.path
    lines = (line_of(file, name, comments=name in _HEADER) for name in names)
    return FileError(message, message_en, file.name, next(filter(None, lines), 0))
