"""The sums that hold between the rows of samples, as rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from gischema.forms.form import TOTAL
from gischema.scaffold.sample_form import SampleForm
from gischema.scaffold.sample_tree import RowNode

_LEAST = 2  # parts of a sum


@frozen
class FoundSum:
    """A row that is the sum of others wherever samples print all of them.

    Attributes:
        total: The path of the sum.
        group: The path of the group whose rows it adds up.
        node: The row of the sum.
        parts: The paths of the rows that are added up.
        proven: Some sample has a sum above zero.
    """

    total: str
    group: str
    node: RowNode
    parts: tuple[str, ...]
    proven: bool


def found_sums(form: SampleForm, paths: Mapping[RowNode, str]) -> Iterator[FoundSum]:
    """Yield the sums that hold in all samples, in the order of the form.

    Args:
        form: The form as the samples show it.
        paths: The path of each row with figures.
    """
    for node in form.nodes():
        parts = [part for part in node.parts if part.step != TOTAL]
        totals = [part for part in node.parts if part.step == TOTAL]
        if node in paths:
            totals.append(node)
        known = [part for part in parts if part in paths]
        if len(known) < _LEAST or len(known) < len(parts):
            continue
        if any(part.unit != parts[0].unit for part in parts):
            continue
        group = paths[parts[0]].rpartition(".")[0]
        for row in totals:
            instances = [*_instances(row, parts)]
            if instances and all(left == right for left, right in instances):
                steps = tuple(paths[part] for part in parts)
                proven = any(left for left, _ in instances)
                yield FoundSum(paths[row], group, row, steps, proven=proven)


def _instances(row: RowNode, parts: Sequence[RowNode]) -> Iterator[tuple[object, object]]:
    """Yield the sum and the sum of its parts for each sample and column that prints them."""
    for sample, totals in enumerate(row.values):
        for column, total in enumerate(totals):
            added = [part.values[sample][column] for part in parts]
            known = [one for one in added if one is not None]
            if total is not None and len(known) == len(added):
                yield total, sum(known)


def rules_text(form_id: str, basis: str, form: SampleForm, paths: Mapping[RowNode, str]) -> str:
    """Return the rule file of a form, empty if no sum holds."""
    sums = [*found_sums(form, paths)]
    if not sums:
        return ""
    code = "".join(filter(str.isalnum, form_id.rpartition("+")[2])).upper()
    head = (
        f"# The sums that hold in all samples of {form_id}. Those that samples show only with\n"
        "# zeros are warnings. Strike out what holds by chance.\n\n"
        f'forms  {form_id}\nsource "{basis}" practice\nsince  0.1\n'
    )
    steps = [column.step for column in form.columns] or [""]
    rules = (_rule(f"{code}-{number}", one, steps) for number, one in enumerate(sums, 1))
    return head + "".join(rules)


def _rule(code: str, found: FoundSum, columns: Sequence[str]) -> str:
    name = found.node.label.replace('"', "")
    english = found.node.step.replace("_", " ")
    kept = "" if found.proven else "（样本中都是零）"
    kept_en = "" if found.proven else " (all of them zero)"
    lines = [
        f"\nrule {code} identity {'error' if found.proven else 'warning'}",
        f'  title   "“{name}”等于各项之和"',
        f'        / "{english} is the sum of its parts"',
        f'  why     "样本中都成立{kept}。"',
        f'        / "It holds in all samples{kept_en}."',
    ]
    if len(columns) > 1:
        lines.append(f"  for each column of {found.total}")
    lines += [
        f"  check   {found.total} = sum({found.group}.*)",
        f'  message "“{name}”为{{left}}，各项之和为{{right}}（{{right=}}），相差{{difference}}"',
        '        / "{left=}, but its parts make {right} ({right=}): off by {difference}"',
        f"  passes  {_example(found, columns, 0)}",
        f"  fails   {_example(found, columns, 1)}",
    ]
    return "\n".join(lines) + "\n"


def _example(found: FoundSum, columns: Sequence[str], total: int) -> str:
    rows = [(part, 0) for part in found.parts] + [(found.total, total)]
    cells = ((f"{row}.{step}" if step else row, value) for row, value in rows for step in columns)
    return ",\n          ".join(f"{path} = {value}" for path, value in cells)
