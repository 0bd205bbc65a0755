"""Composes the labelled Chinese list: ``python -m tests.dedupe.compose`` writes files/chinese.csv.

Families of rows about one person, or about two whom one might take for one. Each family says what
it is: *merge* (one person), *distinct* (two), *doubtful* (only someone who asks can tell). Names,
cities, trades and titles are the sample's; numbers are ``13x 0000 nnnn``, not to be dialled.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from opslog.domain.people.naming import sounds
from tests.dedupe.measuring import Labelled

FILE = Path(__file__).with_name("files") / "chinese.csv"
HEADINGS = ("label", "family", "kind", "姓名", "公司", "职位", "手机", "邮箱")
ROWS = 1_000
MERGE, DISTINCT, DOUBTFUL = "merge", "distinct", "doubtful"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Row:
    name: str
    company: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True)
class Firm:
    """A company by its layers."""

    city: str
    brand: str
    trade: str

    @property
    def full(self) -> str:
        return f"{self.city}{self.brand}{self.trade}有限公司"

    @property
    def bracketed(self) -> str:
        return f"{self.brand}{self.trade}（{self.city}）有限公司"

    @property
    def short(self) -> str:
        return f"{self.brand}{self.trade}"


class Composer:
    """Makes people up, the same each time."""

    def __init__(self, seed: int = 20261123) -> None:
        self.random = random.Random(seed)
        facts = Path(__file__).resolve().parents[2] / "sample_data" / "facts"
        self._names = list(dict.fromkeys(_lines(facts / "names.txt")))
        self._titles = _lines(facts / "titles.txt")
        self._brands = _lines(facts / "brands.txt")
        self._cities = sorted(set(_lines(facts / "cities.txt")))
        self._trades = _lines(facts / "industries.txt")
        self._taken: set[str] = set()
        self._number = 0

    def name(self, length: int = 0) -> str:
        """A name nobody had yet, of one person's surname and another's given name."""
        while True:
            name = self.random.choice(self._names)[0] + self.random.choice(self._names)[1:]
            if name not in self._taken and (not length or len(name) == length):
                self._taken.add(name)
                return name

    def firm(self) -> Firm:
        pick = self.random.choice
        return Firm(pick(self._cities), pick(self._brands), pick(self._trades))

    def phone(self) -> str:
        self._number += self.random.randint(3, 17)
        return f"1{self.random.choice('35678')}{self.random.randint(0, 9)}0000{self._number:04}"

    def title(self) -> str:
        return self.random.choice(self._titles)

    def person(self, firm: Firm | None = None, length: int = 0) -> Row:
        name, firm = self.name(length), firm or self.firm()
        return Row(name, firm.full, self.title(), self.phone(), self.email(name, firm))

    def email(self, name: str, firm: Firm) -> str:
        return (
            f"{sounds.sound(name)}{self.random.randint(1, 99)}@{sounds.sound(firm.brand)}.example"
        )

    def homophone(self, name: str) -> str:
        """The name with one character that sounds the same."""
        for at in range(len(name) - 1, 0, -1):
            same = [
                other
                for other in "玲琳铃林霖志智致芝佳嘉家伟玮炜文雯欣馨新鑫怡宜仪晨辰琛娜颖莹盈俊峻骏"
                "浩昊皓宇羽雨语瑜涵晗寒静婧景晶菁明铭茗诗思斯彤桐瞳妍言岩燕雪学"
                if other != name[at]
                and set(sounds.readings(other)) & set(sounds.readings(name[at]))
            ]
            if same:
                return name[:at] + self.random.choice(same) + name[at + 1 :]
        return ""

    def mistyped(self, name: str) -> str:
        """The name with another last character."""
        other = self.random.choice([c for c in "磊霞凯勇敏强军杰涛超" if c not in name])
        return name[:-1] + other

    def wrong_digit(self, phone: str) -> str:
        at = self.random.randint(7, 10)
        return f"{phone[:at]}{(int(phone[at]) + self.random.randint(1, 9)) % 10}{phone[at + 1 :]}"


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


Maker = Callable[[Composer], list[Row]]
MAKERS: list[tuple[str, str, Maker]] = []


def family(kind: str, name: str) -> Callable[[Maker], Maker]:
    """Register what makes the rows of one kind of family."""

    def register(maker: Maker) -> Maker:
        MAKERS.append((kind, name, maker))
        return maker

    return register


def _other_spelling(c: Composer, firm: Firm) -> str:
    wide = firm.full.replace("有限公司", "（有限公司）")
    spellings = [firm.bracketed, firm.short, f"{firm.city}市{firm.short}有限责任公司", wide]
    return c.random.choice(spellings)


@family(MERGE, "same mobile, company written otherwise")
def _m1(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    return [one, replace(one, company=_other_spelling(c, firm), email="", title=c.title())]


@family(MERGE, "same mobile, a title for the name")
def _m2(c: Composer) -> list[Row]:
    one = c.person(length=3)
    return [one, replace(one, name=one.name[0] + c.random.choice(["总", "经理", "老师"]), email="")]


@family(MERGE, "same mobile, a character that sounds the same")
def _m3(c: Composer) -> list[Row]:
    while True:
        one = c.person()
        if other := c.homophone(one.name):
            return [one, replace(one, name=other, email="", title="")]


@family(MERGE, "same personal e-mail, another mobile")
def _m4(c: Composer) -> list[Row]:
    one = c.person()
    return [one, replace(one, phone=c.phone(), company=""), replace(one, phone="")]


@family(MERGE, "same name, company in other layers, no mobile")
def _m5(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    return [one, Row(one.name, _other_spelling(c, firm), "", "", "")]


@family(MERGE, "one digit of the mobile wrong")
def _m6(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    company = c.random.choice([firm.full, firm.short, ""])
    return [one, replace(one, phone=c.wrong_digit(one.phone), company=company, email="")]


@family(MERGE, "two digits of the mobile swapped")
def _m7(c: Composer) -> list[Row]:
    while True:
        one = c.person()
        at = c.random.randint(7, 9)
        swapped = one.phone[:at] + one.phone[at + 1] + one.phone[at] + one.phone[at + 2 :]
        if swapped != one.phone:
            return [one, replace(one, phone=swapped, email="", title="")]


@family(MERGE, "the name in pinyin, same company")
def _m8(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    words = [sounds.sound(one.name[:1], 1).title(), sounds.sound(one.name[1:]).title()]
    c.random.shuffle(words)
    return [one, Row(" ".join(words), _other_spelling(c, firm), "", "", "")]


@family(MERGE, "another mobile since, same name and company")
def _m9(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    spaced = "　".join((one.name[0], one.name[1:]))
    return [one, replace(one, name=spaced, phone=c.phone(), company=_other_spelling(c, firm))]


@family(MERGE, "a wrong character and a wrong digit")
def _m10(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm, length=3)
    return [
        one,
        Row(c.mistyped(one.name), firm.full, one.title, c.wrong_digit(one.phone), ""),
    ]


@family(MERGE, "a letter of the e-mail wrong")
def _m11(c: Composer) -> list[Row]:
    one = c.person()
    local, _at, domain = one.email.partition("@")
    local = local.rstrip("0123456789")
    at = c.random.randrange(1, len(local))
    wrong = local[:at] + c.random.choice(_LETTERS) + local[at:]
    one = replace(one, email=f"{local}@{domain}")
    return [one, Row(one.name, "", one.title, "", f"{wrong}@{domain}")]


@family(MERGE, "same mobile, an English name")
def _m12(c: Composer) -> list[Row]:
    one = c.person()
    english = c.random.choice(["Jack", "Lucy", "Vivian", "Kevin", "Amy", "Tony"])
    return [one, replace(one, name=english, email="")]


@family(MERGE, "same mobile, the name masked or missing")
def _m13(c: Composer) -> list[Row]:
    one = c.person()
    masked = one.name[0] + "*" * (len(one.name) - 1)
    return [one, replace(one, name=masked, company=""), Row("", "", "", one.phone, "")]


@family(MERGE, "same mailbox name at another place, same name")
def _m14(c: Composer) -> list[Row]:
    one = c.person()
    local = one.email.partition("@")[0]
    return [one, replace(one, email=f"{local}@post.example", phone="", company="")]


@family(MERGE, "a wrong character, the same e-mail")
def _m15(c: Composer) -> list[Row]:
    one = c.person(length=3)
    return [one, Row(c.mistyped(one.name), "", c.title(), c.phone(), one.email)]


@family(MERGE, "the given name alone, company written short")
def _m16(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm, length=3)
    return [one, Row(one.name[1:], firm.short, one.title, "", "")]


@family(MERGE, "a character that sounds the same, company written short")
def _m17(c: Composer) -> list[Row]:
    while True:
        firm = c.firm()
        one = c.person(firm)
        if other := c.homophone(one.name):
            return [one, Row(other, firm.short, "", "", "")]


@family(DISTINCT, "the same name at another company")
def _d1(c: Composer) -> list[Row]:
    one = c.person()
    other = c.person()
    return [one, replace(other, name=one.name)]


@family(DISTINCT, "colleagues with numbers in a row")
def _d2(c: Composer) -> list[Row]:
    firm = c.firm()
    one, other = c.person(firm), c.person(firm)
    return [one, replace(other, phone=f"{one.phone[:-1]}{(int(one.phone[-1]) + 1) % 10}")]


@family(DISTINCT, "one switchboard")
def _d3(c: Composer) -> list[Row]:
    firm = c.firm()
    line = f"021-5555{c.random.randint(1000, 9999)}"
    return [replace(c.person(firm), phone=line), replace(c.person(firm), phone=line)]


@family(DISTINCT, "one shared mailbox")
def _d4(c: Composer) -> list[Row]:
    firm = c.firm()
    box = f"info@{sounds.sound(firm.brand)}.example"
    return [replace(c.person(firm), email=box), replace(c.person(firm), email=box)]


@family(DISTINCT, "colleagues of one surname and title")
def _d5(c: Composer) -> list[Row]:
    firm = c.firm()
    one, other = c.person(firm, length=3), c.person(firm, length=3)
    while set(sounds.readings(other.name[1])) & set(sounds.readings(one.name[1])):
        other = c.person(firm, length=3)
    return [one, replace(other, name=one.name[0] + other.name[1:], title=one.title)]


@family(DISTINCT, "a branch and its parent, other people")
def _d6(c: Composer) -> list[Row]:
    firm = c.firm()
    one, other = c.person(firm), c.person(firm)
    return [one, replace(other, company=f"{firm.full}合肥分公司")]


@family(DISTINCT, "the same brand in another trade, the same name")
def _d7(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    while (other := c.firm()).city == firm.city or other.trade == firm.trade:
        pass
    other = replace(other, brand=firm.brand)
    return [one, Row(one.name, other.full, c.title(), c.phone(), "")]


@family(DOUBTFUL, "same mobile, other name and company")
def _q1(c: Composer) -> list[Row]:
    one = c.person()
    return [one, replace(c.person(), phone=one.phone)]


@family(DOUBTFUL, "same name and company, nothing else")
def _q2(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    return [one, Row(one.name, firm.full, c.title(), c.phone(), f"{one.phone[-4:]}@mail.example")]


@family(DOUBTFUL, "names that sound the same, same company")
def _q3(c: Composer) -> list[Row]:
    while True:
        one = c.person()
        if other := c.homophone(one.name):
            return [one, Row(other, one.company, c.title(), c.phone(), "")]


@family(DOUBTFUL, "a name and no more")
def _q4(c: Composer) -> list[Row]:
    one = c.person()
    return [one, Row(one.name, "", "", "", "")]


@family(DOUBTFUL, "same personal e-mail, other name")
def _q5(c: Composer) -> list[Row]:
    firm = c.firm()
    one = c.person(firm)
    return [one, replace(c.person(firm), email=one.email)]


def compose() -> str:
    """The list as CSV text: families in turn until there are 1,000 rows."""
    composer = Composer()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    number = written = 0
    while written < ROWS:
        # Lists hold many more that are one person than look-alikes that are not.
        kind, name, maker = MAKERS[number % len(MAKERS)]
        rows = maker(composer)
        if written + len(rows) > ROWS:
            rows = rows[: ROWS - written]
        for at, row in enumerate(rows):
            values = (row.name, row.company, row.title, row.phone, row.email)
            label = f"F{number:03}-{at}"
            writer.writerow((label, f"F{number:03}", f"{kind}: {name}", *values))
        number += 1
        written += len(rows)
    return out.getvalue()


def unseen(family: str) -> bool:
    """Whether a family belongs to the half that nobody looked at while rules were made."""
    return blake2b(family.encode(), digest_size=1).digest()[0] % 2 == 1


def rows(*, half: bool | None = None) -> list[Labelled]:
    """The list; ``half`` False: the half rules were made by, True: the one they had not seen."""
    from opslog.domain.people import emails, phones

    with FILE.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    labelled = []
    for row in found:
        family, kind = row["family"], row["kind"].partition(":")[0]
        if half is not None and unseen(family) is not half:
            continue
        labelled.append(
            Labelled(
                label=row["label"],
                truth=family if kind == MERGE else row["label"],
                name=row["姓名"],
                company=row["公司"],
                title=row["职位"],
                phone=phones.normalise(row["手机"]).e164,
                email=emails.normalise(row["邮箱"]).address,
                doubtful=family if kind == DOUBTFUL else "",
            )
        )
    return labelled


def kinds() -> set[str]:
    """What families there are in the list, each with what it is."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["kind"] for row in csv.DictReader(file)}


if __name__ == "__main__":
    FILE.write_text(compose(), encoding="utf-8", newline="\n")
