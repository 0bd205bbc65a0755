"""What was just made ticks off the step of a plan of the operator's own that waited for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg
from opslog.services.book.book import Change
from opslog.services.events.plans import routines

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


def prove(app: Host, evidence: str) -> None:
    """``evidence``: a name of ``domain.events.evidence.OWN``. Says so, and screens show it."""

    def verb() -> Change:
        change = routines.prove(app.book, evidence)
        if change is None:
            raise Refused(msg(N_("The step of your plan stays open: the file is busy just now")))
        return change

    if routines.waiting_for(app.book, evidence):
        app.do(verb)
