"""Whatever holds the text, the same report comes out."""

import io
import pickle
from pathlib import Path

import pytest

import gischema

EXAMPLE = Path(__file__).parents[2] / "examples" / "reports" / "art20_2021_county.txt"
TEXT = EXAMPLE.read_text("utf-8")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
def test_encodings(encoding: str) -> None:
    """UTF-8, UTF-16, UTF-32 (with and without a mark) and GB18030 give the same figures."""
    expected = gischema.parse_text(TEXT)
    report = gischema.parse(TEXT.encode(encoding))
    assert [(f.path, f.value) for f in report.figures] == [
        (f.path, f.value) for f in expected.figures
    ]


def test_sources(tmp_path: Path) -> None:
    """A path, its string, bytes, binary and text files and a text are all read."""
    expected = [f.value for f in gischema.parse(EXAMPLE).figures]
    assert len(expected) == 200
    sources = (
        str(EXAMPLE),
        EXAMPLE.read_bytes(),
        io.BytesIO(EXAMPLE.read_bytes()),
        io.StringIO(TEXT),
        gischema.read(EXAMPLE),
    )
    for source in sources:
        assert [f.value for f in gischema.parse(source).figures] == expected
    with pytest.raises(TypeError, match="NoneType"):
        gischema.parse(None)  # type: ignore[call-overload]


def test_a_few_broken_bytes_do_not_hide_the_rest() -> None:
    """A page cut in the middle of a character is read up to there."""
    report = gischema.parse(TEXT.encode("utf-8")[:-1] + b"\xff")
    assert report.figure("requests.received.total").status == "stated"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_many_lost_digits_do_not_make_a_report_no_text(encoding: str) -> None:
    """A control character in the place of every fifth figure's last digit: all of these are doubted."""
    stated = [f for f in gischema.parse_text(TEXT).figures if f.status == "stated"]
    lost = stated[::5]
    text = TEXT
    for end in sorted((f.origin.end for f in lost if f.origin is not None), reverse=True):
        text = f"{text[: end - 1]}\x08{text[end:]}"
    read = gischema.parse(text.encode(encoding))
    assert len(lost) > 30
    for figure in lost:
        found = read.figure(figure.path)
        assert found.status == "unreadable" or figure.path in read.doubts, figure.path


NO_REPORTS = {
    "empty": (b"", "空"),
    "blank": (b" \n\t ", "空"),
    "binary": (bytes(range(256)) * 40, "不是文本"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "word": (b"PK\x03\x04....", "不完整"),
    "poem": ("空山新雨后，天气晚来秋。\n".encode(), "不像"),
    "noise": (b"xyzzy 123 | 45\n" * 20_000, "不像"),
    "brackets": (b"(" * 100_000, "不像"),
    "nest": ("规章(".encode() * 20_000, "不像"),
    "huge": (b"1 2 3\n" * 9_000_000, "上限"),
}


@pytest.mark.parametrize(("data", "reason"), NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_is_refused_in_one_line(data: bytes, reason: str) -> None:
    """Input that is no report raises one error that says why, in Chinese and English."""
    with pytest.raises(gischema.UnreadableSource, match=reason) as caught:
        gischema.parse(data)
    assert "\n" not in caught.value.message
    assert caught.value.message_en.isascii()
    again = pickle.loads(pickle.dumps(caught.value))  # as it comes out of another process
    assert (str(again), again.message_en) == (str(caught.value), caught.value.message_en)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no file without an end here")
def test_a_file_that_does_not_tell_its_size_is_read_up_to_the_limit() -> None:
    """A device or a pipe says that it holds nothing, and may never end."""
    with pytest.raises(gischema.UnreadableSource, match="上限"):
        gischema.parse("/dev/zero")


def test_the_error_names_the_file(tmp_path: Path) -> None:
    """Who has many files learns which one it was."""
    file = tmp_path / "诗.txt"
    file.write_text("床前看月光", encoding="utf-8")
    with pytest.raises(gischema.UnreadableSource, match=r"诗\.txt"):
        gischema.parse(file)
