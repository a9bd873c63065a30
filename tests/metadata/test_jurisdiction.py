"""The region and the level of a body, from its name alone."""

from __future__ import annotations

import pytest

import gischema
from gischema.metadata.jurisdiction import Jurisdiction, jurisdiction_of

NAMES = {
    "青禾省人民政府": Jurisdiction("青禾省", "province"),
    "青禾省人民政府办公厅": Jurisdiction("青禾省", "department"),
    "青禾壮族自治区": Jurisdiction("青禾壮族自治区", "province"),
    "重庆市人民政府": Jurisdiction("重庆市", "province"),
    "重庆市云岭区": Jurisdiction("重庆市云岭区", "county"),
    "青禾市": Jurisdiction("青禾市", "city"),
    "青州市人民政府": Jurisdiction("青州市", "city"),
    "盐城市城市管理局": Jurisdiction("盐城市", "department"),
    "青禾州交通运输局": Jurisdiction("青禾州", "department"),
    "青禾省云岭市": Jurisdiction("青禾省云岭市", "city"),
    "青禾市云岭市水务局": Jurisdiction("青禾市云岭市", "department"),
    "青禾市云岭市人民政府": Jurisdiction("青禾市云岭市", "county"),
    "青禾市云岭县人民政府": Jurisdiction("青禾市云岭县", "county"),
    "单县": Jurisdiction("单县", "county"),
    "云岭右旗": Jurisdiction("云岭右旗", "county"),
    "云岭县住房和城乡建设局": Jurisdiction("云岭县", "department"),
    "云岭县市场监督管理局": Jurisdiction("云岭县", "department"),
    "青禾市民政局": Jurisdiction("青禾市", "department"),
    "青禾市政府": Jurisdiction("青禾市", "city"),
    "青禾市政务服务中心": Jurisdiction("青禾市", "department"),
    "青禾州市场监督管理局": Jurisdiction("青禾州", "department"),
    "云岭县城市管理局": Jurisdiction("云岭县", "department"),
    "云岭县乡村振兴局": Jurisdiction("云岭县", "department"),
    "云岭县商务和市场发展局": Jurisdiction("云岭县", "department"),
    "青禾市公安局云岭区分局": Jurisdiction("青禾市", "department"),
    "云岭县长桥镇人民政府": Jurisdiction("云岭县长桥镇", "township"),
    "景镇市": Jurisdiction("景镇市", "city"),
    "新乡市": Jurisdiction("新乡市", "city"),
    "长桥回族乡": Jurisdiction("长桥回族乡", "township"),
    "云岭区长桥街道办事处": Jurisdiction("云岭区长桥街道", "township"),
    "云岭区人民政府长桥街道办事处": Jurisdiction("云岭区长桥街道", "township"),
    "云岭区惠民街": Jurisdiction("云岭区惠民街", "township"),
    "青禾市云岭经济技术开发区管委会": Jurisdiction("青禾市云岭经济技术开发区", None),
    "云岭新区管理委员会": Jurisdiction("云岭新区", None),
    "市金融局": Jurisdiction(None, "department"),
    "县人民政府": Jurisdiction(None, "county"),
    "青禾大学": Jurisdiction(None, "department"),
}


@pytest.mark.parametrize(("name", "region"), NAMES.items(), ids=NAMES)
def test_region_and_level(name: str, region: Jurisdiction) -> None:
    """Endings of regions show both; an ending inside another word shows nothing."""
    assert jurisdiction_of(name) == region


def test_a_report_has_the_jurisdiction_of_its_body() -> None:
    """Without a body there is neither."""
    rows = "规章 | 12 | 3 | 345 |"
    report = gischema.parse_text(f"青禾市云岭县水务局2023年政府信息公开工作年度报告\n{rows}")
    assert (report.region, report.level) == ("青禾市云岭县", "department")
    report = gischema.parse_text(f"2023年政府信息公开工作年度报告\n{rows}")
    assert (report.region, report.level) == (None, None)
