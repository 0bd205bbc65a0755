"""The keys of an event's review, and the one that leads to it from elsewhere."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
REVIEW = table(
    Action("review.compare", "c,ctrl+o", "compare",
           N_("Compare"), N_("Beside another event, a month or a half-year")),
    Action("review.next_picture", "tab", "picture(1)",
           N_("Next picture"), N_("To the first number of the next picture")),
    Action("review.last_picture", "shift+tab", "picture(-1)",
           N_("Picture before"), N_("To the first number of the picture before")),
    Action("review.earlier", "left_square_bracket", "beside(-1)",
           N_("Earlier event"), N_("The review of the event before")),
    Action("review.later", "right_square_bracket", "beside(1)",
           N_("Later event"), N_("The review of the event after")),
    Action("review.stop", "plus", "stop",
           N_("Stop"), N_("Of a road show: the review of one stop alone, or of the whole again")),
    Action("review.save", "x", "save", N_("Save"), N_("Write the review to a file")),
    *(Action(f"review.accept{n}", str(n), f"accept({n})", N_("Accept"),
             N_("What the proposal would change in the plan of such events, to be accepted"))
      for n in range(1, 10)),
)
# fmt: on
