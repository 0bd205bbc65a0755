"""The demonstration: a throw-away database, told from a story by the product's own verbs.

The story (``demo.toml`` beside the sample lists) counts its days from today, so that there is
always an event tomorrow, one next week and one just over.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import opslog
from opslog.disk import temporary
from opslog.domain.base.clock import Clock, system_clock
from opslog.domain.base.money import cents_of
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import PHONE
from opslog.domain.events.events import EventDraft, PlanLine
from opslog.domain.leads.leads import PARTS
from opslog.domain.materials.requests import COLUMNS
from opslog.domain.screening.rounds import DROP, KEEP
from opslog.locale import N_, msg
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.queue import queue as call_queue
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.events.plans import routines, steps
from opslog.services.files import coming_in
from opslog.services.leads import leads
from opslog.services.materials import requests
from opslog.services.people import by_hand
from opslog.services.programmes import contents, enrolling, sending
from opslog.services.reviews import channels, costs, figures
from opslog.services.screening import card as screening_card
from opslog.services.screening import rounds

_DAY = re.compile(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b")
Told = Callable[[int, int], None]  # scenes told, of how many


def sample_folder() -> Path:
    """Where the sample lies: in the package where it was installed, beside it in a clone.

    Raises Refused where somebody took it out.
    """
    package = Path(opslog.__file__).resolve().parent
    for folder in (package / "_sample", package.parent / "sample_data"):
        if (folder / "demo.toml").is_file():
            return folder
    raise Refused(msg(N_("The sample data is missing; install opslog again to have it back")))


def build(folder: Path, clock: Clock | None = None, told: Told | None = None) -> Book:
    """Make ``opslog.db`` in ``folder`` from the sample, dated around the clock's today.

    The book is open, its clock the one given. ``told`` hears how far the story is.
    """
    clock = clock or system_clock()
    sample = sample_folder()
    with (sample / "demo.toml").open("rb") as file:
        script = tomllib.load(file)
    shutil.copyfile(sample / script["rules"], folder / "rules.toml")
    story = Story(folder / "opslog.db", sample, script, clock)
    try:
        for number, _scene in enumerate(story.tell(), 1):
            if told is not None:
                told(number, len(script["scene"]))
    except BaseException:
        story.book.close()
        raise
    story.book.clock = clock
    return story.book


VERBS = (
    *("enter", "log", "import", "attended", "answer", "screen", "call", "lead", "went"),
    *("channels", "costs", "figures", "requests", "routine"),
    *("piece", "programme", "messages", "replied"),
)


class Story:
    """Tells scenes in order of time, the book's clock standing where the scene is."""

    def __init__(self, path: Path, sample: Path, script: Mapping[str, Any], clock: Clock) -> None:
        self.sample = sample
        self.scenes: list[Mapping[str, Any]] = script["scene"]
        self.drafts: dict[str, Mapping[str, Any]] = {e["id"]: e for e in script["event"]}
        self.events: dict[str, int] = {}
        self.rosters: dict[str, int] = {}
        self.routines: dict[int, Mapping[str, Any]] = {}  # what is answered there
        self.interested: list[int] = []
        self.in_programmes: list[int] = []  # people, in the order they entered
        self.written_to: list[int] = []  # enrolments, those written to first
        self.real = clock
        self.today = clock.today()
        self.moment = clock.now()
        self.book = open_book(
            path, clock=Clock(lambda: self.moment, clock.zone_name), session="demo"
        )

    def tell(self) -> Iterator[Mapping[str, Any]]:
        for scene in self.scenes:
            moment = self.at(scene["day"], scene["clock"])
            self.tick_until(moment)
            self.moment = moment
            for verb in VERBS:
                if verb in scene:
                    getattr(self, f"do_{verb}")(scene[verb], scene)
            yield scene
        self.tick_until(self.real.now())

    def at(self, day: int, clock: str, start: date | None = None) -> datetime:
        return self.real.at((start or self.today) + timedelta(days=day), time.fromisoformat(clock))

    def wait(self, **span: float) -> None:
        """Time passes, though never beyond now."""
        self.moment = min(self.moment + timedelta(**span), self.real.now())

    def tick_until(self, moment: datetime) -> None:
        """Do the steps that fall due before ``moment``, each when it is due; those of plans of
        one's own up to yesterday, their turns coming as time passes."""
        while (when := self.next_of_own()) is not None and when < min(moment, self.at(0, "00:00")):
            self.tick_events(when)
            self.moment = max(self.moment, when)
            for row in routines.listing(self.book):
                for line in routines.of_turn(self.book, row.routine):
                    if line.open and line.due_at <= self.moment:
                        self.answer(line, self.routines[row.id])
                        steps.tick_step(self.book, line.id)
        self.tick_events(moment)

    def next_of_own(self) -> datetime | None:
        """When the next step of a plan of one's own falls due, or the next turn comes."""
        found = []
        for row in routines.listing(self.book):
            turn = row.routine.turn
            if row.next_step is not None:
                found.append(row.next_step.due_at)
            elif turn is not None and turn.next_on is not None:
                found.append(self.book.clock.at(turn.next_on))
        return min(found, default=None)

    def tick_events(self, moment: datetime) -> None:
        due: list[tuple[datetime, PlanLine, str]] = []
        for name, event_id in self.events.items():
            left = self.drafts[name].get("left", ())
            due += [
                (max(line.due_at, self.moment), line, name)
                for line in events.plan(self.book, event_id)
                if line.open and line.key not in left and line.due_at < moment
                # What its work proves ticks itself; of a list that comes later nobody was called.
                if not line.evidence or (line.phase != "after" and name not in self.rosters)
            ]
        for when, line, name in sorted(due, key=lambda one: (one[0], one[1].id)):
            self.moment = min(when, moment)
            self.answer(line, self.drafts[name])
            steps.tick_step(self.book, line.id)

    def answer(self, line: PlanLine, given: Mapping[str, Any]) -> None:
        """What the story says to the lines of a checklist, from the first one on: '' is a tick."""
        for item, answer in zip(
            line.items, given.get("answers", {}).get(line.key, ()), strict=False
        ):
            if answer:
                steps.answer_item(self.book, item.id, answer)
            else:
                steps.tick_item(self.book, item.id)

    # -- verbs, one a kind of scene -----------------------------------------------------

    def do_enter(self, name: str, _scene: Mapping[str, Any]) -> None:
        given = self.drafts[name]
        starts_at = self.at(given["day"], given["clock"])
        draft = EventDraft(
            given["name"],
            given["kind"],
            starts_at,
            starts_at + timedelta(minutes=given["minutes"]),
            host=given.get("host", "own"),
            audience=given.get("audience", "all"),
            segment=given.get("segment", ""),
            theme=given["theme"],
            place=given.get("place", ""),
            tag=given["tag"],
            budget_cents=cents_of(given["budget"]),
            targets=given["targets"],
        )
        self.events[name] = events.create(self.book, draft).made

    def do_routine(self, playbook: str, scene: Mapping[str, Any]) -> None:
        """A plan of one's own by a playbook of these."""
        draft = routines.read_draft(self.book, {"playbook": playbook})
        self.routines[routines.add(self.book, draft).made] = scene

    def do_log(self, text: str, _scene: Mapping[str, Any]) -> None:
        log_lines.add(self.book, text)

    def do_import(self, name: str, _scene: Mapping[str, Any]) -> None:
        given = self.drafts[name]
        path = self.sample / "lists" / given["file"]
        with temporary.folder() as folder:
            if "dated" in given:  # for the event on that day: its dates move along with the event
                event = events.get(self.book, self.events[name])
                moved = event.row.starts_at.astimezone(self.real.zone).date() - given["dated"]
                text = path.read_bytes().decode("gb18030")
                path = folder / path.name
                path.write_bytes(
                    _DAY.sub(lambda day: _later(day[0], moved), text).encode("gb18030")
                )
            loaded = coming_in.load(self.book, path, self.events[name])
        self.rosters[name] = loaded.roster

    def do_attended(self, name: str, _scene: Mapping[str, Any]) -> None:
        """Whoever the list does not say came did not."""
        event_id = self.events[name]
        rest = [one.card_id for one in guests.guests(self.book, event_id) if one.attended is None]
        guests.mark_many_attended(self.book, event_id, rest, False)

    def do_answer(self, name: str, scene: Mapping[str, Any]) -> None:
        for line in events.plan(self.book, self.events[name]):
            self.answer(line, scene)

    def do_screen(self, name: str, scene: Mapping[str, Any]) -> None:
        """Go through a round: what a rule suggests is taken, the rest kept."""
        round_id = rounds.open_round(self.book, self.rosters[name], scene["round"]).made
        lines = rounds.deck(self.book, round_id).lines
        for line in lines[: scene.get("rows", len(lines))]:
            self.wait(seconds=scene["seconds"])
            offered = screening_card.suggestions(self.book, round_id, line.card_id)
            drops = [suggestion for suggestion in offered if suggestion.verdict == DROP]
            if drops:
                taken = drops[0]
                rounds.decide(self.book, round_id, line.card_id, DROP, taken.reason, taken.rule)
            else:
                rounds.decide(self.book, round_id, line.card_id, KEEP)
        if scene.get("close"):
            rounds.close_round(self.book, round_id)

    def do_call(self, name: str, scene: Mapping[str, Any]) -> None:
        """Work down the queue, one outcome of the scene after the other."""
        waiting = call_queue.queue(self.book, scene["purpose"], self.events[name])
        reachable = [line for line in waiting if line.phone and line.lane == PHONE]
        for line, outcome in zip(reachable, scene["outcomes"], strict=False):
            self.wait(minutes=scene["minutes"])
            promised = (
                self.at(outcome["days"], outcome["clock"], self.book.today())
                if "days" in outcome
                else None
            )
            calling.record(
                self.book,
                line.card_id,
                scene["purpose"],
                outcome["outcome"],
                lane=PHONE,
                note=outcome.get("note", ""),
                when=promised,
            )
            if outcome["outcome"] == "interested":
                self.interested.append(line.person_id)

    def do_lead(self, name: str, scene: Mapping[str, Any]) -> None:
        """Those who are interested, one after the other, as far as something is known of them."""
        event_id = self.events[name]
        for person_id, said in zip(self.interested, scene["known"], strict=False):
            self.wait(minutes=6)
            known = {part: said[part] for part in PARTS if part in said}
            leads.keep(
                *(self.book, person_id, known, said.get("to", "")),
                event_id=event_id,
                community=said.get("group"),
                by_whom=said.get("by"),
            )

    def do_went(self, name: str, scene: Mapping[str, Any]) -> None:
        """How it went with the leads of an event, in the order in which they were kept."""
        kept = sorted(leads.leads(self.book, self.events[name]))
        for lead, state in zip(kept, scene["states"], strict=False):
            if state:
                back = "days" in state
                leads.set_state(
                    self.book,
                    lead.id,
                    state["state"],
                    reason=state.get("reason", ""),
                    next_on=self.at(state["days"], "10:00", self.book.today()) if back else None,
                )

    def do_channels(self, name: str, scene: Mapping[str, Any]) -> None:
        for said in scene["of"]:
            channels.put(self.book, self.events[name], channels.read(said))

    def do_costs(self, name: str, scene: Mapping[str, Any]) -> None:
        for item, amount in scene["of"].items():
            costs.put(self.book, self.events[name], item, {scene["as"]: cents_of(amount)})

    def do_figures(self, name: str, scene: Mapping[str, Any]) -> None:
        for said in scene["of"]:
            figures.put(self.book, self.events[name], figures.Typed(**said))

    def do_piece(self, label: str, scene: Mapping[str, Any]) -> None:
        texts = {"text_zh": scene["zh"], "text_en": scene["en"]}
        contents.add(self.book, label, kind=scene["kind"], **texts)

    def do_programme(self, code: str, scene: Mapping[str, Any]) -> None:
        """Those its rules name and nobody calls just now."""
        found = (one for one in enrolling.candidates(self.book, code) if one.left_out is None)
        free = [one.person_id for one in found if call_queue.line(self.book, one.person_id) is None]
        entered = free[: scene["people"]]
        enrolling.enter(self.book, code, entered, late="all")
        self.in_programmes += entered

    def do_messages(self, number: int, _scene: Mapping[str, Any]) -> None:
        """Written to one by one, those of whom it was the day; on a day off, too, so that the
        sample is the same whatever day of the week it is made on."""
        found = [enrolling.of_person(self.book, one)[0] for one in self.in_programmes]
        due = (one.id for one in found if one.next_on and one.next_on <= self.book.today())
        for enrolment_id in [*due][:number]:
            self.wait(minutes=2)
            sending.sent(self.book, [enrolment_id])
            self.written_to.append(enrolment_id)

    def do_replied(self, words: Sequence[str], _scene: Mapping[str, Any]) -> None:
        """Of those written to, one after the other; '' where they read it and said nothing."""
        for enrolment_id, said in zip(self.written_to, words, strict=False):
            self.wait(minutes=4)
            if said:
                sending.replied(self.book, enrolment_id, said)
            else:
                sending.opened(self.book, enrolment_id)

    def do_requests(self, name: str, scene: Mapping[str, Any]) -> None:
        """Who asks for materials, entered by hand, and what becomes of it."""
        event_id = self.events[name]
        for said in scene["of"]:
            self.wait(minutes=4)
            known = {key: said[key] for key in COLUMNS if key in said}
            person = requests.add(self.book, event_id, by_hand.read(said["who_asks"]).fields, known)
            one = requests.of_person(self.book, person.made, event_id)
            if "sent" in said:
                self.wait(minutes=2)
                requests.send(self.book, [one.card_id], said["sent"])


def _later(day: str, by: timedelta) -> str:
    return (date.fromisoformat(day) + by).isoformat()
