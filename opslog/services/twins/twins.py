"""Nobody twice: who may be one is asked about once, and joined so that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.twins import companies
from opslog.domain.twins.pairs import (
    COMPANY,
    DIFFERENT,
    LATER,
    OPEN,
    PERSON,
    SAME,
    VERDICTS,
    CompanySide,
    Pair,
    PairCard,
    PersonSide,
    Side,
)
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.people import card as person_card
from opslog.services.twins import messages
from opslog.store.schema.columns import DECLARED
from opslog.store.twins import merging, pairs

_NAMES_SHOWN = 12


# -- showing ------------------------------------------------------------------------


def found(book: Book, kind: str) -> list[Pair]:
    """The pairs that wait for a decision, the likeliest first, those put off last."""
    return pairs.waiting(book.con, kind)


def counts(book: Book) -> dict[str, int]:
    """How many pairs wait, by kind (person, company), without those put off."""
    return pairs.counts(book.con)


def waiting(book: Book) -> list[Msg]:
    """How many pairs wait, of people and of companies; nothing of what none wait."""
    found = counts(book)
    people, companies = found[PERSON], found[COMPANY]
    said = []
    if people:
        said.append(nmsg(N_("{n} pair of people"), N_("{n} pairs of people"), people))
    if companies:
        said.append(nmsg(N_("{n} pair of companies"), N_("{n} pairs of companies"), companies))
    return said


def get(book: Book, pair_id: int) -> Pair:
    """One pair. Raises Refused where there is none of this number."""
    pair = pairs.get(book.con, pair_id)
    if pair is None:
        raise Refused(msg(N_("There is no pair {id}; opslog twins lists them"), id=pair_id))
    return pair


def card(book: Book, pair_id: int) -> PairCard:
    """A pair side by side, and which of the two would be kept.

    Raises Refused where one of them is gone.
    """
    pair = get(book, pair_id)
    side = _person_side if pair.kind == PERSON else _company_side
    one, other = side(book, pair.one), side(book, pair.other)
    keep = max((one, other), key=lambda side: (_worth(side), -int(side is other))).key
    if pair.is_branch:
        branch = companies.relation(one.called, other.called).kind == companies.BRANCH
        keep = other.key if branch else one.key
    return PairCard(pair, one, other, keep)


def _person_side(book: Book, key: str) -> PersonSide:
    person_id = int(key)
    con = book.con
    sketch = pairs.sketches(con, [person_id])
    if not sketch:
        raise Refused(msg(N_("There is no person {id} any more"), id=person_id))
    events, verdicts, calls = pairs.history(con, person_id)
    return PersonSide(
        person=person_card.get(book, person_id),
        phones=sketch[0].phones,
        emails=sketch[0].emails,
        events=events,
        verdicts=verdicts,
        calls=calls,
    )


def _company_side(book: Book, key: str) -> CompanySide:
    texts = pairs.spellings(book.con, key)
    some = pairs.some_people(book.con, key, _NAMES_SHOWN)
    return CompanySide(
        key=key,
        spellings=tuple(texts),
        people=sum(number for _text, number in texts),
        names=tuple(row["name"] for row in some if row["name"]),
        ids=tuple(row["id"] for row in some),
        cities=tuple(dict.fromkeys(row["city"] for row in some if row["city"])),
    )


def _worth(side: Side) -> tuple[int, ...]:
    """The one with more of a history is kept, else the one of whom more is known."""
    if isinstance(side, CompanySide):
        return (side.people, len(side.called))
    person = side.person
    known = (person.name, person.company, person.title, person.phone, person.email, person.city)
    return (side.verdicts + side.calls, len(side.events), sum(map(bool, known)), len(person.name))


# -- deciding -----------------------------------------------------------------------


def decide(book: Book, pair_id: int, verdict: str, *, keep: str = "") -> Change:
    """The same, different, or later; remembered for good. Undo takes it back.

    The same: two people become one, and of two companies all people one's; of a branch and its
    parent it is noted which belongs to which. ``keep`` is the side that stays (its key), '' the
    one ``card`` proposes. Raises Refused where the pair or one of the two is gone.
    """
    if verdict not in VERDICTS:
        raise ValueError(verdict)
    shown = card(book, pair_id)
    if shown.pair.verdict not in (OPEN, LATER):
        raise Refused(msg(N_("This pair has been decided already; undo takes that back")))
    kept, gone = shown.kept(keep)
    if verdict == SAME and shown.pair.kind == PERSON:
        return merge(book, int(kept.key), int(gone.key))
    if verdict == SAME:
        return fold(book, gone.key, kept.key, branch=shown.pair.is_branch)
    with book.change(_label(verdict, shown.one.called, shown.other.called)) as change:
        pairs.set_verdict(book.con, pair_id, verdict, instant_text(book.now()))
    return change


def _label(verdict: str, one: str, other: str) -> Msg:
    text = {
        DIFFERENT: N_("Kept apart: {one} and {other}"),
        LATER: N_("Put off: {one} and {other}"),
    }[verdict]
    return msg(text, one=one, other=other)


def people_of(book: Book, companies: Sequence[str]) -> list[int]:
    """Everybody of these companies (their keys), company after company."""
    return pairs.people_of(book.con, companies)


def merge(book: Book, keep: int, other: int) -> Change:
    """Two rows are one person: ``keep`` gets the history of both, ``other`` is hidden. Where both
    are in programmes the label says which goes on; who was not to be written to stays so.

    Raises Refused where one is gone, and for a person and themselves.
    """
    if keep == other:
        raise Refused(msg(N_("That is one row already, not two")))
    found = {person.id for person in pairs.sketches(book.con, [keep, other])}
    for person_id in (keep, other):
        if person_id not in found:
            raise Refused(msg(N_("There is no person {id} any more"), id=person_id))
    kept, gone = person_card.get(book, keep), person_card.get(book, other)
    label = msg(
        N_("One person: {other} is now part of {name}"), name=kept.called, other=gone.called
    )
    with book.change(label) as change:
        at = instant_text(book.now())
        ran = messages.before(book, keep, other)
        merging.merge(book.con, DECLARED, keep, other)
        change.label = messages.said(book, label, keep, ran)
        one, two = pairs.in_order(PERSON, str(keep), str(other))
        pairs.put_verdict(book.con, PERSON, one, two, SAME, at)
        pairs.hand_over(book.con, PERSON, str(other), str(keep), at)
    return change


def fold(book: Book, company_key: str, to_key: str, *, branch: bool = False) -> Change:
    """Two ways of writing a company are one: its people go to ``to_key``, and so will those of
    later imports. ``branch``: it stays apart, known to be a branch of ``to_key``.

    Raises Refused where a company has nobody any more.
    """
    names = {}
    for key in (company_key, to_key):
        names[key] = pairs.spelling(book.con, key)
        if not names[key]:
            raise Refused(msg(N_("Nobody is of {company} any more"), company=key))
    text = (
        N_("{other} is a branch of {company}")
        if branch
        else N_("One company: {other} is now {company}")
    )
    with book.change(msg(text, company=names[to_key], other=names[company_key])) as change:
        at = instant_text(book.now())
        pairs.put_link(book.con, company_key, to_key, "branch" if branch else "same")
        one, two = pairs.in_order(COMPANY, company_key, to_key)
        pairs.put_verdict(book.con, COMPANY, one, two, SAME, at)
        if not branch:
            pairs.fold_company(book.con, company_key, to_key)
            merging.fold(book.con, DECLARED, company_key, to_key)
            pairs.hand_over(book.con, COMPANY, company_key, to_key, at)
    return change


def folded_key(book: Book, company_key: str) -> str:
    """What a company key means after all that was decided about companies."""
    return pairs.folded(book.con, [company_key]).get(company_key, company_key)


def parent(book: Book, company_key: str) -> str:
    """The name of the company a branch belongs to; '' where it is none that is known."""
    return pairs.spelling(book.con, pairs.parent(book.con, company_key))
