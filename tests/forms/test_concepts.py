"""The concepts that forms of different years share."""

from __future__ import annotations

import pytest

import gischema
from gischema.corpus.names import short_name
from gischema.corpus.panel import panel_schema
from gischema.forms import national_forms

FORMS = {form.id: form for form in national_forms()}


@pytest.fixture(params=gischema.concepts(), ids=lambda concept: concept.name)
def concept(request: pytest.FixtureRequest) -> gischema.Concept:
    return request.param


def test_a_concept_is_explained_in_both_languages(concept: gischema.Concept) -> None:
    assert all((concept.zh, concept.en, concept.meaning_zh, concept.meaning_en))
    assert bool(concept.note_zh) == bool(concept.note_en)


def test_what_is_not_the_same_has_its_break_and_the_reason(concept: gischema.Concept) -> None:
    changed = concept.comparability != "same"
    assert bool(concept.breaks) == bool(concept.note_zh) == changed
    assert set(concept.breaks) <= set(list(concept.sources)[1:])


def test_a_concept_has_the_notice_of_each_form(concept: gischema.Concept) -> None:
    assert concept.notices == {form: FORMS[form].basis for form in concept.sources}


def test_no_path_of_a_form_belongs_to_two_concepts() -> None:
    for form in FORMS:
        alone = [
            paths[0]
            for one in gischema.concepts()
            if len(paths := one.paths.get(form) or one.text.get(form, ())) == 1
        ]
        assert len(alone) == len(set(alone))


def test_where_a_concept_moved_from_the_table_to_the_text() -> None:
    """Proactive disclosure is a row until 2018, later only a statement; the years are no series."""
    found = {one.name: one for one in gischema.concepts()}
    disclosed = found["proactive_disclosed"]
    assert list(disclosed.sources.items()) == [
        ("stat-2014", "table"), ("art20-2019", "text"), ("art20-2021", "text"),
    ]  # fmt: skip
    assert disclosed.comparability == "broken"
    assert found["requests_received"].comparability == "same"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("proactive_disclosed", "全年主动公开政府信息37条。"),
        ("disclosed_by_website", "通过政府网站公开政府信息37条。"),
        ("staff", "从事政府信息公开工作人员37人。"),
        ("refused", "依申请公开中，不予公开37件。"),
        ("litigation", "因政府信息公开引起的行政诉讼37件。"),
    ],
)
def test_the_running_text_states_a_concept(name: str, sentence: str) -> None:
    """Each path of the text is one under which sentences are read."""
    title = "青禾市云岭县水利局2023年政府信息公开工作年度报告"
    report = gischema.parse_text(f"{title}\n一、总体情况\n{sentence}\n")
    concept = next(one for one in gischema.concepts() if one.name == name)
    assert [(one.path, one.value) for one in report.narrative] == [
        (concept.text["art20-2021"][0], 37)
    ]


def test_the_columns_of_the_panel_have_different_short_names() -> None:
    names = panel_schema().names
    assert len({short_name(name) for name in names}) == len(names)
