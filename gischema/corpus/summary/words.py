"""The words of the pages, in Chinese and English."""

from __future__ import annotations

from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["zh", "en"]

_WORDS = {
    "title": ("政府信息公开年度报告数据集", "A dataset of disclosure reports"),
    "other": ("English", "中文"),
    "sources": ("来源", "sources"),
    "read": ("已读取", "read"),
    "duplicates": ("重复", "duplicates"),
    "bodies": ("机关", "bodies"),
    "years": ("年度", "years"),
    "figures": ("读出的数字", "figures read"),
    "doubtful": ("其中存疑", "of these in doubt"),
    "in_doubt": ("存疑", "in doubt"),
    "certain": ("确定", "certain"),
    "file": ("来源", "source"),
    "not_read": ("没有读出", "not read"),
    "incomplete": ("没有读全的报告", "reports read in part"),
    "unplaced": ("不在面板中", "not in the panel"),
    "unplaced_note": (
        "“不在面板中”的报告机关或年度不明；可用 --decisions 按来源写明机关。",
        (
            "Reports that are not in the panel name no body or no year; --decisions can name the "
            "body of a source."
        ),
    ),
    "nowhere": ("地区不明", "no region stated"),
    "coverage": ("覆盖范围", "Coverage"),
    "coverage_note": (
        "各地区、各年度有报告的机关数；没有写明机关的报告各算一个",
        "bodies with a report, by region and year; a report that names none counts as one",
    ),
    "quality": ("读取质量", "Reading quality"),
    "quality_note": ("按文件类型统计的读取结果", "what became of the sources, by kind of file"),
    "doubt_note": (
        "各年度的表格数字；“没有读出”的是印有数字而无法识别、或可能印有的单元格",
        "table figures by year; not read: cells that are not understood, or that may be printed",
    ),
    "doubts_note": ("有该存疑的报告数", "reports with the doubt"),
    "unread_note": ("没有数字的来源及原因", "Sources without figures, and why"),
    "rules": ("规则发现", "Findings by rule"),
    "rules_note": ("有该发现的报告数", "reports with the finding"),
    "largest": ("最大的不一致", "The largest inconsistencies"),
    "largest_note": (
        "按相差的大小排列，所依据的数字读取没有存疑",
        "by size; none rests on a figure whose reading is in doubt",
    ),
    "trends": ("历年变化", "Trends"),
    "trends_note": (
        (
            "各机关的中位数，色带为中间一半机关，底部小字为机关数（按来源着色）。各年的机关不尽相同：起伏可能只是机关多了或少了。"
            "竖线处定义改变：虚线两边相近，红线两边不可比。2014年以前没有全国统一的表式。存疑的数字不计。"
        ),
        (
            "Median of the bodies, with their middle half and, below, their number, in the colour "
            "of the source. The bodies differ from year to year: a step may be one body more or "
            "less. At a vertical line the definition changed. Dashed: both sides are close; red: "
            "they must not be compared. Before 2014 there was no national form. Figures in doubt "
            "are left out."
        ),
    ),
    "copies": ("相互抄录的文本", "Copied texts"),
    "copies_note": ("由来源指向抄录者", "from the source to the copy"),
    "repeats_note": (
        "另有 {} 份报告沿用本机关往年的文本（表 copies）。",
        "{} more reports repeat a text of their own of an earlier year (table copies).",
    ),
    "names": ("机关名称待定", "Names to decide on"),
    "names_note": (
        "可能是同一机关的名称，以及可能是几个机关的同一名称。由人用 --decisions 决定。",
        "Names that may be one body, and one name that may be several. --decisions decides.",
    ),
    "none": ("没有发现。", "None found."),
    "region": ("地区", "region"),
    "year": ("年度", "year"),
    "body": ("机关", "body"),
    "rule": ("规则", "rule"),
    "severity": ("程度", "severity"),
    "message": ("说明", "message"),
    "size": ("相差", "off by"),
    "place": ("位置", "place"),
    "kind": ("文件类型", "kind of file"),
    "status": ("结果", "result"),
    "reports": ("报告", "reports"),
    "share": ("占全文", "of the text"),
    "from": ("来源", "from"),
    "chapters": ("章节", "chapters"),
    "direction": ("依据", "known by"),
    "reason": ("理由", "reason"),
    "likeness": ("相似度", "likeness"),
    "source": ("取自", "taken from"),
    "table": ("表格", "table"),
    "text": ("正文", "text"),
    "words": ("文中自称", "its own words"),
    "day": ("公布日期", "day of publication"),
    "unknown": ("不明", "unknown"),
    "line": ("第{}行", "line {}"),
    "page": ("第{}页", "page {}"),
    "role": ("角色", "role"),
    "source_of": ("被抄录", "source"),
    "copy_of": ("抄录", "copy"),
    "both": ("两者", "both"),
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "hint"),
    "ok": ("已读取", "ok"),
    "no_figures": ("没有数字", "no figures"),
    "unreadable": ("读不出", "unreadable"),
    "duplicate": ("重复", "duplicate"),
    "crashed": ("程序出错", "crashed"),
    "timed_out": ("超时", "timed out"),
    "abbreviation": ("简称", "abbreviation"),
    "similar": ("相似", "similar"),
    "shortened": ("省略开头", "shortened"),
    "renamed": ("可能更名", "renamed"),
    "same_text": ("文本相同", "same text"),
    "namesake": ("同期报告文本不同", "two reports of one period, unlike texts"),
    "no_place": ("名称没有地名", "no place in the name"),
    "made": (
        "由 gischema summary 生成。本页不联网，可直接转发或打印。",
        "Made by gischema summary. The page loads nothing; it can be sent and printed as it is.",
    ),
}

CORPUS_RULES = {
    "PEER-1": ("与同类机关相差悬殊", "far from the figures of like bodies"),
    "PEER-2": ("变化与同类机关相差悬殊", "a change that no like body makes"),
    "ROLL-2": ("少于所属机关合计", "less than the bodies below it together"),
}
"""The titles of the tests among bodies, which are no rules about one report."""


def word(lang: Lang, key: str) -> str:
    """Return the word for a key; the key itself if there is none."""
    zh, en = _WORDS.get(key, (key, key))
    return zh if lang == "zh" else en
