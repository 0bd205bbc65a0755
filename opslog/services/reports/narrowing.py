"""What a report is kept to, as it is typed: ``#回访 @上海沙龙 +王志刚``, or days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.reports import stretches
from opslog.domain.reports.stretches import Stretch
from opslog.locale import N_, msg
from opslog.services.book.book import Book
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.people import named
from opslog.services.reports.reports import Only, Report

_MARKS = {"#": "tag", "＃": "tag", "@": "event", "＠": "event", "+": "person", "＋": "person"}


class Narrowed(NamedTuple):
    """``stretch`` None: the days stay."""

    only: Only
    stretch: Stretch | None


def read(book: Book, text: str) -> Narrowed:
    """Raises Refused for an event, a person or a day that is none, and for a word without mark."""
    parts: dict[str, list[str]] = {"tag": [], "event": [], "person": [], "day": []}
    kind = "day"
    for word in text.split():
        if word[0] in _MARKS and word[1:]:
            kind, word = _MARKS[word[0]], word[1:]
        elif word[0].isdecimal():
            kind = "day"
        parts[kind].append(word)  # a name may have blanks in it
    if len(parts["tag"]) > 1:
        tags = " ".join(parts["tag"])
        raise Refused(msg(N_("One tag at a time; “{text}” are several"), text=tags))
    event = " ".join(parts["event"])
    person = " ".join(parts["person"])
    only = Only(
        events.resolve(book, event) if event else 0,
        named.one(book, person).id if person else 0,
        "".join(parts["tag"]),
    )
    return Narrowed(only, _days(book, parts["day"]))


def meant(text: str, offers: Sequence[str]) -> str:
    """One of the offers where its number is typed alone; else the text as it is."""
    number = text.strip()
    if number.isdecimal() and 1 <= int(number) <= len(offers):
        return offers[int(number) - 1]
    return text


def _days(book: Book, words: list[str]) -> Stretch | None:
    """One day, or from one to another."""
    if not words:
        return None
    if len(words) > 2:
        raise Refused(
            msg(
                N_("“{text}” are no two days; write 11-01 11-15, and # @ + before a tag and names"),
                text=" ".join(words),
            )
        )
    first, last = log_lines.span(book, words[0], words[-1])
    assert first is not None
    assert last is not None
    return stretches.span(first, last)


def offers(report: Report) -> list[str]:
    """The events and tags that the report names: what it may be kept to."""
    sums = report.sums
    names = [
        *(one.event for one in sums.talks if one.event),
        *(one.event for one in sums.steps.done),
        *(one.list for one in sums.screened if one.event_id),
    ]
    tags = [one.tag for one in sums.time if one.tag]
    return [*(f"@{name}" for name in dict.fromkeys(names)), *(f"#{tag}" for tag in tags)][:9]
