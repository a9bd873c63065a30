"""How much work a file may ask for. Every number is many times what a report needs."""

MAX_BYTES = 32 * 1024 * 1024
"""The largest source in bytes. A long report has 200 KB."""

MAX_CHARACTERS = 2_000_000
"""Characters of the text of a report, whatever file holds it. A long one has 100,000."""

MAX_LINES = 30_000
"""Lines of the text that are not empty. A report with each cell on its own line has 2,000."""

MAX_CELLS = 200_000
"""Cells of all tables, empty ones included. A report has two thousand."""

MAX_NUMBERS = 100_000
"""Numbers in a text. A report has two thousand."""

MAX_TAGS = 200_000
"""Tags of a web page. A report saved by Word with every word in a `span` has a quarter of this."""

MAX_DEPTH = 512
"""The deepest nesting of elements. Parsing time grows with the product of both limits."""

MAX_ATTRIBUTES = 2_000
"""Attributes of a tag. Parsing time grows with their square."""

MAX_STYLE_TEXT = 1_000_000
"""Characters of the style sheets of a page and of its different `style` attributes."""

MAX_HEADERS = 20_000
"""Lines of the headers of a web archive. Each of its files has some five."""

MAX_STYLES = 20_000
"""Different `style` attributes of a web page."""

MAX_NESTED_STYLES = 50
"""The deepest nesting of brackets in a style sheet."""

MAX_SELECTOR_VISITS = 10_000_000
"""Selectors of a style sheet times elements of the page: some seconds of work."""

MAX_RULES = 20_000
"""Rules of the style sheets of a page that may hide or move text."""

MAX_SELECTOR = 1_000
"""Characters of a selector between two combinators."""

MAX_COUNTED_ELEMENTS = 5_000
"""Elements of a page in which `:nth-child` is matched: its time grows with their square."""

MAX_PDF_PAGES = 200
"""A report of 30 pages is long."""

MAX_PDF_OBJECTS = 100_000
"""Objects of a PDF file. A report whose tables are tagged has some thousands."""

MAX_PDF_UNPACKED = 64 * 2**20
"""Bytes of all streams of a PDF file; a Chinese font may have 20 MB."""

MAX_PDF_TEXT = 8 * 2**20
"""Bytes of a stream that is packed other than by Flate."""

MAX_PDF_SLOW = 2**20
"""Packed bytes of a stream that is unpacked byte by byte."""

MAX_PDF_COLUMNS = 2**16
"""Bytes in a row of a stream, by which some streams predict the next row."""

MAX_PDF_CONTENT = 3 * 2**20
"""Bytes of what the pages draw; a report of 30 pages has half a MB."""

MAX_PDF_TOKENS = 700_000
"""Words of drawing instructions, and as many in the objects of the file."""

MAX_PDF_STATES = 500
"""Graphic states saved within one another; the standard asks for 28."""

MAX_PDF_FIGURES = 5_000
"""Drawings, and drawings within drawings."""

MAX_PDF_CHARACTERS = 400_000
"""Bytes of the strings that the pages print."""

MAX_PDF_PAGE_CHARACTERS = 60_000
"""Bytes of the strings that one page prints."""

MAX_PDF_POINTS = 150_000
"""Points of the lines that the pages draw."""

MAX_PDF_CODES = 0x20000
"""Characters of a font."""

MAX_SCAN_PAGES = 60
"""Pages that are recognised; each takes some seconds."""

MAX_SCAN_PIXELS = 64_000_000
"""Pixels of an image. A4 at 600 dots an inch has 35 million."""

MAX_PICTURES = 0x80000
"""Bytes of the pictures of cells that a page shows of one scan; one has about 4,000."""

MAX_PICTURED_PAGES = 8
"""Pages of a scan that are kept to cut pictures from, some 9 MB each."""

MAX_SCAN_WIDTH = 1_500_000
"""Width of all lines that are recognised in a file, in pixels of lines that are 48 pixels high.
A page of a report has 40,000 to 80,000; a million takes some forty seconds."""

MAX_SCAN_SECONDS = 300
"""Seconds of processor time for the scanned pages of a file; each takes two or three."""
