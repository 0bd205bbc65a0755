"""The plan of a kind of event, and what planning needs to know of now."""

from __future__ import annotations

from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.events.kinds import KINDS
from opslog.domain.events.plans.planning import Present
from opslog.domain.events.plans.playbooks import Playbook
from opslog.locale import N_, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book


def playbook(book: Book, kind: str) -> Playbook:
    """The plan in force. Raises Refused for an unknown kind."""
    if kind not in KINDS:
        raise Refused(
            msg(
                N_("“{kind}” is no kind of event; the kinds are: {kinds}"),
                kind=kind,
                kinds=listed(KINDS),
            )
        )
    return own_kinds.playbook(book, kind)


def present(book: Book) -> Present:
    """Now, the calendar and the zone."""
    return Present(book.now(), own_kinds.workdays(book), book.clock.zone)
