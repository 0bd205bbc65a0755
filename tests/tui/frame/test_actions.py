"""The tables of actions: each with both texts, no key with two meanings on one screen."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.binding import Binding

from opslog.tui.frame.navigation import SCREENS, screen_class
from opslog.tui.widgets.actions import REGISTRY, Action, table


def test_every_action_has_a_label_and_a_help() -> None:
    for name in SCREENS:
        screen_class(name)
    assert [action.id for action in REGISTRY.values() if not (action.label and action.help)] == []


def test_an_id_is_declared_once() -> None:
    with pytest.raises(ValueError, match="go is declared twice"):
        table(Action("go", "v", "go", "Other", "Another"))


# Enter in the wizard changes a line before the import, and goes on to the list after it.
ONE_AT_A_TIME = {("import", "enter")}


@pytest.mark.parametrize("name", SCREENS)
def test_a_key_means_one_thing_on_a_screen(name: str) -> None:
    bound = [one for one in screen_class(name).BINDINGS if isinstance(one, Binding)]
    keys = Counter(key for one in bound for key in one.key.split(","))
    assert {
        key for key, times in keys.items() if times > 1 and (name, key) not in ONE_AT_A_TIME
    } == set()
