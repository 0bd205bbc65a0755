"""Requests of materials: who asks, whether they get it, and that it was sent.

Whoever is on the list of such an event has asked; what is known besides is written here. Several at
once are one change; those it can't be done for are named, and left as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.calls.left_out import check_by
from opslog.domain.dates.wording import short_day
from opslog.domain.materials.requests import (
    ALLOWED,
    COMPETITOR,
    MEDIA,
    PAPER,
    REFUSED,
    SENT,
    SHOWN,
    WHO,
    Request,
)
from opslog.domain.people.card import called
from opslog.domain.people.phones import display
from opslog.domain.screening.suggestions import Subject
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines, lines
from opslog.services.rosters import by_hand
from opslog.store.materials import requests as store
from opslog.store.people import met

_CODES = {"who": WHO, "shown": SHOWN, "medium": MEDIA, "verdict": (ALLOWED, REFUSED)}


def of_event(book: Book, event_id: int | None = None) -> list[Request]:
    """Everybody who asked, of one event or all, with what screening or the rules say of them."""
    return _with_known(book, store.requests(book.con, book.clock, event_id))


def get(book: Book, card_id: int) -> Request:
    """Raises Refused where that is no request, or is gone."""
    found = _with_known(book, store.requests(book.con, book.clock, card_id=card_id))
    if found:
        return found[0]
    raise Refused(msg(N_("That is no request of materials (any more); undo may bring it back")))


def of_person(book: Book, person_id: int, event_id: int | None = None) -> Request:
    """Somebody's newest request, or that of one event. Refused where there is none."""
    found = [
        one for one in store.requests(book.con, book.clock, event_id) if one.person_id == person_id
    ]
    if not found:
        raise Refused(
            msg(N_("Nobody with the number {id} asked for these materials"), id=person_id)
        )
    return _with_known(book, found[-1:])[0]


def _with_known(book: Book, requests: list[Request]) -> list[Request]:
    decided = dict[int, str]()
    for person_id, verdict in met.verdicts(book.con, [one.person_id for one in requests]):
        if verdict.startswith("drop") or person_id not in decided:
            decided[person_id] = verdict
    check = check_by(own_kinds.rules(book))
    found = []
    for one in requests:
        subject = Subject(one.person, one.company, one.title, one.phone, one.email, None, "")
        verdict = decided.get(one.person_id, "")
        if verdict:
            known = verdict.partition(" ")[2] if verdict.startswith("drop") else ""
        else:
            said = check.invalid(subject)
            known = said.reason if said else ""
        found.append(one._replace(known=known))
    return found


def newest(book: Book) -> int:
    """The release that is out last, else the next one. Refused where there is none."""
    found = store.releases(book.con)
    out = [id for id, starts_at in found if starts_at <= book.now()]
    if not found:
        raise Refused(msg(N_("No release of materials yet; F4, n enters one of that kind")))
    return out[-1] if out else found[0][0]


def check_release(book: Book, event_id: int) -> None:
    """Refused for an event that is no release of materials."""
    if not store.is_materials(book.con, event_id):
        event = by_hand.event_for_list(book, event_id)
        raise Refused(msg(N_("{event} is no release of materials"), event=event))


def name(one: Request) -> str:
    return called(one.person_id, one.person, one.company, one.phone, one.email)


def to_copy(one: Request) -> str:
    """Of a paper copy where it goes, as a courier wants it; of a file the name in it."""
    if one.medium == PAPER or (one.address and not one.watermark):
        return " ".join(filter(None, (one.person, display(one.phone), one.address)))
    return one.watermark


def add(
    book: Book,
    event_id: int,
    fields: Mapping[str, str],
    said: Mapping[str, str],
    *,
    same: int | None = None,
) -> Change:
    """Somebody who asks, by hand: a person as by ``rosters.by_hand.add``, on the list of the event,
    with what is said of the request; ``made`` is the person."""
    check_release(book, event_id)
    with book.change(msg(N_("Asked for materials"))) as change:
        made = by_hand.add(book, fields, event_id=event_id, same=same)
        change.made = made.made
        one = of_person(book, change.made, event_id)
        change.label = msg(N_("{person} asks for {event}"), person=name(one), event=one.event)
        _write(book, one, checked(book, said))
    return change


def note(book: Book, card_id: int, said: Mapping[str, str]) -> Change:
    """What is known of a request (see ``COLUMNS``). Refused for a code that is none, and for
    allowing a competitor."""
    one = get(book, card_id)
    values = checked(book, said)
    with book.change(msg(N_("Request of {person} changed"), person=name(one))) as change:
        change.made = card_id
        _write(book, one, values)
    return change


def checked(book: Book, said: Mapping[str, str]) -> dict[str, object]:
    """As it is stored. Refused for a code that is none, and for a day that is none or to come."""
    values: dict[str, object] = {}
    for field, text in said.items():
        text = storable(" ".join(text.split()))
        codes = _CODES.get(field)
        if codes and text not in ("", *codes):
            raise Refused(
                msg(
                    N_("“{text}” is no answer here; there are: {codes}"),
                    text=text,
                    codes=", ".join(codes),
                ),
                field=field,
            )
        if field == "asked_on" and text:
            text = _asked_on(book, text)
        values[field] = text
    return values


def _asked_on(book: Book, text: str) -> str:
    try:
        day = lines.past_day(book, text)
    except Refused as refusal:
        raise Refused(refusal.message, field="asked_on") from None
    if day > book.today():
        raise Refused(msg(N_("{day} is still to come"), day=day), field="asked_on")
    return day.isoformat()


def _write(book: Book, one: Request, values: Mapping[str, object]) -> None:
    """A competitor is refused as soon as it is said who asks."""
    values = dict(values)
    if values.get("who") == COMPETITOR and one.who != COMPETITOR and not values.get("verdict"):
        values |= {"verdict": REFUSED, "reason": values.get("reason") or one.reason}
    if values.get("verdict") == ALLOWED and values.get("who", one.who) == COMPETITOR:
        raise Refused(
            msg(
                N_("{person} is a competitor: say who it is first, then allow it"), person=name(one)
            ),
            field="who",
        )
    if values:
        store.write(book.con, one.card_id, one.event_id, values)


def allow(book: Book, card_ids: Sequence[int]) -> Change:
    def why_not(one: Request) -> Msg | None:
        if one.who == COMPETITOR:
            return msg(N_("a competitor is refused; e says who it is"))
        return None

    return _each(
        book,
        card_ids,
        N_("Allowed: {person}, {event}"),
        lambda n: nmsg(N_("Allowed: {n} request"), N_("Allowed: {n} requests"), n),
        why_not,
        lambda _one: {"verdict": ALLOWED, "reason": ""},
    )


def refuse(book: Book, card_ids: Sequence[int], reason: str = "") -> Change:
    """Nothing is sent to them; ``reason`` in the operator's words."""
    reason = storable(" ".join(reason.split()))
    return _each(
        book,
        card_ids,
        N_("Refused: {person}, {event}"),
        lambda n: nmsg(N_("Refused: {n} request"), N_("Refused: {n} requests"), n),
        lambda _one: None,
        lambda _one: {"verdict": REFUSED, "reason": reason},
    )


def send(book: Book, card_ids: Sequence[int], by: str = "", at: datetime | None = None) -> Change:
    """That it went out ``at`` (None: now), ``by`` what. Refused for whoever was refused it, and
    for a competitor nobody allowed it."""
    if at is not None and at > book.now():
        raise Refused(msg(N_("What is sent on a day to come is not sent yet")), field="sent")
    sent = {"verdict": ALLOWED, "sent_at": instant_text(at or book.now())}
    words = storable(" ".join(by.split()))

    def why_not(one: Request) -> Msg | None:
        if one.verdict == REFUSED:
            return msg(N_("was refused; allow it first"))
        if one.rival and one.verdict != ALLOWED:
            return msg(N_("is a competitor: refuse it, or allow it first"))
        if one.sent_at is not None and at is None and words in ("", one.sent_by):
            day = short_day(one.sent_at.astimezone(book.clock.zone).date(), book.today())
            return msg(N_("was sent it already, {day}"), day=day)
        return None

    change = _each(
        book,
        card_ids,
        N_("Sent to {person}: {event}"),
        lambda n: nmsg(N_("Sent to {n} person"), N_("Sent to {n} people"), n),
        why_not,
        lambda one: {**sent, "sent_by": words or one.sent_by},
        logs=True,
    )
    change.left += [
        msg(N_("{person}: on paper, and no address is written down"), person=name(one))
        for one in map(partial(get, book), card_ids)
        if one.medium == PAPER and not one.address and one.state == SENT
    ]
    return change


def _each(
    book: Book,
    card_ids: Sequence[int],
    label: str,
    many: Callable[[int], Msg],
    why_not: Callable[[Request], Msg | None],
    values: Callable[[Request], Mapping[str, object]],
    *,
    logs: bool = False,
) -> Change:
    """The same for several. Raises Refused where it can be done for none."""
    some = [get(book, card_id) for card_id in card_ids]
    against = {
        one.card_id: msg(N_("{person}: {why}"), person=name(one), why=why)
        for one in some
        if (why := why_not(one)) is not None
    }
    can = [one for one in some if one.card_id not in against]
    if not can:
        raise Refused(next(iter(against.values()), msg(N_("Nobody is chosen"))))
    first = can[0]
    single = msg(label, person=name(first), event=first.event)
    with book.change(single if len(can) == 1 else many(len(can))) as change:
        change.left = [*against.values()]
        change.made = first.card_id
        for one in can:
            store.write(book.con, one.card_id, one.event_id, values(one))
        if logs:
            auto_lines.write(
                book,
                change.label,
                source="material",
                event_id=first.event_id,
                person_ids=[one.person_id for one in can],
            )
    return change
