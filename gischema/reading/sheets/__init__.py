"""Sheets of cells: Excel, OpenDocument and delimited text, each read as a `Book`."""
