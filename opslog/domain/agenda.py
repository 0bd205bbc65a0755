"""How due things are worded wherever they are listed."""

from __future__ import annotations

from datetime import datetime

from opslog.domain.due import Due
from opslog.domain.priority import NEXT, NOW, OVERDUE, TODAY, days_ahead
from opslog.locale import N_, _

GROUP_TITLES = {
    NOW: N_("Promised, now"),
    OVERDUE: N_("Overdue"),
    TODAY: N_("Today"),
    NEXT: N_("Next days"),
}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def when_text(item: Due, now: datetime) -> str:
    """When it is due, short: a time today, else the day, with the time where it has one."""
    local = item.due.astimezone(now.tzinfo)
    if days_ahead(item, now) == 0:
        return f"{local:%H:%M}" if item.timed else _("today")
    day = f"{local:%m-%d}" if local.year == now.year else f"{local:%Y-%m-%d}"
    return f"{day} {local:%H:%M}" if item.timed else f"{day} {_(WEEKDAYS[local.weekday()])}"
