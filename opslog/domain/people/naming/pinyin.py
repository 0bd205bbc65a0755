"""Pinyin as people type it: in full, by initials, a character with several readings by each.

What is made here goes into the search index, so it is the same in every session: the likeliest
reading of a character, and both (or all) of those that operators mix up. Tones are left out; ü is
typed as v and as u.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice, product

_MOST_READINGS = 6  # of one name: past that only rare readings of three characters are left
_MOST_SYLLABLES = 20  # of one name: its words grow with the square of these
_MOST_INITIALS = 6  # characters of a company; nobody types more
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x40000))

# Characters read in more than one way in names of people, places and companies, the likeliest
# reading first. As a surname 单 is shan, 曾 zeng, 仇 qiu: both are here, so both find.
_SEVERAL = """
单 dan shan chan|曾 zeng ceng|仇 qiu chou|解 jie xie|查 cha zha|盖 gai ge|朴 pu piao|乐 le yue
重 chong zhong|长 chang zhang|行 xing hang|朝 chao zhao|翟 zhai di|柏 bai bo|薄 bo bao|秘 mi bi
尉 wei yu|宿 su xiu|缪 miao mou|区 qu ou|召 zhao shao|会 hui kuai|费 fei bi|员 yuan yun|洗 xi xian
覃 qin tan|车 che ju|折 zhe she|黑 hei he|谌 chen shen|沈 shen chen|俞 yu shu|叶 ye xie|万 wan mo
种 zhong chong|祭 ji zhai|句 ju gou|晟 sheng cheng|茜 qian xi|莎 sha suo|颉 jie xie
贾 jia gu|弹 tan dan|调 tiao diao|都 du dou|传 chuan zhuan|藏 cang zang|大 da dai|得 de dei|地 di de
率 lv lu shuai|屏 ping bing|奇 qi ji|骑 qi ji|色 se shai|参 can shen cen|厦 sha xia
塞 sai se|蚌 beng bang|六 liu lu|铅 qian yan|阿 a e|什 shi shen|泊 bo po|番 fan pan|便 bian pian
差 cha chai ci|系 xi ji|校 xiao jiao|角 jiao jue|觉 jue jiao|还 hai huan|没 mei mo|落 luo lao la
露 lu lou|模 mo mu|拓 tuo ta|数 shu shuo|熟 shu shou|降 jiang xiang|巷 xiang hang|虹 hong jiang
龟 gui qiu jun|炅 jiong gui|卡 ka qia|扎 zha za|轧 zha ya|合 he ge|盛 sheng cheng|乘 cheng sheng
省 sheng xing|识 shi zhi|似 si shi|提 ti di|咖 ka ga|伽 jia qie ga|夹 jia ga|度 du duo|恶 e wu
佛 fo fu|否 fou pi|脉 mai mo|伯 bo bai|百 bai bo|陆 lu liu|尾 wei yi|遗 yi wei|隗 wei kui|澹 tan dan
琢 zhuo zuo|鹄 hu gu|繁 fan po|牟 mou mu|侗 dong tong|泌 mi bi|荥 xing ying|莘 shen xin
郇 xun huan|郗 xi chi|逯 lu dai|粘 zhan nian|褚 chu zhu|郄 qie xi|殷 yin yan|隽 juan jun
浚 jun xun|蔓 man wan|栖 qi xi|杉 shan sha|匙 chi shi|禅 chan shan|柜 gui ju|载 zai|亳 bo
晏 yan|逄 pang|冼 xian|佘 she|仉 zhang|眭 sui|幺 yao|阚 kan|缴 jiao zhuo|尹 yin|靓 liang jing
绿 lv lu|吕 lv lu|闾 lv lu|律 lv lu|旅 lv lu|驴 lv lu|女 nv nu|圳 zhen|埔 pu bu|堡 bao pu bu
"""


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Readings of the characters that have several; others are added as they are asked for."""
    entries = (entry.split() for entry in _SEVERAL.replace("\n", "|").split("|") if entry)
    return {character: tuple(readings) for character, *readings in entries}


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """The syllables a Chinese character is typed as, the likeliest first; () for any other."""
    code = ord(character)
    if code < 0x3400 or not any(code in block for block in _HAN):
        return ()
    known = _table().get(character)
    if known is not None:
        return known
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # 9 MB instead of 53
    from pypinyin.constants import PINYIN_DICT

    toned = str(PINYIN_DICT.get(code, "")).split(",", 1)[0]
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", toned.replace("ü", "v").translate(_U_TONES))
        if not unicodedata.combining(letter)
    )
    if not plain:
        return ()
    return (plain, plain.replace("v", "u")) if "v" in plain else (plain,)


_U_TONES = str.maketrans("ǖǘǚǜ", "vvvv")


class _Only(dict[str, str]):
    """The syllable of a character that is read in one way; '' for any other."""

    def __missing__(self, character: str) -> str:
        found = readings(character)
        self[character] = only = found[0] if len(found) == 1 else ""
        return only


_only = _Only()


def spelt(text: str) -> list[tuple[str, ...]]:
    """The syllables of a run of Chinese characters, one tuple a way to read it."""
    each = [readings(character) for character in text]
    each = [syllables for syllables in each if syllables]
    if not each:
        return []
    if all(len(syllables) == 1 for syllables in each):
        return [tuple(syllables[0] for syllables in each)]
    return list(islice(product(*each), _MOST_READINGS))


def name_words(name: str) -> str:
    """What a person's name is found by in Latin letters.

    王志刚: ``wangzhigang zhigang gang wzg zg``, and ``w wz wa`` for who has typed only so much:
    a word of one or two letters is looked for as it stands (see ``store.people_finding``). A Latin
    name gives the beginnings of its words.
    """
    # Nearly all names are short and read in one way: an import asks a hundred thousand times.
    if 1 < len(name) < 4 and (each := list(map(_only.__getitem__, name))) and all(each):
        return _plain_words(each)
    found: dict[str, None] = {}
    for run in _runs(name):
        for syllables in spelt(run[:_MOST_SYLLABLES]):
            found.update(dict.fromkeys(_plain_words(syllables).split()))
    for word in _latin_words(name):
        found[word[:1]] = found[word[:2]] = None
    return " ".join(found)


def _plain_words(syllables: Sequence[str]) -> str:
    """One reading of a name, from each of its syllables on."""
    first = syllables[0]
    if len(syllables) == 3:
        first, two, three = syllables
        a, b, c = first[0], two[0], three[0]
        return f"{first}{two}{three} {two}{three} {three} {a}{b}{c} {b}{c} {a} {a}{b} {first[:2]}"
    if len(syllables) == 2:
        a, b = first[0], syllables[1][0]
        return f"{first}{syllables[1]} {syllables[1]} {a}{b} {a} {first[:2]}"
    initials = "".join(syllable[0] for syllable in syllables)
    words = ["".join(syllables[start:]) for start in range(len(syllables))]
    words += [initials[start:] for start in range(max(len(initials) - 1, 1))]
    return " ".join([*words, initials[:1], initials[:2], first[:2]])


@lru_cache(maxsize=20_000)
def company_words(company: str) -> str:
    """What a company is found by in Latin letters: in full and by initials, each from the
    beginning and from behind a place of two characters (深圳深蓝软件: ``shenlanruanjian``)."""
    found: dict[str, None] = {}
    for run in _runs(company):
        for syllables in spelt(run)[:2]:
            for start in (0, 2) if len(syllables) > 3 else (0,):
                part = syllables[start : start + _MOST_INITIALS]
                found["".join(part)] = None
                if len(part) > 1:
                    initials = "".join(syllable[0] for syllable in part)
                    found[initials] = found[initials[:2]] = None
    return " ".join(found)


@lru_cache(maxsize=20_000)
def order_key(text: str) -> str:
    """Where a text stands in a list sorted by it: Chinese by its pinyin among the Latin words."""
    if text.isascii():
        return text.casefold()
    return "".join(
        f"{syllables[0]} " if (syllables := readings(character)) else character
        for character in text.casefold()
    )


def sounds_of(text: str) -> list[str]:
    """A run of Chinese characters in full pinyin, every way it is read."""
    return ["".join(syllables) for syllables in spelt(text)]


def _runs(text: str) -> Sequence[str]:
    """The runs of Chinese characters in a text."""
    if text.isascii():
        return ()
    runs, current = [], ""
    for character in text:
        if readings(character):
            current += character
        elif current:
            runs.append(current)
            current = ""
    return [*runs, current] if current else runs


def _latin_words(text: str) -> list[str]:
    words = "".join(c if c.isalnum() and not readings(c) else " " for c in text.casefold())
    return [word for word in words.split() if word.isascii()]
