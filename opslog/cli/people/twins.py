"""``opslog twins``: who may be one person, which companies may be one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.domain.base.sentences import bracketed
from opslog.locale import N_, _, ngettext

if TYPE_CHECKING:
    from opslog.cli.base.work import Work
    from opslog.domain.twins.pairs import PairCard, Search, Side


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--companies", action="store_true", help=_("pairs of companies instead of people")
    )


def _twins(args: argparse.Namespace, io: Io) -> int:
    from opslog.domain.twins.pairs import COMPANY, PERSON
    from opslog.services.twins import search as twin_search
    from opslog.services.twins import twins

    book = io.book()
    with io.work(_("Comparing people …")) as work:
        twin_search.propose(book, progress=lambda search: _tell(search, work))
    kinds = [COMPANY] if args.companies else [PERSON]
    if io.json_wanted and not args.companies:
        kinds = [PERSON, COMPANY]
    cards = [twins.card(book, pair.id) for kind in kinds for pair in twins.found(book, kind)]
    if io.json_wanted:
        io.json([_object(card) for card in cards])
    elif cards:
        _print(cards, io)
    else:
        io.line(_("Nobody is here twice, as far as can be told."))
    return 0


def _tell(search: Search, work: Work) -> None:
    text = ngettext(
        "comparing: {n} person is left", "comparing: {n} people are left", search.left
    ).format(n=search.left)
    work.tell(text, search.looked_at / max(search.looked_at + search.left, 1))


def _object(card: PairCard) -> dict[str, object]:
    pair = card.pair
    return {
        "id": pair.id,
        "kind": pair.kind,
        "one": _side(card.one),
        "other": _side(card.other),
        "keep": "one" if card.keep == card.one.key else "other",
        "score": pair.score,
        "reasons": [reason.english() for reason in pair.for_it],
        "against": [reason.english() for reason in pair.against],
        "verdict": pair.verdict,
    }


def _side(side: Side) -> dict[str, object]:
    from opslog.domain.twins.pairs import CompanySide

    if isinstance(side, CompanySide):
        return {
            "company": side.called,
            "people": side.people,
            "written": [text for text, _number in side.spellings],
        }
    person = side.person
    return {
        "id": person.id,
        "name": person.name,
        "company": person.company,
        "title": person.title,
        "phones": list(side.phones),
        "emails": list(side.emails),
    }


def _print(cards: list[PairCard], io: Io) -> None:
    headings = [_("One"), _("Other"), _("For it"), _("Against")]
    io.table(
        headings,
        [
            [
                _called(card.one),
                _called(card.other),
                " · ".join(str(reason) for reason in card.pair.for_it),
                " · ".join(str(reason) for reason in card.pair.against),
            ]
            for card in cards
        ],
    )


def _called(side: Side) -> str:
    from opslog.domain.people import phones
    from opslog.domain.twins.pairs import CompanySide

    if isinstance(side, CompanySide):
        return str(bracketed(side.called, side.people))
    shown = [phones.display(phone) for phone in side.phones[:1]]
    return " ".join(filter(None, [side.called, side.person.company, *shown]))


COMMANDS = {
    "twins": Command(N_("pairs that may be one person, or one company"), _arguments, _twins)
}
