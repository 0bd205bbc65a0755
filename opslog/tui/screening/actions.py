"""The actions of a round and of its card, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
ROUND = table(
    Action("screening.close", "d,ctrl+d", "close",
           N_("Close round"), N_("Close this round and write its counts into the log")),
    Action("screening.next", "n,ctrl+n", "next_round",
           N_("Next round"), N_("Close this round, where it is through, and open the next")),
)

# Keys with a digit have their reason's title; a reason's digit never changes.
CARD = table(
    Action("screening.keep", "enter", "screen.keep",
           N_("Keep"), N_("Keep this row, on to the next")),
    Action("screening.drop1", "1", "screen.drop(1)", N_("colleague"), N_("Drop: colleague")),
    Action("screening.drop2", "2", "screen.drop(2)", N_("competitor"), N_("Drop: competitor")),
    Action("screening.drop3", "3", "screen.drop(3)", N_("partner"), N_("Drop: partner")),
    Action("screening.drop4", "4", "screen.drop(4)", N_("made up"), N_("Drop: made up")),
    Action("screening.drop5", "5", "screen.drop(5)", N_("not target"), N_("Drop: not target")),
    Action("screening.drop6", "6", "screen.drop(6)", N_("unreachable"), N_("Drop: unreachable")),
    Action("screening.drop7", "7", "screen.drop(7)", N_("duplicate"), N_("Drop: duplicate")),
    Action("screening.drop8", "8", "screen.drop(8)", N_("declined"), N_("Drop: declined")),
    Action("screening.more", "9", "screen.more",
           N_("More reasons"), N_("Drop for one of the other reasons")),
    Action("screening.park", "0", "screen.park",
           N_("Park"), N_("Put it off: it comes back at the end of the round")),
    Action("screening.take", "tab", "screen.take",
           N_("Take it"), N_("Take the first suggestion, on to the next")),
    Action("screening.same", "asterisk", "screen.same", N_("Whole company"),
           N_("The last verdict for the other undecided rows of that company")),
    Action("screening.back", "left", "screen.look(-1)",
           N_("Look back"), N_("The row before this one, deciding nothing")),
    Action("screening.ahead", "right", "screen.look(1)",
           N_("Look ahead"), N_("The row after this one, deciding nothing")),
    Action("screening.undecide", "backspace", "screen.undecide",
           N_("Undecide"), N_("Make the row shown undecided again")),
    Action("screening.history", "i", "screen.history",
           N_("History"), N_("The person with their time line")),
)
# fmt: on
CLOSE, NEXT = ROUND
