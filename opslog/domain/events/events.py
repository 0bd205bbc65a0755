"""Events and their plans as the screens and commands see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import NamedTuple

from opslog.domain.events.kinds import OFFLINE, Traits, group_named
from opslog.locale import LANGUAGES, N_, Msg, msg, titled

FLOATING = "floating"
PINNED = "pinned"
DONE = "done"
MISSED = "missed"
DROPPED = "dropped"  # not to be done, for a reason; neither late nor missed
OPEN_STATES = (FLOATING, PINNED)

# Why a date is not the one the playbook's offset gives, or what is to be known about it.
DAYOFF = "dayoff"
STAYS = "stays"
LATE = "late"
HAND = "hand"
AWAY = "away"  # beside HAND: out of the way of another event, on this date of its own
PUSHED = "pushed"  # waits for what is late before it
SHORT = "short"  # missed: no room was left for it in time
JOINED = "joined"  # of before the event was entered; dropped where it is past still
RESTED = "rested"  # dropped while the plan of the operator's own that it is of is paused, or over
MERGED = "merged"  # dropped: another round on its channel stands for it
UNPUBLISHED = "unpublished"

KIND_LABELS = {
    "webinar": N_("Online, live"),
    "recorded": N_("Online, recorded"),
    "salon": N_("Offline salon"),
    "conference": N_("Conference"),
    "materials": N_("Materials"),
    "roadshow": N_("Road show"),
}
HOST_LABELS = {"own": N_("own event"), "sponsored": N_("sponsored event")}
LIST_LABELS = {"form": N_("sign-up form"), "none": N_("no list, only reach")}
AUDIENCE_LABELS = {"all": N_("everyone"), "segment": N_("a segment")}
STATE_LABELS = {
    FLOATING: N_("open"),
    PINNED: N_("pinned"),
    DONE: N_("done"),
    MISSED: N_("missed"),
    DROPPED: N_("given up"),
}
CHANNEL_LABELS = {
    "moments": N_("Moments"),
    "groups": N_("Groups"),
    "edm": N_("E-mail"),
    "sms": N_("SMS"),
    "private": N_("Private"),
    "site": N_("Own site"),
    "sem": N_("SEM"),
    "internal": N_("Internal"),
    "phone": N_("Phone"),
}
# Who may owe a step to the operator; another name is shown as it is written.
OWNER_LABELS = {
    "design": N_("Design"),
    "organiser": N_("Organiser"),  # of an event that is sponsored
    "lead": N_("Event lead"),
    "speaker": N_("Speaker"),
    "venue": N_("Venue lead"),
    "sales": N_("Sales"),
}
# What a line of a checklist may ask for, and the two answers that one key gives.
YES_NO, WORDS, LINK = "yes_no", "words", "link"
ANSWERS = (YES_NO, WORDS, LINK)
# What talk tracks may use of the answers: how people sign in, where they park, whom they ask for.
SAYS = ("signin", "parking", "contact")
YES, NO = "yes", "no"
ANSWER_LABELS = {YES: N_("yes"), NO: N_("no")}
SPOKEN = {
    **dict.fromkeys(("1", "yes", "y", "是", "是的", "对", "有", "可以"), YES),
    **dict.fromkeys(("2", "no", "n", "否", "不是", "没有", "不", "不可以"), NO),
}


_NONE: Mapping[str, float] = MappingProxyType({})


class EventDraft(NamedTuple):
    """An event as typed in. ``ends_at`` None: as long as its kind usually lasts.

    ``targets`` by measure (see events.measures).
    """

    name: str
    kind: str
    starts_at: datetime
    ends_at: datetime | None = None
    host: str = "own"
    list: str = "form"
    audience: str = "all"
    segment: str = ""
    theme: str = ""
    place: str = ""
    tag: str = ""
    budget_cents: int | None = None
    targets: Mapping[str, float] = _NONE
    note: str = ""

    @property
    def traits(self) -> Traits:
        group = group_named(self.segment) if self.audience == "segment" else ""
        return Traits(self.host, self.list, self.audience, self.kind, group)


class EventPlace(NamedTuple):
    """An event in the list of all: what it can be found by, and in which part it stands."""

    id: int
    words: str
    begun: bool
    over: bool
    cancelled: bool


class EventRow(NamedTuple):
    """One event in a list, with how its plan stands: ``late`` is open and past due."""

    id: int
    name: str
    kind: str
    host: str
    list: str
    audience: str
    starts_at: datetime
    ends_at: datetime
    place: str
    tag: str
    cancelled_at: datetime | None
    steps: int
    done: int
    late: int
    missed: int

    @property
    def offline(self) -> bool:
        return self.kind in OFFLINE


class EventCard(NamedTuple):
    """All there is about one event. ``people`` counts the cards of its list."""

    row: EventRow
    segment: str
    theme: str
    budget_cents: int | None
    reach: int | None
    views: int | None
    shares: int | None
    note: str
    created_at: datetime
    targets: Mapping[str, float]
    people: int
    reached: int | None = None  # its reach, or what its channels add up to

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def draft(self) -> EventDraft:
        """The event as it would have been typed in, to be changed in a form."""
        row = self.row
        return EventDraft(
            name=row.name,
            kind=row.kind,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            host=row.host,
            list=row.list,
            audience=row.audience,
            segment=self.segment,
            theme=self.theme,
            place=row.place,
            tag=row.tag,
            budget_cents=self.budget_cents,
            targets=dict(self.targets),
            note=self.note,
        )


class PlanItem(NamedTuple):
    """One line of a step's checklist; ``id`` 0 in a preview."""

    id: int
    title: str
    title_en: str
    done_at: datetime | None = None
    kind: str = ""  # which answer it asks for: '' none, else one of ANSWERS
    answer: str = ""  # YES, NO, or what was typed

    @property
    def name(self) -> str:
        return str(self.label)

    @property
    def label(self) -> Msg:
        """The title for a sentence that is kept: in whatever language is spoken then."""
        return titled(self.title_en, self.title)

    @property
    def told_message(self) -> Msg:
        """The answer, in whatever language is spoken then."""
        if self.answer in ANSWER_LABELS:
            return msg(ANSWER_LABELS[self.answer])
        return Msg("{text}", {"text": self.answer})

    @property
    def told(self) -> str:
        """The answer in the language spoken."""
        return str(self.told_message)

    @property
    def said(self) -> str:
        """The title, with the answer behind it."""
        return f"{self.name} → {self.told}" if self.answer else self.name


def proof_of(evidence: str, stop_id: int | None) -> str:
    """What proves a step, of the whole event or of one stop of it."""
    return evidence if stop_id is None else f"{evidence}@{stop_id}"


class PlanLine(NamedTuple):
    """One step of a plan; ``id`` 0 in a preview, ``key`` '' where added by hand, ``event_id`` 0
    where the plan is one of the operator's own.

    ``due_at`` is when it is to be done, ``planned_at`` what the offset gave before anything
    moved it, ``closes_at`` the moment from which an open step counts as missed. ``why`` holds
    the reasons as codes. ``evidence`` names what proves the step (domain.events.evidence); where
    it is ``proven``, the step is done without anybody's tick.
    """

    id: int
    event_id: int
    key: str
    title: str
    title_en: str
    anchor: str
    offset: int
    offset_months: int
    clock: time | None  # None: the anchor's own time
    channel: str
    phase: str
    due_at: datetime
    planned_at: datetime | None
    closes_at: datetime | None
    lead_days: int
    why: tuple[str, ...]
    state: str
    done_at: datetime | None = None
    snoozed_until: datetime | None = None
    note: str = ""
    items: tuple[PlanItem, ...] = ()
    evidence: str = ""
    proven: bool = False
    owner: str = ""  # a colleague who owes it; '' the operator
    words: str = ""  # what goes out by it, in this plan
    dropped_why: str = ""
    published_for: datetime | None = None  # the date it told people, where it was done
    workdays: int = 0  # from the anchor, in place of ``offset``
    rest: str = ""  # where it goes on a day off: a name of playbooks.RESTS
    stop_id: int | None = None  # on whose days it hangs, in place of the event's
    plan_id: int = 0

    @property
    def name(self) -> str:
        """The title in the language spoken."""
        return str(self.label)

    @property
    def label(self) -> Msg:
        """The title for a sentence that is kept: in whatever language is spoken then."""
        return titled(self.title_en, self.title)

    @property
    def proof(self) -> str:
        """Its evidence, of its own stop where it hangs on one."""
        return proof_of(self.evidence, self.stop_id)

    @property
    def channel_beside(self) -> Msg | None:
        """By what channel; None where there is none, or the title names it."""
        label = msg(CHANNEL_LABELS.get(self.channel, self.channel))
        named = any(label.render(one) in self.label.render(one) for one in LANGUAGES)
        return None if named else label

    @property
    def owed_by(self) -> Msg | None:
        """The colleague who is to do it; None where it is the operator's own."""
        if not self.owner:
            return None
        known = OWNER_LABELS.get(self.owner)
        return msg(known) if known else Msg("{name}", {"name": self.owner})

    @property
    def open(self) -> bool:
        return self.state in OPEN_STATES

    def late(self, midnight: datetime) -> bool:
        """Open though its day is past; ``midnight`` is when today began."""
        return self.open and self.due_at < midnight


def closed(phase: str, due: datetime, closes: datetime, now: datetime) -> bool:
    """Whether an open step is no longer possible. What follows an event always has a day from
    its date, which a long run of days off may have put past the usual end."""
    if phase == "after":
        closes = max(closes, due + timedelta(days=1))
    return closes < now and due < now


def number_text(value: float) -> str:
    """A number as one would type it: no exponent, no zeros after the point."""
    return f"{value:f}".rstrip("0").rstrip(".")


def quantity_text(value: float) -> str:
    """A number as it is read: “1,200”, no zeros after the point."""
    return f"{value:,f}".rstrip("0").rstrip(".")
