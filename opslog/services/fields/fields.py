"""Fields of the operator's own: added, said more of, filled for a person or their company."""

from __future__ import annotations

from collections.abc import Mapping

from opslog.domain.base.refusal import Refused
from opslog.domain.people.card import FIELDS
from opslog.domain.people.fields import (
    CHOICE,
    COMPANY,
    MOST_WEIGHT,
    OF,
    PERSON,
    TYPES,
    OwnField,
    read_choices,
)
from opslog.locale import LANGUAGES, N_, Msg, msg
from opslog.services.book.book import Book, Change
from opslog.services.people import card as people
from opslog.store.people import fields as store


def everything(book: Book, *, counted: bool = False) -> list[OwnField]:
    """Those with the most weight first; ``counted``: with of how many each is known."""
    return store.everything(book.con, counted=counted)


def get(book: Book, field_id: int) -> OwnField:
    """Refused where there is none of this number."""
    found = next((one for one in everything(book, counted=True) if one.id == field_id), None)
    if found is None:
        raise Refused(msg(N_("This field is gone; undo may bring it back")))
    return found


def read(values: Mapping[str, str], id: int = 0) -> OwnField:
    """A field as a form or the shell has it: of, name, type, choices, on_card, weight. Refused for
    what none of them can be, with the field of the form."""
    name = " ".join(values.get("name", "").split())
    if not name:
        raise Refused(msg(N_("A field needs a name, for instance 员工数")), field="name")
    known = {Msg(label).render(language) for label in FIELDS.values() for language in LANGUAGES}
    if name in known:
        raise Refused(msg(N_("“{name}” is there already on every card"), name=name), field="name")
    of, type_ = values.get("of", PERSON), values.get("type", TYPES[0])
    if of not in OF or type_ not in TYPES:
        known_here = {"of": "/".join(OF), "types": "/".join(TYPES)}
        raise Refused(msg(N_("A field is of {of}, and its type {types}"), **known_here))
    choices = read_choices(values.get("choices", ""))
    if (type_ == CHOICE) != bool(choices):
        why = N_("a choice needs its choices, for instance: 有, 没有, 在申请")
        raise Refused(
            msg(why) if not choices else msg(N_("only a choice has choices")), field="choices"
        )
    weight = values.get("weight", "").strip() or "0"
    if not weight.lstrip("-").isdecimal() or abs(int(weight)) > MOST_WEIGHT:
        raise Refused(
            msg(N_("weight is a number of points from -{n} to {n}"), n=MOST_WEIGHT), field="weight"
        )
    return OwnField(id, of, name, type_, choices, values.get("on_card", "") == "yes", int(weight))


def add(book: Book, one: OwnField) -> Change:
    """Refused where there is one of that name."""
    _check_name(book, one)
    with book.change(msg(N_("New field: {name}"), name=one.name)) as change:
        change.made = store.write(book.con, one)
    return change


def change(book: Book, one: OwnField) -> Change:
    """Say something else of a field; its values stay. Refused for a name that another has, and
    where what it is of would change while it is known of somebody."""
    before = get(book, one.id)
    _check_name(book, one)
    if one.of != before.of and before.known:
        raise Refused(
            msg(
                N_("“{name}” is known of {n} already: it stays with the {of}"),
                name=before.name,
                n=before.known,
                of=msg(TITLES[before.of]),
            ),
            field="of",
        )
    label = msg(N_("Changed the field {name}"), name=one.name)
    if one._replace(known=before.known) == before:
        return Change(label)
    with book.change(label) as made:
        store.write(book.con, one)
    return made


TITLES = {PERSON: N_("person"), COMPANY: N_("company")}


def remove(book: Book, field_id: int) -> Change:
    """With all it holds; undo brings it back."""
    one = get(book, field_id)
    label = msg(N_("Removed the field {name}, known of {n}"), name=one.name, n=one.known)
    with book.change(label) as made:
        store.remove(book.con, field_id)
    return made


def set_value(book: Book, field_id: int, person_id: int, typed: str) -> Change:
    """What a field says of a person, or of their company; '' takes it out. Refused for what it
    can't hold, and of a company where none is known."""
    one, person = get(book, field_id), people.get(book, person_id)
    text = one.read(typed)
    # Not what was typed: in the label erasing would not find it.
    label = msg(N_("Changed {name}: {fields}"), name=person.called, fields=one.name)
    if person.fields.get(one.name, "") == text:
        return Change(label)
    if one.of == COMPANY and not person.company_key:
        raise Refused(
            msg(
                N_("“{field}” is of a company, and that of {name} is not known"),
                field=one.name,
                name=person.called,
            )
        )
    whose = person.company_key if one.of == COMPANY else person.id
    with book.change(label) as change:
        store.set_value(book.con, one.of, one.id, whose, text)
    return change


def edit(book: Book, person_id: int, values: Mapping[str, str], own: Mapping[int, str]) -> Change:
    """The fields of a person with those of one's own (by number), as one change."""
    person = people.get(book, person_id)
    with book.change(msg(N_("Changed {name}"), name=person.called)) as made:
        people.edit(book, person_id, **values)
        for field_id, text in own.items():
            set_value(book, field_id, person_id, text)
    return made


def on_card(book: Book, person_id: int) -> list[str]:
    """``员工数 500``: what the fields that are shown on the card say of somebody."""
    held = people.get(book, person_id).fields
    return [
        f"{one.name} {held[one.name]}"
        for one in (everything(book) if held else ())
        if one.on_card and one.name in held
    ]


def counts(book: Book, field_id: int, limit: int) -> list[tuple[str, int]]:
    """What a field says, and of how many people or companies, most first."""
    return store.values(book.con, field_id, limit)


def named(book: Book, name: str) -> OwnField | None:
    return next((one for one in everything(book) if one.name == name), None)


def _check_name(book: Book, one: OwnField) -> None:
    other = next((o for o in everything(book) if (o.of, o.name) == (one.of, one.name)), None)
    if other is not None and other.id != one.id:
        raise Refused(msg(N_("There is a field “{name}” already"), name=one.name), field="name")
