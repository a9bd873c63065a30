"""Choose the blocks of a page that are the report. The others belong to the site around it.

The choice depends on what stands in the blocks, not on names of classes. The report is in the
smallest element that holds all tables of figures, all paragraphs of sentences, all chapter
headings, and the title above them. If there is no title, everything above is kept. Inside that
element, menus, counters and links to other pages are left out. Outside, only facts about the report
are kept: its index number, the date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gischema.chinese.enumerators import CHAPTER
from gischema.reading.html.blocks import HtmlBlock, HtmlParagraph, HtmlTable
from gischema.reading.html.element_path import HtmlElementPath

_SENTENCES = 30  # characters from which a paragraph with a full stop is running text
_LONGEST_TITLE = 120
_MANY_ROWS = 11  # so many lines that end in figures are more than a list of dates
_CHAPTER = re.compile(rf"{CHAPTER}\s*[^。]{{2,40}}\Z")
_TITLE = re.compile(
    r"公[开開].{0,60}?(?:[报報]告|年[报報]|[统統][计計]表)\s*(?:[(（][^)）]{1,20}[)）])?\Z",
    re.DOTALL,
)
_ABOUT = re.compile(
    r"索\s*引\s*号|(?:发布|公开|发文|制发)\s*(?:机构|机关|单位|日期|时间)|(?:成文|生成|印发)\s*日期|"
    r"文\s*号|信息名称|主题分类|公开方式|信息来源"
)
_OF_THE_SITE = re.compile(
    r"[\s【\[]*(?:上一[篇条页]|下一[篇条页]|相关(?:文章|阅读|链接|稿件|信息|新闻)|热门|更多|"
    r"(?:您?(?:现在)?(?:所在)?的?|当前)位置|首\s*页\s*[>»›/-]|扫一扫|分享到|返回|版权所有|主办(?:单位)?\s*[:：]|"
    r"承办(?:单位)?\s*[:：]|技术支持|备案|Copyright|©|责任编辑|编辑\s*[:：]|审核\s*[:：])"
    r"|.*(?:ICP备|公网安备|网站标识码)",
    re.IGNORECASE,
)
_IMPRINT = ("ICP备", "公网安备", "网站标识码", "版权所有")
_CONTROLS = re.compile(
    r"(?:打印(?:本页|文章)?|关闭(?:窗口|本页)?|收藏|分享|保存|字\s*[体号]|大|中|小|繁体|简体|无障碍|朗读|"
    r"(?:浏览|阅读|点击|访问)(?:次?数|量|率)?|次|人|正文|二维码|我要纠错|[\s\d:：|/\\【】\[\]()（）<>«»+-])+\Z"
)
_WORD = re.compile(r"[^\W\d_]")  # a lone number or dash may be a figure of a table without cells
_ASIDE = frozenset({"nav", "aside", "footer", "menu"})


def choose_article(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Return the blocks of the report, in order. No table of figures is ever left out."""
    core = [index for index, block in enumerate(blocks) if _is_core(block)]
    if not core:
        return [block for block in blocks if not _is_of_the_site(block)]
    titles = [index for index in range(core[0]) if _is_title(blocks[index])]
    first = titles[-1] if titles else core[0]
    inside = _are_inside(
        blocks, _common_ancestor(blocks[index].element for index in {first, *core})
    )
    certain = frozenset(core)

    def is_kept(index: int, block: HtmlBlock) -> bool:
        if inside[index]:
            return index in certain or not _is_of_the_site(block)
        may_be_title = index < first and not titles and not _is_of_the_site(block)
        return may_be_title or _is_about(block)

    return [block for index, block in enumerate(blocks) if is_kept(index, block)]


def _are_inside(blocks: Iterable[HtmlBlock], article: HtmlElementPath) -> list[bool]:
    """Return a flag for each block: True if it stands in the element `article`."""
    known: dict[int, bool] = {}  # by the identity of the element around a block
    inside: list[bool] = []
    for block in blocks:
        parent = id(block.element.parent)
        if parent not in known:
            known[parent] = any(one is article for one in block.element.self_and_ancestors())
        inside.append(known[parent])
    return inside


def has_figures(blocks: Sequence[HtmlBlock]) -> bool:
    """Return True if there is a table of figures, or many lines that end in figures as rows do."""
    rows = 0
    for block in blocks:
        if isinstance(block, HtmlTable) and block.holds_figures:
            return True
        rows += isinstance(block, HtmlParagraph) and block.text[-1].isdigit()
    return rows >= _MANY_ROWS


def is_running_text(block: HtmlBlock) -> bool:
    """Return True if a block is a paragraph of sentences and not a link."""
    return (
        isinstance(block, HtmlParagraph)
        and len(block.text) >= _SENTENCES
        and "。" in block.text
        and block.linked * 3 < len(block.text)
    )


def _is_core(block: HtmlBlock) -> bool:
    if isinstance(block, HtmlTable):
        return block.holds_figures or any(
            len(cell.text) > _SENTENCES and "。" in cell.text for row in block.rows for cell in row
        )
    chapter = not block.linked and _CHAPTER.match(block.text) is not None
    if not (chapter or is_running_text(block)) or _is_imprint(block.text):
        return False
    return _ASIDE.isdisjoint(element.tag for element in block.element.self_and_ancestors())


def _is_title(block: HtmlBlock) -> bool:
    return (
        isinstance(block, HtmlParagraph)
        and len(block.text) <= _LONGEST_TITLE
        and _TITLE.search(block.text) is not None
        and not _is_of_the_site(block)
    )


def _is_about(block: HtmlBlock) -> bool:
    if isinstance(block, HtmlParagraph):
        return _ABOUT.search(block.text) is not None
    return any(_ABOUT.match(cell.text) for row in block.rows for cell in row)


def _is_of_the_site(block: HtmlBlock) -> bool:
    """Return True if a block is a menu, a counter, a link elsewhere, or the site's imprint."""
    if isinstance(block, HtmlTable):
        return False
    text = block.text
    if is_running_text(block):
        return _is_imprint(text)
    if _OF_THE_SITE.match(text) or (_WORD.search(text) and _CONTROLS.match(text)):
        return True
    return block.linked * 2 >= len(text) and "。" not in text and not text.startswith("附")


def _is_imprint(text: str) -> bool:
    return any(word in text for word in _IMPRINT)


def _common_ancestor(elements: Iterable[HtmlElementPath]) -> HtmlElementPath:
    """Return the innermost element that is around all of `elements`."""
    parents = {id(element.parent): element.parent or element for element in elements}
    lines = [[*parent.self_and_ancestors()][::-1] for parent in parents.values()]
    common = lines[0][0]
    for level in zip(*lines, strict=False):
        if any(element is not level[0] for element in level):
            break
        common = level[0]
    return common
