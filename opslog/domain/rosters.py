"""Rosters: how a list came in, what became of each of its rows, and what stands on it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from opslog.domain.rounds import Decision, Round
from opslog.locale import N_, Msg, msg, nmsg

# What a column can mean, in the order forms show it, with the words an operator reads.
FIELDS: dict[str, str] = {
    "name": N_("Name"),
    "given_name": N_("First name"),
    "family_name": N_("Last name"),
    "company": N_("Company"),
    "title": N_("Title"),
    "phone": N_("Phone"),
    "email": N_("E-mail address"),
    "city": N_("City"),
    "industry": N_("Industry"),
    "wecom": N_("On WeCom"),
    "signed_up_at": N_("Signed up"),
    "note": N_("Note"),
}
# Without one of these a list holds nobody.
WHO = ("name", "given_name", "family_name", "phone", "email")

NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"
DUPLICATE, PROBLEM = "duplicate", "problem"
RESULTS: dict[str, str] = {
    NEW: N_("new"),
    UPDATED: N_("updated"),
    UNCHANGED: N_("unchanged"),
    DUPLICATE: N_("duplicate"),
    PROBLEM: N_("problem"),
}

# Marks on a row. The first three keep it from becoming a card.
PROBLEMS: dict[str, str] = {
    "totals": N_("a totals line"),
    "nobody": N_("no name, no phone and no e-mail"),
    "heading": N_("the headings again"),
    "phone_damaged": N_("phone damaged in the file"),
    "phone_unreadable": N_("phone can't be read"),
    "phone_no_area_code": N_("phone lacks its area code"),
    "more_phones": N_("more than one phone"),
    "email_unreadable": N_("e-mail can't be read"),
    "date_unreadable": N_("sign-up date can't be read"),
    "more_cells": N_("more cells than headings"),
    "stray_quote": N_("a quotation mark that is never closed"),
    "bad_bytes": N_("bytes that are no text in this encoding"),
}


@dataclass(frozen=True)
class ImportOptions:
    """How the operator wants a file read; what is left out is found out.

    ``header_row`` is a line of the file or sheet counted from 1, 0 for none. ``columns`` maps a
    field to a column: its heading, its letter as in Excel, or its number from 1 (``#3`` where a
    heading may be 3 too); '' for none.
    """

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetInfo:
    """A sheet of a workbook. ``rows`` counts to its last row with a cell."""

    name: str
    rows: int
    hidden: bool = False


@dataclass(frozen=True)
class PreviewRow:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """Lines of a text file as they read in one encoding: what a person chooses by."""

    encoding: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """A file as it would be read: how, which columns mean what, its first rows.

    ``encodings`` are those it could be in, the likeliest first; empty for a workbook.
    ``readings`` are the same lines read in each of them, where the bytes don't settle which.
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
    mapping: Mapping[str, int]
    above: tuple[PreviewRow, ...]
    rows: tuple[PreviewRow, ...]
    readings: tuple[Reading, ...] = ()

    @property
    def is_workbook(self) -> bool:
        return not self.encoding


@dataclass(frozen=True)
class Filled:
    """A blank this row filled. ``old`` is what stood there: always nothing."""

    field: str
    old: str
    new: str


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
    mapping: Mapping[str, int]
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    problem: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[RosterLine, ...] = ()
    change_id: int = 0

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


@dataclass(frozen=True)
class RosterPerson:
    """Who a row was understood to be."""

    id: int
    name: str
    company: str
    title: str
    phone: str
    email: str
    city: str


@dataclass(frozen=True)
class RosterEntry:
    """A line as it came in, and what stands about it now.

    ``columns`` are the headings of its file. ``verdict``: dropped where any round dropped it,
    else the newest of its latest round; '' where there is none, and where there is no card.
    """

    id: int
    file: str
    sheet: str
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    result: str
    problems: tuple[str, ...]
    card_id: int | None
    person: RosterPerson | None
    verdict: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class RosterCard:
    """A whole roster, as ``roster show`` prints it."""

    id: int
    event_id: int
    event: str
    name: str
    files: tuple[RosterFile, ...]
    rounds: tuple[Round, ...]
    rows: tuple[RosterEntry, ...]
