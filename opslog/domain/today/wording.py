"""How due things are worded wherever they are listed."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.base.due import Due
from opslog.domain.dates.wording import column_day, near_day
from opslog.domain.today.priority import NEXT, NOW, OVERDUE, REMIND, TODAY, Ranked, days_until
from opslog.locale import N_, _

GROUP_TITLES = {
    NOW: N_("Promised, now"),
    REMIND: N_("Before the event"),
    OVERDUE: N_("Overdue"),
    TODAY: N_("Today"),
    NEXT: N_("Next days"),
}


def label(item: Due) -> str:
    """What is to be done, in the words of a list where the event stands beside it."""
    if item.label is None:
        return item.title
    text = str(item.label)
    return text[:1].upper() + text[1:]


def reasons(place: Ranked) -> list[str]:
    """Why it stands where it does, without what its label says already."""
    said = label(place.item).casefold()
    return [text for part in place.parts if (text := str(part.text)).casefold() != said]


def when_text(item: Due, now: datetime) -> str:
    """When it is due, short: a time today, else the day."""
    local = item.due.astimezone(now.tzinfo)
    if days_until(item, now) == 0:
        return f"{local:%H:%M}" if item.timed else _("today")
    return str(column_day(local.date(), now.date()))


def original_text(item: Due, now: datetime) -> str:
    """The day a late start or a day off moved it from, '' where it stands where it stood."""
    if item.original is None:
        return ""
    day = item.original.astimezone(now.tzinfo).date()
    if day == item.due.astimezone(now.tzinfo).date():
        return ""
    return _("was {day}").format(day=near_day(day, now.date()))
