"""What is asked of a card on a list: who comes instead, whom they bring along; and who came
without being on it. Only inside a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from opslog.domain.base.refusal import Refused
from opslog.domain.imports.guests import Brought, answered
from opslog.domain.people.card import FIELDS, Person
from opslog.locale import N_, Msg, _, msg
from opslog.services.book.book import Book, Change
from opslog.services.book.drafts import Place
from opslog.services.calls.attendance import door
from opslog.services.calls.attendance.door import Substitute
from opslog.services.calls.queue import purposes
from opslog.services.people import by_hand
from opslog.services.people import card as people
from opslog.tui.widgets.asking.prompt import Prompt

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


# Who of the list is meant by the fields of somebody, None: nobody.
_OnList = Callable[[Mapping[str, str]], Person | None]


Result = TypeVar("Result", covariant=True)


class _Takes(Protocol[Result]):
    def __call__(self, fields: Mapping[str, str], *, same: int | None, guests: int) -> Result: ...


async def ask_walk_in(app: Host, event_id: int, typed: str = "") -> Change | None:
    """Somebody who came without signing up, in one line."""

    def take(fields: Mapping[str, str], *, same: int | None, guests: int) -> Change:
        return door.walk_in(app.book, event_id, fields, same=same, guests=guests)

    title = msg(N_("Who came without signing up?"))
    return await _ask(app, title, take, typed, partial(door.on_list, app.book, event_id))


async def ask_instead(app: Host, card_id: int, person: str, *, came: bool) -> Change | None:
    """Who comes instead of the one of this card, in one line."""

    def take(fields: Mapping[str, str], *, same: int | None, guests: int) -> Change:
        return door.stand_in(app.book, card_id, fields, same=same, guests=guests, came=came)

    return await _ask(app, msg(N_("Who comes instead of {person}?"), person=person), take)


def who_instead(
    book: Book, person: str, where: Place, saves: Callable[[Substitute | None], None]
) -> Prompt[None]:
    """Who comes instead of somebody who just said that they don't; nobody where left empty."""

    def take(fields: Mapping[str, str], *, same: int | None, guests: int) -> None:
        saves(Substitute(fields, same, guests))

    title = msg(N_("Who comes instead of {person}?"), person=person)
    return _prompt(book, title, take, where=where, nobody=lambda: saves(None))


async def ask_instead_of(app: Host, person_id: int) -> None:
    """The same at the next event that somebody signed up for."""
    card_id, person = purposes.to_come(app.book, person_id), people.get(app.book, person_id)
    await ask_instead(app, card_id, person.called, came=False)


async def ask_guests_of(app: Host, person_id: int) -> None:
    """Whom somebody brings along to the next event that they signed up for."""
    card_id, person = purposes.to_come(app.book, person_id), people.get(app.book, person_id)
    await ask_guests(app, card_id, person.called)


async def ask_guests(app: Host, card_id: int, person: str) -> Change | None:
    """How many they bring along."""

    def number(text: str) -> Brought:
        digits = text.strip().lstrip("+＋")
        found = Brought(int(digits)) if digits.isdecimal() else answered(digits)
        if found is None or not digits:
            raise Refused(msg(N_("a number, as 2; 0 for nobody")))
        return found

    answer: Change | None = await app.ask(
        Prompt(
            msg(N_("How many come along with {person}?"), person=person),
            saves=lambda text: door.set_guests(app.book, card_id, number(text)),
            where=None,
            placeholder="2",
            check=lambda text: f"+{number(text)}",
        )
    )
    return answer


async def _ask(
    app: Host,
    title: Msg,
    take: _Takes[Change],
    typed: str = "",
    on_list: _OnList = lambda _values: None,
) -> Change | None:
    answer: Change | None = await app.ask(_prompt(app.book, title, take, typed, on_list))
    return answer


def _prompt(
    book: Book,
    title: Msg,
    take: _Takes[Result],
    typed: str = "",
    on_list: _OnList = lambda _values: None,
    *,
    where: Place | None = None,
    nobody: Callable[[], Result] | None = None,
) -> Prompt[Result]:
    """Somebody in one line, compared with who is known: whoever is on the list already, or else is
    sure to be meant, is taken, somebody alike is told first. ``nobody``: it may be left empty."""

    def given(text: str) -> bool:
        return nobody is None or bool(text.strip())

    def saves(text: str) -> Result:
        if nobody is not None and not given(text):
            return nobody()
        said = by_hand.read(text)
        values = by_hand.given(said.fields)
        sure = on_list(values) or by_hand.known(book, values).sure
        return take(said.fields, same=sure.id if sure else None, guests=said.guests)

    return Prompt(
        title,
        typed,
        saves=saves,
        where=where,
        placeholder=_("Li Wei 13800138000 Blue Sea Ltd Sales Director +1"),
        check=lambda text: _read(book, text, on_list) if given(text) else "",
        warns=lambda text: _alike(book, text, on_list) if given(text) else [],
    )


def _read(book: Book, text: str, on_list: _OnList) -> str:
    """What was typed, field by field, and who is known to be meant."""
    said = by_hand.read(text)
    values = by_hand.given(said.fields)
    there = on_list(values)
    sure = there or by_hand.known(book, values).sure
    parts = [f"{_(FIELDS[name])} {value}" for name, value in said.fields.items()]
    if said.guests:
        parts.append(f"+{said.guests}")
    if sure is not None:
        known = " ".join(filter(None, (sure.called, sure.company)))
        text = _("already on this list: {who}") if there else _("known already: {who}")
        parts.append(text.format(who=known))
    return " · ".join(parts)


def _alike(book: Book, text: str, on_list: _OnList) -> Sequence[Msg]:
    values = by_hand.given(by_hand.read(text).fields)
    if on_list(values):
        return []
    known = by_hand.known(book, values)
    if known.erased_on:
        erased = N_("somebody with this number or address was erased on {day}")
        return [msg(erased, day=known.erased_on)]
    like = N_("like: {name}, {company}; saved as somebody else")
    return [msg(like, name=one.called, company=one.company) for one in known.like[:2]]
