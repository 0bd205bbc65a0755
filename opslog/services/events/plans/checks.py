"""What an event must be like to be kept."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from opslog.domain.base.money import MOST_CENTS
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import short_moment
from opslog.domain.events.events import EventDraft
from opslog.domain.events.kinds import AUDIENCES, HOSTS, LISTS
from opslog.locale import N_, msg
from opslog.services.book.book import Book

_LONGEST = timedelta(days=92)  # an end of 12-04 for a start on 12-05 reads as next year's


def checked(book: Book, draft: EventDraft) -> tuple[EventDraft, datetime]:
    """The draft fit to be kept, and its end. Raises Refused naming what is wrong."""
    draft = draft._replace(
        name=_one_line(draft.name),
        segment=_one_line(draft.segment),
        theme=_one_line(draft.theme),
        place=_one_line(draft.place),
        tag=_one_line(draft.tag).lstrip("#＃"),
        note=storable(draft.note),
        targets={_one_line(name): float(value) for name, value in draft.targets.items()},
    )
    if not draft.name:
        raise Refused(msg(N_("An event needs a name")))
    from opslog.services.events.plans import playbooks

    playbook = playbooks.playbook(book, draft.kind)
    for value, allowed, what in (
        (draft.host, HOSTS, N_("“{value}” is no host; choose from: {allowed}")),
        (draft.list, LISTS, N_("“{value}” is no kind of list; choose from: {allowed}")),
        (draft.audience, AUDIENCES, N_("“{value}” is no audience; choose from: {allowed}")),
    ):
        if value not in allowed:
            raise Refused(msg(what, value=value, allowed=listed(allowed)))
    if draft.budget_cents is not None and not 0 <= draft.budget_cents <= MOST_CENTS:
        raise Refused(msg(N_("A budget is an amount from 0 up")))
    for name, target in draft.targets.items():
        if not name or not 0 <= target < math.inf:
            raise Refused(msg(N_("Target “{name}”: give a name and a number from 0 up"), name=name))
    begins = draft.starts_at.astimezone(book.clock.zone).time()
    ends_at = draft.ends_at or draft.starts_at + playbook.lasts(begins)
    if ends_at <= draft.starts_at:
        raise Refused(
            msg(
                N_("It ends {end}, before it starts {start}; check the two"),
                end=short_moment(ends_at, book.clock.zone, book.today()),
                start=short_moment(draft.starts_at, book.clock.zone, book.today()),
            )
        )
    if ends_at - draft.starts_at > _LONGEST:
        raise Refused(
            msg(
                N_("It would last {days} days, until {end}; check when it ends"),
                days=(ends_at - draft.starts_at).days,
                end=short_moment(ends_at, book.clock.zone, book.today()),
            )
        )
    return draft, ends_at


def _one_line(text: str) -> str:
    return storable(" ".join(text.split()))
