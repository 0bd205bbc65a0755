"""What an import did, or would do: of each line, of the whole file, and in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from opslog.domain.base.sentences import labelled, listed
from opslog.domain.rosters.extras import TAKEN
from opslog.domain.rosters.rosters import BARRED, CHANGED, FIELDS, STATES_SAID, Columns, Left
from opslog.locale import N_, Msg, msg, nmsg

_MOST_NAMED = 12  # people in a sentence


class Unclear(NamedTuple):
    """What stands below a heading for states, on these lines, and is no word that is known."""

    field: str  # status, attended, stop …
    word: str
    lines: tuple[int, ...]


class NotContacted(NamedTuple):
    """Lines that ask not to be called, written to or mailed: ``scope`` is call, write or mail."""

    scope: str
    lines: tuple[int, ...]

    def said(self) -> Msg:
        n, lines = len(self.lines), _named(self.lines)
        if self.scope == "call":
            return nmsg(
                N_("1 line asks not to be called: {lines}"),
                N_("{n} lines ask not to be called: {lines}"),
                n,
                lines=lines,
            )
        if self.scope == "write":
            return nmsg(
                N_("1 line asks for no messages: {lines}"),
                N_("{n} lines ask for no messages: {lines}"),
                n,
                lines=lines,
            )
        return nmsg(
            N_("1 line asks for no e-mail: {lines}"),
            N_("{n} lines ask for no e-mail: {lines}"),
            n,
            lines=lines,
        )


@dataclass(frozen=True)
class Filled:
    """What this row added. ``old`` is what stood there: nothing, or what stays beside the new."""

    field: str
    old: str
    new: str

    @property
    def old_said(self) -> str:
        return self._said(self.old)

    @property
    def new_said(self) -> str:
        return self._said(self.new)

    def _said(self, value: str) -> str:
        """A state by its name, whether somebody came in words, everything else as it is."""
        said = {"state": STATES_SAID, "attended": {"yes": N_("yes")}}.get(self.field, {})
        known = said.get(value)
        return str(msg(known)) if known else value


@dataclass(frozen=True)
class RosterLine:
    """What becomes of one line of the file."""

    line: int
    result: str
    name: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    problems: tuple[str, ...] = ()
    filled: tuple[Filled, ...] = ()
    differs: tuple[Filled, ...] = ()  # what the row says otherwise; ``old`` stands there and stays
    barred: tuple[str, ...] = ()  # keys of BARRED: how they are not to be reached

    def barred_said(self) -> list[str]:
        return [str(msg(BARRED[scope])) for scope in self.barred]

    def filled_said(self) -> list[str]:
        """``Title: – → 经理`` for each of what the row added."""
        return [
            str(labelled(msg(CHANGED[one.field]), f"{one.old_said or '–'} → {one.new_said}"))
            for one in self.filled
        ]

    def differs_said(self) -> list[str]:
        """``Company: 甲公司 stays, not 乙公司`` for each of what the row says otherwise."""
        return [
            str(
                msg(
                    N_("{field}: {old} stays, not {new}"),
                    field=msg(CHANGED[one.field]),
                    old=one.old,
                    new=one.new,
                )
            )
            for one in self.differs
        ]


@dataclass(frozen=True)
class ImportReport:
    """An import, done or tried out. ``read`` is always the sum of the five classes.

    ``marks`` counts the problem marks of all rows, also of those that became cards. ``lines`` is
    filled by a dry run. ``roster`` is 0 where nothing was written and there was none before.
    """

    roster: int
    event_id: int
    event: str
    file: str
    sheet: str
    encoding: str
    delimiter: str
    header_row: int
    columns: tuple[str, ...]
    mapping: Mapping[str, Columns]
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    problem: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[RosterLine, ...] = ()
    change_id: int = 0
    kind: str = "signup"
    profile: str = ""
    came: int = 0  # by what this file says
    walk_ins: int = 0  # who came without having signed up
    attended: int = 0  # marked as having come by this file
    to_come: str = ""  # when the event begins, where that is another day
    withdrawn: int = 0  # marked as having withdrawn by this file
    waiting: int = 0  # marked as waiting: for a place, an answer, a payment
    unclear: tuple[Unclear, ...] = ()
    barred: tuple[NotContacted, ...] = ()
    min_minutes: int = 0
    below: tuple[str, ...] = ()  # marked as having come, and there for fewer minutes
    unmarked: bool = False  # the marks of those are taken off
    left: tuple[Left, ...] = ()
    remark: str = ""  # what should be known of its layout
    own: tuple[str, ...] = ()  # columns kept as fields of one's own
    unknown: tuple[str, ...] = ()  # those that could be, and are not
    values: int = 0  # of own fields, that this file brought
    offered: tuple[str, ...] = ()  # what the file holds besides, and is not taken unasked
    taken: Mapping[str, int] = field(default_factory=dict)  # what was, and how many of it
    renewable: int = 0  # values that came by a list and that this one says otherwise: a dry run
    renewed: int = 0
    gone: tuple[str, ...] = ()  # people of the files with the same headings, not in this one

    def left_said(self) -> list[Msg]:
        """Which columns were left that may matter, and what stands in them."""
        return [
            msg(
                N_("Column {n} “{heading}” means nothing here, but seems to hold: {field}"),
                n=one.at + 1,
                heading=self.columns[one.at] if one.at < len(self.columns) else "",
                field=msg(FIELDS[one.holds]),
            )
            for one in self.left
        ]

    def summary(self) -> Msg:
        """All counts in one sentence."""
        return nmsg(
            "{read} row read: {new} new, {updated} updated, {unchanged} unchanged, "
            "{duplicate} duplicate, {problem} problem",
            "{read} rows read: {new} new, {updated} updated, {unchanged} unchanged, "
            "{duplicate} duplicate, {problem} problem",
            self.read,
            read=self.read,
            new=self.new,
            updated=self.updated,
            unchanged=self.unchanged,
            duplicate=self.duplicate,
            problem=self.problem,
        )

    def told(self) -> Msg:
        """The counts that are none of nought, for the log."""
        parts = listed(
            msg(text, number=number)
            for text, number in (
                (N_("{number} new"), self.new),
                (N_("{number} updated"), self.updated),
                (N_("{number} unchanged"), self.unchanged),
                (N_("{number} duplicate"), self.duplicate),
                (N_("{number} problem"), self.problem),
            )
            if number
        )
        return nmsg(
            N_("{n} row read: {parts}"), N_("{n} rows read: {parts}"), self.read, parts=parts
        )

    def own_said(self) -> list[Msg]:
        """Which columns became fields of the operator's own, which could, and who is gone."""
        said = []
        if self.own:
            said.append(msg(N_("Kept as fields of your own: {columns}"), columns=listed(self.own)))
        if self.unknown:
            said.append(
                nmsg(
                    N_("1 column not understood: {columns}; keep it with --field"),
                    N_("{n} columns not understood: {columns}; keep them with --field"),
                    len(self.unknown),
                    columns=listed(self.unknown),
                )
            )
        said += self.taken_said()
        if self.gone:
            some = listed(self.gone[:_MOST_NAMED])
            more = len(self.gone) - _MOST_NAMED
            said.append(
                nmsg(
                    N_("1 person of the earlier file is not in this one: {who}"),
                    N_("{n} people of the earlier file are not in this one: {who}"),
                    len(self.gone),
                    who=some if more <= 0 else msg(N_("{some} … and {n} more"), some=some, n=more),
                )
            )
        return said

    def taken_said(self) -> list[Msg]:
        """What else of the file was taken, could be, and which values it renewed, or could."""
        said = [
            nmsg(
                N_("1 taken of: {what}"),
                N_("{n} taken of: {what}"),
                number,
                what=msg(TAKEN[code]),
            )
            for code, number in self.taken.items()
        ]
        said += [
            msg(
                N_("The file has a column of {what}; take it with --take {code}"),
                what=msg(TAKEN[code]),
                code=code,
            )
            for code in self.offered
        ]
        if self.renewable:
            said.append(
                nmsg(
                    N_("1 value that came by a list is another now; --renew takes the new one"),
                    N_("{n} values that came by lists are others now; --renew takes the new ones"),
                    self.renewable,
                )
            )
        if self.renewed:
            said.append(
                nmsg(N_("1 value renewed"), N_("{n} values renewed"), self.renewed),
            )
        return said

    def marks_said(self) -> list[Msg]:
        """Who came, who withdrew or waits, by what rule; and what was not understood of it."""
        said = []
        states = self.mapping.get("status", ())
        if len(states) > 1:
            headings = listed(self.columns[at] for at in states if at < len(self.columns))
            said.append(
                msg(
                    N_("How a sign-up stands is the worst that these say: {columns}"),
                    columns=headings,
                )
            )
        if self.below:
            said.append(self.below_said())
        if self.came or self.kind == "attendance":
            said.append(
                nmsg(
                    N_("1 came (where minutes are given: from {least} on)"),
                    N_("{n} came (where minutes are given: from {least} on)"),
                    self.came,
                    least=self.min_minutes,
                )
            )
        if self.came > self.attended:
            said.append(
                nmsg(
                    N_("1 of them is newly marked as having come"),
                    N_("{n} of them are newly marked as having come"),
                    self.attended,
                )
            )
        if self.came and self.to_come:
            text = N_(
                "{event} only begins {starts}: nobody can have come yet; is it the event meant?"
            )
            said.append(msg(text, event=self.event, starts=self.to_come))
        if self.walk_ins:
            said.append(
                nmsg(
                    N_("1 had not signed up: a walk-in, no sign-up"),
                    N_("{n} had not signed up: walk-ins, no sign-ups"),
                    self.walk_ins,
                )
            )
        if self.withdrawn:
            said.append(nmsg(N_("1 withdrew"), N_("{n} withdrew"), self.withdrawn))
        if self.waiting:
            said.append(
                nmsg(
                    N_("1 waits for a place, a payment or an answer, and is not called"),
                    N_("{n} wait for a place, a payment or an answer, and are not called"),
                    self.waiting,
                )
            )
        said += [one.said() for one in self.barred]
        said += [_unclear_said(one) for one in self.unclear]
        if self.marks.get("erased"):
            said.append(
                msg(
                    N_(
                        "Nothing of those erased was kept. Whoever asks to be in again: import"
                        " with --erased-too, or type who it is among the problems"
                    )
                )
            )
        return said

    def below_said(self) -> Msg:
        """Who was marked as having come and was there for less, and what becomes of the mark."""
        number, names = len(self.below), _named(self.below)
        if self.unmarked:
            return nmsg(
                N_("1 was there for less, and is no longer marked: {names}"),
                N_("{n} were there for less, and are no longer marked: {names}"),
                number,
                names=names,
            )
        return nmsg(
            N_("1 who is marked was there for less, and stays marked: {names}"),
            N_("{n} who are marked were there for less, and stay marked: {names}"),
            number,
            names=names,
        )

    def with_unmarked(self, text: Msg) -> Msg:
        """A sentence with who is no longer marked, where anybody is."""
        if not self.unmarked:
            return text
        return msg(N_("{first}; {second}"), first=text, second=self.below_said())


_LINES_NAMED = 5


def _named(lines: Sequence[object]) -> Msg:
    more = ["…"] if len(lines) > _LINES_NAMED else []
    return listed([*map(str, lines[:_LINES_NAMED]), *more])


def _unclear_said(one: Unclear) -> Msg:
    if one.field == "stop":
        return nmsg(
            N_("“{word}” is no stop of the event, in 1 line: {lines}. It stays with the whole"),
            N_("“{word}” is no stop of the event, in {n} lines: {lines}. They stay with the whole"),
            len(one.lines),
            word=one.word,
            lines=_named(one.lines),
        )
    if one.field == "remark":
        return nmsg(
            N_("Note “{word}” may mean that they do not come, in 1 line: {lines}"),
            N_("Note “{word}” may mean that they do not come, in {n} lines: {lines}"),
            len(one.lines),
            word=one.word,
            lines=_named(one.lines),
        )
    said = nmsg(
        N_("{field} “{word}” is not understood, in 1 line: {lines}"),
        N_("{field} “{word}” is not understood, in {n} lines: {lines}"),
        len(one.lines),
        field=msg(FIELDS[one.field]),
        word=one.word,
        lines=_named(one.lines),
    )
    if one.field == "status":
        return msg(N_("{what}. They are called all the same"), what=said)
    if one.field in ("barred", "note"):
        return msg(
            N_("{what}. Who is not to be contacted is told with {key} on their card"),
            what=said,
            key="S",
        )
    if one.field == "guests":
        return msg(N_("{what}. Nobody is counted as coming along"), what=said)
    return msg(N_("{what}. That marks nobody as having come"), what=said)
