"""What a trace says about one figure."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from gischema.report import Diagnostic, Figure, NarrativeFigure, Origin, Reading, Unclaimed
from gischema.rules import CheckResult
from gischema.rules.model import Localized

MatchStep = Literal["official", "wording", "lines", "similar", "position", "sums", "assumed"]
"""The step that recognised a label or head.

- `official`: it is the label of the form
- `wording`: it is another wording of the grammar, or of a plugin
- `lines`: it stands over several lines, of which one is shown
- `similar`: it is only similar to a wording
- `position`: no label is printed, or none that is known; it is the only row that can stand here
- `sums`: its figures are the sums of a table
- `assumed`: no head is printed; the columns are those of the form
"""


@frozen
class LabelMatch:
    """A label or column head as printed, and what it was taken for.

    Attributes:
        printed: What is printed; empty if nothing is.
        origin: The place of a label, or of the first head of the table.
        step: How it was recognised.
        reading: How sure that is, as figures have it.
        terminal: The name of the label in the grammar.
        official: The label of the form.
        wording: The wording that it matched, or is most similar to.
        likeness: How similar it is, in percent.
        file: The grammar file that declares the label.
        line: The line of that file.
    """

    printed: str
    origin: Origin | None
    step: MatchStep
    reading: Reading
    terminal: str
    official: str
    wording: str
    likeness: int
    file: str = ""
    line: int = 0


@frozen
class PlacePrinted:
    """A printed row that has the figure.

    Attributes:
        used: True for the row that the figure of the report was taken from; a row that is printed
            again is not.
        figure: The figure as it was read there.
        table: The name of its table.
        row: Its label.
        head: Its column head; None in a table without heads.
        column: Its column as printed, from 1.
        columns: The number of columns.
        heads_in_doubt: The columns may stand elsewhere.
        displaced: The row does not fit into the form where it is printed.
        rivals: The paths of other rows that it may be by its label and place.
    """

    used: bool
    figure: Figure
    table: Localized
    row: LabelMatch
    head: LabelMatch | None
    column: int
    columns: int
    heads_in_doubt: bool
    displaced: bool
    rivals: tuple[str, ...]


@frozen
class WeighedForm:
    """A form and the weight of its printed labels on the page."""

    form: str
    weight: float


@frozen
class Trace:
    """Why a value stands where it stands.

    Attributes:
        path: The path.
        figure: The figure of the tables; `absent` if none has it, None if no form does.
        form: The form of the report with its variant.
        form_from: The grounds of the form: `tables`, `year`, `given`, or None.
        forms: The forms that were weighed, the heaviest first.
        printed: Where it is printed in tables.
        statements: Where the running text states it.
        diagnostics: The doubts about it.
        rules: The rules that use it: what they found, and what could not be checked.
        unclaimed: The numbers in tables that belong to no figure.
    """

    path: str
    figure: Figure | None
    form: str | None
    form_from: str | None
    forms: tuple[WeighedForm, ...]
    printed: tuple[PlacePrinted, ...]
    statements: tuple[NarrativeFigure, ...]
    diagnostics: tuple[Diagnostic, ...]
    rules: CheckResult | None
    unclaimed: tuple[Unclaimed, ...]
