"""People: who they are, how to reach them, what happened with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.people.card import (
    CALL,
    FIELDS,
    MAIL,
    WRITE,
    Person,
    checked,
)
from opslog.domain.people.list import View
from opslog.domain.people.naming.names import company_key
from opslog.locale import N_, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.people import list as people_list
from opslog.store.people import card as people_store
from opslog.store.people import suppressed
from opslog.store.twins import pairs

MOST_FOUND = 1_000


def get(book: Book, person_id: int) -> Person:
    """One person. Refused where there is none of this number."""
    person = people_store.get(book.con, person_id)
    if person is None:
        raise Refused(msg(N_("there is no person {id}; they may have been undone"), id=person_id))
    return person


def living(book: Book, person_id: int) -> int:
    """The number this person goes by now: another's, where the two were merged into one."""
    return people_store.living(book.con, person_id)


def many(book: Book, ids: Sequence[int]) -> list[Person]:
    """The people of these ids in their order; those that are gone are left out."""
    return people_store.many(book.con, ids)


def page(book: Book, offset: int = 0, limit: int = 100) -> list[Person]:
    """People by pages, newest first."""
    return people_store.many(book.con, people_list.everybody(book).ids(offset, offset + limit))


def find(book: Book, query: str, limit: int = MOST_FOUND) -> list[Person]:
    """The people with every word of ``query``, newest first.

    Words are any part of a Chinese name or company, pinyin in full or by initials, beginnings of
    Latin words, of name, company, title, e-mail, city, tag or note; ``#tag`` asks for a tag;
    digits may be any of a phone number. One slip is forgiven where nobody is found without.
    """
    if not query.strip():
        return []
    return people_store.many(book.con, people_list.found(book, View(query), limit).ids)


def known_tags(book: Book, prefix: str = "", limit: int = 20) -> list[str]:
    """Tags in use that begin so, the most used first."""
    return people_store.known_tags(book.con, prefix, limit)


# -- changing -----------------------------------------------------------------


def edit(book: Book, person_id: int, **fields: str) -> Change:
    """Change fields of a person (see domain.contacts.FIELDS), phone and e-mail understood first.

    Refused for a field there is none of, and a phone or e-mail that can't be one.
    """
    person = get(book, person_id)
    values = {name: checked(name, value) for name, value in fields.items()}
    values = {name: value for name, value in values.items() if value != getattr(person, name)}
    changed = listed(msg(FIELDS[name]) for name in values)
    label = msg(N_("Changed {name}: {fields}"), name=person.called, fields=changed)
    if not values:
        return Change(label)
    if "company" in values:
        key = company_key(values["company"])
        values["company_key"] = pairs.folded(book.con, [key]).get(key, key)
    with book.change(label) as change:
        people_store.update(book.con, person_id, values)
        people_store.note_typed(book.con, person_id, values)
        people_store.reindex(book.con, [person_id])
        if "phone" in values or "email" in values:
            suppressed.bar_again(book.con, [person_id])
    return change


def set_tags(
    book: Book, person_ids: Sequence[int], add: Iterable[str] = (), remove: Iterable[str] = ()
) -> Change:
    """Put tags on people and take tags off, all in one change; whoever is gone is passed over.

    Refused where no tag is given, or nobody is left.
    """
    put, drop = [storable(tag) for tag in add], list(remove)
    if not put and not drop:
        raise Refused(msg(N_("type the tags to add, or -tag to take one off")))
    signs = " ".join([*(f"+{tag}" for tag in put), *(f"-{tag}" for tag in drop)])
    there = [person.id for person in people_store.many(book.con, person_ids)]
    if len(there) <= 1:
        name = get(book, (there or person_ids)[0]).called
        label = msg(N_("Tagged {name}: {tags}"), name=name, tags=signs)
    else:
        label = nmsg(
            "Tagged {n} person: {tags}", "Tagged {n} people: {tags}", len(there), tags=signs
        )
    with book.change(label) as change:
        for person_id in there:
            for tag in put:
                people_store.put_tag(book.con, person_id, tag)
            for tag in drop:
                people_store.drop_tag(book.con, person_id, tag)
        people_store.reindex(book.con, there)
    return change


def set_wecom(book: Book, person_id: int, value: bool | None) -> Change:
    """Note whether a person is on WeCom; None: not known."""
    person = get(book, person_id)
    text = {
        True: N_("{name} is on WeCom"),
        False: N_("{name} is not on WeCom"),
        None: N_("Not known whether {name} is on WeCom"),
    }[value]
    label = msg(text, name=person.called)
    if person.wecom is value:
        return Change(label)
    with book.change(label) as change:
        people_store.update(book.con, person_id, {"wecom": value})
    return change


def set_wecom_all(book: Book, person_ids: Sequence[int], value: bool) -> Change:
    """As ``set_wecom``, of all of these in one change; whoever is gone is passed over."""
    there = people_store.many(book.con, person_ids)
    if len(there) <= 1:
        return set_wecom(book, (there[0].id if there else person_ids[0]), value)
    other = [person.id for person in there if person.wecom is not value]
    label = (
        nmsg("{n} person is on WeCom", "{n} people are on WeCom", len(other))
        if value
        else nmsg("{n} person is not on WeCom", "{n} people are not on WeCom", len(other))
    )
    with book.change(label) as change:
        for person_id in other:
            people_store.update(book.con, person_id, {"wecom": value})
    return change


def set_barred(
    book: Book, person_id: int, value: bool, scopes: Collection[str] = (CALL,)
) -> Change:
    """Note that a person asked not to be called (messaged, mailed), or may be again: by any number
    or address of theirs, whoever else has it."""
    person = get(book, person_id)
    text = _BARRED if value else _ALLOWED
    label = msg(text[next(iter(scopes)) if len(scopes) == 1 else ""], name=person.called)
    changed = [scope for scope in scopes if person.is_barred(scope) is not value]
    if not changed:
        return Change(label)
    with book.change(label) as change:
        for scope in changed:
            if value:
                suppressed.put(book.con, [person_id], scope, instant_text(book.now()), "operator")
            else:
                suppressed.lift(book.con, person_id, scope)
    return change


_BARRED = {
    "": N_("{name} is not to be contacted"),
    CALL: N_("{name} is not to be called"),
    WRITE: N_("{name} is not to be messaged"),
    MAIL: N_("{name} is not to be e-mailed"),
}
_ALLOWED = {
    "": N_("{name} may be contacted"),
    CALL: N_("{name} may be called"),
    WRITE: N_("{name} may be messaged"),
    MAIL: N_("{name} may be e-mailed"),
}
