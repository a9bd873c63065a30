"""What holds of any text: it is read without an error, in time that grows with its length."""

from hypothesis import example, given
from hypothesis import strategies as st

from gischema.narrative import national_grammar, read_narrative
from gischema.reading import Document
from gischema.text import normalise

_WORDS = sorted(national_grammar().lexicon.group_of)
_PIECES = st.sampled_from(
    [*"，。；、（）：|\n 0123456789一二两十万余%.-", "件", "条", "2018年", *_WORDS]
)
TEXTS = st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=40)


@given(TEXTS, st.sampled_from([None, 2012, 2016, 2022]))
@example("从未上年度未办结", None)  # ends in a wording that longer ones begin like
def test_never_raises(text: str, year: int | None) -> None:
    """Any text is read; every figure has an origin inside the text and a number."""
    reading = read_narrative(normalise(text), Document(text), None, year)
    for figure in (*reading.figures, *reading.candidates):
        assert figure.value is not None
        assert figure.value >= 0
        assert figure.origin is not None
        assert 0 <= figure.origin.start < figure.origin.end <= len(text)


@given(TEXTS)
def test_the_same_every_time(text: str) -> None:
    """Reading a text twice gives the same."""
    first, second = (read_narrative(normalise(text), Document(text), None, 2016) for _ in range(2))
    assert first == second
