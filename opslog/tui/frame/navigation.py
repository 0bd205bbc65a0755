"""Going to a thing wherever it was named: one place that knows which screen shows what."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen

from opslog.tui.frame.screen import Base

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

# Screens by name, so that who opens one need not import it: an area lies above the frame.
SCREENS = {
    "today": "today.today:TodayScreen",
    "log": "daybook.log:LogScreen",
    "events": "events.events:EventsScreen",
    "month": "events.calendar.month:MonthScreen",
    "week": "events.calendar.week:WeekScreen",
    "timeline": "events.calendar.timeline:TimelineScreen",
    "rosters": "rosters.rosters:RostersScreen",
    "calls": "calls.calls:CallsScreen",
    "people": "people.people:PeopleScreen",
    "review": "reports.reports:ReportScreen",
    "event_review": "reviews.review:ReviewScreen",
    "owners": "events.telling.owners:OwnersScreen",
    "stops": "events.stops:StopsScreen",
    "person": "cards.card:PersonScreen",
    "twins": "twins.twins:TwinsScreen",
    "messages": "programmes.messages:MessagesScreen",
    "programmes": "programmes.programmes:ProgrammesScreen",
    "programme": "programmes.programme:ProgrammeScreen",
    "programme_text": "programmes.text:ProgrammeText",
    "contents": "programmes.contents:ContentsScreen",
    "fields": "fields.fields:FieldsScreen",
    "feedback": "calls.feedback:FeedbackScreen",
    "round": "screening.screening:ScreeningScreen",
    "import": "imports.wizard:ImportWizard",
    "problems": "rosters.problems:ProblemsScreen",
    "capture": "daybook.capture:CaptureScreen",
    "history": "anywhere.history:HistoryScreen",
    "leads": "leads.leads:LeadsScreen",
    "requests": "materials.requests:RequestsScreen",
    "copies": "anywhere.copies:CopiesScreen",
    "export": "anywhere.export:begin",
    "new_person": "people.forms:begin_new",
    "invitation": "events.invited:take_in",
    "palette": "anywhere.palette:Palette",
    "help": "anywhere.help:HelpScreen",
    "go": "anywhere.go:GoMenu",
}
# What is asked about somebody by an area that lies above, by name: a function for a worker.
QUESTIONS = {
    "instead": "calls.attendance.door:ask_instead_of",
    "guests": "calls.attendance.door:ask_guests_of",
    "programme": "programmes.entering:ask_programme",
}
MAIN = ("today", "log", "events", "rosters", "calls", "people", "review")
# kind -> mode; the main screen of each has ``async show(kind, ref)``.
WHERE = {
    "person": "people",
    "audience": "people",
    "event": "events",
    "event_review": "review",
    "step": "events",
    "routine": "events",
    "correction": "events",
    "material": "events",
    "log": "log",
    "follow_up": "log",
    "task": "today",
    "reminder": "calls",
    "promise": "calls",
    "lead": "people",
    "calls": "calls",
    "roster": "rosters",
    "row": "rosters",
}
# kind -> screen that stands in front of whatever is open.
OVER = {
    "leads": "leads",
    "message": "messages",
    "enrolment": "messages",
    "entering": "programmes",
    "programmes": "programmes",
    "content": "contents",
    "contents": "contents",
}
AT_REF = {"enrolment", "content"}  # of these, those that begin with the row meant


@runtime_checkable
class Shows(Protocol):
    """A main screen that can be asked to show one of its things."""

    async def show(self, kind: str, ref: int) -> None: ...


def screen_class(name: str) -> Any:
    """The class of a screen, imported when it is first asked for."""
    return _imported(SCREENS[name])


async def ask(host: Host, name: str, about: object) -> None:
    """Ask one of the QUESTIONS about somebody, or several. Only inside a worker."""
    await _imported(QUESTIONS[name])(host, about)


def ask_later(host: Host, name: str, about: object) -> None:
    """Ask one of the QUESTIONS in a worker of its own."""
    host.run_worker(ask(host, name, about), group="ask")


def _imported(place: str) -> Any:
    module, _colon, found = place.partition(":")
    return getattr(import_module(f"opslog.tui.{module}"), found)


def main_screen(name: str) -> Screen[Any]:
    """A main screen, imported when it is first shown."""
    screen: Screen[Any] = screen_class(name)()
    return screen


def open_screen(app: App[Any], name: str, *about: object) -> None:
    """Put a screen in front; ``about`` is what it is made with."""
    screen: Screen[Any] = screen_class(name)(*about)
    app.push_screen(screen)


async def open_main(app: App[Any], mode: str) -> Screen[Any]:
    """Switch to a main screen, with nothing over it."""
    await app.switch_mode(mode)
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    return app.screen


async def open_thing(app: App[Any], kind: str, ref: int) -> None:
    """Switch to the screen of ``kind`` and have it show row ``ref`` (see domain.due for kinds).

    Esc there leads back to where it was opened from.
    """
    if kind in OVER:
        open_screen(app, OVER[kind], *([ref] if kind in AT_REF else []))
        return
    mode, before = WHERE[kind], app.current_mode
    screen = await open_main(app, mode)
    if isinstance(screen, Shows):
        await screen.show(kind, ref)
    front = app.screen
    if isinstance(front, Base) and before != mode:
        front.came_from = before
