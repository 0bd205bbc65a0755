"""``opslog people``: who is known."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.domain.people.card import Person

MOST = 1_000_000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--find",
        metavar="Q",
        default="",
        help=_(
            "only those with these words: name or company, also in pinyin or by initials, "
            "e-mail, digits of a phone, #tag, numbers of an own field (staff>=100, staff:100-500)"
        ),
    )
    parser.add_argument(
        "--erase",
        metavar="WHO",
        help=_(
            "take this person (number, name, phone or e-mail) out of everything, on request; "
            "can't be undone"
        ),
    )
    parser.add_argument(
        "--yes",
        metavar="NAME",
        default="",
        help=_("with --erase: the name, or where it asks for that the number, to confirm it"),
    )


def _people(args: argparse.Namespace, io: Io) -> int:
    from opslog.services.people import card as person_card
    from opslog.services.people import list as people_list

    if args.erase is not None:
        return _erase(args.erase, args.yes, io)
    book = io.book()
    people_list.check(book, args.find)
    people = (
        person_card.find(book, args.find, MOST) if args.find else person_card.page(book, 0, MOST)
    )
    if io.json_wanted:
        io.json([_object(person) for person in people])
    elif people:
        _print(people, io)
    else:
        io.line(_("Nobody is found.") if args.find else _("Nobody yet: opslog import FILE"))
    return 0


def _erase(who: str, name: str, io: Io) -> int:
    from opslog.services.people import copies, erasing

    book = io.book()
    person = erasing.one(book, who)
    with io.work(_("Erasing …")) as work:
        erased = erasing.erase(
            book, person.id, name, progress=lambda text: work.tell(io.clean(str(text)))
        )
    if io.json_wanted:
        io.json(
            {
                "erased": person.id,
                "already": erased.already,
                "clean": erased.clean,
                "left": [
                    {"file": str(one.file), "trace": one.text, "times": one.times, "why": one.why}
                    for one in erased.left
                ],
                "backups": [str(path) for path in erased.backups],
                "copies": [
                    {"path": str(one.path), "state": one.state, "kind": one.kind, "at": one.at}
                    for one in erased.copies
                ],
            }
        )
        return 0
    text = (
        _("Person {id} was erased already; the file was cleaned once more.")
        if erased.already
        else _("Erased person {id}. It can't be undone.")
    )
    io.line(text.format(id=person.id))
    if not erased.clean:
        io.error(str(erasing.unclean(person.id, erased)))
    for sentence in erased.proof():
        io.line(str(sentence))
    for sentence, found in copies.said(erased.copies):
        io.line(str(sentence))
        for copy in found:
            io.line(f"  {copy.said()}")
    return 0


def _object(person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "company": person.company,
        "title": person.title,
        "phone": person.phone,
        "email": person.email,
        "city": person.city,
        "wecom": person.wecom,
        "tags": list(person.tags),
        "phones": list(person.phones),
        "emails": list(person.emails),
        "fields": dict(person.fields),
    }


def _print(people: list[Person], io: Io) -> None:
    from opslog.domain.people import phones

    headings = [_("Name"), _("Company"), _("Title"), _("Phone"), _("E-mail"), _("City"), _("Tags")]
    io.table(
        headings,
        [
            [
                person.name,
                person.company,
                person.title,
                [phones.display(one) for one in (person.phone, *person.phones) if one],
                [one for one in (person.email, *person.emails) if one],
                person.city,
                " ".join(f"#{tag}" for tag in person.tags),
            ]
            for person in people
        ],
    )


COMMANDS = {
    "people": Command(
        N_("who is known; with --erase one person taken out for good"), _arguments, _people
    )
}
