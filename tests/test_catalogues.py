"""Every text is translated, once, with the same placeholders; and the check would notice."""

from __future__ import annotations

import gettext
import io
import re
from functools import cache
from pathlib import Path

import pytest

from opslog.locale import msg
from tests import catalogues

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@cache
def ours() -> catalogues.Findings:
    """What opslog's own code and catalogues say, read once."""
    return catalogues.inspect()


def test_every_text_has_one_good_translation() -> None:
    assert ours().problems == []


def test_the_compiled_catalogue_is_up_to_date() -> None:
    shipped = (catalogues.LANGUAGE / "opslog.mo").read_bytes()
    assert shipped == catalogues.compiled(ours().translated)


def _inspect(folder: Path, code: str, **catalogue: str) -> catalogues.Findings:
    package = folder / "opslog"
    package.mkdir()
    (package / "one.py").write_text(code, encoding="utf-8")
    for name, text in catalogue.items():
        (folder / f"{name}.po").write_text(HEAD + text, encoding="utf-8")
    return catalogues.inspect(package, folder)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("预算: {value}", "'算:'"),
        ("{label}: {value}", "'}: '"),
        ("撤回「{label}」", "'「'"),
        ("{file}（第 {n} 行）", ""),
        ("周五10点 10:00 ! 员工数:100", ""),
    ],
)
def test_half_width_signs_beside_chinese_are_named(tmp_path: Path, text: str, flaw: str) -> None:
    names = "".join(f"{{{name}}}" for name in re.findall(r"{(\w+)}", text))
    found = _inspect(tmp_path, f'_("x{names}")', zh=f'msgid "x{names}"\nmsgstr "{text}"\n')
    assert [flaw in one for one in found.problems] == [True] * bool(flaw)


def test_texts_are_found_in_every_kind_of_call(tmp_path: Path) -> None:
    code = """
say(_("plain"), msg(N_("marked {name}"), name=_("inner")))
nmsg("{n} row", "{n} rows", n)
nmsg(N_("{n} call"), N_("{n} calls"), n)
ngettext("one", "many", 2)
pgettext("menu", "Open")
_("in "
  "two parts")
locale._(variable)
"""
    used = _inspect(tmp_path, code).used
    assert set(used) == {
        catalogues.Key("plain"),
        catalogues.Key("marked {name}"),
        catalogues.Key("inner"),
        catalogues.Key("{n} row", "{n} rows"),
        catalogues.Key("{n} call", "{n} calls"),
        catalogues.Key("one", "many"),
        catalogues.Key("Open", context="menu"),
        catalogues.Key("in two parts"),
    }
    assert used[catalogues.Key("plain")] == "opslog/one.py:2"


@pytest.mark.parametrize(
    ("code", "entries", "finding"),
    [
        ('_("Late")', "", "opslog/one.py:1: no translation: 'Late'"),
        ('_("Late")', 'msgid "Late"\nmsgstr ""\n', "no translation: 'Late'"),
        ("", 'msgid "Gone"\nmsgstr "没了"\n', "area.po:4: unused: 'Gone'"),
        ('_("{a} b")', 'msgid "{a} b"\nmsgstr "{b}"\n', "placeholders differ: a became b"),
        ('_("{a}")', 'msgid "{a}"\nmsgstr "{a"\n', "braces that cannot be filled in"),
        ('_("Late")', '#, fuzzy\nmsgid "Late"\nmsgstr "晚"\n', "fuzzy: 'Late'"),
        (
            '_("Late")',
            'msgid "Late"\nmsgstr "晚"\n\nmsgid "Late"\nmsgstr "迟"\n',
            "'Late' is '迟' here and '晚' in area.po:4",
        ),
        ('_(f"{a} b")', "", "opslog/one.py:1: only a plain string can be looked up"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, code: str, entries: str, finding: str) -> None:
    problems = _inspect(tmp_path, code, area=entries).problems
    assert any(finding in problem for problem in problems), problems


def test_two_areas_may_not_differ(tmp_path: Path) -> None:
    entry = 'msgid "Late"\nmsgstr "{}"\n'
    same = _inspect(tmp_path, '_("Late")', one=entry.format("晚"), two=entry.format("晚"))
    assert same.problems == []
    (tmp_path / "two.po").write_text(HEAD + entry.format("迟"), encoding="utf-8")
    differs = catalogues.inspect(tmp_path / "opslog", tmp_path)
    assert differs.problems == ["two.po:4: 'Late' is '迟' here and '晚' in one.po:4"]


def test_what_is_compiled_speaks(tmp_path: Path) -> None:
    entries = """
msgid "Late"
msgstr "晚"

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} 行"

msgctxt "menu"
msgid "Open"
msgstr "打开"
"""
    code = '_("Late"); nmsg("{n} row", "{n} rows", n); pgettext("menu", "Open")'
    findings = _inspect(tmp_path, code, area=entries)
    assert findings.problems == []
    spoken = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(findings.translated)))
    assert spoken.gettext("Late") == "晚"
    assert spoken.ngettext("{n} row", "{n} rows", 5) == "{n} 行"
    assert spoken.pgettext("menu", "Open") == "打开"
    assert spoken.gettext("Never seen") == "Never seen"


# -- words ------------------------------------------------------------------------------

HAN = "[\u4e00-\u9fff]"
# One word for one thing: what each of these was called before stays away.
FORBIDDEN = {
    "外呼": "触达",
    "记一笔": "记一条",
    "缩小范围": "条件筛选",
    "换着留": "保留另一个",
    "收回": "撤回判定",
    "未定": "未判定",
    "联系上过": "曾接通",
    "另认识": "同公司另有",
    "版式": "模板",
    "试运行": "导入预览",
    "轻重": "优先级",
    "字号": "主名",
    "勿扰": "免打扰",
    "电话无法识别": "号码不完整或格式有误",
}
# 筛选 is going through a list row by row, or narrowing one by what is known; words are 查找.
SCREENING = re.compile(
    r"screen|round|tidy|narrow|only those|verdict|dropp|decided|clos|list|waits|n rows|other|"
    r"one of|written by",
    re.IGNORECASE,
)


def _chinese() -> list[tuple[str, str]]:
    return [(key.id, text) for key, text in ours().translated.items()]


def test_one_word_for_one_thing() -> None:
    assert [
        (text, FORBIDDEN[word]) for _id, text in _chinese() for word in FORBIDDEN if word in text
    ] == []
    assert [text for id, text in _chinese() if "筛选" in text and not SCREENING.search(id)] == []


@pytest.mark.parametrize(
    "words", ["may be tried now", "came on the list", "the day with who runs", "undone for good"]
)
def test_english_that_nobody_says_stays_away(words: str) -> None:
    ids = [key.id for key in ours().used]
    plans = [path.read_text("utf-8") for path in (catalogues.PACKAGE / "shipped").rglob("*.toml")]
    assert [text for text in (*ids, *plans) if words in text] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Michael Chen", "已保留 Michael Chen"),
        ("王志刚", "已保留王志刚"),
        ("", "已保留"),
        ("138", "已保留138"),
    ],
)
def test_a_latin_name_stands_apart_from_chinese(name: str, said: str) -> None:
    assert msg("Kept {name}", name=name).render("zh_CN") == said


def test_a_latin_name_stands_apart_before_chinese() -> None:
    assert msg("{name} is undecided again", name="Eva").render("zh_CN").startswith("Eva ")
