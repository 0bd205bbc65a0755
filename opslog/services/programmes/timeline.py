"""What programmes add to a person's time line: what was sent, and when they entered and left."""

from __future__ import annotations

from opslog.domain.base.clock import instant_of
from opslog.domain.calls.outcomes import LANE_TITLES
from opslog.domain.people.card import CALLED, Moment
from opslog.domain.programmes import contents
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.programmes.held import why_left
from opslog.services.programmes.timetable import Timetable
from opslog.store.programmes import enrolments as store
from opslog.store.programmes.enrolments import ACTIVE, FINISHED, PAUSED

_STATES = {PAUSED: N_("waits"), FINISHED: N_("run to its end")}


def moments(book: Book, person_id: int) -> list[Moment]:
    """Every message sent, and the programmes they were in."""
    found: list[Moment] = []
    table = Timetable(book)
    for one in store.of_person(book.con, person_id):
        rules = table.programme(one.programme)
        title: object = rules.named if rules else one.programme
        text = msg(N_("into “{programme}”"), programme=title)
        found.append(Moment(one.entered_at, CALLED, text, one.from_event_id, ""))
        if one.state != ACTIVE:
            why = msg(_STATES.get(one.state) or N_("out"))
            if one.left_why:
                why = why_left(one.left_why)
            text = msg(N_("“{programme}”: {why}"), programme=title, why=why)
            found.append(Moment(one.state_at, CALLED, text, one.from_event_id, ""))
    for row in store.sent_to(book.con, person_id):
        rules = table.programme(row["programme"]) if row["programme"] else None
        step = rules.step(row["step"]) if rules else None
        what: object = step.named if step else row["step"] or msg(N_("answered"))
        text = msg(N_("{lane}: {step}"), lane=msg(LANE_TITLES[row["lane"]]), step=what)
        if label := row["label"] or (step.label if step else ""):
            text = msg(N_("{text} · {name}"), text=text, name=contents.said(label))
        if words := row["text"] or row["note"]:
            text = msg(N_("{text} · {note}"), text=text, note=Msg("{text}", {"text": words}))
        if row["opened_at"]:
            text = msg(N_("{text}, read"), text=text)
        found.append(Moment(instant_of(row["at"]), CALLED, text, None, ""))
    return found
