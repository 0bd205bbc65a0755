"""The keys that README names are those of the product."""

from __future__ import annotations

import pytest

from opslog.tui.frame.navigation import SCREENS, screen_class
from opslog.tui.widgets.actions import REGISTRY
from tests import readme_tables

# What README says in its tables, and the actions that are meant.
SAID = {
    "Today": ["go.today"],
    "Log": ["go.log"],
    "Events": ["go.events"],
    "Rosters": ["go.rosters"],
    "Calls": ["go.calls"],
    "People": ["go.people"],
    "add a log line, a person by hand": ["log.add", "person.new"],
    "new, edit, open": ["item.new", "item.edit", "item.open"],
    "done, reschedule (an event: move), snooze": ["item.done", "item.reschedule", "item.snooze"],
    "note, tags, red flag": ["item.note", "item.tags"],
    "undo, redo": ["undo", "redo"],
    "export this, copy": ["export", "item.copy"],
    "what was typed and not entered: take it up, or drop it": ["half_written"],
    "phones as `138****8000` but for the call in hand; shown again": ["mask"],
    "park: comes back at the end": ["screening.park"],
    "more outcomes": ["calls.more"],
    "a note before the outcome": ["item.note"],
    "the call whose promised time rings; a quarter of an hour later": ["ring.open", "ring.snooze"],
    "the bell of promised times, off and on": ["ring.bell"],
    "all, phone, WeCom, to add on WeCom; copy the words where `y` takes the number": [
        *("calls.lanes", "calls.copy_other"),
    ],
    "how often people are contacted; the warning of too many calls": ["calls.limits"],
    "not now: out of the queue until a time": ["calls.not_now"],
    "QR code of the number for the phone beside you": ["calls.qr"],
    "copy the number": ["item.copy"],
    "who is left out, why, and what changes it (`b` calls them all the same); also who is held "
    "back since they were contacted lately, and until when": ["calls.left_out"],
    "how many are expected, and how that is counted": ["calls.forecast"],
    "end the round; end it and open the next": ["screening.close", "screening.next"],
    "decliners to pass on (`d` there: who was told); who came, person by person": [
        "calls.pass_on",
        "calls.attendance",
    ],
}


@pytest.mark.parametrize("said", SAID)
def test_a_key_in_a_table_is_the_one_that_does_it(said: str) -> None:
    for name in SCREENS:
        screen_class(name)
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in readme_tables.README.read_text("utf-8").splitlines()
        if row.startswith("|")
    ]
    [keys] = [row[at - 1] for row in rows for at, cell in enumerate(row) if at and cell == said]
    for id in SAID[said]:
        first = REGISTRY[id].keys.split(",")[0]
        shown = {"enter": "Enter"}.get(first, first.upper() if first[1:].isdigit() else first)
        assert f"`{shown}`" in keys
