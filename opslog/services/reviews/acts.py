"""What was learned from an event: proposals, decided on or typed; ATM-PDCA and the five questions.

An act that is accepted is a change to the playbook of the events of that kind, in one change of
the book with it, so that one undo takes back both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from opslog.domain.base import codes
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn, listed
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import from_day
from opslog.domain.events.events import (
    AUDIENCE_LABELS,
    DONE,
    DROPPED,
    KIND_LABELS,
    MISSED,
    EventCard,
    PlanLine,
    quantity_text,
)
from opslog.domain.events.measures import label as measure_label
from opslog.domain.reviews import wording
from opslog.domain.reviews.acts import five as questions
from opslog.domain.reviews.acts import lateness, playbook_changes
from opslog.domain.reviews.acts.kept import Kept
from opslog.domain.reviews.acts.playbook_changes import ITEM, PlaybookChange, unpacked
from opslog.domain.reviews.acts.proposals import PREFLIGHT, told
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Lines
from opslog.domain.reviews.review import ACCEPTED, DISMISSED, Proposal
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.events import events
from opslog.services.events.plans import playbooks
from opslog.services.reviews.offers import offers
from opslog.store.events import moves
from opslog.store.reviews import acts as store
from opslog.store.reviews.acts import ActRow

OWN = "own"  # what the keys of acts begin with that were typed
# Groups of proposals in the order they are shown, so that none changes its number when another is
# decided; of some no more than so many are offered of one event.
ORDER = ("late", "reminder-calls", "channel", "absent", "warm-up", "questions", "out", OWN)
MOST = {"late": 3, "channel": 2, "out": 2}
_NO_RECORD = N_("entered afterwards; of before that there is no record")
_OWN_WORDS = N_("in your own words")
PARTS = {
    "aim": N_("Aim and form"),
    "plan": N_("The plan"),
    "do": N_("Do"),
    "check": N_("Check"),
    "act": N_("Act"),
}


class PartNote(NamedTuple):
    """One part of ATM-PDCA: the operator's words, and what is known without them."""

    part: str
    heading: Msg
    note: str
    known: Msg


def proposals(book: Book, event_id: int, numbers: Iterable[Number] = ()) -> tuple[Proposal, ...]:
    """What is offered for the next event of the kind, and what was decided or typed; each keeps
    its place when it is decided. ``numbers``: those of the review, for what channels brought."""
    event = events.get(book, event_id)
    decided = {row.key: row for row in store.of_event(book.con, event_id)}
    kind = event.row.kind
    found = {
        key: Proposal(
            key,
            row.said,
            row.because or msg(_OWN_WORDS),
            act_id=row.id,
            state=row.state,
        )
        for key, row in decided.items()
    }
    room = dict(MOST)
    for key in found:
        if (group := _group(key)) in room:
            room[group] -= 1
    for offer in offers(book, event, numbers):
        group = _group(offer.key)
        if offer.key in found or room.get(group, 1) <= 0:
            continue
        if group in room:
            room[group] -= 1
        one = Proposal(offer.key, offer.text, offer.reason)
        found[offer.key] = one if offer.change is None else _with(book, kind, one, offer.change)
    steps = [step.key for step in playbooks.playbook(book, kind).steps]

    def place(one: Proposal) -> tuple[int, int, str]:
        group, _dot, what = one.key.partition(".")
        at = steps.index(what) if what in steps else len(steps)
        if group == OWN and what.isdecimal():
            at = int(what)
        return ORDER.index(group) if group in ORDER else len(ORDER), at, what

    return tuple(sorted(found.values(), key=place))


def _with(book: Book, kind: str, one: Proposal, change: PlaybookChange) -> Proposal:
    """The proposal with what it makes of the playbook of the kind: in words, and as its lines."""
    text = own_kinds.text_in_force(book, own_kinds.PLAYBOOKS[kind])
    playbook = playbooks.playbook(book, kind)
    return one._replace(
        change=playbook_changes.difference(text, playbook.steps, change),
        told=told(change, playbook),
        packed=change.packed(),
    )


def _group(key: str) -> str:
    return key.partition(".")[0]


def _said(text: str) -> Msg:
    return Msg("{text}", {"text": text})


# -- deciding -------------------------------------------------------------------------------


def accept(book: Book, event_id: int, proposal: Proposal) -> Change:
    """What is proposed holds for the next events of the kind; ``made`` is the act.

    Raises Refused where it was decided on, where the playbook says so already, and where the
    operator's own is broken: then with its file and line.
    """
    event = events.get(book, event_id)
    label = msg(N_("Accepted: {act} ({event})"), act=proposal.text, event=event.name)
    return _decide(book, event, proposal, ACCEPTED, label)


def dismiss(book: Book, event_id: int, proposal: Proposal) -> Change:
    """Not offered again for this event. Raises Refused where it was decided on."""
    event = events.get(book, event_id)
    label = msg(N_("Dismissed: {act} ({event})"), act=proposal.text, event=event.name)
    return _decide(book, event, proposal, DISMISSED, label)


def add(book: Book, event_id: int, text: str, step: str = "") -> Change:
    """An act in the operator's own words; with the id of a ``step`` a line more on its checklist
    from the next event on.

    Raises Refused for one without words, and for a step that the plan does not have.
    """
    event, proposal = events.get(book, event_id), typed(book, event_id, text, step)
    for row in store.of_event(book.con, event_id):
        known = _group(row.key) == OWN and str(row.said) == str(proposal.text)
        if known and step in ("", row.step):
            said = msg(N_("“{act}” was learned from this event already"), act=proposal.text)
            raise Refused(said)
    label = msg(N_("Learned from {event}: {act}"), act=proposal.text, event=event.name)
    return _decide(book, event, proposal, ACCEPTED, label)


def typed(book: Book, event_id: int, text: str, step: str = "") -> Proposal:
    """What ``add`` would keep, with the difference it would make."""
    kind, text = events.get(book, event_id).row.kind, _worded(text)
    keys = [row.key for row in store.of_event(book.con, event_id) if _group(row.key) == OWN]
    key = f"{OWN}.{max((int(key[len(OWN) + 1 :]) for key in keys), default=0) + 1}"
    one = Proposal(key, _said(text), msg(_OWN_WORDS))
    if not step:
        return one
    change = PlaybookChange(ITEM, step, lines=(("zh", text), ("en", text)))
    return _with(book, kind, one, change)


def edit(book: Book, act_id: int, text: str) -> Change:
    """Other words for an act that is words alone. Raises Refused for none, and for one that
    changed a playbook."""
    row, text = _words_alone(book, act_id), _worded(text)
    with book.change(msg(N_("Changed: {act}"), act=text)) as change:
        if text != str(row.said):
            store.set_text(book.con, act_id, text, row.kept._replace(text=None).packed())
    return change


def remove(book: Book, act_id: int) -> Change:
    """Take out what was typed; what was proposed and decided on is offered again.

    Raises Refused for one that changed a playbook: that is undone.
    """
    row = _words_alone(book, act_id)
    with book.change(msg(N_("Taken out: {act}"), act=row.said)) as change:
        store.delete(book.con, act_id)
    return change


def note(book: Book, event_id: int, part: str, text: str) -> Change:
    """The operator's words on a part of the review; none take them out. Raises Refused for a part
    that there is not."""
    event, known = events.get(book, event_id), codes.code_of(part, PARTS)
    if not known:
        said = N_("“{part}” is no part of a review; the parts are: {parts}")
        raise Refused(msg(said, part=part, parts=codes.known(PARTS)))
    part, text = known, storable(text.strip())
    label = msg(N_("Review of {event}: {part}"), part=msg(PARTS[part]), event=event.name)
    with book.change(label) as change:
        if text != store.notes(book.con, event_id).get(part, ""):
            store.write_note(book.con, event_id, part, text)
    return change


def _decide(book: Book, event: EventCard, proposal: Proposal, state: str, label: Msg) -> Change:
    kind = event.row.kind
    made = unpacked(proposal.packed)
    typed = _group(proposal.key) == OWN
    kept = Kept(made) if typed else Kept(made, proposal.text, proposal.reason)
    changes = made if state == ACCEPTED else None
    own_kinds.playbook(book, kind)  # an edit by hand is taken in as a change of its own
    with book.change(label) as change:
        if any(row.key == proposal.key for row in store.of_event(book.con, event.id)):
            raise Refused(
                msg(N_("“{act}” is decided already; undo takes that back"), act=proposal.text)
            )
        row = ActRow(
            *(0, event.id, event.name, proposal.key, str(proposal.text)),
            *("" if typed else str(proposal.reason), kind),
            *(made.made if made else "", kept.packed(), state),
        )
        change.made = store.insert(book.con, row, book.now())
        if changes is not None:
            own_files.write_row(
                book, own_kinds.PLAYBOOKS[kind].place, _playbook(book, kind, changes)
            )
    own_files.follow(book, change.touched)
    return change


def _playbook(book: Book, kind: str, change: PlaybookChange) -> str:
    """The operator's own playbook with a change in it; what ships where there is none yet."""
    own = own_kinds.PLAYBOOKS[kind]
    text = own_kinds.text_in_force(book, own)
    if faults := book.faults.get(own.place):
        raise Refused(faults[0])
    made = playbook_changes.changed(text, change, str(book.home / own.place), kind)
    if made == text:
        raise Refused(msg(N_("The plan of these events says so already; nothing was changed")))
    return made


def _words_alone(book: Book, act_id: int) -> ActRow:
    row = store.one(book.con, act_id)
    if row is None:
        raise Refused(msg(N_("Act {id} is not there any more"), id=act_id))
    if row.changes and row.state == ACCEPTED:
        raise Refused(
            msg(
                N_("“{act}” changed the plan of these events; undo it, or change the plan"),
                act=row.said,
            )
        )
    return row


def _worded(text: str) -> str:
    text = storable(" ".join(text.split()))
    if not text:
        raise Refused(msg(N_("An act needs a few words that say what to do otherwise")))
    return text


# -- ATM-PDCA ---------------------------------------------------------------------------------


def five(book: Book, event_id: int) -> Lines:
    """The five questions: ✓, ! or ? before what was answered and, once it has begun, what the
    numbers say."""
    plan = events.plan(book, event_id)
    asked = [item for step in plan if step.key == PREFLIGHT for item in step.items]
    warm_up, targets, came = None, 0, 0
    card = events.get(book, event_id)
    if card.row.starts_at <= book.now():
        warm_up = lateness.warm_up(plan, own_kinds.workdays(book), book.clock.zone)
        if warm_up is not None and warm_up.went is None and _afterwards(card):
            warm_up = None  # nobody knows
        targets, came = store.of_audience(book.con, event_id)
    return Lines(
        "five",
        msg(N_("The five questions")),
        tuple(questions.five(asked, warm_up, targets, came, afterwards=_afterwards(card))),
        empty=msg(N_("This plan does not ask them")),
    )


def _afterwards(event: EventCard) -> bool:
    """Whether it was entered once it had begun: what was done before is in no record."""
    return event.created_at >= event.row.starts_at


def _recorded(event: EventCard, line: PlanLine) -> bool:
    """Of an event entered afterwards not what was planned for before that, unless it is done or
    still to be done; of every other what the list and the plan count."""
    held = line.open or line.state == DONE or not _before(event, line)
    return held or not _afterwards(event)


def _before(event: EventCard, line: PlanLine) -> bool:
    """Whether it was planned for before the event was entered."""
    return (line.planned_at or line.due_at) < event.created_at


def pdca(book: Book, event_id: int, numbers: Iterable[Number] = ()) -> Lines:
    """The operator's words on each part (text), else what is known of it (a Msg), each behind its
    heading."""
    lines: list[tuple[str | Msg, str | Msg]] = []
    for part in parts(book, event_id, numbers):
        lines.append((part.heading, part.note or part.known))
    return Lines("pdca", msg(N_("Aim to model, plan, do, check, act")), tuple(lines))


def parts(book: Book, event_id: int, numbers: Iterable[Number] = ()) -> list[PartNote]:
    """The five parts with what was typed and what is known."""
    event = events.get(book, event_id)
    plan = [x for x in events.plan(book, event_id) if x.state != DROPPED and _recorded(event, x)]
    notes = store.notes(book.con, event_id)
    known = {
        "aim": _aim(event),
        "plan": _planned(book, event, plan),
        "do": _done(book, event, plan),
        "check": _checked(numbers),
        "act": _acts(store.of_event(book.con, event_id)),
    }
    return [PartNote(part, msg(PARTS[part]), notes.get(part, ""), known[part]) for part in PARTS]


def _aim(event: EventCard) -> Msg:
    row = event.row
    audience = _said(event.segment) if event.segment else msg(AUDIENCE_LABELS[row.audience])
    said = [msg(KIND_LABELS[row.kind]), msg(N_("for {audience}"), audience=audience)]
    return listed([*said, _said(event.theme)] if event.theme else said)


def _planned(book: Book, event: EventCard, plan: Sequence[PlanLine]) -> Msg:
    unknown = not plan and _afterwards(event)
    said = [msg(_NO_RECORD) if unknown else nmsg(N_("{n} step"), N_("{n} steps"), len(plan))]
    if plan:
        zone = book.clock.zone
        first = min(line.planned_at or line.due_at for line in plan).astimezone(zone).date()
        begins = (first - event.row.starts_at.astimezone(zone).date()).days
        said.append(msg(N_("from {day} on"), day=from_day(begins)))
    targets = [
        msg(N_("{measure} {number}"), measure=measure_label(key), number=quantity_text(value))
        for key, value in event.targets.items()
    ]
    again = moved(book, event)
    return in_turn(
        [listed(said), *([listed(targets)] if targets else []), *([again] if again else [])]
    )


def moved(book: Book, event: EventCard) -> Msg | None:
    """How often it got another day, and which it had first; None where it never did."""
    was = [one.was for one in moves.of(book.con, event.id)]
    return wording.moved(was, event.row, book.now(), book.clock.zone)


def _done(book: Book, event: EventCard, plan: Sequence[PlanLine]) -> Msg:
    zone = book.clock.zone
    entered = event.created_at.astimezone(zone).date()
    if not plan and _afterwards(event):
        return msg(_NO_RECORD)
    kept = lateness.kept(plan, entered, own_kinds.workdays(book), zone)
    late = [one.late for one in kept if one.late]
    missed = [line for line in plan if line.state == MISSED]
    short = sum(_before(event, line) for line in missed)  # nothing was neglected
    said = [msg(N_("{n} of {of} steps done"), n=sum(x.state == DONE for x in plan), of=len(plan))]
    if late:
        said.append(
            nmsg(
                N_("{n} of them late, by up to {days} working days"),
                N_("{n} of them late, by up to {days} working days"),
                len(late),
                days=max(late),
            )
        )
    if never := len(missed) - short:
        said.append(nmsg(N_("{n} never done"), N_("{n} never done"), never))
    if short:
        said.append(
            nmsg(
                N_("{n} past its day when the event was entered"),
                N_("{n} past their day when the event was entered"),
                short,
            )
        )
    return in_turn(said)


def _checked(numbers: Iterable[Number]) -> Msg:
    said = [
        msg(
            N_("{measure} {number} of {target}"),
            measure=one.label,
            number="-" if one.value is None else quantity_text(one.value),
            target=quantity_text(one.target),
        )
        for one in numbers
        if one.target is not None
    ]
    return listed(said) if said else msg(N_("no targets were set"))


def _acts(rows: Sequence[ActRow]) -> Msg:
    said = [row.said for row in rows if row.state == ACCEPTED]
    return in_turn(said) if said else msg(N_("nothing is decided yet"))
