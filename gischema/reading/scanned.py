"""What a recogniser says about one cell. Readers of images and of PDF files share it."""

from __future__ import annotations

from attrs import frozen


@frozen
class CellReading:
    """The reading of a cell of a scanned table.

    Attributes:
        box: The cell, in points on the page that was turned upright.
        choices: What it may say, the most likely first.
        weak: True if the first of them is not certain enough to be vouched for.
        alike: By character of a text, without blanks, the others that it may be if that makes a
            known word.
    """

    box: tuple[float, float, float, float]
    choices: tuple[str, ...]
    weak: bool
    alike: tuple[str, ...] = ()
