"""A business card or the end of a letter, pasted: taken apart into what a person has."""

from __future__ import annotations

import re

from opslog.domain.people.addressees import addressees
from opslog.exchange.people_files import vcards
from opslog.exchange.people_files.spoken import understood

# Where a line of a vCard begins that was pasted into a single line.
_PROPERTY = re.compile(r"\s+(?=(?:[\w-]+\.)?[A-Z][A-Z-]+(?:;[^:\s]*)?:)")


def fields(text: str) -> dict[str, str]:
    """Name, company, title, phone, e-mail, city and note, as far as the text says them."""
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
    said = understood(text)
    return _filled(said.name, said.company, said.title, said.phone, said.email, said.note)


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
