"""The recogniser: the model for Chinese text that rapidocr ships inside its wheel.

Only its file is used. Nothing is downloaded, and one thread makes the result the same each time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
from attrs import define, field, frozen

from gischema.reading.limits import MAX_SCAN_SECONDS, MAX_SCAN_WIDTH
from gischema.reading.scan.digits import Choice, NumberAlphabet, Probabilities
from gischema.reading.scan.raster import Image

_HEIGHT = 48  # pixels of the lines that the model was trained on
_STEP = 8  # pixels a step of the model
_NARROWEST, _WIDEST = 48, 2400
_BUCKET = 32  # lines whose widths differ by less go into one batch
_BATCH_PIXELS = 4096  # of width; bounds memory: the model has 18,710 characters a step
_MODELS = "models"
_POSSIBLE = 0.001  # probability of a character that may be meant, if it makes a known word


@frozen
class RecognisedText:
    """A text, the probability of each of its characters, and the other characters it may be."""

    text: str
    scores: tuple[float, ...]
    alike: tuple[str, ...]

    @property
    def least(self) -> float:
        """Return the probability of the least likely character."""
        return min(self.scores, default=1.0)

    @property
    def mean(self) -> float:
        """Return how sure the text is; one without characters is not."""
        return sum(self.scores) / len(self.scores) if self.scores else 0.0

    def part(self, start: int, end: int) -> RecognisedText:
        """Return a part of the text."""
        return RecognisedText(self.text[start:end], self.scores[start:end], self.alike[start:end])


@frozen(eq=False)
class Recognised:
    """What the recogniser saw in a line: the probability of each character at each step."""

    steps: Probabilities
    recogniser: Recogniser

    def text(self) -> RecognisedText:
        """Return the most likely text, how likely each character is, and what else it may be."""
        characters = self.recogniser.characters
        text, scores, alike, before = [], [], [], 0
        for step, char in enumerate(self.steps.argmax(axis=1).tolist()):
            if char not in (0, before):
                likely = self.steps[step]
                text.append(characters[char])
                scores.append(float(likely[char]))
                others = np.flatnonzero(likely >= _POSSIBLE)
                alike.append("".join(characters[one] for one in others.tolist() if one != char))
            before = char
        return RecognisedText("".join(text), tuple(scores), tuple(alike))

    def numbers(self) -> list[Choice]:
        """Return the most likely numbers."""
        return self.recogniser.alphabet.choices(self.steps)


class TooMuchText(Exception):
    """The pages hold more text than any report."""


class TimeIsUp(Exception):
    """The pages of the file took all the time that a file may take."""


@define(eq=False)
class Recogniser:
    """A loaded model, and what it may still read in one file.

    Attributes:
        session: The model.
        characters: The characters that it knows; the first is its blank.
        alphabet: Those of numbers.
        left: The width of lines that it may still read.
        ends: The seconds of processor time of this process at which it stops.
    """

    session: Any
    characters: tuple[str, ...]
    alphabet: NumberAlphabet
    left: int = MAX_SCAN_WIDTH
    ends: float = field(factory=lambda: time.process_time() + MAX_SCAN_SECONDS)

    def check_time(self) -> None:
        """Go on only if there is time left.

        Raises:
            TimeIsUp: If there is none.
        """
        if time.process_time() > self.ends:
            raise TimeIsUp

    def read(self, lines: Sequence[Image]) -> list[Recognised]:
        """Recognise grey images of single lines, in their order.

        Raises:
            TooMuchText: If this is more than one file may hold.
            TimeIsUp: If it takes longer than a file may take.
        """
        ready = [scaled(line) for line in lines]
        self.left -= sum(line.shape[1] for line in ready)
        if self.left < 0:
            raise TooMuchText
        found: dict[int, Recognised] = {}
        for batch in _batches([line.shape[1] for line in ready]):
            self.check_time()
            width = max(ready[number].shape[1] for number in batch)
            block = np.full((len(batch), 1, _HEIGHT, width), 255, np.uint8)
            for place, number in enumerate(batch):
                block[place, 0, :, : ready[number].shape[1]] = ready[number]
            inputs = np.repeat(block.astype(np.float32) / 127.5 - 1, 3, axis=1)
            outputs = self.session.run(None, {self.session.get_inputs()[0].name: inputs})[0]
            for place, number in enumerate(batch):
                found[number] = Recognised(outputs[place], self)
        return [found[number] for number in range(len(lines))]


def recogniser(threads: int = 1) -> Recogniser:
    """Return a recogniser for one file; the model is loaded once a process."""
    session, characters = _model(threads)
    return Recogniser(session, characters, NumberAlphabet.of(characters))


@cache
def _model(threads: int) -> tuple[Any, tuple[str, ...]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    options.log_severity_level = 3
    models = (one for one in files("rapidocr").joinpath(_MODELS).iterdir())
    model = min((one for one in models if "_rec_" in one.name), key=lambda one: one.name)
    session = onnxruntime.InferenceSession(
        model.read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    known = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ("", *known, " ")


def scaled(line: Image) -> Image:
    """Return the image of a line as high as the model takes it."""
    height, width = line.shape
    wide = min(_WIDEST, max(_NARROWEST, round(width * _HEIGHT / height)))
    how = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(line, (wide, _HEIGHT), interpolation=how), np.uint8)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of lines in batches of about the same width."""
    batch: list[int] = []
    for number in sorted(range(len(widths)), key=lambda n: (widths[n], n)):
        over = (len(batch) + 1) * widths[number] > _BATCH_PIXELS
        if batch and (over or widths[number] - widths[batch[0]] > _BUCKET):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
