"""The keys of reports."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
REPORT = table(
    Action("report.before", "left", "beside(-1)",
           N_("Before"), N_("The day, week or month before")),
    Action("report.after", "right", "beside(1)",
           N_("After"), N_("The day, week or month after")),
    Action("report.week", "w,ctrl+w", "week",
           N_("Week"), N_("The week of this day, or the day again")),
    Action("report.month", "m,ctrl+k", "month",
           N_("Month"), N_("The month of this day, or the day again")),
    Action("report.numbers", "tab", "numbers",
           N_("Numbers"), N_("From the words to the numbers and back, where both have no room")),
    Action("report.save", "x", "save", N_("Save"), N_("Write the report to a file")),
    Action("report.anew", "delete", "anew_text",
           N_("Work out anew"), N_("Drop your own words; undo brings them back")),
)
# fmt: on
