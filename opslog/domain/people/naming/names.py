"""Names of people and companies: when two ways of writing mean the same.

The operator's rule: rows are joined without asking only where a mobile number or a personal
e-mail agrees *and* the names are compatible, so ``compatible`` says yes only to what an operator
would not even look at twice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from opslog.domain.base.own_files.wordlists import words
from opslog.domain.people.naming import place_names

_BLANK = words(
    """
    无 暂无 没有 不详 未知 保密 个人 自由职业 - -- — / \\ . n/a na none null nil nan unknown
    """
)
_BRACKETS = re.compile(r"[(\[{<【〔《「]([^()\[\]{}<>【】〔〕《》「」]*)[)\]}>】〕》」]")
_CHINESE_FORM = re.compile(
    r"(?:集团)?(?:控股)?(?:股份)?有限(?:责任)?公司|有限合伙|普通合伙|个人独资"
)
_CHINESE_ENDING = re.compile(
    r"(?<=..)(?:集团|控股|股份)?(?<![分子支总])公司$|(?<=..)(?:集团|股份)$"
)
_BRACKETED_FORMS = words(
    """
    集团 控股 股份 有限合伙 普通合伙 特殊普通合伙 个人独资 筹
    """
)
_LATIN_FORMS = words(
    """
    co ltd limited inc incorporated corp corporation company llc llp lp plc gmbh mbh ag kg
    sa sas sarl srl spa bv nv ab as oy kk pte pty sdn bhd
    """
)
_NOT_WORD = re.compile(r"[\W_]+")
_STARS = re.compile(r"\*+")
_LATIN_WORD = re.compile(r"[a-z0-9]+")

_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NOT_CJK = re.compile(f"[^{_CJK}*]+")
_HAS_CJK = re.compile(f"[{_CJK}]")
_COMPOUND = words(
    """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫
    宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官
    司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延
    东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖
    第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰
    """
)
_MAN, _WOMAN = (
    frozenset({"先生", "哥", "mr"}),
    frozenset({"女士", "小姐", "姐", "mrs", "ms", "miss"}),
)
# Longest first, so that 总经理 is not read as a name ending in 总 and a title 经理.
_TITLES = sorted(
    words(
        """
        总 总监 总经理 副总 副总裁 总裁 经理 主任 主管 先生 女士 小姐 老师 董 董事长 工 工程师
        院长 校长 书记 处长 科长 部长 厂长 店长 老板 同学 博士 教授 医生 律师 会长 秘书长 局长
        所长 行长 队长 站长 助理 专员 哥 姐 秘书
        """
    ),
    key=len,
    reverse=True,
)
_TITLE_ENDS = frozenset(title[-1] for title in _TITLES)  # few names end like any title
_LATIN_TITLES = words(
    """
    mr mrs ms miss dr prof sir madam
    """
)
_ADDRESS = _LATIN_TITLES | words("先生 女士 小姐 太太 夫人 先生/女士 mx m mme mlle herr frau")
_IN_BRACKETS = re.compile(
    r"(?P<outer>[^()（）\[\]【】]+?)\s*[(（\[【](?P<inner>[^()（）\[\]【】]+)[)）\]】]"
)
_PARTS = re.compile(r"\s*[-–—－_＿|｜/／@·:：]+\s*|\s+")


class Called(NamedTuple):
    """How somebody is called in a meeting, taken apart."""

    name: str
    company: str = ""


def fold(text: str) -> str:
    """Full-width made half-width, lower case, outer space and repeated space gone."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_form_of_address(text: str) -> bool:
    """Mr., Ms, 先生 and the like, and nothing more: no job, and no name."""
    return fold(text).strip(".") in _ADDRESS


def called(text: str) -> Called | None:
    """The name in ``甲(甲)``, name and company in ``甲(甲-公司)``; None where it is neither.

    So 腾讯会议 writes an account's name and, in brackets, the one typed at the door. Other words
    in brackets (``王志刚(市场部)``) stay.
    """
    found = _IN_BRACKETS.fullmatch(text)
    if found is None:
        return None
    outer, inner = found["outer"].strip(), found["inner"].strip()
    if fold(outer) == fold(inner):
        return Called(outer)
    parts = [part for part in _PARTS.split(inner) if part]
    rest = [part for part in parts if fold(part) != fold(outer)]
    if len(rest) == len(parts) or not rest:
        return None
    company = "" if _tells_no_company(rest) else "-".join(rest)
    return Called(outer, company)


def _tells_no_company(parts: list[str]) -> bool:
    return any(
        place_names.is_place(part)
        or _split_title(part)[1]
        or part in _TITLES
        or part[-1] in "部省市"
        for part in parts
    )


def is_chinese(name: str) -> bool:
    """Whether a name is written, at least in part, in Chinese characters."""
    return _HAS_CJK.search(name) is not None


@lru_cache(maxsize=50_000)
def company_key(text: str) -> str:
    """What "same company" means: the name without width, case, legal form, bracketed place.

    ``某某科技（北京）有限公司`` and ``某某科技`` give the same key; a branch (合肥分公司) keeps its
    own. '' where no company is named (无, 个人, -).
    """
    folded = fold(text)
    if folded in _BLANK:
        return ""
    inner = _BRACKETS.sub(_bracketed, folded)
    inner = _CHINESE_FORM.sub("", inner)
    words = [word for word in _NOT_WORD.split(inner) if word]
    while len(words) > 1 and words[-1] in _LATIN_FORMS:
        words.pop()
    key = "".join(words)
    while (shorter := _CHINESE_ENDING.sub("", key)) != key:
        key = shorter
    return key or _NOT_WORD.sub("", folded)


def short_company(text: str) -> str:
    """A company for a narrow column: as it is written, without its legal form."""
    return _CHINESE_FORM.sub("", text).strip() or text


def compatible(one: str, other: str) -> bool:
    """Whether two names may be one person's, where a mobile or personal e-mail agrees already.

    Equal after folding; one of them blank; a title form (王总, 王先生) of the same surname; a
    masked form (王**); the same Latin words in any order, first names shortened to a letter; the
    one in what a colleague called them (王志刚-深蓝, 深蓝 王志刚).
    """
    first, second = bare(one), bare(other)
    if first == second or not first or not second:
        return True
    if _is_part(first, second) or _is_part(second, first):
        return True
    if is_chinese(first) != is_chinese(second):
        return False
    if is_chinese(first):
        return _chinese_compatible(_NOT_CJK.sub("", first), _NOT_CJK.sub("", second))
    return _latin_compatible(_LATIN_WORD.findall(first), _LATIN_WORD.findall(second))


def _is_part(name: str, remark: str) -> bool:
    """Whether a Chinese name stands in a remark, between signs or spaces, with something else."""
    if len(name) < 2 or not name.isalpha() or not is_chinese(name):
        return False
    return name != remark and name in remark and name in _PARTS.split(remark)


def _bracketed(found: re.Match[str]) -> str:
    inner = found[1].strip()
    return "" if inner in _BRACKETED_FORMS or place_names.is_place(inner) else inner


@lru_cache(maxsize=50_000)
def bare(name: str) -> str:
    """A name folded, without remarks in brackets; '' where it says nothing (无, -, 未知)."""
    folded = fold(name)
    bare = _BRACKETS.sub(" ", folded).strip()
    return "" if bare in _BLANK else bare or folded


def _chinese_compatible(one: str, other: str) -> bool:
    if one == other:
        return True
    for masked, full in ((one, other), (other, one)):
        if "*" in masked and "*" not in full:
            # A run of stars is one step: taken singly, a row of forty would never come to an end.
            pattern = _STARS.sub(lambda run: f".{{0,{run.end() - run.start()}}}", masked)
            return re.fullmatch(pattern, full) is not None
    (first, first_title), (second, second_title) = _split_title(one), _split_title(other)
    titles = {first_title, second_title}
    if titles & _MAN and titles & _WOMAN:
        return False
    if first == second:
        return True
    return _is_surname(first, second) or _is_surname(second, first)


def _split_title(name: str) -> tuple[str, str]:
    """A name and the title behind it (王总, 王志刚先生) or before it (老王, 小王)."""
    if name[-1:] in _TITLE_ENDS:
        for title in _TITLES:
            if name.endswith(title) and len(name) > len(title):
                return name.removesuffix(title), title
    if len(name) == 2 and name[0] in "老小阿":
        return name[1], name[0]
    return name, ""


def surname_length(name: str) -> int:
    """How many characters of a Chinese name are the surname."""
    return 2 if name[:2] in _COMPOUND and len(name) > 2 else 1


@lru_cache(maxsize=50_000)
def characters(name: str) -> str:
    """The Chinese characters of a name, without the title form of address (王志刚先生)."""
    return _split_title(_NOT_CJK.sub("", name))[0]


def latin_words(name: str) -> list[str]:
    """The words of a name in Latin letters, without forms of address."""
    return [word for word in _LATIN_WORD.findall(name) if word not in _LATIN_TITLES]


def _is_surname(part: str, full: str) -> bool:
    """Whether ``part`` is the surname ``full`` begins with, and no more."""
    if not full.startswith(part):
        return False
    surname = full[:2] if full[:2] in _COMPOUND else full[:1]
    return part == surname


def _latin_compatible(one: list[str], other: list[str]) -> bool:
    """The same words in any order; a letter stands for a word that begins with it."""
    first = [word for word in one if word not in _LATIN_TITLES]
    second = [word for word in other if word not in _LATIN_TITLES]
    if not first or not second:
        return not one or not other
    if len(first) != len(second):
        return _without_middle(first, second)
    left = sorted(second, key=len, reverse=True)
    for word in sorted(first, key=len, reverse=True):
        match = next((w for w in left if w == word), None) or next(
            (w for w in left if 1 in (len(w), len(word)) and w[0] == word[0]), None
        )
        if match is None:
            return False
        left.remove(match)
    return any(word in second and len(word) > 1 for word in first)


def _without_middle(one: list[str], other: list[str]) -> bool:
    """Ann Example and Ann M Example: first and last name agree, initials between are left out."""
    short, long = sorted((one, other), key=len)
    initials = all(len(word) == 1 for word in long[1:-1])
    return len(short) == 2 and [long[0], long[-1]] == short and initials
