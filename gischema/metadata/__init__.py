"""What a source says of the report itself: title, body, year, dates, numbers and address."""

from .body import is_same_body, with_body
from .model import Conflict, Metadata
from .read_metadata import read_metadata

__all__ = ["Conflict", "Metadata", "is_same_body", "read_metadata", "with_body"]
