"""What can be done on a plan beside what every list has."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
PLAN = table(
    Action("plan.fold", "space", "fold",
           N_("Unfold"), N_("Show what is over of this week, or fold it together again")),
    Action("plan.yes", "1", "answer('yes')",
           N_("Yes"), N_("Answer the line of the checklist with yes; of a step that collides: the "
                         "first shift")),
    Action("plan.no", "2", "answer('no')",
           N_("No"), N_("Answer the line of the checklist with no; of a step that collides: the "
                        "second shift")),
    Action("plan.unpin", "backspace", "unpin",
           N_("Unpin"), N_("Back to where the event's date puts the step")),
    Action("plan.give-up", "minus", "give_up",
           N_("Give up"), N_("Not to be done, with the reason; Backspace takes it up again")),
    Action("plan.stops", "plus", "stops",
           N_("Stops"), N_("The cities and days of a road show, added by pasted lines")),
    Action("plan.figures", "V", "figures", N_("Figures"), N_("Type in reach, views and shares")),
)
ROUTINE = table(
    Action("routine.rest", "p", "rest",
           N_("Rest"), N_("Nothing of it is due and no turn comes, until it goes on")),
)
STOPS = table(
    Action("plan.plan-b", "p", "plan_b",
           N_("Plan B"), N_("Something else is done there than was planned, and why")),
)
EVENTS = table(
    Action("event.again", "c", "again",
           N_("Again"), N_("This event once more, with its channels and what its plan was given")),
    Action("event.owners", "Q", "owners",
           N_("Who owes"), N_("What colleagues owe, by whom, with words to remind them")),
    Action("event.audience", "i", "audience",
           N_("Audience"), N_("Whom the event is for, in People; f Event there: who signed up")),
)
CALENDAR = table(
    Action("calendar.today", "home", "today", N_("Today"), N_("Back to today")),
    Action("calendar.next", "tab", "next_view", N_("Other view"),
           N_("From the month to the week, to the time line, and round again")),
    Action("calendar.notice", "f9", "notice", N_("Holidays"),
           N_("Take in a year's notice of holidays and make-up days from a file")),
    *(Action(f"calendar.shift{n}", str(n), f"shift({n})", N_("Move it"),
             N_("Take the shift offered out of what collides")) for n in (1, 2)),
)
TIMELINE = table(
    Action("timeline.closer", "plus", "zoom(1)", N_("Closer"), N_("Fewer days, each wider")),
    Action("timeline.farther", "minus", "zoom(-1)",
           N_("Farther"), N_("More days, each narrower")),
)
# fmt: on
