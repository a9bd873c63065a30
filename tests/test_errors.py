"""Errors as users catch them: one base class, two languages, a reason, and pickles."""

import importlib
import io
import pickle
import pkgutil
import zipfile
from pathlib import Path

import pytest

import gischema
from gischema.reading.limits import MAX_BYTES
from gischema.rules import RuleBook

CUT = b"PK\x03\x04" + b"\x00" * 100


def _archive(part: str, *, encrypted: bool) -> bytes:
    """Return a zip file of one part; the flag alone says that it is encrypted."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(part, "甲")
    data = bytearray(buffer.getvalue())
    data[6] = data[data.index(b"PK\x01\x02") + 8] = encrypted
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("今天没有会议。".encode(), "not_a_report"),
        (b"<html><frameset><frame src='a.html'></frameset></html>", "not_a_report"),
        (b"", "damaged"),
        (CUT, "damaged"),
        (b"%PDF-1.4 nothing", "damaged"),
        (_archive("word/document.xml", encrypted=True), "protected"),
        (b"GIF89a", "scan"),
        (b"Rar!\x1a\x07\x00", "unsupported"),
        (b" " * (MAX_BYTES + 1), "too_large"),
        (b"<p>" * 400_000, "too_large"),
    ],
)
def test_the_reason_says_what_kind_of_error_it_is(data: bytes, reason: str) -> None:
    """A program decides by `reason` what to do with a file, not by words of a message."""
    with pytest.raises(gischema.UnreadableSource) as caught:
        gischema.parse(data)
    assert caught.value.reason == reason
    assert pickle.loads(pickle.dumps(caught.value)).reason == reason


def test_a_missing_extra_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that only an extra reads says so."""
    monkeypatch.setitem(__import__("sys").modules, "gischema.reading.pdf.read_pdf", None)
    with pytest.raises(gischema.UnreadableSource) as caught:
        gischema.parse(b"%PDF-1.4")
    assert caught.value.reason == "missing_extra"


def test_every_exception_of_the_package_has_one_base() -> None:
    """`except GischemaError` catches what the package raises on purpose."""
    found = set()
    for module in pkgutil.walk_packages(gischema.__path__, "gischema.", onerror=lambda _: None):
        if ".testing" in module.name or module.name.endswith("__main__"):
            continue
        try:
            names = vars(importlib.import_module(module.name))
        except ImportError:  # an extra that is not installed
            continue
        for value in names.values():
            ours = isinstance(value, type) and value.__module__.startswith("gischema")
            if ours and issubclass(value, Exception):
                found.add(value)
    internal = {
        "BrokenWordFile",
        "Busy",
        "Inexpressible",
        "PdfTooComplex",
        "RequestRefused",
        "TimeIsUp",
        "TooManyVisits",
        "TooMuchText",
        "WritingFailed",  # an OSError, as `convert` says
        "WrongUsage",
        "_Begun",
        "_BudgetExceeded",
        "_XmlRefused",
    }
    other = {one.__name__ for one in found if not issubclass(one, gischema.GischemaError)}
    assert other <= internal


def _errors(folder: Path):
    (folder / "bad.toml").write_text("select = 1", "utf-8")
    yield lambda: gischema.load_settings(str(folder / "bad.toml"))
    yield lambda: RuleBook.parse("rule")
    yield lambda: gischema.parse_text("政府信息公开 政府信息公开", form="art20-2020")
    yield lambda: gischema.explain("B999")
    yield lambda: gischema.loads("{}")
    yield lambda: gischema.loads("{")
    yield lambda: gischema.Report(form="art20-2021").figure("requests")


def test_errors_speak_both_languages_and_pickle(tmp_path: Path) -> None:
    """`str()` has the Chinese message and the English one; a worker process can send it back."""
    for call in _errors(tmp_path):
        with pytest.raises(gischema.GischemaError) as caught:
            call()
        error = caught.value
        assert error.message in str(error)
        assert error.message_en in str(error)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_settings_take_paths_as_strings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A string works wherever a Path does, also a relative one."""
    (tmp_path / "gischema.toml").write_text('ignore = ["B1"]', "utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    found = gischema.find_settings(".")
    assert found == tmp_path / "gischema.toml"
    assert gischema.load_settings(str(found)).ignore == ("B1",)
    (tmp_path / "waivers.toml").write_text("", "utf-8")
    assert gischema.load_waivers("../waivers.toml") == ()
