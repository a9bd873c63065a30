"""Running text for sample pages: invented bodies, chapters and site furniture.

The labels of forms come from their grammars, not from here.
"""

from __future__ import annotations

BODIES = ("青禾市云岭县人民政府", "白石区水务局", "安澜市江湾街道办事处")

INTRODUCTION = (
    "本报告根据《中华人民共和国政府信息公开条例》编制。本报告所列数据的统计期限自{year}年1月1日起至"
    "{year}年12月31日止。如有疑问，请联系{body}办公室（电话：0000-5550100）。"
)

CHAPTERS_BEFORE = (
    ("一、总体情况", (
        "{year}年，{body}围绕茶园灌溉、渡口修缮和旧街改造推进政府信息公开，答复时限比上年缩短3天。",
        "（一）主动公开。围绕供水管网改造发布工程进度18期，图解4篇。",
        "（二）平台建设。网站检索入口移到首页上方，全年检修2次。",
    )),
)  # fmt: skip

CHAPTERS_AFTER = (
    ("五、存在的主要问题及改进情况", (
        "一是村道养护信息只有总额，没有分路段的明细；二是答复书写法不统一。",
        "下一步，将编写答复书示例12份，由2名工作人员共同审读。",
    )),
    ("六、其他需要报告的事项", ("没有其他需要报告的事项。",)),
)  # fmt: skip

ANNEX_CHAPTERS = (
    ("一、概述", ("{year}年，{body}让文件好找、让解读好懂，重新整理文件库，培训村级信息员35名。",)),
    ("二、工作情况", ("文件按年份和主题归档，渡口时刻表每季度更新1次。",)),
    ("三、办理情况", ("答复逐件留档，说理不足的退回重写。",)),
    ("四、监督情况", ("每季度抽查各单位栏目，抽查结果全县通报。",)),
    ("五、存在的不足及改进措施", ("报送时间不一，今后统一到每月5日。",)),
    ("六、其他事项", ("没有其他事项。",)),
)

STATEMENTS = {
    "requests.received.total": "{year}年新收政府信息公开申请{figure}件。",
    "requests.carried_in.total": "政府信息公开申请上年结转{figure}件。",
    "requests.disposed.total.total": "政府信息公开申请办结{figure}件。",
    "requests.carried_out.total": "政府信息公开申请结转至下年度{figure}件。",
    "requests.received": "{year}年收到政府信息公开申请{figure}件。",
    "fees": "{year}年依申请公开信息收取的费用为{figure}万元。",
}
"""Sentences that state a figure, by its path."""

CAPTIONS_OF_OTHERS = (
    "填报单位：青禾市云岭县审计局",
    "（{year}年上半年）",
    "统计期间：{year}年1月1日至{year}年6月30日",
    "（{before}年度）",
    "下表为{before}年数据：",
    "附表（上年）",
    "近三年累计",
    "数据截至{before}年底",
    "更正前",
)
"""Lines above a table that say that it is of another body or period."""

NOTES_OF_OTHERS = (
    "注：以上为上年数据。",
    "以上数据为{before}年数据。",
    "注：以上仅为上半年数据。",
    "上表作废。",
    "说明：本表数据截至{year}年9月30日",
)
"""Lines below a table that say so."""

HEADER = (
    "首页  >  公开专栏  >  年度报告",
    "发布时间：{next}-02-27 09:30  浏览次数：55",
    "字体：大 中 小",
)
FOOTER = (
    "上一篇：渡口修缮公告",
    "主办：{body}  网站标识码：0000550123",
    "联系电话：0000-5550100",
    "电话 0000-5550100",
    "邮编：000000",
    "青ICP备00005501号-1",
    "浏览次数：55",
    "{next}-02-27",
)
SIGNED = ("{body}", "{next}年2月27日")
