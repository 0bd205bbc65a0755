"""Of whom a list of people can be made: who is still in on an old list, who did not come."""

from __future__ import annotations

from opslog.domain.base.refusal import Refused
from opslog.domain.screening.rounds import DROP, KEEP, Verdict, latest
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.store.screening import rounds as rounds_store
from opslog.store.segments import lists as store


def everybody(book: Book, roster_id: int) -> list[int]:
    """Who is on a list, in its order."""
    return [person for _card, person in store.cards(book.con, roster_id)]


def audience(book: Book, event_id: int) -> tuple[int, int]:
    """How many an event is for, and how many of them signed up."""
    return store.audience(book.con, event_id)


def still_in(book: Book, roster_id: int) -> list[int]:
    """Who was kept on a list; everybody who was not dropped, while nobody was kept yet. Refused
    where nobody is left."""
    verdicts = _present(book, roster_id)
    cards = store.cards(book.con, roster_id)
    kept = [person for card, person in cards if verdicts.get(card) == KEEP]
    found = kept or [person for card, person in cards if verdicts.get(card) != DROP]
    if not found:
        raise Refused(msg(N_("Nobody on this list was kept")))
    return found


def missed(book: Book, event_id: int) -> list[int]:
    """Who signed up for an event and did not come, but for whom the rounds dropped. Where nobody
    is marked absent: who has no mark, once others have. Refused where that is nobody."""
    signed_up = store.presence(book.con, event_id)
    if not any(came is not None for _card, _person, came in signed_up):
        raise Refused(msg(N_("Nobody is marked yet as there or not; v in Calls marks who came")))
    absent = any(came is False for _card, _person, came in signed_up)
    roster = book.con.execute("SELECT id FROM signup WHERE event_id=?", (event_id,)).fetchone()
    verdicts = _present(book, roster["id"])
    found = [
        person
        for card, person, came in signed_up
        if (came is False if absent else came is None) and verdicts.get(card) != DROP
    ]
    if not found:
        raise Refused(msg(N_("Everybody who signed up came")))
    return found


def _present(book: Book, roster_id: int) -> dict[int, str]:
    """Card → the present verdict, of those with one."""
    entries: dict[int, list[tuple[int, Verdict]]] = {}
    for number, card, verdict, reason in rounds_store.ledger(book.con, roster_id):
        entries.setdefault(card, []).append((number, Verdict(verdict, reason)))
    return {card: latest(some).verdict for card, some in entries.items()}
