"""The daily log: lines written, changed and found, and what they ask to come back to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.domain.dates.moments import When
from opslog.domain.daybook.capture_text import compose
from opslog.domain.daybook.lines import (
    DayCount,
    FollowUp,
    LogFilter,
    LogLine,
    Planned,
    Understood,
    shortened,
)
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import reading
from opslog.store.daybook import follow_ups as follow_up_store
from opslog.store.daybook import lines as daybook_store
from opslog.store.daybook import names as known

EVERYTHING = LogFilter()


# -- lines -----------------------------------------------------------------------


def add(book: Book, text: str) -> Change:
    """Write one line; ``made`` is its id. Raises Refused for a line without a word or mark."""
    line = _something(reading.understand(book, text))
    with book.change(_logged(book, line)) as change:
        change.made = _insert(book, line)
    return change


def _logged(book: Book, line: Understood) -> Msg:
    """What was written, and when it comes back."""
    if not line.follow_ups:
        return msg(N_("Logged: {text}"), text=_short(line))
    from opslog.domain.dates.wording import short_day, short_moment  # few lines come back

    first, zone, today = min(line.follow_ups), book.clock.zone, book.today()
    day = short_day(first.due.astimezone(zone).date(), today)
    when = short_moment(first.due, zone, today) if first.timed else day
    return msg(N_("Logged: {text}; to follow up {when}"), text=_short(line), when=when)


def add_all(book: Book, texts: Sequence[str]) -> Change:
    """Several lines, as one change that one undo takes back; ``made`` is the id of the last."""
    lines = [_something(reading.understand(book, text)) for text in texts]
    label = nmsg(
        N_("Logged {n} line: {text}"),
        N_("Logged {n} lines: {text}"),
        len(lines),
        text=_short(lines[0]),
    )
    with book.change(label) as change:
        for line in lines:
            change.made = _insert(book, line)
    return change


def _insert(book: Book, line: Understood) -> int:
    made = daybook_store.insert_line(
        book.con,
        at=line.at,
        text=line.text,
        event=line.event,
        minutes=line.captured.minutes,
        flagged=line.captured.flagged,
        tags=line.captured.tags,
        people=line.people,
        now=book.now(),
    )
    for planned in line.follow_ups:
        _write_follow_up(book, made, line, planned)
    return made


def edit(book: Book, log_id: int, text: str) -> Change:
    """Make a line what ``text`` says; follow-ups already done stay as they are.

    A line that did not change its minute keeps its second, and with it its place among others.
    """
    before = get(book, log_id)
    line = _something(reading.understand(book, text, standing(book, log_id)))
    same_minute = before.at.replace(second=0) == line.at.replace(second=0)
    at = before.at if same_minute or not line.at_said else line.at
    with book.change(msg(N_("Changed: {text}"), text=_short(line))) as change:
        daybook_store.update_line(
            book.con,
            before,
            at=at,
            text=line.text,
            event=line.event,
            minutes=line.captured.minutes,
            flagged=line.captured.flagged,
            tags=line.captured.tags,
            people=line.people,
        )
        _edit_follow_ups(book, before, line)
        change.made = log_id
    return change


def _edit_follow_ups(book: Book, before: LogLine, line: Understood) -> None:
    """Keep those asked for as they were, move the rest to the new days, drop or add the others."""
    waiting = [one for one in before.follow_ups if one.open]
    wanted = list(line.follow_ups)
    for one in list(waiting):
        same = Planned(one.due, one.timed)
        if same in wanted:
            wanted.remove(same)
            waiting.remove(one)
            _update_follow_up(book, one, line, same)
    for one, planned in zip(list(waiting), list(wanted), strict=False):
        waiting.remove(one)
        wanted.remove(planned)
        _update_follow_up(book, one, line, planned)
    for one in waiting:
        follow_up_store.delete(book.con, one.id)
    for planned in wanted:
        _write_follow_up(book, before.id, line, planned)


def _write_follow_up(book: Book, log_id: int, line: Understood, planned: Planned) -> int:
    return follow_up_store.insert(
        book.con,
        log_id=log_id,
        text=line.text or line.captured.source,
        due=planned.due,
        timed=planned.timed,
        event_id=line.event.id if line.event else None,
        person_id=reading.whom(line),
    )


def _update_follow_up(book: Book, one: FollowUp, line: Understood, planned: Planned) -> None:
    follow_up_store.update(
        book.con,
        one,
        text=line.text or line.captured.source,
        due=planned.due,
        timed=planned.timed,
        event_id=line.event.id if line.event else None,
        person_id=reading.whom(line),
    )


def _something(line: Understood) -> Understood:
    if line.empty:
        raise Refused(msg(N_("There is nothing to write; say what happened")))
    return line


def _short(line: Understood) -> str:
    return shortened(line.text or line.captured.source)


def delete(book: Book, log_id: int, *more: int) -> Change:
    """Take lines out of the log, with their follow-ups."""
    lines = [get(book, number) for number in (log_id, *more)]
    label = msg(N_("Deleted: {text}"), text=shortened(lines[0].text))
    if more:
        label = nmsg(N_("Deleted {n} line"), N_("Deleted {n} lines"), len(lines))
    with book.change(label) as change:
        for line in lines:
            daybook_store.delete_line(book.con, line.id)
    return change


def toggle_flag(book: Book, log_id: int) -> Change:
    """Flag a line red, or take the flag off."""
    line = get(book, log_id)
    text = N_("Flag taken off: {text}") if line.flagged else N_("Flagged: {text}")
    with book.change(msg(text, text=shortened(line.text))) as change:
        daybook_store.set_flagged(book.con, [log_id], not line.flagged)
    return change


def flag_all(book: Book, log_ids: Sequence[int]) -> Change:
    """Flag these red; where all are, take the flags off. One change."""
    if len(log_ids) == 1:
        return toggle_flag(book, log_ids[0])
    lines = [get(book, log_id) for log_id in log_ids]
    off = all(line.flagged for line in lines)
    label = nmsg(N_("Flagged: {n} line"), N_("Flagged: {n} lines"), len(lines))
    if off:
        label = nmsg(N_("Flag taken off: {n} line"), N_("Flag taken off: {n} lines"), len(lines))
    with book.change(label) as change:
        daybook_store.set_flagged(book.con, log_ids, not off)
    return change


def composed(book: Book, log_id: int) -> str:
    """The capture line that would write this line again, to be edited."""
    line = get(book, log_id)
    return compose(
        at=line.at.astimezone(book.clock.zone),
        text=line.text,
        now=book.clock.local(),
        tags=line.tags,
        event=line.event.name if line.event else "",
        people=[known.distinct_name(book.con, person) for person in line.people],
        minutes=line.minutes,
        flagged=line.flagged,
        follow_ups=reading.whens(book, line.follow_ups),
    )


# -- finding -------------------------------------------------------------------------


def get(book: Book, log_id: int) -> LogLine:
    """One line. Raises Refused where it is gone."""
    found = daybook_store.lines(book.con, [log_id])
    if not found:
        raise Refused(msg(N_("That line is gone; undo may bring it back")))
    return found[0]


def standing(book: Book, log_id: int | None) -> list[When]:
    """The follow-ups that a line has and that wait."""
    return [] if log_id is None else reading.whens(book, get(book, log_id).follow_ups)


def many(book: Book, log_ids: Sequence[int]) -> list[LogLine]:
    """These lines, in order of time; one that is gone is passed over."""
    return daybook_store.lines(book.con, log_ids)


def lines(
    book: Book,
    day_from: date | None = None,
    day_to: date | None = None,
    find: str = "",
    tag: str = "",
    *,
    limit: int = -1,
) -> list[LogLine]:
    """Lines of the local days asked for, both included, in order of time."""
    start = book.clock.at(day_from) if day_from else None
    end = book.clock.at(day_to + timedelta(days=1)) if day_to else None
    ids = daybook_store.line_ids(book.con, start, end, LogFilter(storable(find), tag), limit=limit)
    return daybook_store.lines(book.con, ids)


def found(book: Book, wanted: LogFilter) -> list[int]:
    """The ids of the lines that fit, in order of time."""
    return daybook_store.line_ids(book.con, None, None, wanted)


def span(book: Book, first: str, last: str) -> tuple[date | None, date | None]:
    """Two days as they are typed, '' for none. Raises Refused for what is no day, and for a first
    one after the last."""
    days = [past_day(book, words) if words.strip() else None for words in (first, last)]
    if days[0] and days[1] and days[0] > days[1]:
        raise Refused(
            msg(
                N_("{first} is after {last}; exchange them"),
                first=days[0].isoformat(),
                last=days[1].isoformat(),
            )
        )
    return days[0], days[1]


def past_day(book: Book, words: str) -> date:
    """A day as it is typed, of two that may be meant the one that was. Refused for what is none."""
    from opslog.domain.dates.moments import read_when

    when = read_when(words, book.clock.local(), lambda: reading.workdays_of(book), "past")
    if when is None:
        raise Refused(msg(N_("“{text}” is no day; write 2026-11-22, yesterday, mon …"), text=words))
    return when.day


def days(book: Book, wanted: LogFilter = EVERYTHING) -> list[DayCount]:
    """The local days that have lines that fit, newest first."""
    return daybook_store.day_counts(book.con, book.clock.zone, wanted)


def page(
    book: Book, day: date, wanted: LogFilter = EVERYTHING, *, offset: int = 0, limit: int = -1
) -> list[LogLine]:
    """``limit`` lines of a local day and the days before it, newest first, after ``offset``."""
    end = book.clock.at(day + timedelta(days=1))
    ids = daybook_store.line_ids(
        book.con, None, end, wanted, newest_first=True, limit=limit, offset=offset
    )
    return daybook_store.lines(book.con, ids)


def of_day(book: Book, day: date) -> list[int]:
    """The ids of a local day's lines, newest first."""
    start, end = book.clock.at(day), book.clock.at(day + timedelta(days=1))
    return daybook_store.line_ids(book.con, start, end, EVERYTHING, newest_first=True)


def place(book: Book, log_id: int, wanted: LogFilter = EVERYTHING) -> tuple[date, int] | None:
    """The local day of a line and its place in it, newest first; None where it does not fit."""
    at = daybook_store.moment_of(book.con, log_id)
    if at is None:
        return None
    day = at.astimezone(book.clock.zone).date()
    newer = daybook_store.newer_in_day(
        book.con, log_id, book.clock.at(day + timedelta(days=1)), wanted
    )
    return None if newer is None else (day, newer)


def tags(book: Book, limit: int = 50) -> list[tuple[str, int]]:
    """Tags of lines and how many have them, most used first."""
    return known.tags_used(book.con, limit)
