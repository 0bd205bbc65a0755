"""The views of the calendar in the order Tab goes through them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from opslog.tui.events.calendar.month import MonthScreen
from opslog.tui.events.calendar.screen import CalendarScreen

VIEWS: tuple[type[CalendarScreen], ...] = (MonthScreen,)


def after(view: CalendarScreen) -> Callable[[date], CalendarScreen]:
    """The view that follows."""
    return VIEWS[(VIEWS.index(type(view)) + 1) % len(VIEWS)]
