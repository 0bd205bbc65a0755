"""Whether a name is a person's or an organisation's, as far as the name alone tells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opslog.domain.people.naming.names import Called, is_form_of_address, surname_length

PERSON, ORGANISATION = "person", "organisation"

# The 200 commonest of the mainland and the usual ones of Hong Kong and Taiwan: 97 people in 100.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈"
    "饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
    "苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀胥南班储"
    "陳楊趙吳孫馬羅鄭謝許韓馮鄧肖葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔萬錢嚴湯莊聶魯歐關蘭寧紀單華閻"
    "郁原帅楚卿鹿燕尉冼湛粟谌侍揭慕容"
)
_ORGANISATION = re.compile(
    r"公司|集团|集團|股份|有限|企业|企業|工厂|工廠|厂$|廠$|银行|銀行|大学|大學|学院|學院|学校|學校|中学|小学"
    r"|医院|醫院|研究院|研究所|设计院|设计所|事务所|事務所|协会|協會|学会|商会|基金会|委员会|管委会|图书馆|圖書館"
    r"|博物馆|出版社|电视台|政府|支行|分行|[省市县区]局$|总局|中心$|酒店|饭店|商行|超市|合作社|工作室|俱乐部"
    r"|科技|技术|网络|软件|信息|电子|制造|物流|咨询|贸易|投资|传媒|实业|工业|工程$|机械|汽车|医药|食品|能源|置业"
    r"|\b(?:inc|ltd|llc|llp|plc|gmbh|corp|corporation|company|limited|group|holdings?|university|college|school"
    r"|hospital|bank|institute|library|museum|foundation|association|society|council|ministry|department"
    r"|agency|hotel|church|center|centre|technologies|technology|software|solutions|systems|consulting"
    r"|logistics|manufacturing|industries|services|partners|labs?|studio|studios|ventures|capital)\b\.?",
    re.IGNORECASE,
)
# What people put beside their names on WeChat (王志刚🙂); it tells nothing of what the name is.
_PICTURES = re.compile("[\u2190-\u2bff\ufe0e\ufe0f\u200d\U0001f000-\U0001faff]")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,6}·[\u3400-\u9fff]{2,10}")


def without_pictures(text: str) -> str:
    """A name as it is said: 王志刚🙂 is 王志刚; as it stands where nothing else is in it."""
    return _PICTURES.sub("", text).strip() or text


@lru_cache(maxsize=4_096)
def kind_of_name(text: str) -> str:
    """PERSON, ORGANISATION, or '' where it may be either (Lily, 阿杰, General Electric)."""
    folded = without_pictures(unicodedata.normalize("NFKC", text).strip())
    if not folded or len(folded) > 80:
        return ""
    if _ORGANISATION.search(folded):
        return ORGANISATION
    if _HAN_NAME.fullmatch(folded):
        if "·" in folded:
            return PERSON
        given = len(folded) - surname_length(folded)
        known = surname_length(folded) == 2 or folded[0] in _SURNAMES
        return PERSON if known and given in (1, 2) else ""
    words = folded.split()
    return PERSON if len(words) > 1 and is_form_of_address(words[0]) else ""


_APART = re.compile(r"\s*[-–—_/|｜丨]+\s*")


def of_remark(text: str) -> Called | None:
    """Name and company in what a colleague called a customer on WeCom (深蓝软件-赵海涛-总经理);
    None where no part, or more than one, is a name."""
    parts = [part for part in _APART.split(text.strip()) if part]
    people = [part for part in parts if kind_of_name(part) == PERSON]
    if len(parts) < 2 or len(people) != 1:
        return None
    companies = [part for part in parts if kind_of_name(part) == ORGANISATION]
    return Called(people[0], companies[0] if len(companies) == 1 else "")


def beside_name(text: str, name: str) -> list[str]:
    """What such a remark says besides the name."""
    return [part for part in _APART.split(text.strip()) if part and part != name]
