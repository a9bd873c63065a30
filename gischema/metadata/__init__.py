"""What a source says of the report itself: title, body, year, dates, numbers and address."""

from .model import Conflict, Metadata
from .read_metadata import read_metadata

__all__ = ["Conflict", "Metadata", "read_metadata"]
