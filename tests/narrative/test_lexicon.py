"""The lexicon: wordings, clauses and relations, what is refused, and what additions may say."""

import re
import tomllib
from pathlib import Path

import pytest
from attrs import evolve

import gischema.narrative
from gischema.api import default_engine
from gischema.engine import Gischema
from gischema.forms import grammar_folder
from gischema.forms.indicators import text_indicators
from gischema.forms.labels import strip_enumerator
from gischema.narrative import NarrativeFileError, NarrativeGrammar, national_grammar
from gischema.narrative.files import WordGroup, read_files
from gischema.narrative.indicator_paths import IndicatorPaths
from gischema.narrative.lexicon import Lexicon
from gischema.plugins.folder import FolderPlugin
from gischema.report import NarrativeFigure

FILES = grammar_folder() / "narrative"
LEXICON = tomllib.loads((FILES / "lexicon.toml").read_text(encoding="utf-8"))
CLAUSES = tomllib.loads((FILES / "clauses.toml").read_text(encoding="utf-8"))["clause"]
TITLE = "青禾市云岭县2016年政府信息公开工作年度报告\n信息公开工作有序开展。\n"
LETTERS = """
[phrase.LETTERS]
wordings = "意见箱来信"

[[clause]]
indicator = "letters.received"
all = "LETTERS"
unit = "CASES NONE"
"""


def addition(folder: Path, text: str, name: str = "addition.toml") -> Path:
    """A file that adds something."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def stated(engine: Gischema, text: str) -> list[NarrativeFigure]:
    """What a report with this sentence states."""
    return list(engine.parse_text(TITLE + text).narrative)


# -- the national files ---------------------------------------------------------------------------


def test_wordings_are_sorted_one_a_line_with_a_meaning() -> None:
    """A wording is added by a difference of one line, in a place that is clear."""
    lines = (FILES / "lexicon.toml").read_text(encoding="utf-8").splitlines()
    for kind, groups in LEXICON.items():
        for name, group in groups.items():
            assert group["means"], f"{kind}.{name}"
            wordings = group.get("wordings", "").split()
            assert wordings == sorted(set(wordings)), f"{kind}.{name}"
            assert all(wording in lines for wording in wordings), f"{kind}.{name}"


def test_labels_of_forms_are_not_copied() -> None:
    """A group names the rows of the forms; their labels stand in the grammars of the forms alone."""
    national = [form for form in default_engine().forms.values() if not form.variant]
    for name, group in LEXICON["phrase"].items():
        own = set(group.get("wordings", "").split())
        for reference in group.get("labels", "").split():
            found = [
                strip_enumerator(wording.text)[0]
                for form in national
                for terminal, label in form.labels.items()
                if f"__{terminal.lstrip('_')}".endswith(f"__{reference.split(':')[-1].lstrip('_')}")
                for wording in label.wordings
            ]
            assert found, f"{name}: no form has {reference}"
            if ":" not in reference:
                assert not own & set(found), name


def test_labels_of_forms_are_wordings() -> None:
    """What the form prints is read, whether the lexicon has it or not."""
    group_of = national_grammar().lexicon.group_of
    assert group_of["本机关不掌握相关政府信息"] == "NOT_HELD"
    assert group_of["按时办结数"] == "ON_TIME"
    assert group_of["行政处罚"] == "LICENSING"
    assert group_of["网路申请数"] == "ONLINE"


NOT_ABOUT_IT = {"未经复议直接起诉", "复议后起诉", "行政事业性收费"}
"""Labels that name a reconsideration or a fee and are about something else."""


def test_a_label_hides_no_subject() -> None:
    """A label is one phrase only if its group keeps what it is about: 驳回原告诉讼请求数 is a lawsuit."""
    definition = read_files(sorted(FILES.glob("*.toml")))
    without = {
        kind: {name: WordGroup(group.wordings) for name, group in groups.items()}
        for kind, groups in definition.groups.items()
    }
    bare = NarrativeGrammar(Lexicon.of(evolve(definition, groups=without), {}, {}))
    for label, name in national_grammar().lexicon.group_of.items():
        if label not in bare.lexicon.group_of and label not in NOT_ABOUT_IT:
            hidden = {token.name for token in bare.scanner.tokens(label)} & bare.topics
            assert hidden <= {name}, f"{name}: {label}"


def test_every_wording_leads_to_its_group() -> None:
    """No wording is hidden by a longer one or by a figure's unit."""
    grammar = national_grammar()
    for wording, name in grammar.lexicon.group_of.items():
        if wording not in grammar.units and "…" not in wording and not wording[0].isdigit():
            assert grammar.scanner.tokens(wording)[0].name == name, wording


def test_code_names_groups_that_there_are() -> None:
    """A group that is renamed in the lexicon is renamed where the code asks for it."""
    groups = national_grammar().lexicon.groups["phrase"]
    for file in Path(gischema.narrative.__path__[0]).glob("*.py"):
        for name in re.findall(r'"([A-Z][A-Z_]+)"', file.read_text(encoding="utf-8")):
            assert name in groups, f"{file.name}: {name}"


def test_indicators_of_clauses_stand_under_a_path() -> None:
    """What a clause states has a path under some form, or it is known that it has none."""
    forms = default_engine().forms.values()
    paths = {path for form in forms for path in form.declared} | text_indicators().stated.keys()
    listed = text_indicators().paths
    for clause in CLAUSES:
        for indicator in clause["indicator"].split():
            names = {indicator, f"{indicator}.total", *listed.get(indicator, {}).values()}
            assert names & paths or indicator in NO_FORM, indicator


NO_FORM = {"organizations", "desks", "withdrawn", "litigation.pending"}
"""Known so that their figures are not taken for others; no form counts them."""


def test_listed_indicators_are_stated_by_some_clause() -> None:
    """A path that is listed for an indicator which no clause states would be dead."""
    assert text_indicators().paths.keys() <= {
        name for clause in CLAUSES for name in clause["indicator"].split()
    }


def test_a_generation_keeps_the_paths_of_the_one_before() -> None:
    """`indicators.toml` lists only what a generation changed."""
    names = text_indicators()
    assert names.path("fees", "art20-2021") == "processing_fee"
    assert names.path("proactive.normative_issued", "art20-2019") == "proactive.normative.made"
    assert names.path("proactive.normative_issued", "art20-2021") == "proactive.normative.issued"
    assert names.path("other_handling.fee_overdue", "art20-2019") is None
    assert names.path("fees", "stat-2014") is None
    assert [names.generation(year) for year in (None, 2009, 2018, 2019, 2030)] == [
        "stat-2014", "stat-2014", "stat-2014", "art20-2019", "art20-2021",
    ]  # fmt: skip


def test_a_report_before_the_first_form_states_only_paths_that_a_form_has(engine: Gischema) -> None:
    """A report of 2012 has no form; its text uses the paths of the form of 2014, and no others."""
    paths, known = IndicatorPaths(None, 2012), {*engine.forms["stat-2014"].declared}
    known |= text_indicators().stated.keys()
    for clause in CLAUSES:
        for indicator in clause["indicator"].split():
            assert paths.path(indicator) in {None, *known}, indicator
    assert paths.path("unavailable.not_held") == "requests.answered.not_this_agency"
    assert paths.path("unavailable.unclear") == "requests.answered.correction_asked"
    lacking = text_indicators().lacking["stat-2014"]
    assert all(IndicatorPaths(engine.forms["stat-2014"], None).path(one) is None for one in lacking)


def test_a_new_form_has_the_paths_of_the_generation_before_it() -> None:
    """A form that the data do not list yet is stated under the latest paths that it declares."""
    folder = Path(gischema.narrative.__path__[0]).parents[1] / "examples" / "art20_2027"
    form = Gischema(plugins=[folder]).forms["art20-2027"]
    paths = IndicatorPaths(form, 2027)
    assert paths.path("requests.answered") == "requests.disposed.total.total"
    assert paths.path("not_processed.publication") is None
    assert IndicatorPaths(None, 2009).path("requests.answered") == "requests.answered"
    assert IndicatorPaths(None, 2020).path("requests.answered") is None


# -- additions ------------------------------------------------------------------------------------


def test_an_addition_adds_wordings_to_a_group(tmp_path: Path) -> None:
    """The national clauses are read with one wording more; other engines lack it."""
    added = addition(tmp_path, '[phrase.RECEIVE]\nwordings = "收讫 签收(登记)"')
    engine = Gischema(narrative=[added])
    for text in ("办理信息公开申请收讫3件。", "办理信息公开申请签收(登记)3件。"):
        assert [f.value for f in stated(engine, text)] == [3]
        assert not stated(Gischema(), text)


def test_an_addition_states_an_indicator_of_its_own(tmp_path: Path) -> None:
    """Its figures stand under its own name with the unit that is printed."""
    engine = Gischema(narrative=[addition(tmp_path, LETTERS)])
    text = "政府信息公开意见箱来信共12封。"
    assert [(f.path, f.value, f.unit) for f in stated(engine, text)] == [
        ("letters.received", 12, "封")
    ]
    assert not stated(Gischema(), text)


def test_additions_are_read_together(tmp_path: Path) -> None:
    """One file may use what another defines; a clause may be possible only."""
    words = addition(tmp_path, '[phrase.LETTERS]\nwordings = "意见箱来信"', "words.toml")
    clauses = addition(
        tmp_path,
        '[[clause]]\nindicator = "letters.received"\nall = "LETTERS"\noptional = "RECEIVE|ANSWER"\n'
        'unit = "number"\ncertainty = "possible"',
        "clauses.toml",
    )
    narrative = Gischema(narrative=[clauses, words]).parse_text(TITLE + "收到意见箱来信6封。")
    assert not list(narrative.narrative)
    assert [(c.path, c.marks) for c in narrative.narrative.candidates] == [
        ("letters.received", ("uncertain",))
    ]


def test_labels_of_a_plugins_form_are_wordings_too(tmp_path: Path) -> None:
    """A group of an addition may name a row of the plugin's form."""
    (tmp_path / "lakeside.lark").write_text(
        "// form: lakeside\n// years: 2014–2018\n// basis: 湖滨市2014年表\n"
        'start: LAKE_LETTERS\nLAKE_LETTERS: "(一)湖区来信数 | 件"\n',
        encoding="utf-8",
    )
    addition(
        tmp_path,
        '[phrase.LAKE]\nlabels = "LAKE_LETTERS"\n'
        '[[clause]]\nindicator = "lake"\nall = "LAKE"\nunit = "CASES"',
        "narrative_lake.toml",
    )
    engine = Gischema(plugins=[tmp_path])
    assert [(f.path, f.value) for f in stated(engine, "全年湖区来信数7件。")] == [("lake", 7)]
    assert not engine.problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[phrase.OTHERS]\nwordings = "收到"', "“收到”重复：RECEIVE、OTHERS"),
        ('[phrase.RECEIVE]\nwordings = "收到"', "“收到”重复：RECEIVE 里已有，请删去"),
        ('[phrase.RECEIVE]\nwordings = "予以公开"', "“予以公开”重复：GRANTED、RECEIVE"),
        ('[phrase.DEAD]\nwordings = "湖"', "没有任何句式或关系用到 phrase.DEAD"),
        ('[lead.dead]\nwordings = "湖"', "没有任何句式或关系用到 lead.dead"),
        (
            '[[clause]]\nindicator = "other"\nall = "REQUEST FAX"\nunit = "CASES"',
            "同一句式有两种含义：FAX REQUEST CASES：requests.received.fax / other",
        ),
        (
            '[[clause]]\nindicator = "fees"\nall = "FEE"\nunit = "MONEY"\ncertainty = "possible"',
            "同一句式有两种含义",
        ),
        ('[[clause]]\nindicator = "x"\nall = "LETTRE"\nunit = "CASES"', "没有名为 LETTRE 的词组"),
        ('[phrase.FAX]\nlabels = "FAXES"', "FAX：没有哪个表式的行名叫 FAXES"),
        ('[set]\nlake = "lake"', "没有名为 lake 的词组或集合"),
        ('[[clause]]\nindicator = "x"\nall = "FAX"', "clause[1] 缺少 unit"),
        ('[[clause]]\nindicator = "x"\nunit = "CASES"\nnot = "FAX"', "clause[1].not 没有此项"),
        (
            '[[clause]]\nindicator = "x"\nunit = "CASES"\ncertainty = "sure"',
            "clause[1].certainty 应为",
        ),
        ('[phrase]\nFAX = "传真机"', "phrase.FAX 应为表"),
        ('[phrase.FAX]\nwordings = ["传真机"]', "phrase.FAX.wordings 应为以空格"),
        ('[words.FAX]\nwordings = "传真机"', "words 没有此项"),
        ('[clause]\nindicator = "x"', "clause 应为若干行的列表"),
        ("[set]\nchannel = 3", "set.channel 应为以空格"),
        ("[phrase", "不是 TOML 文件"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    """The message names the file or what clashes, so that whoever wrote it can find it."""
    with pytest.raises(NarrativeFileError) as raised:
        NarrativeGrammar.load(addition(tmp_path, text))
    assert message in str(raised.value)


def test_grammars_of_earlier_versions_are_refused(tmp_path: Path) -> None:
    """A `.lark` file of running text says how it is written now, alone and in a plugin's folder."""
    old = addition(tmp_path, '%extend RECEIVE: "收讫"\n', "narrative_letters.lark")
    with pytest.raises(NarrativeFileError, match=r"narrative_letters\.lark.*TOML.*phrase\.NAME"):
        NarrativeGrammar.load(old)
    assert FolderPlugin.of(tmp_path).grammars == ()
    (problem,) = Gischema(plugins=[tmp_path]).problems
    assert "TOML" in problem.message


def test_no_filler_says_which_ones_are_counted() -> None:
    """No word that may stand around a figure picks some of what it counts."""
    filler = set(LEXICON["modifier"]["filler"]["wordings"].split())
    assert filler.isdisjoint(
        [
            "前",
            "时",
            "期间",
            "原",
            "除",
            "拟",
            "未",
            "重复",
            "涉",
            "部分",
            "个别",
            "一审",
            "二审",
            "转载",
            "归档",
        ]
    )
