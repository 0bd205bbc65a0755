"""What comes back: leads from sales, people who are one, somebody who asks to be erased."""

from __future__ import annotations

from datetime import timedelta

from opslog.domain.leads.leads import ACCEPTED, HANDED_OVER, LEAD, LOST, RETURNED, WON
from opslog.domain.twins.pairs import SAME
from opslog.services.leads import leads
from opslog.services.people import card as people
from opslog.services.people import erasing
from opslog.services.twins import twins
from tests.year.desk import Desk


def with_sales(desk: Desk) -> None:
    """Sales accept after a day or two, and some weeks later it is won, lost or comes back."""
    for lead in leads.leads(desk.book):
        days = (desk.moment - lead.at).days
        if lead.state == HANDED_OVER and days >= 1 and desk.chance.random() < 0.5:
            desk.take("accepted", leads.set_state, lead.id, ACCEPTED)
        elif lead.state == ACCEPTED and days >= 10 and desk.chance.random() < 0.1:
            state = desk.chance.choice((WON, LOST, RETURNED, RETURNED))
            desk.take(
                *(state, leads.set_state, lead.id, state),
                reason="明年再看" if state == RETURNED else "",
                cents=30_000_00 if state == WON else None,
                next_on=desk.moment + timedelta(days=30) if state == RETURNED else None,
            )
        elif lead.state == RETURNED and (lead.next_on or lead.at) <= desk.moment:
            desk.take("taken up again", leads.set_state, lead.id, LEAD)


def tidy(desk: Desk) -> None:
    """Once a month: the first of those who may be the same are merged, and somebody asks to be
    erased."""
    for pair in twins.found(desk.book, "person")[:3]:
        desk.take("merges", twins.decide, pair.id, SAME)
    desk.ledger.follow_merges()
    who = desk.book.con.execute(
        "SELECT id FROM person_shown ORDER BY id DESC LIMIT 1 OFFSET ?",
        (desk.chance.randint(0, 20),),
    ).fetchone()
    if who:
        word = erasing.word_for(people.get(desk.book, who[0]))
        desk.take("erased", erasing.erase, who[0], word)
