"""What is not known of somebody yet is asked next: fields that are wanted and blank.

Operator's rule (first screening): complete the profile. Which fields are wanted says ``wanted`` in
talk_tracks.toml; of one's own, those that are shown on the card.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from opslog.domain.answers.questions import CHOICE, Question, Said
from opslog.domain.base.refusal import Refused
from opslog.domain.people import phones
from opslog.domain.people.card import FIELDS, Person
from opslog.domain.people.fields import COMPANY, OwnField
from opslog.locale import N_, Msg, msg
from opslog.services.answers.asked import Asked
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.fields import fields
from opslog.services.people import card as people


def asked(book: Book, person_id: int, also: Collection[str] = ()) -> list[Asked]:
    """The wanted fields that are blank; those of ``also`` whatever they hold."""
    person = people.get(book, person_id)
    wanted = own_kinds.tracks(book).wanted
    found = [*_of_every_card(person, wanted), *_own(book, person)]
    return [one for one in found if one.said is None or one.question.key in also]


def _of_every_card(person: Person, wanted: Collection[str]) -> Iterator[Asked]:
    for name in wanted:
        label, held = Msg(FIELDS[name]), str(getattr(person, name))
        if name == "phone" and held:
            held = phones.display(held)
        question = Question(name, label.render("zh_CN"), label.render("en"))
        if name == "city" and person.city_guess:
            guess = (person.city_guess,)
            question = question._replace(kind=CHOICE, options=guess, options_en=guess, other=True)
        yield Asked(question, Said("", held) if held else None, field=name)


def _own(book: Book, person: Person) -> Iterator[Asked]:
    for one in fields.everything(book):
        if one.on_card and (one.of != COMPANY or person.company_key):
            held = person.fields.get(one.name, "")
            yield Asked(_question(one), _said(one, held) if held else None, field=str(one.id))


def _question(one: OwnField) -> Question:
    question = Question(f"field:{one.id}", one.name, one.name)
    if one.choices:
        return question._replace(kind=CHOICE, options=one.choices, options_en=one.choices)
    return question


def _said(one: OwnField, held: str) -> Said:
    return Said(held) if held in one.choices else Said("", held)


def fill(book: Book, field: str, person_id: int, text: str) -> Change:
    """What was typed fills the field, as if typed on the card: a field of every card by its name,
    one of one's own by its number. Refused for what it can't hold."""
    if field == "city" and text.strip().isdecimal():
        raise Refused(msg(N_("“{text}” is a number, no city; type the name"), text=text.strip()))
    if field in FIELDS:
        return people.edit(book, person_id, **{field: text})
    return fields.set_value(book, int(field), person_id, text)


def known(question: Question, person: Person) -> bool:
    """Whether the field that this question fills is filled already."""
    if question.fills in FIELDS:
        return bool(getattr(person, question.fills))
    return question.fills in person.fields


def field_of(book: Book, name: str) -> str:
    """A field that a question fills, as ``fill`` takes it; one of one's own is made where there is
    none yet."""
    if name in FIELDS:
        return name
    one = fields.named(book, name)
    return str(one.id if one is not None else fields.add(book, OwnField(0, "person", name)).made)
