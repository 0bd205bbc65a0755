"""Every action once: its id, keys, label and help.

Footer, help, palette and key map are all made from here. A screen or widget lists the ids it
answers to with ``bind(...)`` and has an ``action_…`` method for each; what is its own it
declares there and then with ``own(...)``.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from opslog.locale import N_, _


@dataclass(frozen=True)
class Action:
    """``keys``: as Textual names them, comma separated, the first one shown.

    ``show`` puts it into the footer. ``method`` is the action method's name without ``action_``.
    """

    id: str
    keys: str
    label: str
    help: str
    method: str
    show: bool = False
    priority: bool = False


REGISTRY: dict[str, Action] = {}


def own(
    id: str,
    keys: str,
    label: str,
    help: str = "",
    *,
    method: str = "",
    show: bool = False,
    priority: bool = False,
) -> str:
    """Register an action that belongs to one screen or widget; its id, for ``bind``.

    ``method`` defaults to the id after its last dot. Label and help are message ids.
    """
    action = Action(id, keys, label, help, method or id.rpartition(".")[2], show, priority)
    known = REGISTRY.setdefault(id, action)
    if known != action:
        raise ValueError(f"the action {id} is declared twice")
    return id


def bind(*ids: str, show: tuple[str, ...] = ()) -> list[BindingType]:
    """Bindings for these actions; those in ``show`` stand in the footer here."""
    return [
        Binding(
            action.keys,
            action.method,
            action.label,
            show=action.show or id in show,
            priority=action.priority,
            id=id,
            tooltip=action.help,
        )
        for id in ids
        for action in [REGISTRY[id]]
    ]


def label(id: str | None, fallback: str = "") -> str:
    """What an action is called, in the language spoken."""
    action = REGISTRY.get(id or "")
    return _(action.label) if action else fallback


# From anywhere. The app answers to these.
GLOBAL = [
    own("go.today", "f2", N_("Today"), N_("What is due now, in order"), method="go('today')"),
    own("go.log", "f3", N_("Log"), N_("What was done, and when"), method="go('log')"),
    own("go.events", "f4", N_("Events"), N_("Events and their plans"), method="go('events')"),
    own("go.rosters", "f5", N_("Rosters"), N_("Lists and their rounds"), method="go('rosters')"),
    own("go.calls", "f6", N_("Calls"), N_("Whom to call now"), method="go('calls')"),
    own("go.people", "f7", N_("People"), N_("Everybody ever met"), method="go('people')"),
    own("go", "g", N_("Go to"), N_("A screen by its letter; g g for the top"), method="go_menu"),
    own(
        "log.add",
        "a",
        N_("Log a line"),
        N_("Write a line into the log"),
        method="capture",
        show=True,
    ),
    own("undo", "u,ctrl+z", N_("Undo"), N_("Take back the newest change"), show=True),
    own("redo", "U,ctrl+y", N_("Redo"), N_("Do again what was undone last")),
    own("export", "x", N_("Export"), N_("Write what is on this screen to a file")),
    own(
        "palette",
        "ctrl+p",
        N_("Find"),
        N_("Every action, person, event and log line"),
        method="command_palette",
    ),
    own(
        "help",
        "f1,question_mark",
        N_("Help"),
        N_("The keys of what has the focus"),
        method="help",
        show=True,
    ),
    own("language", "ctrl+l", N_("中文/English"), N_("Switch between English and Chinese")),
    own("theme", "f12", N_("Light/dark"), N_("Switch between light and dark"), method="shade"),
    own(
        "signs",
        "f11",
        N_("Plain signs"),
        N_("Draw ASCII instead of signs, for terminals that draw them too wide"),
    ),
    own(
        "quit",
        "ctrl+q",
        N_("Quit"),
        N_("Close opslog; everything is already saved"),
        priority=True,  # also over a question
    ),
]

# Shared words with one meaning everywhere; screens bind those they answer to.
own("item.open", "enter", N_("Open"), N_("Open what is selected"), method="open")
own("item.new", "n,ctrl+n", N_("New"), N_("Make a new one"), method="new")
own("item.edit", "e,ctrl+e", N_("Edit"), N_("Change what is selected"), method="edit")
own(
    "item.mark", "space", N_("Mark"), N_("Mark or unmark, to do something with many"), method="mark"
)
own("item.done", "d,ctrl+d", N_("Done"), N_("Done: tick it off"), method="done")
own("item.reschedule", "r,ctrl+r", N_("Move"), N_("Move it to another day"), method="reschedule")
own("item.snooze", "z", N_("Snooze"), N_("Not before tomorrow"), method="snooze")
own("item.note", "m,ctrl+k", N_("Note"), N_("Add a note"), method="note")
own("item.tags", "t,ctrl+t", N_("Tags"), N_("Add or take tags"), method="tags")
own(
    "item.flag",
    "exclamation_mark",
    N_("Flag"),
    N_("Flag it red, or take the flag off"),
    method="flag",
)
own("item.filter", "slash", N_("Filter"), N_("Show only what holds these words"), method="filter")
own("item.copy", "y,ctrl+x", N_("Copy"), N_("Copy it to the clipboard"), method="copy")
own(
    "item.delete",
    "delete",
    N_("Delete"),
    N_("Delete what is selected; undo brings it back"),
    method="delete",
)
own("item.wecom", "w,ctrl+w", N_("WeCom"), N_("On WeCom: yes or no"), method="wecom")
own("back", "escape,q", N_("Back"), N_("Leave this screen"), method="back")

# What needs a row: where a list is empty the footer leaves them out.
OF_A_ROW = frozenset(id for id in REGISTRY if id.startswith("item."))
OF_A_ROW -= {"item.new", "item.filter"}
