"""Verbs of random days: stops of road shows with their lists, events once more, plans of the
operator's own, invitations, a year's notice, and what a review is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.rosters.rosters import ImportOptions
from opslog.locale import msg
from opslog.services.calls import corrections, owners
from opslog.services.events import collisions, events, invitations, stops, targets, workday_notice
from opslog.services.events.plans import cloning, routines, step_changes, steps
from opslog.services.files import coming_in
from opslog.services.imports import imports
from opslog.services.reviews import acts, channels, costs, figures
from opslog.services.segments import call_lists
from tests.crash import notices

if TYPE_CHECKING:
    from opslog.services.book.book import Change
    from tests.crash.stories import Day

CITIES = ("杭州", "南京", "苏州", "宁波")
PLAYBOOKS = ("weekly_report", "list_care", "backup", "new_colleague", "moments")
SHOW = "kind='roadshow'"
NOTHING = Refused(msg("nothing there"))


def road_show(day: Day) -> Change:
    starts = day.book.now() + timedelta(days=day.chance.randint(5, 40), hours=3)
    draft = EventDraft(f"{day.name()}路演", "roadshow", starts, starts + timedelta(days=9))
    return events.create(day.book, draft, day.chance.choice(("all", "newest", "none")))


def materials(day: Day) -> Change:
    starts = day.book.now() + timedelta(days=day.chance.randint(-100, 20))
    return events.create(day.book, EventDraft(f"{day.name()}白皮书", "materials", starts))


def lines_of(day: Day) -> str:
    found = []
    for city in day.chance.sample(CITIES, day.chance.randint(1, 3)):
        first = day.book.today() + timedelta(days=day.chance.randint(3, 40))
        found.append(f"{city} {first:%Y-%m-%d} ~ {first + timedelta(days=1):%Y-%m-%d} 国际博览中心")
    return "\n".join(found)


def add_stops(day: Day) -> Change:
    event = day.an("event", SHOW)
    return stops.add(day.book, event, stops.read(day.book, event, lines_of(day)))


def move_stop(day: Day) -> Change:
    old = stops.get(day.book, day.an("stop"))
    by = timedelta(days=day.chance.randint(-9, 20))
    new = old._replace(starts_at=old.starts_at + by, ends_at=old.ends_at + by)
    return stops.move(day.book, old.id, new._replace(place=day.chance.choice((old.place, "常州"))))


def move_show(day: Day) -> Change:
    by = timedelta(days=day.chance.randint(3, 40))
    return events.move(day.book, day.an("event", SHOW), day.book.now() + by)


def list_of_stops(day: Day) -> Change:
    """A list of the whole with a column that says the stop, also one that there is not."""
    rows = []
    for _ in range(day.chance.randint(2, 8)):
        number = day.chance.randint(0, 30)
        city = day.chance.choice((*CITIES, "别处", ""))
        rows.append(f"{day.name()},深蓝软件,138{number:08},{city}")
    path = day.book.home / f"{day.chance.choice('戊己庚')}.csv"
    path.write_text("姓名,公司,手机,站点\n" + "\n".join(rows), encoding="utf-8")
    return coming_in.load(day.book, path, day.an("event", SHOW)).change


def list_of_one_stop(day: Day) -> Change:
    stop = stops.get(day.book, day.an("stop"))
    options = ImportOptions(stop=stop.id)
    return imports.load(day.book, day.file(), stop.event_id, options).change


def clone(day: Day) -> Change:
    event = day.an("event", day.chance.choice((SHOW, "true")))
    when = day.book.now() + timedelta(days=day.chance.randint(-3, 40))
    draft = cloning.draft_of(day.book, event, when)
    return cloning.clone(day.book, event, draft, day.chance.choice(("all", "newest", "none")))


def routine(day: Day) -> Change:
    fields = {
        "playbook": day.chance.choice(PLAYBOOKS),
        "every": day.chance.choice(("week", "month", "2 days", "once")),
        "on": (day.book.today() + timedelta(days=day.chance.randint(-9, 9))).isoformat(),
    }
    return routines.add(day.book, routines.read_draft(day.book, fields))


def edit_routine(day: Day) -> Change:
    one = routines.get(day.book, day.an("routine")).routine
    typed = {**routines.written(one), "every": day.chance.choice(("week", "3 days"))}
    return routines.edit(day.book, one.id, routines.read_draft(day.book, typed))


def prove(day: Day) -> Change:
    change = routines.prove(day.book, day.chance.choice(("report-week", "backup")))
    if change is None:
        raise NOTHING
    return change


def invitation(day: Day) -> Change:
    number, starts = day.chance.randint(0, 3), day.book.now() + timedelta(days=9)
    off = day.chance.random() < 0.2
    path = day.book.home / "invitation.ics"
    path.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        f"METHOD:{'CANCEL' if off else 'REQUEST'}\r\nBEGIN:VEVENT\r\nUID:{number}@example.com\r\n"
        f"SEQUENCE:{day.chance.randint(0, 9)}\r\nSUMMARY:{day.name()}大会\r\n"
        f"DTSTART:{starts:%Y%m%dT%H%M%SZ}\r\nDTEND:{starts + timedelta(hours=3):%Y%m%dT%H%M%SZ}\r\n"
        f"{'STATUS:CANCELLED' + chr(13) + chr(10) if off else ''}"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        encoding="utf-8",
        newline="",
    )
    return invitations.take(day.book, invitations.look(day.book, path))


def notice(day: Day) -> Change:
    path = notices.write(day.book.home, day.chance.randint(0, 2))
    return workday_notice.take(day.book, workday_notice.preview(day.book, path))


def shift(day: Day) -> Change:
    first = day.book.today()
    found = [
        one
        for collision in collisions.between(day.book, first, first + timedelta(days=20))
        for one in collision.shifts
    ]
    if not found:
        raise NOTHING
    return collisions.take(day.book, day.chance.choice(found))


def correct(day: Day) -> Change:
    event = day.an("event")
    found = corrections.of(day.book, event)
    return corrections.tell(day.book, found[: day.chance.randint(1, 3)], event)


def remind(day: Day) -> Change:
    found = owners.owners(day.book)
    if not found:
        raise NOTHING
    return owners.remind(day.book, day.chance.choice(found))


def accept(day: Day) -> Change:
    event = day.an("event")
    found = acts.proposals(day.book, event)
    if not found:
        raise NOTHING
    verb = day.chance.choice((acts.accept, acts.dismiss))
    return verb(day.book, event, day.chance.choice(found))


def call_list(day: Day) -> Change:
    people = {day.an("person", "merged_into IS NULL") for _ in range(4)}
    event = day.chance.choice((None, day.an("event")))
    name = call_lists.free_name(day.book, "名单")
    typed = {"name": name, "purpose": "invitation", "event": "" if event is None else str(event)}
    return call_lists.make(day.book, people, call_lists.read(day.book, typed), "手工")


def channel(day: Day) -> Change:
    event, known = day.an("event"), {"label": day.chance.choice(("公众号", "微博", "EDM"))}
    values: dict[str, object] = {**known, "cents": day.chance.randint(1, 9) * 100}
    return channels.put(day.book, event, values)


VERBS = (
    *(road_show, materials, add_stops, add_stops, move_stop, move_show, list_of_stops),
    *(list_of_stops, list_of_one_stop, clone, routine, edit_routine, prove, invitation, notice),
    *(shift, correct, remind, accept, call_list, channel),
    lambda day: stops.drop(day.book, day.an("stop"), "场地没了"),
    lambda day: stops.fall_back(day.book, day.an("stop"), "改线上", "天气"),
    lambda day: stops.tally(day.book, day.an("stop"), {"reach": 433.0, "cost": 2e6}),
    lambda day: routines.pause(day.book, day.an("routine")),
    lambda day: routines.resume(day.book, day.an("routine")),
    lambda day: routines.end(day.book, day.an("routine")),
    lambda day: routines.add_step(
        day.book, day.an("routine"), "另外一步", day.book.now() + timedelta(days=1)
    ),
    lambda day: steps.answer_item(day.book, day.an("check_item"), day.name()),
    lambda day: step_changes.give_up(day.book, day.an("step"), "没有必要"),
    lambda day: targets.put(day.book, day.an("event"), {"signed_up": 40.0, "attended": None}),
    lambda day: costs.put(day.book, day.an("event"), "场地", {"planned": 100, "spent": None}),
    lambda day: acts.add(day.book, day.an("event"), f"下次{day.name()}"),
    lambda day: acts.note(day.book, day.an("event"), "act", day.name()),
    lambda day: figures.put(day.book, day.an("event"), figures.Typed("reach", 10.0)),
)
