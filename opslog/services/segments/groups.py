"""Of whom a list is sent on: who did not come, who declined and why, who was kept, handed over,
never reached. Counted from what was done, at the moment it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import INVITATION, REMINDER, Outcome
from opslog.domain.rosters.rosters import CALLS
from opslog.domain.screening.rounds import DROP, KEEP
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.book.contributions import (
    DECLINED,
    HANDED_OVER,
    KEPT,
    MISSED,
    STILL_IN,
    UNREACHED,
)
from opslog.services.leads import leads
from opslog.store.rosters import rosters
from opslog.store.segments import members as store
from opslog.store.segments.members import Attempt, Member

CODES = (MISSED, DECLINED, KEPT, HANDED_OVER, UNREACHED, STILL_IN)
TITLES = {
    MISSED: N_("did not come"),
    DECLINED: N_("declined"),
    KEPT: N_("kept so far"),  # by the newest verdict, whatever round it is of
    HANDED_OVER: N_("handed over"),
    UNREACHED: N_("never reached"),
    STILL_IN: N_("still on the list"),
}
_NOBODY = {
    MISSED: N_("Everybody who signed up came"),
    DECLINED: N_("Nobody on this list declined"),
    KEPT: N_("Nobody on this list was kept"),
    HANDED_OVER: N_("Nobody on this list was handed over"),
    UNREACHED: N_("Everybody on this list was reached"),
    STILL_IN: N_("Everybody on this list was dropped, or withdrew"),
}
_NOT_INTERESTED = "not_interested"  # how one declines where there is no event to come to


class Group(NamedTuple):
    """Some of a list, each once, in its order. ``reason``: those alone who declined for it, in
    words ``why``; ``untried``: of those never reached, how many nobody tried to reach; ``rows``:
    the attempts that declined, or the leads that were handed over."""

    code: str
    people: Sequence[int]
    reason: str = ""
    why: Msg | None = None
    untried: int = 0
    rows: Sequence[int] = ()

    @property
    def key(self) -> str:
        """As a menu and ``Scope.only`` name it."""
        return f"{self.code}:{self.reason}" if self.reason else self.code

    @property
    def title(self) -> Msg:
        title = msg(TITLES[self.code])
        return (
            title if self.why is None else msg(N_("{text} ({reason})"), text=title, reason=self.why)
        )


def groups(book: Book, roster_id: int) -> list[Group]:
    """Those of CODES, some of them of nobody; then who declined by the reason they gave, the most
    frequent first."""
    found = _List(book, roster_id)
    return [*map(found.group, CODES), *found.by_reason()]


def group(book: Book, roster_id: int, key: str) -> Group:
    """One of them; a reason may be its title, too. Refused, with why, where it is of nobody."""
    found = _List(book, roster_id)
    code, _colon, reason = key.partition(":")
    if code not in CODES or (reason and code != DECLINED):
        text = N_("“{key}” is nobody of a list; there are {all}, and declined:REASON")
        raise Refused(msg(text, key=key, all=", ".join(CODES)))
    if not reason:
        return _somebody(found, code)
    one = found.of_reason(reason)
    if one is None:
        raise Refused(msg(N_("Nobody on this list declined for “{reason}”"), reason=reason))
    return one


def sign_ups(book: Book, event_id: int) -> int:
    """The list of an event. Refused where it has none."""
    found = rosters.of_event(book.con, event_id)
    if not found:
        raise Refused(msg(N_("This event has no list yet; n in Rosters takes one in")))
    return found


def still_in(book: Book, roster_id: int) -> Group:
    """Who was kept on a list; everybody who was not dropped, while nobody was kept yet."""
    found = _List(book, roster_id)
    kept = found.group(KEPT)
    return kept if kept.people else _somebody(found, STILL_IN)


def only(book: Book, key: str, roster_ids: Iterable[int]) -> frozenset[int]:
    """Whom a group has on any of these lists; '' all who are on them."""
    code, _colon, reason = key.partition(":")
    found: set[int] = set()
    for one in (_List(book, roster_id) for roster_id in roster_ids):
        if reason:
            some = one.of_reason(reason)
            found.update(some.people if some else ())
        elif code:
            found.update(one.group(code).people)
        else:
            found.update(member.person_id for member in one.members)
    return frozenset(found)


class _List:
    """A list as it stands; each kind of fact is read when it is first asked for."""

    def __init__(self, book: Book, roster_id: int) -> None:
        self._book, self._id = book, roster_id
        self._kind, self._event_id = store.event_of(book.con, roster_id)
        self._outcomes = own_kinds.outcomes(book)

    def group(self, code: str) -> Group:
        if code == UNREACHED:
            return self._unreached()
        people = _each(one for one in self.members if self._is_in(code, one))
        if code == DECLINED:
            return Group(code, people, rows=[self._declined[one].id for one in people])
        if code == HANDED_OVER:
            return Group(code, people, rows=[self._handed_over[one] for one in people])
        return Group(code, people)

    def by_reason(self) -> list[Group]:
        all_of_them = self.group(DECLINED).people
        given: dict[str, list[int]] = {}
        for person in all_of_them:
            given.setdefault(self._declined[person].reason, []).append(person)
        return [
            Group(
                DECLINED,
                people,
                reason,
                self._outcomes.reason(reason),
                rows=[self._declined[one].id for one in people],
            )
            for reason, people in sorted(given.items(), key=lambda one: -len(one[1]))
            if reason
        ]

    def of_reason(self, reason: str) -> Group | None:
        """Who declined for it; it may be its title, too."""
        some = (one for one in self.by_reason() if reason in (one.reason, str(one.why)))
        return next(some, None)

    def _is_in(self, code: str, one: Member) -> bool:
        if code == MISSED:
            return one.came is self._absent and one.verdict != DROP and not one.replaced
        if code == DECLINED:
            return one.person_id in self._declined
        if code == KEPT:
            return one.verdict == KEEP
        if code == HANDED_OVER:
            return one.person_id in self._handed_over
        return one.verdict != DROP and one.state != "withdrawn"

    def _unreached(self) -> Group:
        reached = {one.person_id for one in self._attempts if self._answered(one)}
        tried = {one.person_id for one in self._attempts}
        left = [one for one in self.group(STILL_IN).people if one not in reached]
        return Group(UNREACHED, left, untried=sum(one not in tried for one in left))

    @cached_property
    def members(self) -> list[Member]:
        return store.members(self._book.con, self._id)

    @cached_property
    def _absent(self) -> bool | str | None:
        """The mark of who did not come: none, where others came and nobody is marked absent."""
        marks = {one.came for one in self.members}
        return False if False in marks else None if True in marks else "nobody is marked"

    @cached_property
    def _attempts(self) -> list[Attempt]:
        return store.attempts(self._book.con, self._id)

    @cached_property
    def _declined(self) -> dict[int, Attempt]:
        """Who said last that they are not coming, and why; of a call list for no event also who is
        not interested."""
        newest = {
            one.person_id: one
            for one in self._attempts
            if one.purpose in (REMINDER, INVITATION) or self._kind == CALLS
        }
        return {
            person: one
            for person, one in newest.items()
            if (outcome := self._outcome(one)) is not None
            and (outcome.pass_on or outcome.code == _NOT_INTERESTED)
        }

    @cached_property
    def _handed_over(self) -> dict[int, int]:
        """Whoever was handed over from this list, or from its event, and as which lead."""
        cards = {one.card_id for one in self.members}
        return {
            one.person_id: one.id
            for one in leads.leads(self._book, self._event_id)
            if one.handed_at and (self._event_id is not None or one.card_id in cards)
        }

    def _outcome(self, one: Attempt) -> Outcome | None:
        return self._outcomes.outcome(one.purpose, one.lane, one.outcome)

    def _answered(self, one: Attempt) -> bool:
        outcome = self._outcome(one)
        return outcome is not None and outcome.answered


def _each(members: Iterable[Member]) -> list[int]:
    return [*dict.fromkeys(one.person_id for one in members)]


def _somebody(found: _List, code: str) -> Group:
    """Refused, with why, where it is of nobody."""
    one = found.group(code)
    if not one.people:
        if code == MISSED and all(member.came is None for member in found.members):
            raise Refused(
                msg(N_("Nobody is marked yet as there or not; v in Calls marks who came"))
            )
        raise Refused(msg(_NOBODY[code]))
    return one
