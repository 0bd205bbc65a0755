"""Whether two people of the book may be one: a score, and the reasons in words.

The operator's rule: people are joined without asking only by the same mobile number, or the same
personal e-mail, with a compatible name. Whatever is weaker is proposed and decided by a person;
a proposal names what speaks for it and what against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from opslog.domain.people import emails, phones
from opslog.domain.people.naming import names
from opslog.domain.twins import companies, name_likeness
from opslog.locale import N_

# Codes as they are kept with a pair, in the order they are shown.
FOR: dict[str, str] = {
    "mobile": N_("the same mobile number"),
    "email": N_("the same e-mail address"),
    "name_same": N_("the same name"),
    "name_fits": N_("one name is a form of the other"),
    "name_order": N_("family and given name turned round"),
    "name_sound": N_("the names sound the same"),
    "name_character": N_("one character of the name differs"),
    "name_spelling": N_("the names are spelt almost the same"),
    "name_part": N_("one name is part of the other"),
    "name_half": N_("one word of the name is the same"),
    "phone_near": N_("the numbers differ by one digit"),
    "phone": N_("the same landline"),
    "phone_local": N_("the same landline, but for the area code"),
    "phone_shared": N_("a mobile number that many gave"),
    "email_near": N_("the e-mail addresses differ by a little"),
    "email_shared": N_("the same shared mailbox"),
    "company": N_("the same company"),
    "company_alike": N_("the companies may be one"),
    "company_branch": N_("one company is a branch of the other"),
    "title": N_("the same title"),
}
AGAINST: dict[str, str] = {
    "name_other": N_("other names"),
    "phone_other": N_("other numbers"),
    "email_other": N_("other e-mail addresses"),
    "company_other": N_("other companies"),
    "name_common": N_("a name that many have"),
}
REASONS = {**FOR, **AGAINST}

_WEIGHTS = {
    "mobile": 50,
    "email": 45,
    "name_same": 40,
    "name_fits": 28,
    "name_order": 36,
    "name_sound": 32,
    "name_character": 22,
    "name_spelling": 32,
    "name_part": 20,
    "name_half": 12,
    "phone_near": 36,
    "phone": 10,
    "phone_local": 12,
    "phone_shared": 10,
    "email_near": 20,
    "email_shared": 6,
    "company": 22,
    "company_alike": 20,
    "company_branch": 12,
    "title": 6,
    "name_other": -35,
    "phone_other": -12,
    "email_other": -6,
    "company_other": -8,
    "name_common": -14,
}
PROPOSED = 40  # points from which a pair is worth a question
PROPOSED_EMAIL = 10  # where the personal e-mail is the same, less will do
MOST_ON_ONE_NUMBER = 8  # past that, somebody signs up a whole team by their own number
MANY = 10  # people of one name from which it says little by itself
CERTAIN = 100
NAME_KEYS, REACH_KEYS = frozenset("n"), frozenset("pe")  # kinds of keys: see block_keys
_SHARED = {"mobile": "phone_shared", "email": "email_shared"}
_STRONG = frozenset(_SHARED)
_MOST_FROM_WORK = _WEIGHTS["company"] + _WEIGHTS["title"]

_TIES = {
    name_likeness.SAME: "name_same",
    name_likeness.FITS: "name_fits",
    name_likeness.ORDER: "name_order",
    name_likeness.SOUND: "name_sound",
    name_likeness.CHARACTER: "name_character",
    name_likeness.SPELLING: "name_spelling",
    name_likeness.PART: "name_part",
    name_likeness.HALF: "name_half",
    name_likeness.OTHER: "name_other",
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """A person as far as likeness goes. ``phones`` E.164, ``emails`` in lower case; ``local``:
    digits of landlines that a list gave without an area code."""

    id: int
    name: str = ""
    company: str = ""
    company_key: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    local: tuple[str, ...] = ()


class ShareCounts(NamedTuple):
    """How many people of the book have the name, and how many the number or address, of one of
    two; what is common to many says little of any two of them."""

    named: int = 0
    reached: int = 0


NOT_COMMON = ShareCounts()


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` 0 to 100; ``reasons`` codes of REASONS; ``automatic``: joined without asking."""

    score: int
    reasons: tuple[str, ...] = ()
    automatic: bool = False

    @property
    def proposed(self) -> bool:
        """Worth a question, or certain. Two people with one mobile always are."""
        if "mobile" in self.reasons:
            return True
        return self.score >= (PROPOSED_EMAIL if "email" in self.reasons else PROPOSED)


def compare(one: Sketch, other: Sketch, shared: ShareCounts = NOT_COMMON) -> Likeness:
    """How alike two people are; the same whichever comes first."""
    codes = {
        _mobile_or_phone(one, other),
        _email(one, other),
        _TIES.get(name_likeness.tie(*_ordered(one.name, other.name)), ""),
    }
    strong = not _STRONG.isdisjoint(codes)
    fits = strong and names.compatible(one.name, other.name)
    if shared.named > MANY and "name_same" in codes:
        codes.add("name_common")
    if strong and not fits and shared.reached > MOST_ON_ONE_NUMBER:
        codes = {_SHARED.get(code, code) for code in codes}
        strong = False
    if not strong and _points(codes) + _MOST_FROM_WORK < PROPOSED:
        return Likeness(_score(codes), _in_order(codes))  # nothing else could make it worth asking
    codes.add(_company(one, other))
    if one.title and names.fold(one.title) == names.fold(other.title):
        codes.add("title")
    if fits:
        return Likeness(CERTAIN, _in_order(codes), automatic=True)
    return Likeness(_score(codes), _in_order(codes))


def block_keys(person: Sketch) -> tuple[str, ...]:
    """By what a person finds those who may be the same, none of it common to many.

    Two people with no key in common are never compared. Keys of ``NAME_KEYS`` may be
    shared by many namesakes, the others hardly ever.
    """
    keys = [f"p{phone}" for phone in person.phones]
    for address in person.emails:
        local = address.partition("@")[0]
        keys.append(f"e{address}")
        if len(local) > 3 and emails.is_personal(address):
            keys.append(f"l{local}")
    keys += [f"a{digits}" for digits in _local(person)]
    keys += [f"n{sound}" for sound in name_likeness.sound_keys(person.name)]
    starts = name_likeness.initials(person.name)
    family = starts[:1] if names.is_chinese(person.name) else starts
    for phone in person.phones:
        digits = phone.lstrip("+")
        # A wrong digit is in the front or in the rear half; the other half still agrees.
        keys += [f"{part}{letter}" for part in (digits[:-5], digits[-5:]) for letter in family]
    if person.company:
        hearts = companies.heart_keys(person.company)
        keys += [f"c{heart} {letter}" for heart in hearts for letter in starts]
    return tuple(dict.fromkeys(keys))


def company_block_keys(company: str) -> tuple[str, ...]:
    """By what a company finds those that may be the same."""
    return tuple(f"C{key}" for key in companies.core_keys(company))


def hashed(key: str) -> int:
    """A key as a 63-bit number."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def _points(codes: set[str]) -> int:
    return sum(_WEIGHTS[code] for code in codes if code)


def _score(codes: set[str]) -> int:
    return max(1, min(_points(codes), CERTAIN - 1))


def _in_order(codes: set[str]) -> tuple[str, ...]:
    return tuple(code for code in REASONS if code in codes)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _local(person: Sketch) -> set[str]:
    """Landlines without their area codes."""
    return {*person.local, *filter(None, map(phones.without_area, person.phones))}


def _mobile_or_phone(one: Sketch, other: Sketch) -> str:
    if not {*one.local, *other.local}.isdisjoint(_local(one) & _local(other)):
        return "phone_local"
    if not one.phones or not other.phones:
        return ""
    shared = set(one.phones) & set(other.phones)
    if any(phones.is_mobile(phone) for phone in shared):
        return "mobile"
    if shared:
        return "phone"
    if any(_one_digit(a, b) for a in one.phones for b in other.phones):
        return "phone_near"
    return "phone_other"


def _one_digit(one: str, other: str) -> bool:
    """One digit another, or two neighbours swapped, or one left out."""
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) == 1:
            return True
        if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
            return False
        at = wrong[0]
        return one[at] == other[at + 1] and one[at + 1] == other[at]
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _email(one: Sketch, other: Sketch) -> str:
    if not one.emails or not other.emails:
        return ""
    shared = set(one.emails) & set(other.emails)
    if any(emails.is_personal(address) for address in shared):
        return "email"
    if shared:
        return "email_shared"
    if any(_near_address(a, b) for a in one.emails for b in other.emails):
        return "email_near"
    return "email_other"


@lru_cache(maxsize=20_000)
def _near_address(one: str, other: str) -> bool:
    """The same person's name at another place, or one letter wrong."""
    if not emails.is_personal(one) or not emails.is_personal(other):
        return False
    first, second = one.partition("@")[0], other.partition("@")[0]
    if first == second:
        return len(first) > 3
    from rapidfuzz.distance import OSA

    return (
        min(len(first), len(second)) > 5
        and not any(letter.isdigit() for letter in first + second)
        and OSA.distance(one, other, score_cutoff=1) <= 1
    )


def _company(one: Sketch, other: Sketch) -> str:
    if not one.company_key or not other.company_key:
        return ""
    if one.company_key == other.company_key:
        return "company"
    kind = companies.relation(*_ordered(one.company, other.company)).kind
    if kind == companies.SAME:
        return "company_alike"
    return "company_other" if kind == companies.UNRELATED else "company_branch"
