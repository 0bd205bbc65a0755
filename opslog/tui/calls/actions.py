"""The actions of the queue and of attendance, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.people.actions import CARD
from opslog.tui.widgets.actions import Action, table

# fmt: off
OUTCOMES = table(
    *(Action(f"calls.outcome{n}", str(n), f"outcome({n})", N_("Outcome"),
             N_("What came of the call, by the number below the card; on to the next"))
      for n in range(1, 9)),
)
CALLS = table(
    Action("calls.more", "9", "more", N_("More"), N_("The other outcomes, as a typed list")),
    Action("calls.lane", "tab", "lane",
           N_("Phone/WeCom"), N_("By phone or on WeCom: the other lane for this person")),
    Action("calls.lanes", "L", "lanes", N_("Lanes"),
           N_("All, by phone, on WeCom, to add on WeCom: the next of them")),
    Action("calls.copy_other", "Y", "copy_other", N_("Copy the other"),
           N_("The words where y takes the number, the number where it takes the words")),
    Action("calls.qr", "c,ctrl+o", "qr",
           N_("QR code"), N_("The number as a QR code, for the mobile beside the laptop")),
    Action("calls.start", "space", "start",
           N_("Start"), N_("The call begins now: the clock starts anew")),
    Action("calls.later", "o,f9", "later",
           N_("Later ones"), N_("Show or hide those whose time comes on another day")),
    Action("calls.attendance", "v,f10", "attendance",
           N_("Attendance"), N_("Who came: mark it, and see the show-up rate")),
    Action("calls.pass_on", "P,ctrl+g", "pass_on",
           N_("Pass on"), N_("Who declined or was handed over, to be passed on to colleagues")),
    Action("calls.left_out", "h,ctrl+f", "left_out",
           N_("Left out"), N_("Who is on a list and not called, why, and what changes it")),
    Action("calls.old", "O", "old",
           N_("Old ones"), N_("Call-backs that nobody touched for long: take up again, or end")),
    Action("calls.take_up", "b", "take_up", N_("Take up again"),
           N_("The old call-backs of the marked lists, or of this one, are due again")),
    Action("calls.all_the_same", "b", "all_the_same",
           N_("Call all the same"), N_("Keep the row, or let the sign-up stand: called again")),
    Action("calls.forecast", "W", "forecast",
           N_("Forecast"), N_("How many are expected, and how that is counted")),
    Action("calls.not_now", "z,ctrl+u", "not_now", N_("Not now"),
           N_("Out of the queue for two hours, until tomorrow morning, or a time")),
    Action("calls.limits", "T", "limits", N_("How often"),
           N_("How often people are contacted, and the warning of too many calls")),
    Action("calls.person", "i", "person",
           N_("Record"), N_("The person with their time line")),
)

FEEDBACK = table(
    Action("feedback.whom", "tab", "whom", N_("For whom"),
           N_("What is for one alone: the product team, the speaker, sales; then all")),
    Action("feedback.told", "o,f9", "told", N_("Told"), N_("Show or hide what was passed on")),
)

ATTENDANCE = table(
    Action("attendance.came", "1,enter", "mark_as(1)",
           N_("Came"), N_("Came; the marked ones, or this one and on to the next")),
    Action("attendance.absent", "2", "mark_as(0)",
           N_("Did not come"), N_("Did not come; the marked ones, or this one and on to the next")),
    Action("attendance.open", "0,backspace", "mark_as(-1)",
           N_("Open again"), N_("Neither: take the mark off")),
    Action("attendance.rest", "asterisk", "rest",
           N_("The rest did not come"), N_("Everybody without a mark did not come")),
    Action("attendance.whom", "v", "whom", N_("Whom to show"),
           N_("Everybody, those who did not come, those who came: one after the other")),
    Action("attendance.event", "f", "event", N_("Event"), N_("Another event's list")),
)
# fmt: on

# In the order of the footer: what a call needs first.
SHOWN = (
    *("item.note", "item.copy", "calls.qr", "calls.lane", "calls.lanes", "item.wecom"),
    *("item.filter",),
    *(
        "calls.not_now",
        "calls.person",
        "calls.later",
        "calls.attendance",
        "calls.pass_on",
        "calls.left_out",
    ),
)
KEYS = (
    *OUTCOMES,
    "calls.more",
    *SHOWN,
    "calls.start",
    "calls.forecast",
    "calls.copy_other",
    "feedback",
    "calls.old",
    "calls.limits",
    "item.tags",
    "item.edit",
    "item.do_not_call",
    "item.programme",
    *CARD,
)
# Where nobody is shown the footer leaves out all but these.
WITHOUT_A_CARD = {
    *(
        "item.filter",
        "calls.lanes",
        "calls.limits",
        "calls.later",
        "calls.attendance",
        "calls.pass_on",
        "calls.left_out",
        "calls.old",
        "feedback",
        "calls.start",
    )
}
NEED_A_CARD = frozenset(KEYS) - WITHOUT_A_CARD
TAKE_UP = "calls.take_up"
RECORD = "calls.person"  # means the same wherever people are called or written to
