"""The catalogue of diagnostics: one `Kind` for each code, with its messages in two languages."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from gischema.report import Diagnostic, Origin

DoubtClass = Literal["note", "value", "position"]
"""What a diagnostic puts in doubt.

- `note`: nothing that rules use: a remark about the file, its metadata or its form
- `value`: a number or the wording of its label; it is certain where the figure belongs
- `position`: where a figure belongs, or whether a part of the source was read at all

Only `position` and figures that were not read make a report `incomplete`; notes never do.
"""


class Kind(NamedTuple):
    """A kind of diagnostic: its code, class, a one-line title and message templates."""

    code: str
    doubt: DoubtClass
    title: str
    title_en: str
    template: str
    template_en: str


_KINDS = (
    Kind("D101", "value", "行名近似", "row label only close",
         "“{printed}”按“{label}”读取：字面不完全一致，请核对",
         "“{printed}” was read as “{label}”: the wording is only close"),
    Kind("D102", "value", "列名近似", "column head only close",
         "列名“{printed}”按“{label}”读取：字面不完全一致或被截断",
         "the head “{printed}” was read as “{label}”: close or cut short"),
    Kind("D103", "position", "行名难定", "row label fits several rows",
         "“{printed}”与{labels}同样接近，未读取",
         "“{printed}” is equally close to {labels}; it was not read"),
    Kind("D104", "position", "行名缺失", "row label lost",
         "此行没有行名，按位置读作“{label}”，请核对",
         "this row has no label; by its place it was read as “{label}”"),
    Kind("D105", "position", "未知行", "unknown row",
         "表格中的“{printed}”不是本表式的行，其数字未被读取",
         "“{printed}” is no row of this form; its numbers were not read"),
    Kind("D106", "position", "行名不止一处", "label of several rows",
         "“{printed}”按{path}读取，{others}的行名与之相同而没有读到，请核对",
         "“{printed}” was read as {path}; {others}, which has the same label, was not found"),
    Kind("D107", "position", "行名可能不全", "label perhaps broken",
         "“{label}”之前是“{above}”，两者可能是断开的“{other}”，请核对",
         "“{label}” stands behind “{above}”: together they may be “{other}”, broken"),
    Kind("D201", "position", "单元格数目不符", "wrong number of cells",
         "“{label}”应有{expected}格，读到{actual}格，无法确定各格位置",
         "“{label}” should have {expected} cells, {actual} were found; the columns are uncertain"),
    Kind("D202", "value", "数字粘连已拆分", "merged digits separated",
         "“{label}”的数字“{printed}”连在一起，按正负号、行号或表内勾稽关系拆分为{values}",
         "the digits “{printed}” of “{label}” run together; by signs, by the number of the next "
         "row or by identities of the form they were split into {values}"),
    Kind("D203", "value", "数字粘连无法拆分", "digits run together",
         "“{label}”的数字“{printed}”连在一起，有多种拆法{candidates}",
         "the digits “{printed}” of “{label}” run together and can be split in several ways"
         "{candidates}"),
    Kind("D204", "value", "无法识别的内容", "cell not understood",
         "“{label}”的内容“{printed}”不是数字，应填阿拉伯数字，如 {digits}",
         "the cell “{printed}” of “{label}” is not a number; write digits, such as {digits}"),
    Kind("D205", "position", "空格位置不明", "places of blank cells unknown",
         "“{label}”有{actual}个数、应有{expected}格，空格的位置在原文中已丢失",
         "“{label}” has {actual} numbers for {expected} cells; the places of the blanks are lost"),
    Kind("D206", "value", "计量单位不符", "unit differs from the form",
         "“{label}”印的是“{printed}”，表式要求“{unit}”",
         "“{label}” is printed in “{printed}”; the form asks for “{unit}”"),
    Kind("D207", "value", "原文在此中断", "text ends here",
         "原文到“{label}”的“{printed}”为止，这个数可能不完整",
         "the text ends with “{printed}” of “{label}”; the number may be cut off"),
    Kind("D208", "position", "行名之后没有数字", "row without figures",
         "“{label}”之后没有数字",
         "no figures follow “{label}”"),
    Kind("D209", "value", "可能是千位分隔", "possible thousands separator",
         "“{label}”的“{printed}”按小数读取，其中的点可能是千位分隔符",
         "“{printed}” of “{label}” was read with a decimal point, which may be a thousands "
         "separator"),
    Kind("D210", "value", "数字后的注释", "note after a number",
         "“{label}”的“{printed}”按{value}读取，其后的文字或标号当作注释",
         "“{printed}” of “{label}” was read as {value}; the rest was taken for a note"),
    Kind("D211", "value", "计数有小数或为负数", "count with decimals or below zero",
         "“{label}”的“{printed}”有小数或为负数，不像是计数，可能与别的字符连在一起，请核对",
         "“{printed}” of “{label}” has decimals or is below zero, as no count is; other characters "
         "may have run into it"),
    Kind("D212", "value", "数字粘连拆法不定", "merged digits, several ways to separate them",
         "“{label}”的数字“{printed}”连在一起，有多种拆法：{candidates}；暂取本年最接近累计的{values}，请核对",
         "the digits “{printed}” of “{label}” run together and can be split in several ways "
         "({candidates}); {values} is taken, where the year is nearest to all years"),
    Kind("D301", "value", "同一行出现两次", "row printed twice",
         "“{label}”出现两次，数字不同（{first}；{second}），取先印出的数字",
         "“{label}” is printed twice with different figures ({first}; {second}); the first were "
         "used"),
    Kind("D302", "position", "行的位置不对", "row out of its place",
         "“{label}”不在表式规定的位置",
         "“{label}” is not where the form has it"),
    Kind("D303", "position", "无法归位的行", "row without a place",
         "“{label}”在表式中不止一处，无法确定属于哪一处，未读取",
         "“{label}” occurs more than once in the form; it is not certain which row this is, so it "
         "was not read"),
    Kind("D304", "position", "表头与表式不符", "heads differ from the form",
         "“{label}”之上的列名与表式不一致，各列可能错位：{printed}",
         "the heads above “{label}” differ from the form; columns may be shifted: {printed}"),
    Kind("D305", "position", "表格出现两次", "a table printed twice",
         "表格出现两次，数字不同；这些数字只在第二次出现，可能属于另一份报告",
         "the table is printed twice with different figures; these are only in the second and may "
         "belong to another report"),
    Kind("D306", "position", "行名与数字错开", "labels and figures out of step",
         "有的数字没有行名，有的行名没有数字，其间各行的数字可能错位",
         "some figures have no label and some labels have no figures; the rows between them may "
         "have each other's figures"),
    Kind("D307", "position", "行的归属不明", "row not certain",
         "“{label}”在表式中不止一处，其上有未能识别的行，可能属于另一处",
         "“{label}” occurs more than once in the form, and a row above it was not understood; it "
         "may be the other one"),
    Kind("D308", "position", "可能是正文", "may be running text",
         "“{label}”与表格之间隔着正文，或不在表式规定的位置，可能不是表格中的行",
         "“{label}” is separated from the table by sentences, or is not where the form has it; it "
         "may be a line of the running text"),
    Kind("D309", "position", "可能另有一列", "possibly one more column",
         "表格中可能有两列数（如本年与上年），“{label}”的数可能不属于本年",
         "the table seems to have two columns of figures, such as this year's and last year's; "
         "“{label}” may not be of this year"),
    Kind("D310", "position", "行在句子中", "row inside a sentence",
         "表格中没有读到“{label}”一行，它的数字可能在文字“{printed}”中，未读取",
         "the row “{label}” was not found in the table; its figures may be in the text "
         "“{printed}”, which were not read"),
    Kind("D311", "position", "可能是下一行的数字", "possibly the figures of the next row",
         "“{label}”有数字，而其下没有“{child}”一行：这些数字可能属于该行",
         "“{label}” has figures, and the row “{child}” below it is missing: they may be its own"),
    Kind("D312", "position", "可能是另一份报告的数字", "possibly the figures of another report",
         "这些数字在“{title}”的标题之下，可能属于另一份报告",
         "these figures stand below the title “{title}” and may belong to another report"),
    Kind("D313", "position", "列名是另一年", "column head of another year",
         "“{label}”在“{printed}”一列，报告是{year}年的，数字可能属于另一年",
         "“{label}” stands in the column “{printed}”, but the report is about {year}: the figure "
         "may be of another year"),
    Kind("D314", "value", "文中更正了数字", "corrected in the text",
         "文字“{printed}”更正表中的数字，表中的数字按所印的读取，请核对",
         "the words “{printed}” correct figures of the table, which were read as printed"),
    Kind("D315", "value", "旁注表明不是全年的数", "words next to it state another count",
         "“{label}”的行名、列名或标题旁印有“{printed}”，可能不是本机关本年全年的数，请核对",
         "“{printed}” stands at the label, head or caption of “{label}”: the figure may not be the "
         "body's own count of the whole year"),
    Kind("D401", "note", "混用两种表式", "two forms in one report",
         "报告主要使用{form}表式，其中一部分使用{other}表式",
         "the report uses the form {form}, a part of it {other}"),
    Kind("D405", "position", "不是已知的表式", "form not known",
         "表格中有{known}行与{form}表式相同，{unknown}行不同：不是这一表式，未读取",
         "{known} rows of the table are rows of {form}, {unknown} are not: it is another form and "
         "was not read"),
    Kind("D409", "position", "地区表式难定", "several variants fit",
         "所印的行同样符合{form}与{others}，按{form}读取",
         "the printed rows fit {form} and {others} alike; {form} was used"),
    Kind("D410", "note", "表式未启用", "form not active",
         "有{count}行（{labels}）见于{form}，而插件{plugin}没有启用：这些行没有读取{rules}；"
         "启用它再校验（去掉 --no-plugin，或把它写进 GISCHEMA_PLUGINS）",
         "{count} rows ({labels}) are rows of {form}, and the plugin {plugin} is not active: they "
         "were not read{rules_en}; activate it and check again (no --no-plugin, or its name in "
         "GISCHEMA_PLUGINS)"),
    Kind("D411", "note", "各表式都没有的行", "rows that no form has",
         "有{count}行（{labels}）是已启用的表式都没有的，没有读取，也没有规则核对；若是地方表式的行，"
         "请安装它的插件，或用 gischema new form --from 编写一个",
         "no active form has {count} rows ({labels}): they were not read, no rule checked them; "
         "if they are of a regional form, install its plugin, or write one: gischema new form "
         "--from PAGE"),
    Kind("D402", "note", "没有读到统计表", "no table",
         "没有读到统计表：表格中没有数字",
         "no table was read: no table has figures"),
    Kind("D403", "note", "年份不明", "year not found",
         "没有读到报告年份",
         "the year of the report was not found"),
    Kind("D404", "note", "年份不一致", "years disagree",
         "标题与正文的年份不一致：{years}",
         "title and text state different years: {years}"),
    Kind("D406", "note", "报告机关不明", "reporting body not found",
         "没有读到报告机关的名称",
         "the name of the reporting body was not found"),
    Kind("D407", "note", "推断的年份或机关", "year or body inferred",
         "{field}“{value}”是从{place}推断的，报告没有写明",
         "the {field_en} “{value}” was inferred from {place_en}; the report does not state it"),
    Kind("D408", "note", "发布日期存疑", "day of publication in doubt",
         "{day}可能不是公布报告的日期（{why}），或是转载、网站迁移的日期",
         "{day} may not be the day on which the report was published ({why_en}); it may be that of "
         "a copy or of a new website"),
    Kind("D501", "value", "正文约数", "rounded figure in the text",
         "正文“{printed}”是约数，不作为“{label}”的数字",
         "“{printed}” is rounded and was not used as a figure of “{label}”"),
    Kind("D502", "value", "正文累计数", "cumulative figure in the text",
         "正文“{printed}”是历年累计，不是本年“{label}”",
         "“{printed}” is a total of several years, not “{label}” of the year"),
    Kind("D503", "value", "正文含义不明", "statement not certain",
         "正文“{printed}”可能是“{label}”，不能确定，未采用",
         "“{printed}” may state “{label}”; that is not certain, so it was not used"),
    Kind("D504", "value", "正文合并数", "figure of several indicators",
         "正文“{printed}”是几项合计，“{label}”各是多少没有说明",
         "“{printed}” counts several indicators together; the share of “{label}” is not stated"),
    Kind("D505", "value", "正文往年数", "figure of another year",
         "正文“{printed}”不是报告年度的“{label}”",
         "“{printed}” is “{label}” of another year than that of the report"),
    Kind("D601", "value", "有内容不显示", "hidden text",
         "网页中有隐藏或划去的内容“{printed}”，未读取",
         "the page hides or strikes out “{printed}”; it was not read"),
    Kind("D602", "position", "表格在内嵌网页中", "table in an inner page",
         "网页中没有统计表，可能在内嵌的网页或文件“{link}”中，未读取；请保存后一并读取",
         "the page has no table of figures; it may be in the inner page or file “{link}”, which "
         "was not read: save it and read both"),
    Kind("D603", "position", "表格在附件中", "table in an attachment",
         "网页中没有统计表，可能在附件“{link}”中，未读取；请下载后一并读取",
         "the page has no table of figures; it may be in the attachment “{link}”, which was not "
         "read: download it and read both"),
    Kind("D604", "position", "表格可能是图片", "table may be a picture",
         "网页中没有统计表而有{count}张图片：表格若是图片，不能读取",
         "the page has no table of figures, but pictures: {count}; a table in a picture cannot be "
         "read"),
    Kind("D605", "position", "正文由脚本加载", "text loaded by a script",
         "网页中没有正文，可能由脚本“{script}”加载；请在浏览器中打开后另存",
         "the page has no text; the script “{script}” may load it: open the page in a browser and "
         "save what is shown"),
    Kind("D606", "note", "元数据不一致", "metadata disagree",
         "{field}不一致：{place}为“{one}”，{other_place}为“{other}”，取前者",
         "the {field_en} is “{one}” in {place_en}, “{other}” in {other_place_en}; the first was "
         "used"),
    Kind("D607", "note", "几个文件作为一份报告", "several files read as one report",
         "{names}作为一份报告读取",
         "{names} were read as one report"),
    Kind("D608", "value", "字符损坏", "damaged characters",
         "有{count}处字符损坏或无法解码（如“{printed}”），紧挨着的数字可能缺少数位",
         "characters are damaged or could not be decoded ({count} times, such as “{printed}”); "
         "numbers next to them may lack digits"),
    Kind("D609", "value", "文字方向被改变", "direction of the text changed",
         "有{count}处标记改变文字的方向（如“{printed}”），看到的数字可能与保存的顺序不同",
         "marks change the direction of the text ({count} times, such as “{printed}”); the numbers "
         "that are seen may differ from those stored"),
    Kind("D610", "value", "显示的可能不同", "shown otherwise than written",
         "网页用样式或合并单元格移动、翻转文字，或可能使其看不见，看到的数字可能不同：{cells}",
         "styles or merged cells of the page move these texts, or styles turn or hide them; other "
         "numbers may be seen than were read: {cells}"),
    Kind("D611", "note", "压缩文件中有未读取的文件", "unread files in an archive",
         "压缩文件中的{files}没有读取：{why}",
         "files in the archive were not read: {files} ({why})"),
    Kind("D630", "value", "文档含有修订", "tracked changes",
         "文档含有未处理的修订（插入{inserted}处、删除{deleted}处），按接受修订后的文字读取",
         "the document has tracked changes (inserted: {inserted}, deleted: {deleted}); it was read "
         "as if they were accepted"),
    Kind("D631", "value", "隐藏或划去的文字未读取", "hidden or struck out text",
         "文档中有{count}处隐藏或划去的文字、隐藏的行，未读取",
         "pieces of text or rows that are hidden or struck out were not read: {count}"),
    Kind("D632", "position", "嵌入的内容未读取", "embedded files",
         "文档中嵌有{count}个其他文件（如 Excel 表格），其内容未读取；请另存后一并读取",
         "files of other kinds are embedded (a sheet, for example) and were not read: {count}; "
         "save them and read them together"),
    Kind("D633", "position", "图片中的内容未读取", "pictures",
         "文档中有{count}张图片：数字或表格若在图片中，不能读取",
         "the document has pictures: {count}; figures or tables in them cannot be read"),
    Kind("D634", "value", "数字后的上标或下标", "raised or lowered text after numbers",
         "有{count}处数字后的上标或下标文字，按注释标号略去，不作为数字的一部分",
         "raised or lowered text after numbers was taken for note marks and left out: {count}"),
    Kind("D638", "value", "白色或极小的文字", "white or tiny text",
         "有{count}处文字是白色或极小的，看不到，仍按文字读取",
         "white or tiny text, which is not seen, was read like other text: {count}"),
    Kind("D640", "value", "公式没有结果", "formulas without a value",
         "公式没有保存计算结果：{cells}；请用 Excel 或 WPS 打开后重新保存",
         "formulas were saved without their values: {cells}; open the file with Excel or WPS and "
         "save it again"),
    Kind("D641", "value", "按日期显示的数", "numbers shown as dates",
         "单元格设成了日期格式，保存的却是数目，按数目读取：{cells}",
         "cells are formatted as dates but hold counts, which were read: {cells}"),
    Kind("D642", "value", "隐藏的工作表或行列未读取", "hidden sheets, rows or columns",
         "隐藏的工作表或行、列未读取：{cells}",
         "hidden sheets, or hidden rows or columns in sheets, were not read: {cells}"),
    Kind("D643", "value", "按比例显示的数", "numbers shown scaled",
         "单元格格式使数字按比例缩小显示，按显示的大小读取：{cells}",
         "cell formats show the numbers scaled down; they were read as shown: {cells}"),
    Kind("D644", "value", "显示时舍入的数", "numbers shown rounded",
         "单元格显示的是舍入后的数，按保存的数读取：{cells}",
         "cells show their numbers rounded; the stored numbers were read: {cells}"),
    Kind("D645", "value", "没有显示的数", "numbers not shown",
         "单元格中有数而没有显示出来（如零值不显示、显示为“-”），按显示的读取：{cells}",
         "cells hold numbers that they do not show (zeros hidden or shown as “-”); they were read "
         "as shown: {cells}"),
    Kind("D646", "value", "划去的内容未读取", "struck out text",
         "单元格中有划去的内容，未读取：{cells}",
         "struck out text in cells was not read: {cells}"),
    Kind("D635", "value", "旧版 Word 文件按简化方法读取", "old Word file read in a simplified way",
         "旧版 Word 文件（.doc、.wps）结构不规范，按简化方法读取：表内勾稽关系不能印证的数字请核对",
         "the old Word file (.doc, .wps) is irregular and was read in a simplified way: check the "
         "figures that no identity of the form vouches for"),
    Kind("D636", "value", "WPS 文字文件", "WPS file",
         "这是 WPS 文字文件（.wps），读取方法未经此类文件验证：表内勾稽关系不能印证的数字请核对",
         "this is a WPS file (.wps), a kind that its reader was never tried on: check the figures "
         "that no identity of the form vouches for"),
    Kind("D637", "position", "RTF 文件不完整", "damaged RTF file",
         "RTF 文件不完整或已损坏，可能有内容没有读到：请用 Word 或 WPS 打开后重新保存",
         "the RTF file is cut off or damaged, and text may be missing: open it with Word and save "
         "it again"),
    Kind("D650", "position", "一页是图片", "a page is a picture",
         "第{pages}页是图片，没有文字层，其中的内容未被读取"
         "（识别文字需要 pip install 'gischema[ocr]'）",
         "pages without text, pictures only, were not read: {pages} (to recognise text: "
         "pip install 'gischema[ocr]')"),
    Kind("D651", "value", "文字来自识别", "text from OCR",
         "第{pages}页是扫描图片，文字是软件识别出来的，数字可能有误",
         "scanned pages with text from OCR, whose numbers may be wrong: {pages}"),
    Kind("D652", "note", "表格没有框线", "table without lines",
         "第{pages}页的表格没有框线，各格按文字的位置区分",
         "tables without lines, whose cells were separated by position; pages: {pages}"),
    Kind("D653", "value", "数字折行", "number broken over lines",
         "表格中的数字折成两行，按一个数读取：{printed}",
         "numbers broken over two lines of their cells were read as one: {printed}"),
    Kind("D654", "value", "文字无法还原", "characters lost",
         "{count}个字符在字体中没有对照，以“〓”代替",
         "the fonts do not map {count} characters; they are shown as “〓”"),
    Kind("D655", "value", "数字越过框线", "number across a cell border",
         "表格中的数字越过单元格的框线，按一个数读取：{printed}",
         "numbers that cross a border of their cells were read as one: {printed}"),
    Kind("D656", "value", "看不见的文字", "invisible text",
         "第{pages}页有看不见的文字（白色、不显示或被遮盖），仍按文字读取",
         "invisible text (white, hidden or covered) was read like other text; pages: {pages}"),
    Kind("D657", "position", "几行共用的数", "number shared by rows",
         "数字所在的单元格跨几行，属于哪一行不明，按第一行读取：{cells}",
         "cells with numbers span several rows; it is not certain which row is meant, so the first "
         "was used: {cells}"),
    Kind("D660", "value", "识别所得", "recognised from a scan",
         "第{pages}页是扫描图片，文字由程序识别：表内勾稽关系不能印证的数字请对照原图",
         "the text of scanned pages was recognised: check the figures that no identities of the "
         "form vouch for; pages: {pages}"),
    Kind("D661", "value", "识别没有把握", "not recognised for certain",
         "“{label}”识别没有把握（括号里是其他可能）：{readings}；请对照原图",
         "“{label_en}” was not recognised for certain (what else it may be in brackets): "
         "{readings}"),
    Kind("D662", "value", "识别可能有误", "probably misrecognised",
         "“{label}”识别为“{printed}”，若为{value}则有关勾稽关系全部相符：请对照原图",
         "“{label}” was recognised as “{printed}”; with {value} all identities of it hold"),
    Kind("D663", "value", "正文识别所得", "recognised running text",
         "正文“{printed}”由图片识别所得，请对照原图",
         "“{printed}” of the running text was recognised on a scanned page"),
    Kind("D664", "value", "扫描页上没有读到的行", "rows not found on a scan",
         "扫描页上没有读到这些行或格，可能漏读：{labels}",
         "these rows or cells were not found on the scan and may have been missed: {labels}"),
    Kind("D665", "position", "没有时间识别的页", "pages that took too long to recognise",
         "识别扫描件用时过长，第{pages}页没有识别，其中的内容未被读取：请分成几个文件，只留下报告的页面",
         "the scan took too long to recognise, and pages {pages} were not read: keep the pages of "
         "the report only, in several files"),
    Kind("D506", "value", "正文他单位数", "figure of another body",
         "正文“{printed}”是其他单位的“{label}”，不作为本报告的数字",
         "“{printed}” is “{label}” of another body and was not used for this report"),
    Kind("D901", "note", "插件出错", "a plugin failed",
         "插件{plugin}出错，{left_out}：{error}",
         "the plugin {plugin} failed, {left_out_en}: {error_en}"),
    Kind("D902", "note", "插件冲突", "plugins clash",
         "插件{plugin}的{what}与{other}的重复，未采用",
         "the plugin {plugin} adds what {other} has already: {what_en}; it was left out"),
    Kind("D903", "note", "插件意见不一", "plugins disagree",
         "插件对表式的判断不一致（{answers}），按内容判断",
         "plugins disagree about the form ({answers}); the content decides"),
    Kind("D906", "note", "插件待改", "a plugin needs a correction",
         "插件{plugin}：{fault}",
         "the plugin {plugin}: {fault_en}"),
    Kind("D904", "note", "程序出错", "the program failed on a file",
         "处理此文件时程序出错（{error}），没有结果。请把这一行报告给 gischema 的维护者，"
         "最好附上文件",
         "the program failed on this file ({error}) and gives no result for it; please report this "
         "line to the maintainers of gischema, with the file if possible"),
    Kind("D905", "note", "文件未能读取", "a file was not read",
         "{reason}",
         "{reason_en}"),
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
FAILURES = {"crashed": "D904", "unreadable": "D905"}
"""Codes of files without a result, by their status: no report carries them."""


def diagnose(
    code: str, origin: Origin | None = None, paths: tuple[str, ...] = (), **words: Any
) -> Diagnostic:
    """Return a diagnostic of the kind `code` about `paths`; `words` fill its message templates."""
    kind = KINDS[code]
    return Diagnostic(
        code, kind.template.format(**words), kind.template_en.format(**words), paths, origin
    )
