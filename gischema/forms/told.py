"""Indicators that no table has: only running text states them."""

TOLD_LABELS = {
    "proactive.disclosed": "主动公开政府信息数",
    "proactive.channels.website": "政府网站公开政府信息数",
    "proactive.channels.wechat": "政务微信公开政府信息数",
    "proactive.channels.weibo": "政务微博公开政府信息数",
    "proactive.channels.gazette": "政府公报公开政府信息数",
    "proactive.channels.other": "其他方式公开政府信息数",
    "processing_fee": "政府信息公开信息处理费",
    "requests.disposed.refused.total": "不予公开",
    "requests.disposed.unavailable.total": "无法提供",
    "requests.disposed.not_processed.total": "不予处理",
    "requests.disposed.other.total": "其他处理",
    "review.litigation.total": "行政诉讼",
}
"""Their labels by path; none of these labels is looked for anywhere."""
