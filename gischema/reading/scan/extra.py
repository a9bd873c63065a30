"""The extra that recognises scans, and how to install it."""

from __future__ import annotations

from importlib.util import find_spec

OCR = "pip install 'gischema[ocr]'"
_PACKAGES = ("cv2", "numpy", "onnxruntime", "PIL", "pypdfium2", "rapidocr")


def is_installed() -> bool:
    """Return True if everything is there that recognition needs."""
    return all(find_spec(package) is not None for package in _PACKAGES)
