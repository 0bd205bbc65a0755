"""The actions of a person's card, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
PERSON = table(
    Action("person.erase", "E", "erase", N_("Erase for good"),
           N_("On request: take this person out of everything; can't be undone")),
    Action("person.previous", "left_square_bracket", "beside(-1)", N_("One before"),
           N_("The person before this one in the list it was opened from")),
    Action("person.next", "right_square_bracket", "beside(1)", N_("One after"),
           N_("The person after this one in the list it was opened from")),
    Action("person.lane", "tab", "lane", N_("Phone/WeCom"),
           N_("By phone or on WeCom: by which of them the outcome is logged")),
    Action("person.they_called", "0", "they_called", N_("They called"),
           N_("The outcome that comes next is of a call that came in")),
    Action("person.qr", "c,ctrl+o", "qr", N_("QR code"),
           N_("The number as a QR code, for the mobile beside the laptop")),
    Action("person.follow_up", "r,ctrl+r", "follow_up", N_("Follow up"),
           N_("Something to do with this person on another day")),
    Action("person.more", "9", "more", N_("More"), N_("The other outcomes, as a typed list")),
)
OUTCOMES = table(
    *(Action(f"person.outcome{n}", str(n), f"outcome({n})", N_("Outcome"),
             N_("What came of a call or message with this person, by the number at the foot"))
      for n in range(1, 9)),
)
# fmt: on
