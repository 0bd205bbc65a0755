"""Who on the lists is not called, and why; and how they are called all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.calls import left_out
from opslog.domain.calls.left_out import Check, LeftOut, check_by
from opslog.domain.calls.outcomes import REMINDER
from opslog.domain.calls.retries import Window
from opslog.domain.rosters.rosters import COMING, NOT_EXPECTED
from opslog.domain.screening.suggestions import Subject
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.store.calls import candidates as on_lists
from opslog.store.calls.call_lists import CallList
from opslog.store.calls.candidates import Candidate
from opslog.store.calls.proving import settled
from opslog.store.rosters import cards as card_store
from opslog.store.segments.lists import invalid_elsewhere


class Out(NamedTuple):
    card: Candidate
    kind: str
    why: Msg
    more: Msg | None = None


def sift(
    book: Book, cards: Iterable[Candidate], *, reminder: bool
) -> tuple[list[Candidate], list[Out]]:
    """Those of a list's candidates who are called, and those who are not.

    Operator's rule: nobody is reminded who is plainly invalid; what was decided of a row since
    (kept, or dropped for not being the target) counts for more than what the rules say.
    """
    found: list[Candidate] = []
    out: list[Out] = []
    for one in _sifted(book, cards, reminder=reminder):
        if isinstance(one, Out):
            out.append(one)
        else:
            found.append(one)
    return found, out


def called(book: Book, cards: Iterable[Candidate], *, reminder: bool) -> Iterator[Candidate]:
    """Those who are called, one after the other."""
    return (one for one in _sifted(book, cards, reminder=reminder) if isinstance(one, Candidate))


def _sifted(book: Book, cards: Iterable[Candidate], *, reminder: bool) -> Iterator[Candidate | Out]:
    check = check_by(own_kinds.rules(book)) if reminder else None
    promised = settled.promised(book.con)
    seen: set[tuple[str, str]] = set()
    elsewhere: dict[int, dict[int, str]] = {}  # list -> person -> verdict on another one
    for card in cards:
        if reminder and card.at_the_door:  # they were there before anybody could
            continue
        if card.roster_id not in elsewhere:
            elsewhere[card.roster_id] = invalid_elsewhere(book.con, card.roster_id)
        invalid = elsewhere[card.roster_id].get(card.person_id, "")
        same = (card.person, card.company_key)
        if card.card_id in promised and not (reminder and card.state in NOT_EXPECTED):
            yield card  # a promise is kept whatever the rules say
        elif not card.phone and not card.wecom and (reminder or card.wrong_number):
            yield Out(card, left_out.NUMBER, left_out.NO_NUMBER)
        elif what := for_what_they_are(card, invalid, check):
            yield Out(card, what.kind, what.why(book), what.more)
        elif check is not None and not card.verdict and all(same) and same in seen:
            yield Out(card, left_out.DUPLICATE, left_out.SAME)
        else:
            yield card
        seen.add(same)


class What(NamedTuple):
    """What somebody is that leaves them out: ``code`` a state, or a reason."""

    kind: str
    code: str
    more: Msg | None = None

    def why(self, book: Book) -> Msg:
        if self.kind == left_out.STATE:
            return left_out.by_state(self.code)
        return own_kinds.reasons(book).title(self.code)


def for_what_they_are(card: Candidate, elsewhere: str, check: Check | None) -> What | None:
    """``elsewhere``: a verdict of another list; ``check`` None: neither state nor rules count."""
    if elsewhere and not card.verdict:
        return What(left_out.VERDICT, elsewhere.partition(" ")[2])
    if check is None:
        return None
    if card.state in NOT_EXPECTED:
        return What(left_out.STATE, card.state)
    if not card.verdict and (said := check.invalid(_subject(card))):
        return What(left_out.RULE, said.reason, said.why)
    return None


def of_list(book: Book, one: CallList, window: Window) -> list[LeftOut]:
    """Everybody on a list who is not called for this purpose."""
    reminder = window.purpose == REMINDER
    reasons = own_kinds.reasons(book)
    found = [
        Out(card, left_out.BARRED, left_out.ASKED)
        if barred
        else Out(card, left_out.VERDICT, left_out.by_verdict(card.verdict, reasons))
        for card, barred in on_lists.left_out(book.con, one.cards, reminder=reminder)
    ]
    cards = on_lists.each_candidate(book.con, one.cards, reminder=reminder)
    found += sift(book, cards, reminder=reminder)[1]
    if window.dates is not None:  # nobody is left out before their time has come
        own = {out.card.card_id: window.of(out.card.card_id, book.now()) for out in found}
        due = {
            id for id, mine in own.items() if mine and not mine.over and mine.opens <= book.now()
        }
        found = [out for out in found if out.card.card_id in due]
    found.sort(key=lambda out: out.card.card_id)
    return [of_card(one, window, *out) for out in found]


def of_card(
    one: CallList, window: Window, card: Candidate, kind: str, why: Msg, more: Msg | None = None
) -> LeftOut:
    return LeftOut(
        *(card.card_id, one.roster_id, one.event_id, card.person_id),
        *(card.person, card.company, card.phone, one.event, window.purpose),
        *(kind, why, more, one.stop_id),
    )


def call_all_the_same(book: Book, one: LeftOut) -> Change:
    """What was decided, or the rules say, is overruled: the row is kept, the sign-up stands.

    Raises Refused for whoever asked not to be called, and where a number is missing.
    """
    if one.kind == left_out.BARRED:
        raise Refused(
            msg(N_("{person} asked not to be called; S takes that off"), person=one.person)
        )
    if one.kind == left_out.HELD and one.more is not None:
        raise Refused(
            msg(
                N_(
                    "{person}: {why}, {until}; Enter opens their card, where a call is logged"
                    " all the same"
                ),
                person=one.person,
                why=one.why,
                until=one.more,
            )
        )
    if one.kind == left_out.CLOSED:
        text = N_("The plan of {event} has these calls closed; F4, d opens the step again")
        raise Refused(msg(text, event=one.event))
    if one.kind == left_out.NUMBER:
        raise Refused(msg(N_("{person} has no number; e adds one"), person=one.person))
    if one.kind != left_out.STATE:
        from opslog.services.screening import rounds  # Today asks who is left out, at each start

        return rounds.keep_after_all(book, one.roster_id, one.card_id, one.person)
    with book.change(msg(N_("{person} signed up after all"), person=one.person)) as change:
        card_store.put_state(book.con, one.card_id, COMING)
    return change


def _subject(card: Candidate) -> Subject:
    return Subject(
        card.person, card.company, card.title, card.phone, card.email, card.wecom, card.note
    )
