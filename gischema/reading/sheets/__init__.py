"""Spreadsheets: Excel, OpenDocument and delimited text, each read as a `Workbook`."""
