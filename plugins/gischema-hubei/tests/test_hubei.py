"""A page with the row of Hubei, and with its notes inside labels and heads."""

import gischema_hubei

from gischema import Gischema

ENGINE = Gischema(plugins=[gischema_hubei])
PAGE = """云岭区渡口街道办事处2020年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项 | | | |
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |
规章（设区的市、自治州人民政府应提供相关数据） | 0 | 0 | 0 |
规范性文件（标题采用“规定”“办法”等字样的公文，一般情况下属于规范性文件） | 8 | 3 | 11 |
其他主动公开文件（含以本单位名义正式签发的、除规范性文件以外的主动公 开文件） | 5 | 4 | 21 |
第二十条第（五）项 | | | |
信息内容 | 上一年项目数量 （指2019年事项数） | 本年增/减 （指2020年，减用负 值表示，如 -8） | 处理决定数量 （指2020年办件量） |
行政许可 | 7 | -2 | 35 |
"""


def test_row_is_read_under_its_heads() -> None:
    """The third row has the three columns of Article 20 (1)."""
    report = ENGINE.parse_text(PAGE)
    assert (report.form, report.variant) == ("art20-2019", "hubei")
    row = {path.rpartition(".")[2]: figure.value for path, figure in report.extras.items()}
    assert row == {"made": 5, "disclosed": 4, "disclosed_total": 21}
    assert report.proactive.normative.disclosed_total == 11
    assert not report.unclaimed


def test_numbers_in_notes_are_no_figures() -> None:
    """Years and the example -8 in the heads move no figure and put none in doubt."""
    report = ENGINE.parse_text(PAGE)
    licensing = report.proactive.licensing
    assert (licensing.items_last_year, licensing.items_change, licensing.decisions) == (7, -2, 35)
    assert not [diagnostic for diagnostic in report.diagnostics if diagnostic.paths]
