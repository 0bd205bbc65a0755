"""The channels of an event: entered, changed, taken out. Who came by each is read off the cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opslog.domain.base.amounts import read_amount
from opslog.domain.base.money import yuan_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import bracketed, in_turn, labelled, listed
from opslog.domain.base.text import storable
from opslog.domain.events import channels as words
from opslog.domain.events.channels import KIND_LABELS, Channel
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book.book import Book, Change
from opslog.services.events import events
from opslog.services.reviews import costs
from opslog.store.events import channels as store

TEXTS = ("label", "code", "owner", "link")
COUNT_LABELS = {"reach": N_("reach"), "clicks": N_("clicks"), "signups": N_("sign-ups")}
FIELDS = (*TEXTS, "kind", "stop", "cost", *COUNT_LABELS)


def of(book: Book, event_id: int) -> list[Channel]:
    """In the order they were entered."""
    return store.of(book.con, event_id)


def people(book: Book, event_id: int) -> dict[int, int]:
    """How many stand on the event's list by each channel, by its id."""
    return store.people(book.con, event_id)


def find(book: Book, event_id: int, typed: str, stop_id: int | None = None) -> Channel | None:
    """The one that is meant: by number, code, label or kind, of a stop where one is said; None
    where none is.

    Refused where it could be any of several.
    """
    known = [one for one in of(book, event_id) if stop_id in (None, one.stop_id)]
    number = typed.strip().lstrip("#")
    if number.isdecimal() and (found := [one for one in known if one.id == int(number)]):
        return found[0]
    meant = words.meant(typed, known)
    kind, whole = words.kind_of(typed)
    several = [one for one in known if whole and one.kind == kind]
    if meant is not None and words.fold(meant.code) != words.fold(typed):
        alike = [one for one in known if words.fold(one.label) == words.fold(meant.label)]
        meant, several = (None, alike) if len(alike) > 1 else (meant, several)
    if meant is None and len(several) > 1:
        raise Refused(
            msg(
                N_("“{words}” could be any of: {channels}; name its number, label or code"),
                words=typed,
                channels=in_turn(f"{one.id} {one.label}" for one in several),
            )
        )
    return meant


def get(book: Book, event_id: int, typed: str, stop_id: int | None = None) -> Channel:
    """As ``find``. Refused where none is meant, too."""
    found = find(book, event_id, typed, stop_id)
    if found is None:
        event = events.get(book, event_id)
        said = msg(N_("“{words}” is no channel of {event}"), words=typed, event=event.name)
        raise Refused(said)
    return found


def read(values: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, by FIELDS, as ``put`` takes it. A kind may be named in either language.

    Refused for what can't be read, with the field of the form.
    """
    found: dict[str, Any] = {
        name: storable(" ".join(values[name].split())) for name in TEXTS if name in values
    }
    for name in COUNT_LABELS:
        if name in values:
            found[name] = _count(values[name], name)
    if "stop" in values:  # its number, '' of the whole
        found["stop_id"] = int(values["stop"]) if values["stop"] else None
    if "cost" in values:
        found["cents"] = costs.read(values["cost"], "cost")
    if "kind" in values:
        kind, whole = words.kind_of(values["kind"])
        if values["kind"].strip() and not whole:
            raise Refused(
                msg(
                    N_("“{kind}” is no kind of channel; choose from: {kinds}"),
                    kind=values["kind"],
                    kinds=listed(map(msg, KIND_LABELS.values())),
                ),
                field="kind",
            )
        found["kind"] = kind
    return found


def put(
    book: Book, event_id: int, values: Mapping[str, Any], channel_id: int | None = None
) -> Change:
    """Enter a channel, or change one; ``values`` as ``read`` gives them, what is not there stays.
    ``made`` is its id.

    Refused without a label or code, and for a code that another channel of the event has.
    """
    event = events.get(book, event_id)
    known = {one.id: one for one in of(book, event_id)}
    if channel_id is not None and channel_id not in known:
        raise Refused(msg(N_("This channel is gone; undo may bring it back")))
    before = known.get(channel_id or 0, Channel(0, ""))
    one = before._replace(**values)
    if not one.label:
        named = str(msg(KIND_LABELS[one.kind])) if one.kind else ""
        one = one._replace(label=one.code or named)
    if not one.label:
        raise Refused(
            msg(N_("Which channel? Give its label or code, for instance 朋友圈")), field="label"
        )
    if not one.kind and "kind" not in values:
        one = one._replace(kind=words.kind_of(one.label)[0])
    _check(one, [other for other in known.values() if other.id != one.id])
    text = N_("Channel of {event}: {channel}")
    if before.id and before != one:
        text = N_("Channel of {event}: {channel}; before: {before}")
    label = msg(text, event=event.name, channel=said(one), before=said(before))
    with book.change(label) as change:
        if not before.id:
            change.made = store.insert(book.con, event_id, one)
        elif before != one:
            store.update(book.con, one)
        change.made = change.made or before.id
    return change


def remove(book: Book, event_id: int, channel_id: int) -> Change:
    """Take one out; who came by it stays on the list, without saying by what."""
    event = events.get(book, event_id)
    one = next((one for one in of(book, event_id) if one.id == channel_id), None)
    if one is None:
        raise Refused(msg(N_("This channel is gone; undo may bring it back")))
    label = msg(
        N_("Taken out of the channels of {event}: {channel}"), event=event.name, channel=said(one)
    )
    if known := people(book, event_id).get(channel_id):
        label = nmsg(
            N_("Taken out of the channels of {event}: {channel}, by which 1 came in"),
            N_("Taken out of the channels of {event}: {channel}, by which {n} came in"),
            known,
            event=event.name,
            channel=said(one),
        )
    with book.change(label) as change:
        store.delete(book.con, channel_id)
    return change


def said(one: Channel, place: str = "") -> Msg:
    """``朋友圈 [pyq01] (cost 300, reach 2,000)``; of the stop of that place."""
    name = " · ".join(filter(None, (place, one.label)))
    name = f"{name} [{one.code}]" if one.code else name
    facts = [] if one.cents is None else [labelled(msg(N_("cost")), yuan_text(one.cents))]
    for field, label in COUNT_LABELS.items():
        if (value := getattr(one, field)) is not None:
            facts.append(labelled(msg(label), f"{value:,}"))
    return bracketed(name, listed(facts)) if facts else Msg("{text}", {"text": name})


def _count(text: str, name: str) -> int | None:
    value = read_amount(text)
    if value is not None and value % 1:
        said = msg(
            N_("“{text}”: {what} is a whole number"), text=text, what=msg(COUNT_LABELS[name])
        )
        raise Refused(said, field=name)
    return None if value is None else int(value)


def _check(one: Channel, others: list[Channel]) -> None:
    """Two of an event differ in code; where neither has one, in label."""
    same = [o for o in others if words.fold(o.code) == words.fold(one.code)]
    if not one.code:  # each stop of a road show may have its Moments
        same = [o for o in same if o.stop_id == one.stop_id]
    for field in ("code", "label"):
        value = words.fold(getattr(one, field))
        if value and any(words.fold(getattr(other, field)) == value for other in same):
            raise Refused(
                msg(N_("The event has a channel “{name}” already"), name=getattr(one, field)),
                field=field,
            )
