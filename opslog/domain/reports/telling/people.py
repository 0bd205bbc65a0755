"""What a report says of people: calls about no event, leads, what they said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opslog.domain.answers.answers import counted
from opslog.domain.base.money import yuan_text
from opslog.domain.base.sentences import listed
from opslog.domain.leads.leads import HANDED_OVER, TITLES
from opslog.domain.reports.ledger import LeadState
from opslog.domain.reports.sums import Sums, by_source
from opslog.domain.reports.telling.events import talk_told
from opslog.domain.reports.telling.phrases import QUOTED, Wording, and_more, cut, named, plain, who
from opslog.locale import N_, Msg, msg, nmsg


def other_calls(sums: Sums, words: Wording) -> Iterator[Msg]:
    for talk in sums.talks:
        if talk.event_id is None:
            yield from talk_told(talk, words)
    number = len(sums.called_in)
    if number:
        yield nmsg(N_("{n} person called."), N_("{n} people called."), number)


def leads(sums: Sums) -> Iterator[Msg]:
    """Who was handed over, to whom; of the other states who."""
    whom: dict[str, list[LeadState]] = {}
    for one in sums.handed_over:
        whom.setdefault(one.to_whom, []).append(one)
    for name, some in whom.items():
        names = named([who(one) for one in some])
        yield msg(N_("Handed over to {whom}: {names}."), whom=name, names=names)
    for state, rows in sums.leads.items():
        if state != HANDED_OVER:
            names = named([who(one) for one in rows])
            yield msg(N_("{what} {n}: {names}."), what=msg(TITLES[state]), n=len(rows), names=names)
        yield from _traced(state, rows)


def _traced(state: str, rows: Sequence[LeadState]) -> Iterator[Msg]:
    """What they brought, and where they came from, as far as that is known."""
    for text, found in (
        (N_("{what}, by channel: {parts}."), by_source(rows, lambda one: one.channel)),
        (N_("{what}, by who handed over: {parts}."), by_source(rows, lambda one: one.by_whom)),
    ):
        if found:
            parts = listed(_brought(name, some) for name, some in found.items())
            yield msg(text, what=msg(TITLES[state]), parts=parts)


def _brought(name: str, rows: Sequence[LeadState]) -> Msg:
    cents = sum(one.cents or 0 for one in rows)
    text = msg(N_("{what} {n}"), what=plain(name), n=len(rows))
    return msg(N_("{text} ({amount})"), text=text, amount=yuan_text(cents)) if cents else text


def said(sums: Sums) -> Iterator[Msg]:
    for asked in counted(sums.answers):
        given = [msg(N_("{what} {n}"), what=one.title, n=one.number) for one in asked.choices]
        own = [plain(f"“{cut(one.said.words)}”") for one in asked.in_words[:QUOTED]]
        parts = [part for part in (*given, *own) if part.args.get("n") != 0]
        yield msg(N_("{person}: {text}"), person=asked.question.title, text=listed(parts))
    for one in sums.said[:QUOTED]:
        yield msg(N_("{person}: {text}"), person=who(one), text=cut(one.note))
    yield from and_more(len(sums.said) - QUOTED)
