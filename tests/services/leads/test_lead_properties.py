"""Whatever is done with leads, in whatever order: no state is lost, and Today shows none that is
done."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.leads.leads import OVER, RETURNED, STATES, WITH_SALES
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.leads import leads
from opslog.services.people import erasing
from opslog.services.today import agenda
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.calls.test_calling import PEOPLE
from tests.services.lists import make_list

STEP = st.tuples(
    st.sampled_from(("keep", "hand", "state", "state", "undo", "redo", "wait", "merge", "erase")),
    st.integers(0, 2),
    st.sampled_from(STATES),
)


def _ledger(book: Book) -> list[tuple[int, str]]:
    rows = book.con.execute("SELECT id, state FROM handover_state ORDER BY id")
    return [(row["id"], row["state"]) for row in rows]


def _do(book: Book, clock: StandingClock, verb: str, person: int, other: int, state: str) -> None:
    if verb == "keep":
        leads.keep(book, person, {"need": "1"})
    elif verb == "hand":
        leads.keep(book, person, {}, "Li")
    elif verb == "state":
        leads.set_state(book, leads.present(book, person).id, state)
    elif verb == "undo":
        history.undo(book)
    elif verb == "redo":
        history.redo(book)
    elif verb == "wait":
        clock.move_to(clock.now() + timedelta(hours=30))
    elif verb == "merge":
        twins.merge(book, person, other)
    else:
        erasing.erase(book, person, erasing.word_for(erasing.get(book, person)))


def _holds(book: Book) -> None:
    """Today has exactly the leads whose clock has run out, each once."""
    shown = sorted(one.item.ref for one in agenda.today(book) if one.item.kind == "lead")
    found = leads.leads(book)
    waiting = [one for one in found if one.state in (*WITH_SALES, RETURNED)]
    assert set(shown) <= {one.person_id for one in waiting}
    assert not {one.person_id for one in found if one.state in OVER} & set(shown) - {
        one.person_id for one in waiting
    }
    for one in waiting:
        since = one.handed_at or one.at
        if one.state == RETURNED or (
            one.state == "handed_over" and book.now() - since >= timedelta(hours=24)
        ):
            assert one.person_id in shown


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, max_size=14))
def test_no_state_is_lost_and_today_shows_none_that_is_done(
    steps: list[tuple[str, int, str]],
) -> None:
    clock = StandingClock(datetime(2026, 11, 23, 1, tzinfo=UTC))
    with TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "opslog.db", clock=clock)
        people = make_list(book, PEOPLE[:3], ends_ago=timedelta(days=40)).people
        for verb, at, state in steps:
            before = _ledger(book)
            with contextlib.suppress(Refused):
                _do(book, clock, verb, people[at], people[(at + 1) % 3], state)
            after = _ledger(book)
            if verb != "undo":
                assert after[: len(before)] == before, f"{verb} lost a state"
            assert len(after) >= len(before) - (verb == "undo")
            _holds(book)
        book.close()
