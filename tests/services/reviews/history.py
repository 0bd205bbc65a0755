"""Random weeks of one event: reminded, called back, screened, marked, handed over; undone, merged,
erased, moved and cancelled in between."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import INVITATION
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import door, guests
from opslog.services.events import events
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.screening import rounds
from opslog.services.segments import call_lists
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.lists import make_list

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = [(f"客户{n}", f"公司{n % 3}", "经理", f"+861380013{n:04}", "") for n in range(6)]
OTHERS = [(f"旧客{n}", f"老公司{n}", "经理", f"+861390013{n:04}", "") for n in range(3)]
REMINDERS = ("coming", "not_coming", "no_answer", "unsure", "colleague_comes")
CALLBACKS = ("interested", "answered", "no_answer", "wrong_number", "hand_over", "not_interested")
STATES = ("mql", "sql", "handed_over", "accepted", "won", "lost", "returned")

which = st.integers(0, 8)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("remind"), which, st.sampled_from(REMINDERS)),
        st.tuples(st.just("call back"), which, st.sampled_from(CALLBACKS)),
        st.tuples(st.just("write"), which, st.sampled_from(("replied", "sent", "interested"))),
        st.tuples(st.just("invite"), which, st.sampled_from(("coming", "no_answer", "unsure"))),
        st.tuples(st.just("decide"), which, st.sampled_from(("keep", "drop", "park", "undecided"))),
        st.tuples(st.just("mark"), which, st.sampled_from((True, True, False, None))),
        st.tuples(st.just("walk in"), which),
        st.tuples(st.just("stand in"), which),
        st.tuples(st.just("lead"), which, st.sampled_from(("", "陈磊"))),
        st.tuples(st.just("stands"), which, st.sampled_from(STATES)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("withdraw"), which),
        st.tuples(st.just("merge"), which, which),
        st.tuples(st.just("erase"), which),
        st.tuples(st.just("move"), st.integers(-3, 3)),
        st.tuples(st.just("cancel")),
        st.tuples(st.just("wait"), st.sampled_from((1, 61, 300))),
    ),
    min_size=4,
    max_size=40,
)


class History:
    """A salon with six people on its list, two of them of an audience of five."""

    def __init__(self, book: Book, clock: StandingClock) -> None:
        self.book, self.clock = book, clock
        clock.move_to(MONDAY)
        self.list = make_list(book, PEOPLE, ends_ago=timedelta(hours=3))
        self.old = make_list(book, OTHERS, event="去年大会", ends_ago=timedelta(days=300))
        self.event = self.list.event_id
        self.people = [*self.list.people, *self.old.people]
        invited = [*self.list.people[:2], *self.old.people]
        wanted = call_lists.CallList("邀请", INVITATION, event_id=self.event)
        self.audience = call_lists.make(book, invited, wanted, "老客户").made
        book.con.executemany(
            "INSERT INTO target(event_id, measure, value) VALUES (?,?,?)",
            [(self.event, "attended", 4), (self.event, "leads", 0), (self.event, "老板", 2)],
        )

    def do(self, deed: tuple[Any, ...]) -> None:
        """Refusals are part of a week."""
        with suppress(Refused):
            self._do(*deed)

    def _do(self, verb: str, *how: Any) -> None:
        book, who = self.book, self.people[how[0] % 9] if how and isinstance(how[0], int) else 0
        card = self.list.cards[how[0] % 6] if who else 0
        if verb == "remind":
            reason = "travel" if how[1] == "not_coming" else ""
            calling.record(book, card, "reminder", how[1], lane="phone", reason=reason)
        elif verb == "call back":
            calling.record(book, card, "callback-1", how[1], lane="phone")
        elif verb == "write":
            off_list.record(book, who, how[1], lane="wecom", event_id=self.event)
        elif verb == "invite":
            row = book.con.execute(
                "SELECT id FROM card WHERE roster_id=? AND person_id=?", (self.audience, who)
            ).fetchone()
            if row:
                calling.record(book, row[0], INVITATION, how[1], lane="phone")
        elif verb == "decide":
            found = rounds.rounds_of(book, self.list.roster_id)
            number = found[0].id if found else rounds.open_round(book, self.list.roster_id).made
            reason = ("competitor", "not_target")[how[0] % 2] if how[1] == "drop" else ""
            rounds.decide(book, number, card, how[1], reason)
        elif verb == "mark":
            guests.mark_attended(book, card, how[1])
        elif verb == "walk in":
            door.walk_in(book, self.event, {"name": f"现场{how[0]}"})
        elif verb == "stand in":
            door.stand_in(book, card, {"name": f"替{how[0]}"}, came=how[0] % 2 == 0)
        elif verb == "lead":
            leads.keep(book, who, {"need": "报价"}, how[1], event_id=self.event)
        elif verb == "stands":
            kept = leads.leads(book, self.event)
            if kept:
                leads.set_state(book, kept[how[0] % len(kept)].id, how[1])
        elif verb == "undo":
            history.undo(book)
        elif verb == "redo":
            history.redo(book)
        elif verb == "withdraw":
            with book.change(msg("test")):
                book.con.execute("UPDATE card SET state='withdrawn' WHERE id=?", (card,))
        elif verb == "merge" and who != self.people[how[1]]:
            twins.merge(book, who, self.people[how[1]])
        elif verb == "erase":
            person = person_card.get(book, who)
            erasing.erase(book, person.id, erasing.word_for(person))
        elif verb == "move":
            events.move(book, self.event, book.now() + timedelta(days=how[0]))
        elif verb == "cancel":
            events.cancel(book, self.event)
        elif verb == "wait":
            self.clock.move_to(self.clock.instant + timedelta(minutes=how[0]))
