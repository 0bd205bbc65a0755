"""The keys of the Calls screen, each once."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.frame.actions import own

_OUTCOME = N_("Outcome")
_OUTCOME_HELP = N_("What came of the call, by the number below the card; on to the next")
OUTCOMES = [
    own(f"calls.outcome{n}", str(n), _OUTCOME, _OUTCOME_HELP, method=f"outcome({n})")
    for n in range(1, 9)
]
own("calls.more", "9", N_("More"), N_("The other outcomes, as a typed list"), method="more")
own(
    "calls.lane",
    "tab,l",
    N_("Other lane"),
    N_("By phone or on WeCom: the other lane for this person"),
    method="lane",
)
own(
    "calls.qr",
    "c,ctrl+o",
    N_("QR code"),
    N_("The number as a QR code, for the mobile beside the laptop"),
    method="qr",
)
own(
    "calls.start",
    "space",
    N_("Start"),
    N_("The call begins now: the clock starts anew"),
    method="start",
)
own(
    "calls.later",
    "o,f9",
    N_("Later ones"),
    N_("Show or hide those whose time comes on another day"),
    method="later",
)
own(
    "calls.attendance",
    "v,f10",
    N_("Attendance"),
    N_("Who came: mark it, and see the show-up rate"),
    method="attendance",
)
own(
    "calls.pass_on",
    "p,ctrl+g",
    N_("Pass on"),
    N_("Who declined or was handed over, to be passed on to colleagues"),
    method="pass_on",
)
own("calls.person", "i,enter", N_("Record"), N_("The person with their time line"))

# In the order of the footer: what a call needs first.
KEYS = [
    *OUTCOMES,
    "calls.more",
    "item.note",
    "item.copy",
    "calls.qr",
    "calls.lane",
    "item.wecom",
    "item.filter",
    "calls.person",
    "calls.later",
    "calls.attendance",
    "calls.pass_on",
    "calls.start",
    "item.tags",
    "item.edit",
]
# Where nobody is shown the footer leaves these out.
NEED_A_CARD = frozenset(
    id
    for id in KEYS
    if id not in ("item.filter", "calls.later", "calls.attendance", "calls.pass_on", "calls.start")
)
SHOWN = (
    "item.note",
    "item.copy",
    "calls.qr",
    "calls.lane",
    "item.wecom",
    "item.filter",
    "calls.person",
    "calls.later",
    "calls.attendance",
    "calls.pass_on",
)
