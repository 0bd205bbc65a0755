"""Whatever happens to people in programmes, in whatever order: nobody gets a step twice or too
often, nothing is skipped without a word, and nobody's place is lost."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.workdays import MAINLAND
from opslog.domain.leads.leads import ACCEPTED, RETURNED
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import off_list
from opslog.services.leads import leads
from opslog.services.people import card, erasing
from opslog.services.programmes import enrolling, queue, sending
from opslog.services.twins import twins
from tests.conftest import MONDAY, StandingClock
from tests.services.programmes.programme import begin

STEPS = ["hello", "two", "three", "seven"]
OFTEN = ("enter", *("send", "wait") * 4)
SELDOM = (
    *("skip", "reply", "answer", "pause", "resume", "leave", "return", "undo", "redo"),
    *("merge", "erase", "bar", "hand", "back", "call", "late"),
)
ACT = st.tuples(
    st.sampled_from((*OFTEN, *SELDOM)), st.integers(0, 2), st.sampled_from(STEPS), st.integers(1, 5)
)


def _do(
    book: Book, clock: StandingClock, verb: str, person: int, other: int, step: str, days: int
) -> None:
    mine = [one.id for one in enrolling.of_person(book, person)][-1:]
    newest = mine[0] if mine else 0
    if verb == "enter":
        enrolling.enter(book, "trial", [person])
    elif verb == "return":
        enrolling.enter(book, "trial", [person], step=step)
    elif verb == "send":
        sending.sent(book, [line.enrolment_id for s in queue.day(book).slots for line in s.lines])
    elif verb == "late":
        sending.sent(book, mine)
    elif verb == "skip":
        sending.skip(book, newest)
    elif verb == "reply":
        sending.replied(book, newest, "怎么收费")
    elif verb == "answer":
        sending.answered(book, newest)
    elif verb in ("pause", "resume", "leave"):
        getattr(enrolling, verb)(book, mine)
    elif verb == "undo":
        history.undo(book)
    elif verb == "redo":
        history.redo(book)
    elif verb == "wait":
        clock.move_to(clock.now() + timedelta(days=days))
    elif verb == "merge":
        twins.merge(book, person, other)
    elif verb == "erase":
        erasing.erase(book, person, erasing.word_for(erasing.get(book, person)))
    elif verb == "bar":
        card.set_barred(book, person, True, ("call", "write"))
    elif verb == "hand":
        leads.keep(book, person, {}, "李销售")
        leads.set_state(book, leads.present(book, person).id, ACCEPTED)
    elif verb == "back":
        leads.set_state(book, leads.present(book, person).id, RETURNED)
    else:
        off_list.log(book, person, "answered", lane="phone")


def _holds(book: Book, first: dict[int, str]) -> None:
    rows = book.con.execute(
        "SELECT e.*, p.erased_at FROM enrolment e JOIN person p ON p.id=e.person_id"
    ).fetchall()
    assert all(row["erased_at"] or row["next_on"] for row in rows if row["state"] == "active")
    assert all(row["next_step"] for row in rows)  # the place is known, also of who left
    inside = Counter(row["person_id"] for row in rows if row["state"] in ("active", "paused"))
    assert max(inside.values(), default=0) <= 1
    said: dict[int, list[str]] = {row["id"]: [] for row in rows}
    for one in book.con.execute("SELECT enrolment_id, step FROM sending ORDER BY id"):
        said[one["enrolment_id"]].append(one["step"])
    for row in rows:
        begun = first.setdefault(row["id"], row["next_step"])
        behind = said[row["id"]]
        start = STEPS.index(begun)
        assert behind == STEPS[start : start + len(behind)]
        if row["state"] == "active":
            assert row["next_step"] == STEPS[start + len(behind)]
    day = queue.day(book)
    due = book.con.execute(
        "SELECT count(*) FROM enrolment WHERE state='active' AND next_on>'' AND next_on<=?",
        (day.day.isoformat(),),
    ).fetchone()[0]
    assert day.due + sum(held.number for held in day.held) == due
    assert day.due == sum(len(slot.lines) for slot in day.slots)


def _sent(book: Book, before: int) -> None:
    """What went out just now went to nobody who has left, nor twice, nor too often."""
    zone = book.clock.zone
    for row in book.con.execute(
        "SELECT e.person_id, e.programme, s.step, s.at, e.entered_at FROM sending s"
        " JOIN enrolment e ON e.id=s.enrolment_id WHERE s.id>? AND s.state='sent'",
        (before,),
    ).fetchall():
        person = row["person_id"]
        assert not card.get(book, person).erased
        assert not card.get(book, person).is_barred("write")
        touches = book.con.execute(
            "SELECT at, direction, lane FROM touch WHERE person_id=?", (person,)
        ).fetchall()
        days = Counter(datetime.fromisoformat(one["at"]).astimezone(zone).date() for one in touches)
        today = book.today()
        assert days[today] == 1 or not MAINLAND.is_workday(today)
        answers = [one["at"] for one in touches if one["direction"] == "in"]
        assert not any(at > row["entered_at"] for at in answers)
        again = book.con.execute(
            "SELECT count(*) FROM sending s JOIN enrolment e ON e.id=s.enrolment_id"
            " WHERE e.person_id=? AND s.step=? AND s.state='sent' AND e.left_why='merged'"
            " AND e.programme=?",
            (person, row["step"], row["programme"]),
        ).fetchone()[0]
        assert not again


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three people in a programme."""
    folder = tmp_path_factory.mktemp("begun")
    book = open_book(folder / "opslog.db", clock=StandingClock(MONDAY))
    begin(book)
    book.close()
    return folder


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ACT, min_size=12, max_size=30))
def test_nothing_goes_out_twice_is_skipped_silently_or_loses_its_place(
    begun: Path, acts: list[tuple[str, int, str, int]]
) -> None:
    clock = StandingClock(MONDAY)
    with TemporaryDirectory() as folder:
        copytree(begun, folder, dirs_exist_ok=True)
        book = open_book(Path(folder) / "opslog.db", clock=clock)
        try:
            ids = [row[0] for row in book.con.execute("SELECT id FROM person ORDER BY id")]
            first: dict[int, str] = {}
            _holds(book, first)
            for verb, who, step, days in acts:
                clock.move_to(clock.now() + timedelta(minutes=1))
                row = book.con.execute("SELECT coalesce(max(id), 0) FROM sending").fetchone()
                with contextlib.suppress(Refused):
                    other = ids[(who + 1) % len(ids)]
                    _do(book, clock, verb, ids[who], other, step, days)
                if verb in ("send", "late"):
                    _sent(book, row[0])
                _holds(book, first)
        finally:
            book.close()
