"""The box that ``/`` opens on Calls: whom to show, typed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from opslog.domain.calls.queue import QueueLine, meant
from opslog.domain.people.phones import display
from opslog.locale import _
from opslog.tui.widgets.asking.prompt import Choice, Choose

MOST = 50  # of the people who fit; more are not looked through


class Finding(Choose):
    """Somebody of the queue by name, pinyin, company or digits of the number, or a purpose or a
    list. Digits belong to what is typed: none of them chooses."""

    NUMBERED = False

    def __init__(self, lists: Sequence[Choice], everyone: Sequence[QueueLine]) -> None:
        super().__init__(
            _("Whom to show? A name, pinyin, company or digits of the number, or a list"), lists
        )
        self._everyone = everyone

    def fitting(self, text: str) -> list[Choice]:
        if not text:
            return super().fitting(text)
        people = (
            Choice(f"@{place}", entry.person, f"{entry.company} {display(entry.phone)}")
            for place, entry in enumerate(self._everyone)
            if meant(text, entry.person, entry.company, entry.phone)
        )
        return [*islice(people, MOST), *([] if text.isdecimal() else super().fitting(text))]


def entry(everyone: Sequence[QueueLine], key: str) -> QueueLine | None:
    """The line that was chosen; None where it was a purpose or a list."""
    return everyone[int(key[1:])] if key.startswith("@") else None
