"""Whom no list that goes out holds, to be called or written to, for what they are; and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Row

from opslog.domain.calls import left_out
from opslog.domain.calls.left_out import check_by
from opslog.domain.rosters.rosters import Cards
from opslog.domain.screening.reasons import OUTSIDERS
from opslog.domain.screening.rounds import DROP
from opslog.domain.screening.suggestions import Subject
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book
from opslog.services.calls.queue.left_out import What, for_what_they_are
from opslog.store.calls import candidates as on_lists
from opslog.store.people import export as people_store
from opslog.store.people import met
from opslog.store.segments.lists import invalid_elsewhere


class Outsiders:
    """Colleagues, competitors, partners and made-up names, by verdict or by the rules; of a list
    also who withdrew or waits. Whether they may be reached is another question.

    What was decided on the list counts there; of ``people`` (None: all) of no list any verdict.
    """

    def __init__(
        self, book: Book, roster_id: int | None = None, people: Iterable[int] | None = None
    ) -> None:
        self._book, self._check = book, check_by(own_kinds.rules(book))
        self._listed = {} if roster_id is None else self._on_list(roster_id)
        self._decided: dict[int, str] = {}
        if roster_id is None:
            for person_id, verdict in met.verdicts(book.con, people):
                if _outside(verdict) or person_id not in self._decided:
                    self._decided[person_id] = verdict

    def _on_list(self, roster_id: int) -> dict[int, What | None]:
        con = self._book.con
        elsewhere = invalid_elsewhere(con, roster_id)
        found: dict[int, What | None] = {}
        for card, _barred in on_lists.left_out(con, Cards(roster_id), reminder=True):
            found[card.person_id] = (
                What(left_out.VERDICT, card.verdict.partition(" ")[2])
                if _outside(card.verdict)
                else for_what_they_are(card, elsewhere.get(card.person_id, ""), self._check)
            )
        for card in on_lists.each_candidate(con, Cards(roster_id), reminder=True):
            what = for_what_they_are(card, elsewhere.get(card.person_id, ""), self._check)
            found[card.person_id] = what
        return found

    def why(self, person_id: int, subject: Subject) -> Msg | None:
        """Why somebody is left out, None: they are not."""
        if person_id in self._listed:
            what = self._listed[person_id]
        elif verdict := self._decided.get(person_id):
            what = What(left_out.VERDICT, verdict.partition(" ")[2]) if _outside(verdict) else None
        else:
            said = self._check.invalid(subject)
            what = None if said is None else What(left_out.RULE, said.reason)
        if what is None or (what.kind != left_out.STATE and what.code not in OUTSIDERS):
            return None
        return what.why(self._book)


def _outside(verdict: str) -> bool:
    decided, _blank, reason = verdict.partition(" ")
    return decided == DROP and reason in OUTSIDERS


def fit(
    book: Book, people: Sequence[int], roster_id: int | None = None
) -> tuple[list[int], list[Msg]]:
    """Those of these people, of a list or none, whom a list that goes out may hold, each once; and
    of the others why not. Who was erased is gone."""
    outsiders = Outsiders(book, roster_id, people)
    whys = {
        row["id"]: outsiders.why(row["id"], subject_of(row))
        for row in people_store.people(book.con, None, people)
    }
    out = [why for why in whys.values() if why is not None]
    return [one for one, why in whys.items() if why is None], out


def said(whys: Sequence[Msg]) -> list[Msg]:
    """How many a list that goes out leaves out for what, in a sentence, where there are any."""
    who = left_out.numbered(left_out.tallied(whys))
    return [msg(N_("Left out: {who}"), who=who)] if whys else []


def subject_of(row: Row) -> Subject:
    """What rules look at of a row of ``people_store.people``."""
    wecom = None if row["wecom"] is None else bool(row["wecom"])
    return Subject(
        *(row["name"], row["company"], row["title"], row["phone"], row["email"]), wecom, row["note"]
    )
