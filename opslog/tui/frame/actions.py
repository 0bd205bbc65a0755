"""What works from anywhere, and the shared words with one meaning on every screen."""

from __future__ import annotations

from opslog.locale import N_
from opslog.tui.widgets.actions import Action, table

# fmt: off
# From anywhere. The app answers to these.
GLOBAL = table(
    Action("go.today", "f2", "go('today')", N_("Today"), N_("What is due now, in order")),
    Action("go.log", "f3", "go('log')", N_("Log"), N_("What was done, and when")),
    Action("go.events", "f4", "go('events')", N_("Events"), N_("Events and their plans")),
    Action("go.rosters", "f5", "go('rosters')", N_("Rosters"), N_("Lists and their rounds")),
    Action("go.calls", "f6", "go('calls')", N_("Calls"), N_("Whom to call now")),
    Action("go.people", "f7", "go('people')", N_("People"), N_("Everybody ever met")),
    Action("go.review", "f8", "go('review')", N_("Review"),
           N_("What the day, week, month brought")),
    Action("go", "g", "go_menu", N_("Go to"), N_("A screen by its letter; g g for the top")),
    Action("leads", "X", "over('leads')", N_("Leads"),
           N_("Who is with sales, who came back, who is not ripe yet")),
    Action("messages", "semicolon", "over('messages')", N_("Messages"),
           N_("Whom to write to today, with the words")),
    Action("month", "C", "over('month')", N_("Calendar"),
           N_("Events, steps and holidays by days; Tab leads on to the week and the time line")),
    Action("log.add", "a", "capture", N_("Log a line"), N_("Write a line into the log")),
    Action("person.new", "N", "begin('new_person')",
           N_("New person"), N_("Somebody by hand: a line, a card or a signature")),
    Action("undo", "u,ctrl+z", "undo", N_("Undo"), N_("Take back the newest change")),
    Action("redo", "U,ctrl+y", "redo", N_("Redo"), N_("Do again what was undone last")),
    Action("half_written", "H,ctrl+b", "half_written", N_("Half-written"),
           N_("What was typed and not entered: take it up, or drop it")),
    Action("export", "x", "begin('export')",
           N_("Export"), N_("Write what is on this screen to a file")),
    Action("copies", "K", "over('copies')", N_("Copies"),
           N_("Backups and what each holds; bring one back; everything as text")),
    Action("palette", "ctrl+p", "command_palette",
           N_("Find"), N_("Every action, person, event and log line")),
    Action("help", "f1,question_mark", "help", N_("Help"), N_("The keys of what has the focus")),
    Action("language", "ctrl+l", "language",
           N_("中文/English"), N_("Switch between English and Chinese")),
    Action("theme", "f12", "shade",
           N_("Theme"), N_("Light, dark, or without colour: the next of them")),
    Action("signs", "f11", "signs", N_("Plain signs"),
           N_("Draw ASCII instead of signs, for terminals that draw them too wide")),
    Action("mask", "M", "mask", N_("Mask phones"),
           N_("Half hide phone numbers, but for the call in hand, or show them")),
    Action("ring.open", "R,ctrl+v", "ring_open", N_("Promised call"),
           N_("Open the call whose promised time has come")),
    Action("ring.snooze", "Z,ctrl+a", "ring_snooze", N_("Ring later"),
           N_("The promised call in a quarter of an hour; what was promised stays")),
    Action("ring.bell", "B", "bell_switch", N_("Bell"),
           N_("Let the terminal's bell sound at promised times, or not")),
    Action("quit", "ctrl+q", "quit",
           N_("Quit"), N_("Close opslog; everything is already saved"),
           priority=True),  # also over a question
)

# Screens bind those they answer to.
ITEM = table(
    Action("item.open", "enter", "open", N_("Open"), N_("Open what is selected")),
    Action("item.new", "n,ctrl+n", "new", N_("New"), N_("Make a new one")),
    Action("item.edit", "e,ctrl+e", "edit", N_("Edit"), N_("Change what is selected")),
    Action("item.mark", "space", "mark",
           N_("Mark"), N_("Mark or unmark, to do something with many")),
    Action("item.done", "d,ctrl+d", "done", N_("Done"), N_("Done: tick it off")),
    Action("item.reschedule", "r,ctrl+r", "reschedule", N_("Move"), N_("Move it to another day")),
    Action("item.snooze", "z", "snooze", N_("Snooze"), N_("Not before tomorrow")),
    Action("item.note", "m,ctrl+k", "note", N_("Note"), N_("Add a note")),
    Action("item.tags", "t,ctrl+t", "tags", N_("Tags"), N_("Add or take tags")),
    Action("item.flag", "exclamation_mark", "flag",
           N_("Flag"), N_("Flag it red, or take the flag off")),
    Action("item.filter", "slash", "filter", N_("Filter"), N_("Show only what holds these words")),
    Action("item.copy", "y,ctrl+x", "copy", N_("Copy"), N_("Copy it to the clipboard")),
    Action("item.delete", "delete", "delete",
           N_("Delete"), N_("Delete what is selected; undo brings it back")),
    Action("item.wecom", "w,ctrl+w", "wecom", N_("WeCom"), N_("On WeCom: yes or no")),
    Action("item.call_list", "l", "call_list", N_("Call list"),
           N_("A call list of the marked, of all shown, or of whom this is about")),
    Action("item.programme", "greater_than_sign", "programme", N_("Into a programme"),
           N_("The marked ones, or this one, into a programme of messages")),
    Action("item.lists", "l", "lists", N_("Lists"),
           N_("A list of some of its people (who did not come, declined, was kept …): to call, "
              "to mail, or as a file")),
    Action("item.do_not_call", "S", "do_not_call",
           N_("Do not call"), N_("Asked not to be called (messaged, e-mailed), or may be again")),
)

# On Calls, of an event, and in what is to be passed on.
FEEDBACK = table(
    Action("feedback", "A", "feedback", N_("What they said"),
           N_("Answers by whom they concern, to be passed on")),
)

# From an event and from the day's report to what an event has brought, and back.
REVIEW = table(
    Action("event.review", "v,f10", "review",
           N_("Event"), N_("What an event has brought: of the one here, else the latest")),
)

COPIES = table(
    Action("copies.restore", "enter", "restore", N_("Bring back"),
           N_("Make the book what the copy selected says; what is there now is kept")),
    Action("copies.backup", "1", "backup", N_("Back up now"), N_("One more verified backup")),
    Action("copies.plain", "2", "plain", N_("Plain copy"),
           N_("Everything as text in a folder that needs no opslog")),
    Action("copies.second", "3", "second", N_("Second folder"),
           N_("A folder on another disk that each backup goes into too")),
)

HISTORY = table(
    Action("history.undo", "u,ctrl+z", "undo_this", N_("Undo this"),
           N_("Take back the change selected; refused where later changes build on it")),
    Action("history.redo", "U,ctrl+y", "redo_last",
           N_("Redo"), N_("Do again what was undone last")),
)
# fmt: on

# In the footer everywhere.
ALWAYS_SHOWN = ("log.add", "undo", "help")
# What needs a row: where a list is empty the footer leaves them out.
OF_A_ROW = frozenset(ITEM) - {"item.new", "item.filter"}
