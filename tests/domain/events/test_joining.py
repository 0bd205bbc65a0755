"""What is past when an event is entered."""

from __future__ import annotations

from opslog.domain.dates.workdays import MAINLAND
from opslog.domain.events.events import DONE, DROPPED, FLOATING, JOINED, LATE, MERGED
from opslog.domain.events.kinds import Traits
from opslog.domain.events.plans.joining import NEWEST, NONE, joined
from opslog.domain.events.plans.planning import plan
from opslog.domain.events.plans.step_reasons import explain
from opslog.domain.reviews.acts.lateness import kept
from tests.domain.events.test_planning import BOOKS, ZONE, day, present, span


def test_what_was_given_up_by_rule_says_why_and_is_no_neglect_in_a_review() -> None:
    now = present("2026-11-24T09:00")
    for late, code, said in (
        (NONE, JOINED, "from before the event was entered"),
        ("all", MERGED, "one round stands for two on its channel"),
    ):
        lines = plan(BOOKS["salon"], Traits(), span("2026-11-26T14:00"), now, late)
        ones = [line for line in lines if line.state == DROPPED and code in line.why]
        assert {str(explain(line, ZONE, MAINLAND)) for line in ones} == {said}
        entered = day(min(line.due_at for line in lines))
        done = [x._replace(state=DONE, done_at=x.due_at) for x in lines if x.open]
        known = {one.key for one in kept([*done, *ones[:4]], entered, MAINLAND, ZONE)}
        assert known == {line.key for line in done}


def test_of_what_is_past_on_a_channel_the_newest_alone_is_still_done() -> None:
    lines = plan(BOOKS["salon"], Traits(), span("2026-11-26T14:00"), present("2026-11-01T09:00"))
    late = [line._replace(why=(LATE,)) if line.phase == "before" else line for line in lines]
    for found in (late, late[::-1]):
        states = {line.key: (line.state, JOINED in line.why) for line in joined(found, NEWEST)}
        for channel in ("edm", "groups", "moments"):
            assert states[f"promo-1-{channel}"] == (DROPPED, True)
        assert states["promo-2-edm"] == states["promo-1-site"] == (FLOATING, False)
