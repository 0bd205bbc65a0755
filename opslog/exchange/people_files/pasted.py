"""A line, a business card, the end of a letter, or the words with which somebody introduces
themselves: taken apart into what a person has."""

from __future__ import annotations

import re

from opslog.domain.people.addressees import addressees
from opslog.exchange.people_files import vcards
from opslog.exchange.people_files.spoken import understood

# Where a line of a vCard begins that was pasted into a single line.
_PROPERTY = re.compile(r"\s+(?=(?:[\w-]+\.)?[A-Z][A-Z-]+(?:;[^:\s]*)?:)")

# ``@上海沙龙`` or ``@"Shanghai salon"``: the event; never within an address.
_EVENT = re.compile(r"""(?:(?<=\s)|^)[@＠](?:"([^"]+)"|“([^”]+)”|([^\s,，;；、@]+))""")
# As WeCom shows contacts: 王志刚@深蓝软件; 王志刚@微信 is of no company.
_AT_COMPANY = re.compile(r"(?<=[\u3400-\u9fff])[@＠]([\u3400-\u9fff][^\s,，;；、@]*)")
_NO_COMPANY = ("微信", "企业微信")
_GREETING = re.compile(
    r"^(?:(?:你|您)们?好|大家好|早上好|下午好|hi|hello|dear \w+)\s*[,，!！。.~～]*\s*", re.I
)
_I_AM = re.compile(r"(?:(?<=[\s,，。!！])|^)(?:我是|我叫|这是|i'm |i am |my name is )", re.I)
_OF_COMPANY = re.compile(r"^(?:来自)?([^\s,，。、]{2,20})的(?=[\u3400-\u9fff])")
_FROM_COMPANY = re.compile(r"(?<=[A-Za-z]) (?:from|of|at|with) (?=[A-Z])")
_TITLE_BEFORE_NAME = re.compile(
    r"([\u3400-\u9fff]*(?:经理|总监|总裁|主管|主任|部长|工程师|专员|顾问|负责人|董事长|秘书|助理|运营|销售))"
    r"(?=[\u3400-\u9fff]{2,4}(?:[\s,，。!！]|$))"
)
_LETTER_LABEL = re.compile(r"(?m)^[ \t]*[A-Z][ \t]*[:：]")


def fields(text: str) -> dict[str, str]:
    """Name, company, title, phone, e-mail, city and note, as far as the text says them; also
    ``event``, as it is named behind an @, and ``guests``, how many they bring along."""
    if "BEGIN:VCARD" in text.upper():
        lines = _PROPERTY.sub("\n", text).splitlines()
        card = next(vcards.entries(enumerate(lines, 1)), None)
        if card is not None:
            return _filled(
                card.name, card.company, card.title, card.phone, card.email, card.note, card.city
            )
    alone = addressees(text)
    if len(alone) == 1 and alone[0].text.strip() == text.strip():
        return _filled(alone[0].name, "", "", (), (alone[0].address,), "")
    events = [next(filter(None, found)) for found in _EVENT.findall(text)]
    said = understood(_plain(_EVENT.sub("\t", text)))
    found = _filled(said.name, said.company, said.title, said.phone, said.email, said.note)
    for name, value in (("event", "".join(events[:1])), ("guests", said.guests)):
        if value:
            found[name] = value
    return found


def _plain(text: str) -> str:
    """The text as a line of pieces, without what only introduces them."""
    text = _LETTER_LABEL.sub("", text.strip()).replace("\n", "\t")
    text = _AT_COMPANY.sub(
        lambda found: "" if found[1] in _NO_COMPANY else f"，公司：{found[1]}，", text
    )
    text, introduced = _I_AM.subn("", _GREETING.sub("", text), count=1)
    if introduced:
        text = _OF_COMPANY.sub(r"公司：\1，", text)
        text = _FROM_COMPANY.sub(", ", text, count=1)
        text = _TITLE_BEFORE_NAME.sub(r"\1，", text)
    return text


def _filled(
    name: str,
    company: str,
    title: str,
    phone: tuple[str, ...],
    email: tuple[str, ...],
    note: str,
    city: str = "",
) -> dict[str, str]:
    """The first number and address are theirs; further ones stay in the note."""
    more = [*(number.strip() for number in phone[1:]), *email[1:]]
    said = {
        "name": name,
        "company": company,
        "title": title,
        "phone": phone[0].strip() if phone else "",
        "email": email[0] if email else "",
        "city": city,
        "note": " ".join([note, *more]).strip(),
    }
    return {field: value for field, value in said.items() if value}
