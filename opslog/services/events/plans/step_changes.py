"""One step of one plan changed: its own words, time, channel, owner, lead; given up, with why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.base import codes
from opslog.domain.base.meant import Choice, meant
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import in_turn
from opslog.domain.base.text import storable
from opslog.domain.events import texts
from opslog.domain.events.events import (
    CHANNEL_LABELS,
    DONE,
    DROPPED,
    HAND,
    OWNER_LABELS,
    PlanLine,
)
from opslog.domain.events.kinds import CHANNELS
from opslog.locale import N_, msg
from opslog.services.book.book import Book, Change
from opslog.services.daybook import auto_lines
from opslog.services.events.plans.steps import NO_WORDS, move_step, note_step, step, with_occasion
from opslog.store.events import changing
from opslog.store.events import events as events_store

MOST_LEAD = 60  # days
_CANDIDATES = 6  # named in a refusal


class StepDraft(NamedTuple):
    """A step as it stands in the form; ``due_at`` to the minute, ``owner`` '' the operator."""

    title: str
    due_at: datetime
    note: str = ""
    words: str = ""
    channel: str = ""
    owner: str = ""
    lead_days: int = 1


def draft_of(line: PlanLine) -> StepDraft:
    owner = "" if line.owed_by is None else str(line.owed_by)
    return StepDraft(
        line.name, line.due_at, line.note, line.words, line.channel, owner, line.lead_days
    )


def change(book: Book, step_id: int, draft: StepDraft) -> Change:
    """In this plan alone; another moment pins it, words of its own hold in both languages.

    Raises Refused for a title without words, a channel or a lead that is none, and another moment
    of a step that is done.
    """
    line, title = step(book, step_id), _one_line(draft.title)
    if not title:
        raise Refused(NO_WORDS)
    if channel := codes.code_of(draft.channel, CHANNEL_LABELS):
        draft = draft._replace(channel=channel)
    if draft.channel not in ("", line.channel, *CHANNELS):
        raise Refused(
            msg(
                N_("“{value}” is no channel; choose from: {allowed}"),
                value=draft.channel,
                allowed=codes.known(CHANNEL_LABELS),
            )
        )
    if draft.words.strip() != line.words:
        texts.check(draft.words, msg(N_("Words of “{step}”"), step=title))
    if not 0 <= draft.lead_days <= MOST_LEAD:
        raise Refused(msg(N_("Lead is a number of days from 0 to {most}"), most=MOST_LEAD))
    with book.change(msg(N_("Changed: {step}"), step=line.label)) as done:
        if draft.due_at.replace(second=0) != line.due_at.replace(second=0):
            move_step(book, step_id, draft.due_at)
        note_step(book, step_id, draft.note)
        own = {
            "words": storable(draft.words.strip()),
            "channel": draft.channel,
            "owner": owner_of(draft.owner),
            "lead_days": draft.lead_days,
        }
        if title != line.name:  # from now on it is called so in both languages
            own |= {"title": title, "title_en": ""}
            done.label = msg(N_("Changed: {step}"), step=title)
        new = {name: value for name, value in own.items() if value != getattr(line, name)}
        changing.step(book.con, step_id, new)
    return done


def owner_of(text: str) -> str:
    """A name as it is written, or the code of one that opslog has words for."""
    text = _one_line(text)
    return codes.named(text, OWNER_LABELS, {}) or text


def give_up(book: Book, step_id: int, why: str) -> Change:
    """It is not to be done, for a reason; neither late nor missed. ``unpin_step`` takes it up.

    Raises Refused for one that is done, and where no reason is given.
    """
    line, event = with_occasion(book, step_id)
    why = storable(_one_line(why))
    if line.state == DONE:
        raise Refused(msg(N_("“{step}” is done; open it again first"), step=line.label))
    if not why:
        raise Refused(msg(N_("Why is it not to be done? A few words, for the review")))
    label = msg(N_("Given up: {step} ({event}), {why}"), step=line.label, event=event.name, why=why)
    with book.change(label) as done:
        after = line._replace(state=DROPPED, why=(HAND,), dropped_why=why, snoozed_until=None)
        if after != line:
            events_store.update_line(book.con, after)
            auto_lines.write(book, label, source="step", event_id=event.event_id)
    return done


def resolve(lines: Sequence[PlanLine], words: str) -> int:
    """The step of a plan a person means: its number, key, title or any part only it has.

    Raises Refused naming the candidates.
    """
    choices = [
        Choice(line.id, (line.key, line.title, line.title_en), (), not line.open) for line in lines
    ]
    found = meant(words, choices)
    if len(found) == 1:
        return found[0].id
    if not found:
        text = N_("No step of this plan is “{words}”; its numbers stand before its steps")
        if not words.isdecimal():
            text = N_("No step of this plan has “{words}” in its title")
        raise Refused(msg(text, words=words))
    names = {line.id: line.name for line in lines}
    raise Refused(
        msg(
            N_("“{words}” could be any of: {steps}; give the number"),
            words=words,
            steps=in_turn(f"{one.id} {names[one.id]}" for one in found[:_CANDIDATES]),
        )
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
