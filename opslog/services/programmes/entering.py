"""Who could enter a programme, by its rules. Read for the first screen at a start, so it imports
little."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.calls.outcomes import ADD, WECOM
from opslog.domain.people.card import WRITE
from opslog.domain.programmes.entering import Candidate
from opslog.domain.programmes.programme import Entry, Programme
from opslog.domain.programmes.programmes_file import ENTRIES
from opslog.domain.screening.reasons import OUTSIDERS
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.store.leads import leads
from opslog.store.people import met, suppressed
from opslog.store.programmes import entering as store
from opslog.store.programmes.entering import Met

_WHY = {
    "tag": N_("tag {value}"),
    "state": N_("on a list: {value}"),
    "verdict": N_("{event}: {value}"),
    "outcome": N_("call: {value}"),
    "came": N_("came to {event}"),
    "absent": N_("did not come to {event}"),
    "signed_up": N_("signed up for {event}"),
    "requested": N_("asked for {event}"),
    "returned": N_("back from sales"),
    "silent": N_("no contact for {value} days"),
}
_ADDED = N_("to add on WeCom: {value}")
_OF_ITSELF = ("came", "absent", "signed_up", "requested", "returned")


def could_enter(book: Book, codes: Iterable[str]) -> list[tuple[Msg, int]]:
    """Of some programmes what each is called and how many could enter it now, by what happened of
    itself; those whom nobody could are left out."""
    found = []
    for code in codes:
        rules = own_kinds.programme(book, code)
        if rules is not None and any(entry.by in _OF_ITSELF for entry in rules.entries):
            some = of_rules(book, rules, only=_OF_ITSELF)
            if number := sum(one.left_out is None for one in some):
                found.append((rules.named, number))
    return found


def of_rules(
    book: Book, rules: Programme, *, only: Collection[str] = ENTRIES
) -> Sequence[Candidate]:
    """Whom the programme's rules (``only`` of these kinds) name and who did not enter since, each
    once, by the first rule that does; those who can't are among them and say why."""
    found: dict[int, Candidate] = {}
    for entry in rules.entries:
        if entry.by not in only:
            continue
        for one in _named(book, rules, entry):
            found.setdefault(one.person_id, one)
    out = left_out(book, rules, [*found], beside=False)
    return [one._replace(left_out=out.get(one.person_id)) for one in found.values()]


def _named(book: Book, rules: Programme, entry: Entry) -> Iterable[Candidate]:
    today, delay = book.today(), timedelta(days=entry.after)
    since = book.clock.at(today - delay - timedelta(days=entry.within))
    value = entry.value
    if entry.by == "silent":
        value = instant_text(book.now() - timedelta(days=int(value)))
    for one in store.named(book.con, entry.by, value, since, book.now(), rules.code):
        on = today
        if one.at:
            on = instant_of(one.at).astimezone(book.clock.zone).date() + delay
        if on > today:
            continue
        shown: object = entry.value
        text = _WHY[entry.by]
        if entry.by == "outcome":
            outcomes = own_kinds.outcomes(book)
            added = outcomes.outcome(ADD, WECOM, entry.value)
            text = _ADDED if added else text
            shown = added.title if added else outcomes.title("callback-1", "phone", entry.value)
        why = msg(text, event=one.event, value=shown)
        yield Candidate(
            *(one.person_id, one.person, one.company, one.title, why, on),
            *(one.event_id, one.roster_id),
        )


def met_at(book: Book, rules: Programme, ids: Collection[int]) -> dict[int, Met]:
    """Person → the event that the words of a programme speak of, where they are put into it by
    hand: the latest one of a kind that its rules name, else the latest they were on the list of."""
    kinds: dict[str, set[str]] = {}
    for entry in rules.entries:
        kinds.setdefault(entry.by, set()).add(entry.value)
    came, absent = kinds.get("came", set()), kinds.get("absent", set())
    signed_up = kinds.get("signed_up", set()) | kinds.get("requested", set())
    found: dict[int, Met] = {}
    for one in store.met(book.con, ids, book.now()):
        fits = (
            one.kind in signed_up
            or (one.kind in came and one.attended == 1)
            or (one.kind in absent and one.attended == 0)
            or not (came or absent or signed_up)
        )
        if fits:
            found.setdefault(one.person_id, one)
    return found


def dropped(book: Book, ids: Collection[int]) -> dict[int, Msg]:
    """Person → why nobody writes to them, of these: they are on a list for what they are, or no
    list they are on keeps them."""
    verdicts: dict[int, list[str]] = {}
    for person, verdict in met.verdicts(book.con, ids):
        verdicts.setdefault(person, []).append(verdict)
    found, reasons = {}, own_kinds.reasons(book)
    for person, said in verdicts.items():
        dropped = [one.removeprefix("drop ") for one in said if one.startswith("drop ")]
        outside = [code for code in dropped if code in OUTSIDERS]
        if outside or len(dropped) == len(said):
            reason = reasons.title((outside or dropped)[0])
            found[person] = msg(N_("dropped: {reason}"), reason=reason)
    return found


def left_out(book: Book, rules: Programme, ids: Sequence[int], *, beside: bool) -> dict[int, Msg]:
    """Person → why they can't enter, of these."""
    found = dropped(book, ids)
    for person, code, alongside in store.in_programmes(book.con, ids):
        if code == rules.code or not (beside or alongside):
            inside = own_kinds.programme(book, code)
            title: object = inside.named if inside else code
            found[person] = msg(N_("in “{programme}” already"), programme=title)
    for person in leads.with_sales(book.con, ids):
        found[person] = msg(N_("with sales"))
    for person in suppressed.among(book.con, ids, WRITE):
        found[person] = msg(N_("not to be written to"))
    return found
