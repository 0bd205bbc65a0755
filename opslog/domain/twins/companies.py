"""Names of companies taken apart: place, heart, trade, legal form, branch; and how two relate.

The operator's rules. 北京某某科技有限公司, 某某科技(北京)有限公司 and 某某科技 are proposed as one;
某某科技上海分公司 stays apart, but knows its parent. Two that name different cities or different
trades are two. Nothing here is ever taken for certain: a person decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from opslog.domain.base.own_files.wordlists import words
from opslog.domain.people.naming import place_names, sounds
from opslog.domain.people.naming.names import fold, is_chinese
from opslog.locale import N_

SAME, BRANCH, PARENT, UNRELATED = "same", "branch", "parent", "unrelated"

# Why two companies may be one, in the order they are shown.
REASONS: dict[str, str] = {
    "core": N_("the same name but for place, trade and legal form"),
    "written": N_("written the same"),
    "city_moved": N_("the city stands in another place"),
    "city_missing": N_("only one names the city"),
    "trade_missing": N_("only one names its trade"),
    "form": N_("another legal form, or none"),
    "short": N_("one is short for the other"),
    "pinyin": N_("one is the other in pinyin"),
    "sound": N_("it sounds the same"),
    "character": N_("one character differs"),
    "spelling": N_("spelt almost the same"),
    "branch": N_("one is a branch of the other"),
}
# A short form shared by more companies than this says nothing.
MOST_SHARED = 3

_BRACKETS = re.compile(r"[(\[{<【〔《「]([^()\[\]{}<>【】〔〕《》「」]*)[)\]}>】〕》」]")
_FORM = re.compile(
    r"(?:集团)?(?:控股)?(?:股份)?有限(?:责任)?公司|(?:特殊)?普通合伙|有限合伙|个人独资"
)
_ENDING = re.compile(r"(?<=..)(?:(?:集团|控股|股份|总)?公司|集团|控股|股份)$")
_BRANCH = re.compile(
    r"(?:第[一二三四五六七八九十]+)?(?:分公司|子公司|支公司|分行|支行|分部|分店|办事处|代表处|营业部|事业部|分院|分校)$"
)
_FORMS = words("集团 控股 股份 有限合伙 普通合伙 特殊普通合伙 个人独资 筹")
_LATIN_FORMS = words(
    """
    co ltd limited inc incorporated corp corporation company llc llp lp plc gmbh mbh ag kg group
    holdings sa sas sarl srl spa bv nv ab as oy kk pte pty sdn bhd the
    """
)
_LATIN_TRADES = words(
    """
    technology technologies tech software network networks information systems system solutions
    trading international industry industries industrial electronics digital consulting services
    media education logistics pharma pharmaceutical pharmaceuticals medical energy materials data
    """
)
_LATIN_PLACES = words(
    """
    china asia pacific apac beijing shanghai guangzhou shenzhen hangzhou nanjing suzhou chengdu
    wuhan tianjin chongqing xian qingdao ningbo xiamen wuxi changsha zhengzhou hefei jinan dalian
    """
)
_TRADES = words(
    """
    科技 技术 高科技 网络 信息 软件 电子 商务 商贸 贸易 工贸 实业 投资 发展 开发 管理 企业 咨询
    服务 教育 培训 文化 传播 传媒 广告 策划 营销 设计 装饰 工程 建设 建筑 房地产 房地产开发 置业
    物业 地产 机械 设备 制造 精密 自动化 电气 电器 电力 能源 新能源 节能 环保 环境 材料 新材料
    新型材料 化工 化学 生物 医药 药业 制药 医疗 器械 医学 健康 养生 美容 食品 饮料 农业 物流
    供应链 冷链 运输 货运 快递 汽车 汽车零件 配件 零部件 零件 元件 服装 纺织 服饰 家具 家居 包装
    印刷 塑料 塑胶 橡胶 五金 金属 钢铁 矿业 石油 石化 天然气 燃气 水务 通信 通讯 数据 大数据
    云计算 人工智能 智能 物联网 互联网 半导体 微电子 光电 集成电路 电路 芯片 仪器 仪表 检测 测控
    测试 认证 数控 机床 照明 光学 影视 娱乐 游戏 体育 旅游 旅行社 酒店 餐饮 百货 超市 零售 进出口
    外贸 国际 跨境 电商 金融 保险 证券 基金 资产 租赁 融资 银行 人力 资源 人才 劳务 安防 安全 消防
    计算机 系统 集成 数字 数码 研究院 研究所 设计院 大学 学院 医院 中学 小学 出版社 协会 事务所
    律师 会计 工业 气体 产业 生态 园林 销售 维修 安装 轴承 啤酒 测绘 热力 回收 窑炉 中心 工作室
    制品 资讯 建材 装修 模具 商业 铝业 印务 阀门 化纤 织造 器材 化妆品 评估 容器 重工 高新技术
    门诊 药房 商店 商行 美容院 美容店 电商 信息系统 软件开发 财务 税务 法律 知识产权 会展 展览
    """
)
_LONGEST = max(map(len, _TRADES))
_DISTRICT = re.compile(r"(?:经济|高新|技术)*开发区|.{2,3}?(?:新区|区|县)(?=..)")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Layers:
    """A company's name in parts; '' where it does not say. All folded.

    ``bracketed``: the city stood in brackets. ``branch``: what kind of branch, with its place.
    """

    core: str
    city: str = ""
    trade: str = ""
    form: str = ""
    branch: str = ""
    bracketed: bool = False
    words: tuple[str, ...] = ()  # of a heart in Latin letters

    @property
    def chinese(self) -> bool:
        return is_chinese(self.core)


@dataclass(frozen=True, slots=True)
class Relation:
    """How one company relates to another.

    ``kind`` same, branch (one is a branch of other), parent (other of one) or unrelated.
    ``score`` 0 to 100; ``reasons`` are codes of REASONS.
    """

    kind: str
    score: int = 0
    reasons: tuple[str, ...] = ()


_NONE = Relation(UNRELATED)


@lru_cache(maxsize=50_000)
def layers(text: str) -> Layers:
    """Take a company's name apart."""
    city, form, branch, bracketed = "", "", "", False
    name = fold(text)
    for found in _BRACKETS.finditer(name):
        inner = found[1].strip()
        if place_names.is_place(inner):
            city, bracketed = _city(inner), True
        elif inner in _FORMS:
            form += inner
        elif _BRANCH.search(inner):
            branch = inner
    name = _BRACKETS.sub("", name).strip()
    if not is_chinese(name):
        return _latin(name, city, bracketed)
    name = _NOT_WORD.sub("", name)
    if kind := _BRANCH.search(name):
        name, branch = _cut_branch(name[: kind.start()], kind[0])
    if legal := _FORM.search(name):
        form += legal[0]
        name = _FORM.sub("", name)
    while ending := _ENDING.search(name):
        form += ending[0]
        name = name[: ending.start()]
    name, front = _cut_city(name)
    core, trade = _cut_trade(name)
    if not core or place_names.is_place(core):  # 中国银行, 中山大学: nothing else tells it apart
        core, trade = name, ""
    return Layers(core, city or front, trade, form, branch, bracketed and not front)


def relation(one: str, other: str, *, shared: int = 1) -> Relation:
    """How two companies relate by their names.

    ``shared``: how many companies known have the same heart of a name; what is common to many
    (宏达, 中国) is no short form of any one of them.
    """
    if not one or not other:
        return _NONE
    first, second = layers(one), layers(other)
    if not first.core or not second.core:
        return _NONE
    reasons, score = _cores(first, second, shared)
    if not score:
        return _NONE
    # A place, a trade, both said and not the same: two companies.
    if first.city and second.city and first.city != second.city and not _branches(first, second):
        return _NONE
    if first.chinese == second.chinese:
        if first.trade and second.trade and not _trades_agree(first.trade, second.trade):
            return _NONE
        if first.trade != second.trade and not (first.trade and second.trade):
            reasons, score = [*reasons, "trade_missing"], score - 10
    if bool(first.city) != bool(second.city):
        reasons, score = [*reasons, "city_missing"], score - 5
    elif first.city and first.bracketed != second.bracketed:
        reasons.append("city_moved")
    if first.form != second.form:
        reasons.append("form")
    if bool(first.branch) != bool(second.branch):
        kind = BRANCH if first.branch else PARENT
        return Relation(kind, score, ("branch", *_ordered(reasons)))
    if first.branch != second.branch:
        return _NONE  # two branches of one parent
    if "core" in reasons and len(reasons) == 1:
        reasons = ["written"]
    return Relation(SAME, score, _ordered(reasons))


def core_keys(text: str) -> tuple[str, ...]:
    """By what companies that may be one find each other: the heart, and how it sounds."""
    parts = layers(text)
    if not parts.core:
        return ()
    if not parts.chinese:
        return heart_keys(text)
    keys = [parts.core, sounds.sound(parts.core)]
    if len(parts.core) >= 3:  # whichever character is wrong, two are left to find it by
        keys += [parts.core[:2], parts.core[-2:], parts.core[0] + parts.core[-1]]
    return tuple(dict.fromkeys(keys))


def heart_keys(text: str) -> tuple[str, ...]:
    """The heart of a name as it sounds; of one in Latin letters, its long words too."""
    parts = layers(text)
    if not parts.core:
        return ()
    if parts.chinese:
        return (sounds.sound(parts.core),)
    start = (parts.core[:6],) if len(parts.core) > 8 else ()  # a blank in the wrong place
    long = (word for word in parts.words if len(word) > 4)
    return tuple(dict.fromkeys((parts.core, *start, *long)))


def _cores(one: Layers, other: Layers, shared: int) -> tuple[list[str], int]:
    """Whether the hearts of two names agree, and how well."""
    first, second = one.core, other.core
    if first == second:
        whole = bool(one.trade) == bool(other.trade)
        if not whole and shared > MOST_SHARED:
            return [], 0
        return ["core"] if whole or len(first) > 2 else ["core", "short"], 90
    if one.chinese != other.chinese:
        chinese, latin = (first, second) if one.chinese else (second, first)
        if len(latin) >= 4 and latin in sounds.spellings(chinese):
            return ["pinyin"], 75
        return [], 0
    if not one.chinese:
        alike = _spelt_alike(first, second) or _words_alike(one.words, other.words)
        return (["spelling"], 70) if alike else ([], 0)
    if sounds.alike(first, second) and (len(first) > 2 or (one.trade and one.trade == other.trade)):
        return ["sound"], 75
    if (
        _one_character(first, second)
        and one.trade == other.trade
        and min(len(first), len(second)) >= 3
    ):
        return ["character"], 65
    short, long = sorted((first, second), key=len)
    if (
        3 <= len(short) < len(long)
        and shared <= MOST_SHARED
        and short[0] == long[0]
        and _is_within(short, long)
    ):
        return ["short"], 60
    return [], 0


def _branches(one: Layers, other: Layers) -> bool:
    return bool(one.branch) != bool(other.branch)


def _trades_agree(one: str, other: str) -> bool:
    """网络科技 and 科技, 信息科技 and 信息技术: said more or less fully."""
    return one == other or one.endswith(other) or other.endswith(one) or one.startswith(other)


def _ordered(reasons: list[str]) -> tuple[str, ...]:
    return tuple(code for code in REASONS if code in reasons)


def _city(text: str) -> str:
    for ending in ("特别行政区", "自治区", "地区", "省", "市"):
        if text.endswith(ending) and place_names.is_place(text.removesuffix(ending)):
            return text.removesuffix(ending)
    return text


def _cut_branch(name: str, kind: str) -> tuple[str, str]:
    """The parent's name, and the branch with its place."""
    at = name.rfind("公司")
    if at >= 0:
        return name[: at + 2], name[at + 2 :] + kind
    for length in range(min(6, len(name) - 2), 1, -1):
        if place_names.is_place(name[-length:]):
            return name[:-length], name[-length:] + kind
    return name, kind


def _cut_city(name: str) -> tuple[str, str]:
    """The name without the places in front of it, and the narrowest of them."""
    city = ""
    for _level in range(2):
        length = next(
            (n for n in range(min(7, len(name)), 1, -1) if place_names.is_place(name[:n])), 0
        )
        if not length or not _cut_trade(name[length:])[0]:
            break
        city, name = _city(name[:length]), name[length:]
    district = _DISTRICT.match(name) if city else None
    if district and _cut_trade(name[district.end() :])[0]:
        name = name[district.end() :]
    return name, city


def _cut_trade(name: str) -> tuple[str, str]:
    """The heart of a name and its trade. A name that is all trade has no heart."""
    rest, trade = name, ""
    while rest:
        for length in range(min(_LONGEST, len(rest)), 1, -1):
            if rest[-length:] in _TRADES and (len(rest) - length >= 2 or len(rest) == length):
                rest, trade = rest[:-length], rest[-length:] + trade
                break
        else:
            break
    return (rest, trade) if rest else ("", trade)


def _latin(name: str, city: str, bracketed: bool) -> Layers:
    parts = [word for word in _NOT_WORD.split(name) if word]
    form = [word for word in parts if word in _LATIN_FORMS]
    rest = [word for word in parts if word not in _LATIN_FORMS]
    here = [word for word in rest if word in _LATIN_PLACES]
    trade = [word for word in rest if word in _LATIN_TRADES]
    core = [word for word in rest if word not in _LATIN_PLACES and word not in _LATIN_TRADES]
    if not core:
        core, trade, here = rest or parts, [], []
    return Layers(
        "".join(core),
        city or " ".join(here),
        "".join(trade),
        "".join(form),
        bracketed=bracketed,
        words=tuple(core),
    )


def _spelt_alike(one: str, other: str) -> bool:
    """At most one letter in five is another, missing or swapped."""
    most = max(len(one), len(other)) // 5
    if not most or abs(len(one) - len(other)) > most:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=most) <= most


def _words_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Of three words or more, two thirds are the same but for a letter."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3:
        return False
    rest = set(short) - set(long)
    if 3 * len(rest) > 2 * len(short):
        return False
    rest -= {word for word in rest if any(_spelt_alike(word, w) for w in long)}
    return 3 * len(rest) <= len(short)


def _one_character(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1


def _is_within(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in this order."""
    rest = iter(long)
    return all(character in rest for character in short)
