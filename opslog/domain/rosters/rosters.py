"""Rosters: how a list came in, what became of each of its rows, and what stands on it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.own_columns import OwnColumn
from opslog.locale import N_, Msg, msg, nmsg

# The columns of one meaning by their indexes, in the order they count.
Columns = tuple[int, ...]

# What a column can mean, in the order forms show it, with the words an operator reads.
FIELDS: dict[str, str] = {
    "name": N_("Name"),
    "given_name": N_("First name"),
    "family_name": N_("Last name"),
    "company": N_("Company"),
    "title": N_("Title"),
    "phone": N_("Phone"),
    "area_code": N_("Area code"),
    "email": N_("E-mail address"),
    "city": N_("City"),
    "industry": N_("Industry"),
    "wecom": N_("On WeCom"),
    "signed_up_at": N_("Signed up"),
    "note": N_("Note"),
    "status": N_("Status"),
    "attended": N_("Signed in"),
    "arrived_at": N_("Came at"),
    "minutes": N_("Minutes there"),
}
# Several columns may mean these: all numbers and addresses are kept, of the others what the first
# leaves blank is taken from the next.
SEVERAL = ("name", "phone", "email", "company", "title", "city", "industry", "note")
# What a row can change besides the fields above.
CHANGED: dict[str, str] = {
    **FIELDS,
    "phones": N_("Further phones"),
    "emails": N_("Further e-mails"),
    "attended": N_("Came"),
    "state": N_("Sign-up"),
}
# Without one of these a list holds nobody.
WHO = ("name", "given_name", "family_name", "phone", "email")

_MOST_NAMED = 12  # people in a sentence

NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"
DUPLICATE, PROBLEM = "duplicate", "problem"
ALSO = "also"  # no class of its own: the row once more, for a further person it names
RESULTS: dict[str, str] = {
    NEW: N_("new"),
    UPDATED: N_("updated"),
    UNCHANGED: N_("unchanged"),
    DUPLICATE: N_("duplicate"),
    PROBLEM: N_("problem"),
    ALSO: N_("also named"),
}

# How a card stands. Of two cards of one person the state named first here holds: one sign-up
# that stands is enough.
COMING, WAITING, UNKNOWN, WITHDRAWN = STATES = ("coming", "waiting", "unknown", "withdrawn")
STATES_SAID: dict[str, str] = {
    COMING: N_("coming"),
    WAITING: N_("waiting"),
    UNKNOWN: N_("sign-up not clear"),
    WITHDRAWN: N_("withdrew"),
}
# Who has no place is not reminded, and not expected.
NOT_EXPECTED = (WAITING, WITHDRAWN)

# Marks on a row. The first four, ``staff`` and ``erased`` keep it from becoming a card.
PROBLEMS: dict[str, str] = {
    "totals": N_("a totals line"),
    "remark": N_("a remark or a title, nobody's name"),
    "nobody": N_("no name, no phone and no e-mail"),
    "heading": N_("the headings again"),
    "no_name": N_("no name"),
    "phone_damaged": N_("phone damaged in the file"),
    "phone_unreadable": N_("phone can't be read"),
    "phone_no_area_code": N_("phone lacks its area code"),
    "more_phones": N_("more than one phone"),  # of lists taken in before both were kept
    "more_people": N_("more than one person"),
    "staff": N_("host or panelist, not a guest"),
    "erased": N_("erased on request, and so not taken in"),
    "stray_text": N_("text that is nobody's entry"),
    "cut_off": N_("an entry that was cut off"),
    "email_unreadable": N_("e-mail can't be read"),
    "date_unreadable": N_("sign-up date can't be read"),
    "more_cells": N_("more cells than headings"),
    "stray_quote": N_("a quotation mark that is never closed"),
    "formula_error": N_("a formula that failed, such as #N/A"),
    "bad_bytes": N_("bytes that are no text in this encoding"),
}


@dataclass(frozen=True)
class ImportOptions:
    """How the operator wants a file read; what is left out is found out.

    ``header_row`` is a line of the file or sheet counted from 1, 0 for none. ``columns`` maps a
    field to a column: its heading, its letter as in Excel, or its number from 1 (``#3`` where a
    heading may be 3 too); several with commas between; '' for none. ``profile`` names a known
    layout, '-' for none.
    ``attendance``: whether the file says who came; None to find out. ``min_minutes``: who was
    there for less did not attend; None for the rule that ships. ``fields``: headings of
    columns without a meaning that are kept as fields of one's own (``all``, ``none``); None: as the
    last time. ``erased_too``: who was erased on request is let in again.
    """

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    profile: str = ""
    attendance: bool | None = None
    min_minutes: int | None = None
    fields: Sequence[str] | None = None
    erased_too: bool = False


class Unclear(NamedTuple):
    """What stands below a heading for states, on these lines, and is no word that is known."""

    field: str  # status, attended
    word: str
    lines: tuple[int, ...]


class Left(NamedTuple):
    """A column that means nothing, though ``holds`` (phone, email, name) stands in it."""

    at: int
    holds: str


@dataclass(frozen=True)
class SheetInfo:
    """A sheet of a workbook. ``rows`` counts to its last row with a cell."""

    name: str
    rows: int
    hidden: bool = False


class SheetUnclear(Refused):
    """No sheet may be taken unasked; ``sheets`` are those that hold something."""

    def __init__(self, message: Msg, sheets: Sequence[SheetInfo]) -> None:
        super().__init__(message)
        self.sheets = tuple(sheets)


@dataclass(frozen=True)
class PreviewRow:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PreviewPart:
    """A further list in the same file, under headings of its own on ``header_row``.

    ``take``: people, staff for hosts and speakers, again for visits told once more.
    """

    title: str
    header_row: int
    columns: tuple[str, ...]
    mapping: Mapping[str, Columns]
    rows: tuple[PreviewRow, ...]
    take: str = "people"


@dataclass(frozen=True)
class TextSample:
    """Lines of a text file as they read in one encoding, or by one delimiter: to choose by."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """A file as it would be read: how, which columns mean what, its first rows.

    ``encodings`` are those it could be in, the likeliest first; empty for a workbook.
    ``readings`` are the same lines read in each of them, where the bytes don't settle which;
    ``separations`` by each delimiter, where more than one makes a table of them.
    ``header_row`` 0 where there are no headings; ``above`` are the lines over it.
    """

    path: Path
    encoding: str
    encodings: tuple[str, ...]
    delimiter: str
    sheet: str
    sheets: tuple[SheetInfo, ...]
    header_row: int
    columns: tuple[str, ...]
    mapping: Mapping[str, Columns]
    above: tuple[PreviewRow, ...]
    rows: tuple[PreviewRow, ...]
    readings: tuple[TextSample, ...] = ()
    separations: tuple[TextSample, ...] = ()
    profile: str = ""  # the known layout it has, by name
    kind: str = "signup"  # or attendance
    others: tuple[PreviewPart, ...] = ()  # lists beside the one that counts
    left: tuple[Left, ...] = ()
    doubt: Msg | None = None  # why it is better asked about than taken
    remark: str = ""  # what should be known of its layout
    own: tuple[OwnColumn, ...] = ()  # columns that could be kept as fields of one's own

    @property
    def is_workbook(self) -> bool:
        return not self.encoding


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
        """A state by its name, everything else as it is."""
        known = STATES_SAID.get(value) if self.field == "state" else None
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

    def filled_said(self) -> list[str]:
        """``Title: – → 经理`` for each of what the row added."""
        return [
            f"{msg(CHANGED[one.field])}: {one.old_said or '–'} → {one.new_said}"
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
    attended: int = 0  # marked as having come by this file
    withdrawn: int = 0  # marked as having withdrawn by this file
    waiting: int = 0  # marked as waiting: for a place, an answer, a payment
    unclear: tuple[Unclear, ...] = ()
    min_minutes: int = 0
    left: tuple[Left, ...] = ()
    remark: str = ""  # what should be known of its layout
    own: tuple[str, ...] = ()  # columns kept as fields of one's own
    unknown: tuple[str, ...] = ()  # those that could be, and are not
    values: int = 0  # of own fields, that this file brought
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

    def own_said(self) -> list[Msg]:
        """Which columns became fields of the operator's own, which could, and who is gone."""
        said = []
        if self.own:
            said.append(
                msg(N_("Kept as fields of your own: {columns}"), columns=", ".join(self.own))
            )
        if self.unknown:
            said.append(
                nmsg(
                    N_("1 column not understood: {columns}; keep it with --field"),
                    N_("{n} columns not understood: {columns}; keep them with --field"),
                    len(self.unknown),
                    columns=", ".join(self.unknown),
                )
            )
        if self.gone:
            some = ", ".join(self.gone[:_MOST_NAMED])
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

    def marks_said(self) -> list[Msg]:
        """Who came, who withdrew or waits, by what rule; and what was not understood of it."""
        said = []
        if self.attended or self.kind == "attendance":
            said.append(
                nmsg(
                    N_("1 came (where minutes are given: from {least} on)"),
                    N_("{n} came (where minutes are given: from {least} on)"),
                    self.attended,
                    least=self.min_minutes,
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


_LINES_NAMED = 5


def _unclear_said(one: Unclear) -> Msg:
    named = ", ".join(map(str, one.lines[:_LINES_NAMED]))
    said = nmsg(
        N_("{field} “{word}” is not understood, in 1 line: {lines}"),
        N_("{field} “{word}” is not understood, in {n} lines: {lines}"),
        len(one.lines),
        field=msg(FIELDS[one.field]),
        word=one.word,
        lines=f"{named} …" if len(one.lines) > _LINES_NAMED else named,
    )
    if one.field == "status":
        return msg(N_("{what}. They are called all the same"), what=said)
    return msg(N_("{what}. That marks nobody as having come"), what=said)


@dataclass(frozen=True)
class RosterFile:
    """One import. ``header_row`` 0 where the file had no headings."""

    id: int
    file: str
    sheet: str
    encoding: str
    header_row: int
    columns: tuple[str, ...]
    read: int
    imported_at: datetime
    kind: str = "signup"
    profile: str = ""
    withdrawn_at: datetime | None = None
