"""The pages of a plain copy: the log by day, events with their plans, people with what was done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

from opslog.domain.base import damaged
from opslog.domain.base.clock import instant_of
from opslog.domain.base.labels import spoken
from opslog.domain.base.money import yuan_text
from opslog.domain.dates.wording import weekday
from opslog.domain.events import events as words
from opslog.domain.events.measures import MEASURE_LABELS, by_measure
from opslog.exchange.plain.markdown import all_plain, plain
from opslog.locale import _
from opslog.services.book.book import Book
from opslog.services.book.export_cells import named
from opslog.services.cards import cards
from opslog.services.events import calendar
from opslog.store.daybook import export as log_store
from opslog.store.events import export as event_store
from opslog.store.plain import pages as store

Page = Callable[[Book], Iterator[str]]
_AT_ONCE = 1_000  # paragraphs


def chunks(book: Book, page: Page) -> Iterator[bytes]:
    """A page as UTF-8, so many lines at a time."""
    some: list[str] = []
    for text in page(book):
        some.append(text)
        if len(some) == _AT_ONCE:
            yield ("\n".join(some) + "\n").encode()
            some.clear()
    yield ("\n".join(some) + "\n").encode()


def log(book: Book) -> Iterator[str]:
    """What is to be followed up, then every line under its day."""
    yield f"# {_('Log')}"
    open_ones = list(store.follow_ups(book.con))
    if open_ones:
        yield f"\n## {_('To follow up')}\n"
    for row in open_ones:
        due = _local(book, row["due_at"])
        when = f"{due:%Y-%m-%d %H:%M}" if row["timed"] else f"{due:%Y-%m-%d}"
        yield _item(when, row["text"], _marked("@", row["event"]), row["person"], row["note"])
    day = None
    for row in log_store.log_lines(book.con, None, None, ("", "")):
        at = _local(book, row["at"])
        if at.date() != day:
            day = at.date()
            yield f"\n## {day} {weekday(day)}\n"
        yield _item(
            f"{at:%H:%M}",
            spoken(row["text"], row["label"], row["args"]),
            *(f"#{tag}" for tag in damaged.listed(row["tags"])),
            _marked("@", row["event"]),
            *(f"+{name}" for name in damaged.listed(row["people"])),
            _marked("~", row["minutes"], "m"),
            "!" if row["flagged"] else "",
        )


def events(book: Book) -> Iterator[str]:
    """Each event with what it is, and every step of its plan with its checklist."""
    yield f"# {_('Events')}"
    for event in store.events(book.con):
        begin, end = _local(book, event["starts_at"]), _local(book, event["ends_at"])
        same = begin.date() == end.date()
        yield f"\n## {plain(event['name'])}\n"
        yield _line(
            f"{begin:%Y-%m-%d %H:%M} – {end:{'%H:%M' if same else '%Y-%m-%d %H:%M'}}",
            named(event["kind"], words.KIND_LABELS).label,
            named(event["host"], words.HOST_LABELS).label,
            event["place"],
            event["theme"],
            _("cancelled") if event["cancelled_at"] else "",
        )
        figures = [
            f"{_(MEASURE_LABELS[name])} {event[name]}"
            for name in ("reach", "views", "shares")
            if event[name] is not None
        ]
        cents = event["budget_cents"]
        facts = [
            _("{n} on the list").format(n=event["listed"]) if event["listed"] else "",
            _targets(event["targets"]),
            _("budget: {yuan}").format(yuan=yuan_text(cents)) if cents is not None else "",
            *figures,
            event["note"],
        ]
        if any(facts):
            yield "\n" + _line(*facts)
        steps = event_store.steps(book.con, event["id"]).fetchall()
        if steps:
            yield ""
        for step in steps:
            yield from _step(book, step)


def _targets(text: str) -> str:
    """``targets: sign-ups 200, attended 120``, '' for none."""
    found = [
        f"{_(MEASURE_LABELS.get(measure, measure))} {value:g}"
        for measure, value in by_measure(json.loads(text)).items()
    ]
    return _("targets: {targets}").format(targets=" · ".join(found)) if found else ""


def _step(book: Book, step: sqlite3.Row) -> Iterator[str]:
    done = step["state"] == words.DONE
    yield f"- [{'x' if done else ' '}] " + _line(
        f"{_local(book, step['due_at']):%Y-%m-%d %H:%M}",
        calendar.spoken(step["title"], step["title_en"]),
        _(words.STATE_LABELS.get(step["state"], step["state"])),
        f"{_local(book, step['done_at']):%Y-%m-%d %H:%M}" if done and step["done_at"] else "",
        step["note"],
    )
    for item in json.loads(step["items"]):
        answer = _(words.ANSWER_LABELS.get(item["answer"], item["answer"]))
        yield f"  - [{'x' if item['done'] else ' '}] " + _line(
            calendar.spoken(item["title"], item["title_en"]), answer
        )


def people(book: Book) -> Iterator[str]:
    """Everybody with what is known of them and, the newest first, what was done."""
    yield f"# {_('People')}"
    told = store.done_with(book.con)
    rows = store.people(book.con)
    while some := rows.fetchmany(_AT_ONCE):
        ids, *columns = zip(*some, strict=True)
        for id, name, known, note in zip(ids, *map(all_plain, columns), strict=True):
            yield f"\n## {name}\n\n{known}" + (f"\n\n{note}" if note else "")
            if id in told:
                yield ""
                for moment in cards.timeline(book, id):
                    at = moment.at.astimezone(book.clock.zone)
                    event = _marked("@", moment.event)
                    yield _item(f"{at:%Y-%m-%d %H:%M}", str(moment.text), event)


def _local(book: Book, instant: str) -> datetime:
    return instant_of(instant).astimezone(book.clock.zone)


def _marked(mark: str, value: object, unit: str = "") -> str:
    return f"{mark}{value}{unit}" if value else ""


def _item(when: str, *parts: str | None) -> str:
    return f"- {when} {plain(' '.join(filter(None, parts)))}"


def _line(*parts: str | None) -> str:
    return plain(" · ".join(filter(None, parts)))
