"""What the columns of a dataset mean, in Chinese and English."""

MEANINGS: dict[str, tuple[str, str]] = {
    "uri": ("来源的名称，在数据集中唯一", "name of the source, unique in the dataset"),
    "sha256": ("来源字节的 SHA-256", "SHA-256 of the bytes of the source"),
    "reports.size": ("来源的字节数", "bytes of the source"),
    "reports.kind": ("文件的种类", "kind of file"),
    "body": ("编制报告的机关", "the reporting body"),
    "body_key": ("机关的键：同一机关的各种写法相同", "key of the body, one for all its spellings"),
    "body_doubt": (
        "同一名称可能是几个机关（见 suggestions 的 no_place、namesake）",
        "whether the name may be that of several bodies (no_place or namesake in suggestions)",
    ),
    "region": ("机关名称所示的地区", "region that the name of the body states"),
    "level": (
        "机关名称所示的层级：province、city、county、township、department（部门）",
        "level that the name of the body shows: province, city, county, township, department",
    ),
    "year": ("报告年度", "year of the report"),
    "period": (
        "报告期的首日和末日；空：整年，或没有写明",
        "first and last day of the period; empty: the whole year, or not stated",
    ),
    "form": ("表式", "the form"),
    "variant": ("地方表式", "regional variant of the form"),
    "title": ("印出的标题", "title as printed"),
    "published": (
        "公布日期，没有时为成文或落款日期",
        "day of publication, else of making or signature",
    ),
    "stated": ("已填数字的单元格数", "cells with a number"),
    "blank": ("空白的单元格数", "empty cells"),
    "not_applicable": ("填“-”“—”“/”的单元格数", "cells that hold -, — or /"),
    "unreadable": ("印了而无法识别的单元格数", "cells that are printed and not understood"),
    "absent": ("没有印出的单元格数", "cells that are not printed"),
    "doubtful": ("存疑的单元格数", "cells in doubt"),
    "errors": ("错误数", "findings that are errors"),
    "warnings": ("警告数", "findings that are warnings"),
    "infos": ("提示数", "findings for information"),
    "doubtful_findings": (
        "涉及存疑数字的问题数",
        "findings about figures in doubt",
    ),
    "verdict": (
        "结论：clean 没有问题，findings 有问题，incomplete 没有读全",
        "clean: no findings, findings: some, incomplete: not read completely",
    ),
    "reports.status": (
        "ok、no_figures（没有数字）、unreadable（读不了）、duplicate（字节相同）、crashed、timed_out",
        "ok, no_figures, unreadable, duplicate (of equal bytes), crashed or timed_out",
    ),
    "reports.reason": ("status 不是 ok 的原因", "why the status is not ok"),
    "reports.message": (
        "原因的说明；重复的写明与哪个来源相同",
        "the reason in words, in Chinese; of a duplicate the source that it equals",
    ),
    "reports.message_en": (
        "原因的说明（英文）",
        "the reason in words, in English; of a duplicate the source that it equals",
    ),
    "version_rank": (
        "同一机关同一时期的版本：1 最新，进入面板",
        "version for a body and period: 1 is the newest, which the panel has",
    ),
    "versions": (
        "同一机关同一时期的报告数",
        "number of reports of this body and period",
    ),
    "milliseconds": (
        "读取和检查所用的毫秒；只在要求 timings 时填写，否则为空",
        "milliseconds for reading and checking it; empty unless timings were asked for",
    ),
    "path": ("指标的路径", "path of the indicator"),
    "short": ("指标的短名", "short name of the indicator"),
    "concept": ("所属的概念", "concept that the indicator belongs to"),
    "figures.value": (
        "数值；已换算成表式的单位，空的见 missing",
        "the number, in the unit of the form; where empty see missing",
    ),
    "unit": ("单位", "unit"),
    "figures.status": (
        "stated 已填、blank 空白、not_applicable 不适用、absent 未印、unreadable 无法识别",
        "state of the cell: stated, blank, not_applicable, absent or unreadable",
    ),
    "missing": ("缺失值代码", "code of the missing value"),
    "raw": ("原文", "text of the cell in the source"),
    "source": (
        "table 表格、narrative 正文、candidate 可能不是本年数字的正文",
        "table, narrative (running text), candidate (text that may be no figure of the year)",
    ),
    "marks": (
        "正文数字的特殊情形，例如累计",
        "special properties of a statement of the text, such as cumulative",
    ),
    "reading": (
        "exact 相符、alias 别名、close 近似、solved 拆开粘连的数、recognised 扫描、confirmed 核实",
        "exact label, alias, close label, solved (merged digits), recognised (scan), confirmed",
    ),
    "doubts": ("存疑的代码；空：确定", "codes of the doubts; empty: certain"),
    "place": (
        "在来源中的位置：页和框、元素，或行:列",
        "place in the source: page and box, element, or line:column",
    ),
    "rule": ("规则的代码", "code of the rule"),
    "severity": ("级别：error 错误、warning 警告、info 提示", "error, warning or info"),
    "findings.doubtful": (
        "涉及存疑的数字：先核对读法",
        "about a figure in doubt: check the reading first",
    ),
    "series_findings.doubtful": (
        "涉及存疑的数字，或可能是几个机关的名称：先核对",
        "about a figure in doubt, or a name that may be that of several bodies: check it first",
    ),
    "paths": ("涉及的指标", "indicators that it is about"),
    "values": ("涉及的数值，顺序同 paths", "their values, in the order of paths"),
    "culprit": ("最可能填错的一格", "the cell that is most likely wrong"),
    "suggested": ("这一格应填的数", "the number that would be right there"),
    "message": ("问题的说明（中文）", "the finding in words, in Chinese"),
    "message_en": ("问题的说明（英文）", "the finding in words, in English"),
    "findings.size": ("两边之差", "difference of the two sides"),
    "measure": ("派生指标的名称", "name of the measure"),
    "measures.value": ("数值：numerator 除以 base", "numerator divided by base"),
    "numerator": ("分子", "the numerator"),
    "base": ("分母", "the base"),
    "measures.reason": (
        "为何没有：absent 未印、blank 空白、unreadable 无法识别、zero_base 分母为零、form 表式没有",
        "why there is no value: absent, blank, unreadable, zero_base or form (not on it)",
    ),
    "from_uri": ("原文所在的来源", "source that has the original text"),
    "from_body": ("原文的机关", "body of the original text"),
    "from_body_key": ("原文机关的键", "key of that body"),
    "from_year": ("原文的年度", "year of the original text"),
    "copies.kind": (
        "copy 两个机关、repeat 沿用往年、version 同一时期的版本、unknown_body 机关不明",
        "copy (two bodies), repeat (one body, two years), version (one period) or unknown_body",
    ),
    "direction": (
        "怎样得知谁抄谁：words 自称别的机关、day 日期在后、unknown 不知道",
        "how it is known which is the copy: words (names another body), day (later) or unknown",
    ),
    "chapters": ("几乎相同的章节", "chapters that are nearly equal"),
    "strange": (
        "自称别的机关的词",
        "words by which the text speaks of itself as another body",
    ),
    "copies.likeness": ("章节的相似度，0 到 1", "likeness of the chapters, 0 to 1"),
    "share": ("这些章节占正文的比例", "their part of the text"),
    "years": ("该机关有报告的年度", "years with reports of the body"),
    "reports": ("该机关的报告数", "reports of the body"),
    "other_key": ("另一名称的键", "key of the other name"),
    "other": ("另一名称", "the other name"),
    "other_years": ("另一名称有报告的年度", "years with reports of the other"),
    "other_reports": ("另一名称的报告数", "reports of the other"),
    "suggestions.reason": (
        (
            "shortened 缺开头、abbreviation 简称、similar 相似、renamed 更名、same_text 正文相同；"
            "可能是几个机关：namesake 同期报告正文不同、no_place 名称没有地名"
        ),
        (
            "shortened, abbreviation, similar, renamed or same_text; perhaps several bodies: "
            "namesake (reports of one period whose texts differ), no_place (no place in the name)"
        ),
    ),
    "suggestions.likeness": ("名称的相似度，0 到 100", "likeness of the names, 0 to 100"),
    "suggestions.uri": ("同名的一份报告", "one of the reports of a namesake"),
    "other_uri": ("另一份", "the other one"),
    "previous_uri": ("上一年的来源", "source of the year before"),
    "series_findings.size": (
        "相差多少：两边之差，或与同类中位数之差",
        "how far it is off: the difference, or the distance from the median",
    ),
    "peers": ("同类机关的个数", "number of like bodies"),
    "median": ("同类机关的中位数", "median of the like bodies"),
    "…": ("概念的数值，… 是概念的名称", "value of a concept; … is its name"),
    "…_source": ("来自 table 表格或 text 正文", "taken from table or text"),
    "…_doubt": ("数值是否存疑", "whether the value is in doubt"),
    "…_missing": ("缺失值代码", "code of the missing value"),
    "…_comparability": (
        "与最新表式的数值能比到什么程度：same 相同、close 相近、broken 不可比",
        "how far the value can be compared with the newest form's: same, close or broken",
    ),
    "rate_…": ("派生指标的数值，… 是它的名称", "value of a measure; … is its name"),
}
"""The meaning by column, or by `table.column` where tables differ; … stands for a name."""
