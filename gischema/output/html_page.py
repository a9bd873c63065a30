"""The frame of the web pages of this package: they need nothing from elsewhere."""

from __future__ import annotations

from html import escape

from gischema.output.language import Lang

_STYLE = """\
body{font-family:"Noto Serif CJK SC","Source Han Serif SC",SimSun,serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0;width:100%}
th,td{border:1px solid #444;padding:.25rem .5rem;font-weight:normal;text-align:left}
thead th,td.figure{text-align:center}
td.figure{color:#777;font-size:.85em;min-width:3rem}
code{font-size:.8em;color:#555}
tr.added td{background:#e8f5e9}
tr.dropped td{background:#fdecea}
@media print{body{max-width:none;margin:0}}
"""


def html_page(title: str, body: str, lang: Lang) -> str:
    """Return a whole page with a title, a body and the style of tables."""
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n'
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
