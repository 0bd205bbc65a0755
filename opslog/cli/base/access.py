"""What each command needs of the database: the one list of those that only read.

What only reads is answered from a file that can't be written, too. No command but those that
enter something makes a file: a mistyped ``--db`` leaves nothing behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argparse import Namespace


class Access(NamedTuple):
    reads: bool  # only: nothing in the file is changed by it
    begins: bool  # a file that is not there yet may be made for it


SCREENS = Access(reads=True, begins=True)  # and where they can't write they say so
READ = frozenset(
    {
        *(
            "log",
            "today",
            "calls",
            "answers",
            "messages",
            "people",
            "history",
            "check",
            "where",
            "copy",
            "export",
            "report",
            "review",
        ),
        *("event list", "event show", "event plan", "roster list", "roster show"),
        *("programme list", "programme show", "programme rates", "programme people"),
        *("content list", "content show", "content stale"),
    }
)
BEGIN = frozenset(
    ("add", "import", "event add", "event invite", "person add", "plan add", "workdays")
)


def of(word: str, asked: Namespace) -> Access:
    """What a command line as it was understood asks for."""
    verb = getattr(asked, "verb", None)
    name = f"{word} {verb}" if verb else word
    if getattr(asked, "dry_run", False):
        return Access(reads=True, begins=False)
    erases = getattr(asked, "erase", None) is not None
    for_calendars = word == "export" and asked.output.lower().endswith(".ics")  # what they are told
    verbs = ("accept", "dismiss", "note", "act")
    learns = word == "review" and any(getattr(asked, verb) is not None for verb in verbs)
    if name == "programme candidates" and not asked.enter:
        return Access(reads=True, begins=False)
    return Access(name in READ and not (erases or for_calendars or learns), name in BEGIN)
