"""What the reports are about, in the wordings of titles, first paragraphs and running text."""

from __future__ import annotations

TOPIC = r"(?:(?:政府)?信息(?:与?政务)?公开|政务(?:信息)?公开)"
"""政府信息公开, 信息公开, 政务公开, 政务信息公开, 政府信息与政务公开."""
