"""The actions of requests, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
REQUESTS = table(
    Action("request.sent", "d,ctrl+d", "done", N_("Sent"), N_("It went out to them")),
    Action("request.allow", "1", "allow", N_("Allow"), N_("They get it: on to what is to be sent")),
    Action("request.refuse", "2", "refuse",
           N_("Refuse"), N_("They do not get it, and why: a competitor, say")),
)
# Where an event or its list is under the cursor.
OF_EVENT = table(
    Action("event.requests", "h", "requests",
           N_("Requests"), N_("Who asked for materials, who gets them, what is to be sent")),
)
# fmt: on
