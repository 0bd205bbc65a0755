"""People as a vCard file: version 3.0, which Android, iOS, Outlook and WeCom all take in, or 4.0
(RFC 6350)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from opslog.domain.people.card import called
from opslog.domain.people.phones import is_mobile
from opslog.exchange.writing.cells import visible
from opslog.exchange.writing.files import write_whole

VERSIONS = ("3.0", "4.0")
_LINE = 75  # octets, RFC 2426 section 2.6


@dataclass(frozen=True)
class Contact:
    name: str
    company: str = ""
    title: str = ""
    phone: str = ""  # E.164
    email: str = ""
    city: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # further ones
    emails: tuple[str, ...] = ()
    barred: bool = False  # asked not to be called


def reachable(contact: Contact) -> bool:
    """Whether there is anything in it that an address book is for."""
    return any((contact.phone, contact.email, contact.phones, contact.emails))


def write_contacts(
    contacts: Iterable[Contact], path: Path, *, version: str = "3.0", force: bool = False
) -> Path:
    """Write a .vcf file of one of VERSIONS; refuses as ``write_whole`` does."""

    def write(file: BinaryIO) -> None:
        for contact in contacts:
            file.write(_card(contact, version))

    return write_whole(path, write, force=force)


def _card(contact: Contact, version: str) -> bytes:
    newer = version == "4.0"
    name = called(0, contact.name, contact.company, contact.phone, contact.email)
    lines = [
        "BEGIN:VCARD",
        f"VERSION:{version}",
        f"N:{_text(name)};;;;",
        f"FN:{_text(name)}",
        contact.company and f"ORG:{_text(contact.company)}",
        contact.title and f"TITLE:{_text(contact.title)}",
        *(_phone(phone, newer) for phone in (contact.phone, *contact.phones) if phone),
        *(
            f"{'EMAIL' if newer else 'EMAIL;TYPE=INTERNET'}:{_text(email)}"
            for email in (contact.email, *contact.emails)
            if email
        ),
        contact.city and f"ADR;TYPE=WORK:;;;{_text(contact.city)};;;",
        contact.tags and f"CATEGORIES:{','.join(_text(tag) for tag in contact.tags)}",
        contact.note and f"NOTE:{_text(contact.note)}",
        "END:VCARD",
    ]
    return b"".join(_folded(line) for line in lines if line)


def _phone(number: str, newer: bool) -> str:
    """A landline is no mobile: an address book offers to write to those."""
    mobile = is_mobile(number)
    if newer:
        return f"TEL;VALUE=uri;TYPE={'cell' if mobile else 'work'}:tel:{_text(number)}"
    kind = "CELL" if mobile else "WORK,VOICE"
    return f"TEL;TYPE={kind}:{_text(number)}"


def _text(value: str) -> str:
    """A value with what would end it escaped."""
    value = visible(value).replace("\\", "\\\\").replace("\n", "\\n")
    return value.replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, continued on lines that begin with a space; never inside a
    character."""
    rows: list[bytes] = []
    row = b""
    for letter in line:
        octets = letter.encode()
        if len(row) + len(octets) > _LINE:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"
