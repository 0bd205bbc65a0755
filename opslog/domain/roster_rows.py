"""A row of a list, understood: who it is, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from opslog.domain import emails, names, phones
from opslog.domain.cells import clean, moment, yes_no
from opslog.domain.clock import instant_text

# A row with one of these marks cannot become a card.
NO_CARD = frozenset({"totals", "nobody", "heading"})

_TOTALS = re.compile(
    r"(?:合计|总计|共计|小计|总数|总人数|总共|共\d+[人条位名行个]|(?:grand|sub)?totals?)"
    r"(?:报名|签到|人数|行数)*[:：=]?[\d,.]*[人条位名行个]*"
)


class Reading(NamedTuple):
    """A row as understood; '' (``wecom``: None) where it says nothing.

    ``signed_up_at`` is an instant as it stands in the file; ``by_mobile`` and ``by_email`` are
    the phone and e-mail where they name one person, and so may join rows.
    """

    name: str
    company: str
    company_key: str
    title: str
    phone: str
    email: str
    city: str
    industry: str
    wecom: bool | None
    note: str
    signed_up_at: str
    by_mobile: str
    by_email: str
    problems: tuple[str, ...]

    @property
    def is_card(self) -> bool:
        return NO_CARD.isdisjoint(self.problems)


class RowReader:
    """Understands the rows of one file. ``mapping``: field -> index of its column."""

    def __init__(self, columns: Sequence[str], mapping: Mapping[str, int], zone: tzinfo) -> None:
        self._headings = [heading.strip() for heading in columns]
        self._width = len(self._headings)
        self._zone = zone
        pick = {field: self._picker(mapping.get(field)) for field in _PICKED}
        self._company, self._title = pick["company"], pick["title"]
        self._phone, self._email = pick["phone"], pick["email"]
        self._city, self._industry = pick["city"], pick["industry"]
        self._wecom, self._note = pick["wecom"], pick["note"]
        self._signed_up_at = pick["signed_up_at"]
        self._whole, self._given, self._family = (
            pick["name"],
            pick["given_name"],
            pick["family_name"],
        )
        self._split_name = "given_name" in mapping or "family_name" in mapping

    @staticmethod
    def _picker(index: int | None) -> Callable[[Sequence[str]], str]:
        if index is None:
            return _nothing
        return lambda cells: cells[index] if index < len(cells) else ""

    def read(self, cells: Sequence[str], marks: Sequence[str] = ()) -> Reading:
        """Understand one row; ``marks`` are what the file reader found wrong with it."""
        problems = list(marks)
        phone = phones.normalise(self._phone(cells))
        if phone.problem:
            problems.append("phone_" + phone.problem)
        elif phone.others:
            problems.append("more_phones")
        email = emails.normalise(self._email(cells))
        if email.problem:
            problems.append("email_unreadable")
        name = self._name(cells)
        signed_up_at = self._moment(self._signed_up_at(cells), problems)
        if len(cells) > self._width and any(map(str.strip, cells[self._width :])):
            problems.append("more_cells")
        if not phone.e164 and not email.address:
            self._mark_no_card(cells, name, problems)
        company = clean(self._company(cells))
        return Reading(
            name,
            company,
            names.company_key(company) if company else "",
            clean(self._title(cells)),
            phone.e164,
            email.address,
            clean(self._city(cells)),
            clean(self._industry(cells)),
            yes_no(self._wecom(cells)) if self._wecom is not _nothing else None,
            _with_extension(clean(self._note(cells)), phone.extension),
            signed_up_at,
            phone.e164 if phone.kind == phones.MOBILE else "",
            email.address if email.address and emails.is_personal(email.address) else "",
            tuple(problems),
        )

    def _name(self, cells: Sequence[str]) -> str:
        whole = clean(self._whole(cells))
        if whole or not self._split_name:
            return whole
        given, family = clean(self._given(cells)), clean(self._family(cells))
        if names.is_chinese(family + given):
            return family + given
        return f"{given} {family}".strip()

    def _moment(self, text: str, problems: list[str]) -> str:
        text = clean(text)
        if not text:
            return ""
        instant = moment(text, self._zone)
        if instant is None:
            problems.append("date_unreadable")
            return ""
        return instant_text(instant)

    def _mark_no_card(self, cells: Sequence[str], name: str, problems: list[str]) -> None:
        """Rows nobody can be reached or named by: totals, headings again, nobody at all."""
        filled = [text for text in map(str.strip, cells) if text]
        if any(_is_totals(text) for text in filled[:2]):
            problems.append("totals")
        elif [cell.strip() for cell in cells[: self._width]] == self._headings:
            problems.append("heading")
        elif not name:
            problems.append("nobody")


_PICKED = [
    "name",
    "given_name",
    "family_name",
    "company",
    "title",
    "phone",
    "email",
    "city",
    "industry",
    "wecom",
    "note",
    "signed_up_at",
]


def _nothing(cells: Sequence[str]) -> str:
    return ""


def _is_totals(text: str) -> bool:
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _TOTALS.fullmatch(folded) is not None


def _with_extension(note: str, extension: str) -> str:
    """E.164 has no place for an extension, and without it nobody is reached."""
    if not extension:
        return note
    return f"{note} 转{extension}".strip()
