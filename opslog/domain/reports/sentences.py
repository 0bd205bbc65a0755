"""A report as an operator would write it, to be pasted into a chat.

Sections with a heading and a line or a few each; what there is nothing of is not mentioned. What
each tells is in ``telling``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from opslog.domain.dates.wording import short_moment
from opslog.domain.reports.stretches import DAY
from opslog.domain.reports.sums import Sums
from opslog.domain.reports.telling import ahead, events, people, whole, work
from opslog.domain.reports.telling.phrases import Wording
from opslog.locale import N_, Msg, msg, titled


class Section(NamedTuple):
    heading: Msg
    lines: tuple[Msg, ...]

    @property
    def said(self) -> list[str]:
        """The lines in the language spoken."""
        said = [str(line) for line in self.lines]
        return [line[:1].upper() + line[1:] for line in said]


def sections(sums: Sums, before: Sums | None, words: Wording) -> list[Section]:
    """``before``: what it is held against; None: nothing. Of a day what was done is told; of more
    than a day also how it went against the plan, the targets and the days before."""
    in_all = () if sums.stretch.kind == DAY else tuple(whole.told(sums, before, words))
    found = [
        Section(msg(N_("All in all")), in_all),
        *_of_events(sums, words),
        Section(msg(N_("Other calls")), tuple(people.other_calls(sums, words))),
        Section(msg(N_("Leads")), tuple(people.leads(sums))),
        Section(msg(N_("What people said")), tuple(people.said(sums))),
        Section(msg(N_("Besides")), tuple(work.done(sums))),
        Section(msg(N_("Not done")), tuple(work.not_done(sums, words))),
        Section(msg(N_("Also")), tuple(work.also(sums))),
        Section(msg(N_("Time")), tuple(work.time(sums))),
        Section(ahead.title(sums, words), tuple(ahead.told(sums, words))),
    ]
    return [section for section in found if section.lines]


def heading(sums: Sums, words: Wording) -> Msg:
    """What the report is called, and what it is kept to."""
    title = sums.stretch.heading(words.today)
    return msg(N_("{text} · {note}"), text=title, note=words.only) if words.only else title


def text(sums: Sums, before: Sums | None, words: Wording) -> str:
    """All of it in the language spoken, as it is pasted."""
    found = [str(heading(sums, words))]
    for number, section in enumerate(sections(sums, before, words), 1):
        found += [
            "",
            f"{number}. {section.heading}",
            *(f"   {line}" for line in section.said),
        ]
    if len(found) == 1:
        found += ["", str(msg(N_("Nothing is in the log of these days.")))]
    return "\n".join(found)


def _of_events(sums: Sums, words: Wording) -> Iterator[Section]:
    """A section each, those held first, then by their first call or list."""
    names = {one.event.id: one.event.name for one in sums.held}
    for some in (sums.talks, sums.walk_ins, sums.steps.done, sums.steps.moved):
        names |= {one.event_id: one.event for one in some if one.event_id is not None}
    for rest in (sums.lists, sums.screened):
        names |= {one.event_id: one.list for one in rest if one.event_id is not None}
    for event_id, name in names.items():
        heading: Msg = titled(name, name)
        starts = sums.starts.get(event_id)
        if starts is not None and starts > sums.now:
            when = short_moment(starts, words.zone, words.today)
            heading = msg(N_("{name} ({company})"), name=heading, company=when)
        yield Section(heading, tuple(events.told(sums, event_id, words)))
