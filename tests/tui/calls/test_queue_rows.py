"""The queue's rows while outcomes come in: one line moves, all others stand where they stood."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from opslog.domain.calls.queue import QueueLine
from opslog.tui.calls.queue.rows import QueueRows, key_of

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def entry(person: int, *, ready: bool = True, promised: bool = False, hours: int = 0) -> QueueLine:
    return QueueLine(
        rank=1,
        card_id=person,
        roster_id=1 + person % 2,
        event_id=1,
        event="上海沙龙",
        event_at=NOW,
        person_id=person,
        person=f"P{person}",
        company="",
        title="",
        phone="",
        wecom=None,
        purpose="callback",
        lane="phone",
        slot="",
        due=NOW + timedelta(hours=hours),
        ready=ready,
        promised=promised,
        again=False,
        attempts=0,
        score=0,
        reasons=(),
    )


def rows_of(lines: list[QueueLine], *, air: bool = False) -> QueueRows:
    return QueueRows(lines, lambda one: (one.person,), lambda group: (), air=air)


@pytest.mark.parametrize("seed", range(6))
def test_a_line_taken_out_and_put_in_leaves_the_others_in_order(seed: int) -> None:
    chance = random.Random(seed)
    rows = rows_of([entry(n) for n in range(12)], air=bool(seed % 2))
    held = {one.person_id: one for one in rows.lines}
    for _time in range(40):
        person = chance.randrange(15)
        others = [one for one in rows.lines if one.person_id != person]
        rows.take_out(person)
        held.pop(person, None)
        assert rows.lines == others
        if chance.random() < 0.6:
            waits = chance.random() < 0.5
            promised = chance.random() < 0.3
            new = entry(person, ready=not waits, promised=promised, hours=chance.randrange(1, 5))
            rows.put(new)
            held[person] = new
            assert [one for one in rows.lines if one is not new] == others
    drawn = rows.rows(0, 999)
    shown = [row.key for row in drawn if row.heading is None]
    assert len(drawn) == rows.count()
    assert shown == [key_of(one) for one in rows.lines]
    assert set(shown) == {key_of(one) for one in held.values()}
    assert [rows.position(key) for key in shown] == [
        at for at, row in enumerate(drawn) if row.heading is None
    ]
    assert [rows.place(key) for key in shown] == list(range(len(shown)))
    assert rows.ready == sum(one.ready for one in held.values())
    assert rows.left == Counter(one.of_list for one in held.values())
    for group in rows.groups:
        theirs = rows.group(group.kind)
        if not group.first.ready:
            assert [one.due for one in theirs] == sorted(one.due for one in theirs)


def test_who_waits_comes_behind_whoever_waits_for_the_same_time() -> None:
    rows = rows_of([entry(1), entry(2, ready=False, hours=2), entry(3, ready=False, hours=4)])
    rows.put(entry(4, ready=False, hours=2))
    assert [one.person_id for one in rows.lines] == [1, 2, 4, 3]
    assert not rows.any_due(NOW + timedelta(hours=1))
    assert rows.any_due(NOW + timedelta(hours=2))


def test_after_an_outcome_whoever_stood_below_follows_and_after_the_last_the_first() -> None:
    rows = rows_of([entry(n) for n in (4, 5, 6)])
    rows.take_out(5)
    assert rows.following(1) == (6, "callback")
    rows.take_out(6)
    assert rows.following(1) == (4, "callback")
    rows.take_out(4)
    assert rows.following(0) is None
