"""The actions of the screen of one's own fields."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

FIELDS = table(
    Action(
        "fields.on_card",
        "space",
        "on_card",
        N_("On the card"),
        N_("Show it on the card of a call, and ask for it where it is blank, or not"),
    ),
)
