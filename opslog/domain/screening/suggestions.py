"""Suggestions for screening: rules and what is known, held against one person.

A rule proposes, a person decides. What the rules say about a row is worked out when its card
is shown and is never stored, so a mended rule counts from the next card on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from opslog.domain.people.naming.names import fold
from opslog.domain.screening.made_up import LOOKS
from opslog.domain.screening.rounds import DROP
from opslog.locale import N_, Msg, msg, nmsg


class Rule(NamedTuple):
    """One ``[[rule]]`` of rules.toml; it fits when any one of its conditions does.

    company, person, title   a part of the text; Latin words match whole words only
    company_is, person_is    the whole text
    company_looks, person_looks   what the text looks like: see domain.looks
    note    a whole remark, or a part of it between signs such as ; or ，
    email   a domain (with everything below it) or one whole address
    phone   the first digits of a number, E.164 (``+8621...``)
    lacks   a way to reach somebody; all of those named must be missing
    """

    name: str
    reason: str
    verdict: str = DROP
    company: tuple[str, ...] = ()
    company_is: tuple[str, ...] = ()
    company_looks: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    person_is: tuple[str, ...] = ()
    person_looks: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


CONDITIONS = tuple(name for name in Rule._fields if name not in ("name", "reason", "verdict"))
REACHES = ("phone", "email", "wecom")


class Subject(NamedTuple):
    """What rules look at. ``phone`` is E.164, ``wecom`` None where it is not known."""

    name: str = ""
    company: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    wecom: bool | None = None
    note: str = ""
    do_not_call: bool = False


class EarlierVerdict(NamedTuple):
    """The newest drop of the same person on another list."""

    reason: str
    reason_title: Msg
    event: str
    day: date


class CompanyVerdict(NamedTuple):
    """How many other people of the company were dropped for one reason."""

    reason: str
    reason_title: Msg
    people: int


class Namesake(NamedTuple):
    """An earlier row of this list with the same name and company."""

    line: int | None  # in its file, where known


class KnownOfRow(NamedTuple):
    """What the database knows that speaks for a verdict."""

    earlier: EarlierVerdict | None = None
    company: CompanyVerdict | None = None
    namesake: Namesake | None = None


class Suggestion(NamedTuple):
    """``rule`` goes into the ledger as who decided, when the suggestion is taken."""

    verdict: str
    reason: str
    rule: str
    why: Msg


# A reason that says something about the company, not about the person: what one colleague of
# theirs was dropped for speaks for the next one too.
ABOUT_COMPANY = frozenset({"colleague", "competitor", "partner", "supplier", "media"})

_BETWEEN = re.compile(r"[;；,，、/|\n()（）:：。]+")  # remarks in one note


def suggest(rules: Iterable[Rule], subject: Subject, known: KnownOfRow) -> list[Suggestion]:
    """Every suggestion for one person, the strongest first: the rules in the order of the file,
    then what was decided before. Each verdict and reason is proposed once."""
    found: dict[tuple[str, str], Suggestion] = {}
    for suggestion in (*suggest_by_rules(rules, subject), *_by_what_is_known(subject, known)):
        found.setdefault((suggestion.verdict, suggestion.reason), suggestion)
    return list(found.values())


def suggest_by_rules(rules: Iterable[Rule], subject: Subject) -> Iterator[Suggestion]:
    company, person, title = fold(subject.company), fold(subject.name), fold(subject.title)
    remarks = [fold(part) for part in _BETWEEN.split(subject.note)] if subject.note else []
    for rule in rules:
        why = (
            _part(rule.company, company, N_("company has “{text}”"))
            or _whole(rule.company_is, company, N_("company is “{text}”"))
            or _look(rule.company_looks, company, "company")
            or _address(rule.email, subject.email.lower())
            or _number(rule.phone, subject.phone)
            or _part(rule.person, person, N_("name has “{text}”"))
            or _whole(rule.person_is, person, N_("name is “{text}”"))
            or _look(rule.person_looks, person, "person")
            or _part(rule.title, title, N_("title has “{text}”"))
            or _remark(rule.note, remarks)
            or _lacking(rule.lacks, subject)
        )
        if why:
            yield Suggestion(rule.verdict, rule.reason, rule.name, why)


def _by_what_is_known(subject: Subject, known: KnownOfRow) -> Iterator[Suggestion]:
    if subject.do_not_call:
        why = msg(N_("asked not to be called"))
        yield Suggestion(DROP, "declined", "asked not to be called", why)
    if known.namesake:
        same = known.namesake
        why = (
            msg(N_("same name and company as line {line}"), line=same.line)
            if same.line
            else msg(N_("same name and company as another row"))
        )
        yield Suggestion(DROP, "duplicate", "same name and company", why)
    if known.earlier:
        before = known.earlier
        why = msg(
            N_("dropped as {reason} on {event}, {day}"),
            reason=before.reason_title,
            event=before.event,
            day=before.day.isoformat(),
        )
        yield Suggestion(DROP, before.reason, "earlier verdict", why)
    if known.company and known.company.reason in ABOUT_COMPANY:
        mates = known.company
        why = nmsg(
            "{n} other person of this company dropped as {reason}",
            "{n} other people of this company dropped as {reason}",
            mates.people,
            reason=mates.reason_title,
        )
        yield Suggestion(DROP, mates.reason, "same company", why)


@lru_cache(maxsize=4096)
def _word(text: str) -> str:
    """A word of a rule, folded once and not for each row it is held against."""
    return fold(text)


def _part(needles: tuple[str, ...], text: str, reading: str) -> Msg | None:
    for needle in needles:
        if _holds(text, _word(needle)):
            return msg(reading, text=needle)
    return None


def _holds(text: str, needle: str) -> bool:
    """Whether a text has a part; ``ibm`` is in ``ibm中国`` but not in ``ibmx``."""
    if not needle or needle not in text:
        return False
    before = r"(?<![a-z0-9])" if needle[0].isascii() and needle[0].isalnum() else ""
    after = r"(?![a-z0-9])" if needle[-1].isascii() and needle[-1].isalnum() else ""
    return re.search(before + re.escape(needle) + after, text) is not None


def _whole(values: tuple[str, ...], text: str, reading: str) -> Msg | None:
    for value in values:
        if text and text == _word(value):
            return msg(reading, text=value)
    return None


def _remark(values: tuple[str, ...], remarks: list[str]) -> Msg | None:
    """“同事推荐” is said of a guest, “同事” of a colleague: only a whole remark counts."""
    for value in values if remarks else ():
        if _word(value) in remarks:
            return msg(N_("the remark says “{text}”"), text=value)
    return None


def _look(looks: tuple[str, ...], text: str, of: str) -> Msg | None:
    for look in looks:
        if LOOKS[look].test(text):
            return LOOKS[look].company if of == "company" else LOOKS[look].person
    return None


def _address(domains: tuple[str, ...], email: str) -> Msg | None:
    host = email.rpartition("@")[2]
    for entry in domains:
        domain = entry.lower().removeprefix("@")
        if "@" in domain:
            if email == domain:
                return msg(N_("e-mail is {address}"), address=entry)
        elif host and (host == domain or host.endswith("." + domain)):
            return msg(N_("e-mail at {domain}"), domain=domain)
    return None


def _number(beginnings: tuple[str, ...], phone: str) -> Msg | None:
    for beginning in beginnings:
        if phone and phone.startswith(beginning):
            return msg(N_("phone begins with {digits}"), digits=beginning)
    return None


def _lacking(ways: tuple[str, ...], subject: Subject) -> Msg | None:
    if not ways:
        return None
    there = {
        "phone": bool(subject.phone),
        "email": bool(subject.email),
        "wecom": bool(subject.wecom),
    }
    if any(there[way] for way in ways):
        return None
    return _LACKING[frozenset(ways)]


_LACKING = {
    frozenset({"phone"}): msg(N_("no phone")),
    frozenset({"email"}): msg(N_("no e-mail")),
    frozenset({"wecom"}): msg(N_("not on WeCom")),
    frozenset({"phone", "email"}): msg(N_("no phone or e-mail")),
    frozenset({"phone", "wecom"}): msg(N_("no phone or WeCom")),
    frozenset({"email", "wecom"}): msg(N_("no e-mail or WeCom")),
    frozenset(REACHES): msg(N_("no phone, e-mail or WeCom")),
}


def phone_beginning(text: str) -> str | None:
    """The digits of a rule as a number in the list begins, or None where they are too few.

    ``021 5555`` and ``138 0013`` are read as mainland numbers, ``+65 6`` or ``0065 6`` as they
    stand.
    """
    plain = re.sub(r"[\s()\-./]", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"^00", "+", plain)
    if not plain.startswith("+"):
        plain = "+86" + plain.removeprefix("0")
    return plain if re.fullmatch(r"\+(86\d{3,11}|(?!86)\d{3,15})", plain) else None
