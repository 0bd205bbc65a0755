"""The actions of today's messages, of programmes and of pieces of content, a row each."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
MESSAGES = table(
    Action("messages.send", "enter", "send", N_("Copy, sent"),
           N_("Copy the words, note them as sent, show the next; of several marked: all at once")),
    Action("messages.skip", "0", "skip", N_("Skip"),
           N_("Not this step: the next comes on its own day; the marked ones, too")),
    Action("messages.sent", "1", "mark_sent", N_("Sent already"),
           N_("It was sent already: noted, nothing is copied; the marked ones, too")),
    Action("messages.opened", "2", "opened", N_("Opened"),
           N_("They have opened what was sent last, and said nothing")),
    Action("messages.replied", "3", "replied", N_("Replied"),
           N_("They have written back: their words, and they leave the programme")),
    Action("messages.other_piece", "4", "other_piece", N_("Other words"),
           N_("Another piece of content for this one message")),
    Action("messages.together", "5", "together", N_("All of one text"),
           N_("Everybody who gets the same words: one copy, the names to pick, one confirmation")),
    Action("messages.pause", "6", "pause", N_("Pause"),
           N_("Nothing more for now; what is left of the programme is kept")),
    Action("messages.leave", "7", "leave", N_("Leave"),
           N_("Out of the programme, with a reason; the marked ones, too")),
    Action("messages.held", "h,8", "held", N_("Not today"),
           N_("Who gets nothing today, why, and until when")),
    Action("messages.not_now", "z,ctrl+u", "not_now", N_("Write later"),
           N_("Tonight, tomorrow, or a day you type; the marked ones, too")),
    Action("messages.operator", "9", "operator", N_("Your name"),
           N_("How messages and hand-overs name you")),
)
# Of whoever is chosen, of those in a programme.
PEOPLE = (
    "messages.pause",
    *table(
        Action("programme.move", "4", "move", N_("Other step"),
               N_("Another step comes next for the marked ones, or this one")),
    ),
    "messages.leave",
)
NEXT = table(
    Action("programmes.next", "tab", "next_view", N_("Other view"),
           N_("Today's messages, the programmes, the pieces of content: the next of them")),
)
PROGRAMMES = table(
    Action("programmes.grow", "1", "grow", N_("Longer"),
           N_("Let it go on to the next span: a month, three months, half a year, a year")),
    Action("programmes.candidates", "2", "candidates", N_("Who could enter"),
           N_("By the programme's rules: shown first, then only the newest, all, or none")),
)
CONTENTS = table(
    Action("contents.retire", "delete", "retire", N_("Out of use"),
           N_("This piece is offered no more; what was sent keeps it")),
)
# fmt: on
