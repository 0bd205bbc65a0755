"""The tables of actions: each with both texts, no key with two meanings on one screen."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest
from textual.binding import Binding

from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.tui.anywhere.export_form import ExportForm
from opslog.tui.frame.app import OpslogApp
from opslog.tui.frame.navigation import SCREENS, screen_class
from opslog.tui.widgets.actions import REGISTRY, Action, table
from opslog.tui.widgets.asking.prompt import Confirm, Prompt
from opslog.tui.widgets.dialog import Dialog
from tests.tui.looking import press, until


def test_every_action_has_a_label_and_a_help() -> None:
    for name in SCREENS:
        screen_class(name)
    assert [action.id for action in REGISTRY.values() if not (action.label and action.help)] == []


def test_an_id_is_declared_once() -> None:
    with pytest.raises(ValueError, match="go is declared twice"):
        table(Action("go", "v", "go", "Other", "Another"))


# Begun by a function that asks.
ASKED = {"export": ExportForm, "new_person": Prompt, "invitation": Confirm}
# Enter in the wizard changes a line before the import, and goes on to the list after it.
ONE_AT_A_TIME = {("import", "enter")}


@pytest.mark.parametrize("name", SCREENS)
def test_a_key_means_one_thing_on_a_screen(name: str) -> None:
    screen: Any = ASKED.get(name) or screen_class(name)
    bound = [one for one in screen.BINDINGS if isinstance(one, Binding)]
    keys = Counter(key for one in bound for key in one.key.split(","))
    assert {
        key for key, times in keys.items() if times > 1 and (name, key) not in ONE_AT_A_TIME
    } == set()


# What one letter does on all lists and cards; the wizard and questions have letters of their own.
MEANINGS = {
    # Beside the laptop, beside another event, another one like it.
    "c": {"calls.qr", "person.qr", "review.compare", "event.again"},
    "d": {"item.done", "request.sent", "screening.close"},
    "e": {"item.edit", "problems.mend"},
    "f": {"people.facet", "log.flagged", "attendance.event"},  # narrow it by something known
    "h": {
        "calls.left_out",
        "event.requests",
        "messages.held",
    },  # those who stand apart from the calls
    "i": {
        "today.reasons",
        "screening.history",
        "calls.person",
        "event.audience",
    },  # what stands behind it
    "n": {"item.new", "roster.import", "screening.next"},
    "o": {"calls.later", "feedback.told"},  # what is out of sight just now
    "b": {"calls.all_the_same", "calls.take_up"},  # call them all the same
    "O": {"people.fields", "calls.old"},  # a list of its own behind this one
    "p": {"roster.mend", "plan.plan-b", "routine.rest"},
    "u": {"undo", "history.undo"},
    "v": {  # which rows of this list, who came of it, what came of it
        *("roster.rows", "calls.attendance", "attendance.whom", "event.review"),
    },
    "U": {"redo", "history.redo"},
    "r": {"item.reschedule", "person.follow_up"},  # when to come back to it
    "delete": {"item.delete", "roster.withdraw", "report.anew", "contents.retire"},
    "z": {"item.snooze", "calls.not_now", "messages.not_now"},  # out of sight until then
    "l": {"item.call_list", "item.lists"},  # a list of people
    "m": {"item.note", "report.month"},  # a report is no list: it has no row to note on
    "w": {"item.wecom", "report.week"},
    "x": {"export", "report.save", "review.save"},  # into a file
    "Y": {"calls.copy_other", "lead.markdown"},  # copied in its other form
    "left_square_bracket": {"log.earlier", "person.previous", "review.earlier"},
    "right_square_bracket": {"log.later", "problems.next", "person.next", "review.later"},
}


def test_a_letter_means_one_thing_on_all_lists_and_cards() -> None:
    for name in SCREENS:
        screen_class(name)
    ids: dict[str, set[str]] = defaultdict(set)
    for action in REGISTRY.values():
        for key in action.keys.split(","):
            letter = len(key) == 1 and not key.isdigit()
            if (letter or "_" in key or key == "delete") and not action.id.startswith("import."):
                ids[key].add(action.id)
    several = {key: found for key, found in ids.items() if len(found) > 1}
    assert {key: found - MEANINGS.get(key, set()) for key, found in several.items()} == {
        key: set() for key in several
    }


@pytest.mark.parametrize(
    ("id", "key"),
    [
        ("calls.lane", "tab"),
        ("roster.import", "n"),
        ("problems.accept", "0"),
        ("roster.withdraw", "delete"),
        ("twins.swap", "4"),
        ("problems.next", "right_square_bracket"),
        ("attendance.event", "f"),
        ("item.do_not_call", "S"),
        ("people.twins", "D"),
    ],
)
def test_what_meant_two_things_has_its_own_key(id: str, key: str) -> None:
    for name in SCREENS:
        screen_class(name)
    assert REGISTRY[id].keys.split(",")[0] == key


def test_backspace_takes_back_only_what_another_key_brings_again() -> None:
    """An input method may leak a letter, and Backspace after it: what the letter has opened must
    not be lost by that."""
    for name in SCREENS:
        screen_class(name)
    ids = {action.id for action in REGISTRY.values() if "backspace" in action.keys.split(",")}
    assert ids == {"screening.undecide", "attendance.open", "plan.unpin", "twins.take_back"}
    asked = [
        kind
        for kind in Dialog.__subclasses__()
        for one in kind.BINDINGS
        if isinstance(one, Binding) and "backspace" in one.key.split(",")
    ]
    assert asked == []


async def test_the_palette_cuts_no_name_beside_a_blank(book: Book) -> None:
    words = "给深圳蓝湾科技有限公司的王志刚发一份报价单"  # 42 cells
    log_lines.add(book, words)
    async with OpslogApp(book, demo=True).run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "=蓝湾")
        await until(pilot, words)
