"""What a source says of the report itself: title, body, year, dates, numbers and address."""

from .body import with_body
from .model import Conflict, Metadata
from .read_metadata import read_metadata

__all__ = ["Conflict", "Metadata", "read_metadata", "with_body"]
