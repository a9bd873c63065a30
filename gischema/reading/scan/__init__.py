"""Images of pages: scans and photographs, whose text is recognised."""
