"""Sign-up lists of any length, the same each time."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

HEADINGS = (
    *("姓名", "手机号", "公司", "职位", "邮箱", "城市"),
    *("行业", "报名时间", "来源渠道", "公司规模", "想了解的问题", "备注"),
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "志刚娜敏静伟强磊洋艳勇军杰涛明超秀兰霞平辉鹏华飞鑫波斌宇浩凯"
_PLACES = ("上海", "北京", "杭州", "深圳", "苏州", "成都", "武汉", "南京")
_WORDS = ("云岭", "启明", "海纳", "博远", "恒信", "卓越", "天工", "蓝湖", "星河", "同创")
_TRADES = ("科技", "软件", "贸易", "物流", "医疗", "教育", "制造", "传媒")
_TITLES = ("总经理", "市场总监", "运营经理", "采购专员", "IT主管", "产品经理", "CEO", "工程师")
_CHANNELS = ("公众号", "社群", "朋友圈", "EDM", "官网")
_QUESTIONS = ("怎么收费？", "能否对接 CRM", "支持私有部署吗", "有没有案例", "", "")
_NOTES = ("", "", "", "已加企微", "老客户推荐", "下午联系")


def rows(number: int, seed: int = 2) -> Iterator[list[str]]:
    """``number`` rows as lists hold them: phones in several spellings, a twentieth twice."""
    chance = random.Random(seed)
    earlier: list[list[str]] = []
    for index in range(number):
        if earlier and chance.random() < 0.05:
            yield chance.choice(earlier)
            continue
        made = row(chance, index)
        if len(earlier) < 1000:
            earlier.append(made)
        yield made


def row(chance: random.Random, index: int) -> list[str]:
    """One row, its phone number and e-mail its own."""
    pick = chance.choice
    name = pick(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))
    place, trade = pick(_PLACES), pick(_TRADES)
    company = f"{place}{pick(_WORDS)}{pick(_WORDS)}{trade}有限公司"
    plain = f"1{3 + index % 7}{index % 10}{index:08}"[:11]
    phone = pick(
        (plain, plain, plain, plain, f"{plain[:3]} {plain[3:7]} {plain[7:]}", "+86" + plain)
    )
    email = pick((f"user{index}@example{index % 997}.com", "", ""))
    when = f"2026-11-{1 + index % 20:02} {8 + index % 12:02}:{index % 60:02}"
    return [
        *(name, phone, company, pick(_TITLES), email, place),
        *(
            trade,
            when,
            pick(_CHANNELS),
            pick(("1-50", "51-200", "201-1000", "1000+")),
            pick(_QUESTIONS),
            pick(_NOTES),
        ),
    ]


def write_list(path: Path, number: int, seed: int = 2) -> Path:
    """A CSV of ``number`` rows below its headings."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(number, seed))
    return path
