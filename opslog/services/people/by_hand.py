"""People without a list: a line, a business card, a signature; compared with who is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.people import emails, phones
from opslog.domain.people.card import Person, called, checked
from opslog.domain.people.identity import same_person
from opslog.domain.people.naming.names import company_key, fold
from opslog.domain.people.number_cities import place_of
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.people import card as person_card
from opslog.store.people import card as people_store
from opslog.store.people import erased, suppressed
from opslog.store.twins import pairs

_REACH = ("name", "company", "phone", "email")  # one of these somebody has to have


class Introduced(NamedTuple):
    """What a text says of somebody: by FIELDS, the event named behind an @, who comes along."""

    fields: dict[str, str]
    event: str
    guests: int


def read(text: str) -> Introduced:
    """What a line, a business card, a signature or an introduction says of somebody."""
    from opslog.exchange.people_files.pasted import fields

    said = fields(text)
    event, guests = said.pop("event", ""), int(said.pop("guests", 0))
    return Introduced(said, event, guests)


class Known(NamedTuple):
    """Who somebody may be who is entered already.

    ``sure``: by the rule that joins people; ``like``: who else has this number or address, or
    this name where no company tells them apart. ``erased_on``: the local day on which somebody
    with this number or address was erased, '' nobody.
    """

    sure: Person | None
    like: tuple[Person, ...]
    erased_on: str = ""

    @property
    def people(self) -> tuple[Person, ...]:
        return self.like if self.sure is None else (self.sure,)


def given(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields as they are kept, without the empty ones. Refused for what can't be read, and
    where nothing says who it is."""
    values = {name: checked(name, value) for name, value in fields.items()}
    values = {name: value for name, value in values.items() if value}
    if not any(values.get(name) for name in _REACH):
        raise Refused(msg(N_("Whom? Type a name, or a number")))
    return values


def known(book: Book, values: Mapping[str, str]) -> Known:
    """Who this may be, of those in the file; ``values`` as ``given`` gives them."""
    name, company, phone, email = (values.get(field, "") for field in _REACH)
    by_phone, by_email = _reached(book, phone), _reached(book, email)
    mobile, personal = phones.is_mobile(phone), bool(email) and emails.is_personal(email)
    sure = same_person(name, by_phone if mobile else (), by_email if personal else ())
    if sure is not None:
        return Known(sure, ())
    like = [*by_phone, *by_email]
    if name:
        key = company_key(company)
        folded = pairs.folded(book.con, [key]).get(key, key)
        like += [
            one
            for one in person_card.find(book, name)
            if fold(one.name) == fold(name) and (one.company_key in ("", folded) or not folded)
        ]
    found = tuple({one.id: one for one in like}.values())
    return Known(None, found, "" if found else _erased_on(book, name, phone, email))


def _reached(book: Book, value: str) -> list[Person]:
    """Those with this number or address, as the first of theirs or a further one."""
    found = person_card.find(book, value)
    return [one for one in found if value in (one.phone, one.email, *one.phones, *one.emails)]


def _erased_on(book: Book, name: str, phone: str, email: str) -> str:
    marks = erased.known(book.con)
    if marks is None:
        return ""
    _mark, at = marks.erased_at([name], [phone], [email])
    return instant_of(at).astimezone(book.clock.zone).date().isoformat() if at else ""


def name_of(book: Book, values: Mapping[str, str], same: int | None = None) -> str:
    """What to call somebody who is to be entered, or added to somebody known."""
    if same is not None:
        return person_card.get(book, person_card.living(book, same)).called
    return called(0, *(values.get(field, "") for field in _REACH))


def add(book: Book, fields: Mapping[str, str], *, same: int | None = None) -> Change:
    """Somebody met without a list; ``made`` is who it is.

    ``same``: they are this person, of whom what was blank is filled and a further number or
    address is kept. Refused as ``given``.
    """
    values = given(fields)
    if same is not None:
        return _fill(book, person_card.get(book, person_card.living(book, same)), values)
    key = company_key(values.get("company", ""))
    row = {
        **values,
        "company_key": pairs.folded(book.con, [key]).get(key, key),
        "city_guess": place_of(values.get("phone", "")),
        "created_at": instant_text(book.now()),
    }
    with book.change(msg(N_("New: {name}"), name=name_of(book, values))) as change:
        change.made = people_store.insert(book.con, row)
        people_store.note_typed(book.con, change.made, values)
        people_store.reindex(book.con, [change.made])
        suppressed.bar_again(book.con, [change.made])
    return change


def _fill(book: Book, person: Person, values: Mapping[str, str]) -> Change:
    """What was blank of somebody known; a number or address they did not have beside theirs."""
    blank = {name: text for name, text in values.items() if not getattr(person, name)}
    more: dict[str, object] = {}
    for name, others in (("phone", person.phones), ("email", person.emails)):
        said = values.get(name, "")
        if said and name not in blank and said not in (getattr(person, name), *others):
            more[f"{name}s"] = " ".join([*others, said])
    with book.change(msg(N_("Added to {name}"), name=person.called)) as change:
        if blank:
            person_card.edit(book, person.id, **blank)
        if more:
            people_store.update(book.con, person.id, more)
            people_store.note_typed(book.con, person.id, more)
            people_store.reindex(book.con, [person.id])
            suppressed.bar_again(book.con, [person.id])
        change.made = person.id
    return change
