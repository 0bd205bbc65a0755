"""Every action once: its id, keys, label and help.

Footer, help, palette and key map are all made from here. An area lists its actions in a ``table``;
a screen or widget lists the ids it answers to with ``bind(...)`` and has an ``action_…`` method
for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from opslog.locale import N_, _

if TYPE_CHECKING:
    from textual.binding import BindingType


class Action(NamedTuple):
    """``keys``: as Textual names them, comma separated, the first one shown. ``method``: the action
    method's name without ``action_``. Label and help are message ids.

    ``priority``: before whatever else has the key.
    """

    id: str
    keys: str
    method: str
    label: str
    help: str
    priority: bool = False


REGISTRY: dict[str, Action] = {}


def table(*rows: Action) -> tuple[str, ...]:
    """Register these actions; their ids, for ``bind``."""
    for action in rows:
        if REGISTRY.setdefault(action.id, action) != action:
            raise ValueError(f"the action {action.id} is declared twice")
    return tuple(action.id for action in rows)


def bind(*ids: str, show: tuple[str, ...] = ()) -> list[BindingType]:
    """Bindings for these actions; those in ``show`` stand in the footer here."""
    from textual.binding import Binding  # the first picture is drawn before Textual is there

    return [
        Binding(
            action.keys,
            action.method,
            action.label,
            show=id in show,
            priority=action.priority,
            id=id,
            tooltip=action.help,
        )
        for id in dict.fromkeys(ids)
        for action in [REGISTRY[id]]
    ]


def label(id: str | None, fallback: str = "") -> str:
    """What an action is called, in the language spoken."""
    action = REGISTRY.get(id or "")
    return _(action.label) if action else fallback


# Every screen and question has it.
BACK = table(Action("back", "escape,q", "back", N_("Back"), N_("Leave this screen")))
