"""Rosters: how a list came in, what became of each of its rows, and what stands on it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.domain.rosters.extras import Extras
from opslog.domain.rosters.own_columns import OwnColumn
from opslog.locale import N_, Msg

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
    "guests": N_("Brings along"),
    "barred": N_("Not to be contacted"),
}
# Several columns may mean these: all numbers and addresses are kept, of the others what the first
# leaves blank is taken from the next.
SEVERAL = (
    *("name", "phone", "email", "company", "title", "city", "industry", "note"),
    *("status", "barred"),  # of several states the strongest holds
)
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


class Cards(NamedTuple):
    """The cards of a list: all, or ``apart`` those alone of one stop of its event, or (None) of
    whom none is said."""

    roster_id: int
    apart: bool = False
    stop_id: int | None = None


class OfStop(NamedTuple):
    """Whoever comes to a stop of a road show, each once, whichever of its lists says so."""

    stop_id: int


Whom = Cards | OfStop

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
    COMING: N_("has signed up"),  # whether they come is what a reminder asks
    WAITING: N_("waitlisted"),
    UNKNOWN: N_("unsure"),
    WITHDRAWN: N_("withdrew"),
}
# How somebody came onto a list; of two cards of one person, the first of these holds.
FILE, HAND, DOOR = WAYS = ("file", "hand", "door")
DOORS = timedelta(hours=2)  # before an event starts, its door is what is looked at
# How somebody stands among the rows of a list who is in none of its files.
WAYS_SAID: dict[str, str] = {HAND: N_("added by hand"), DOOR: N_("at the door")}
# What a list is of: who signed up for an event, whom one is for, whom to call.
SIGNUP, AUDIENCE, CALLS = "signup", "audience", "calls"
# Who has no place is not reminded, and not expected.
NOT_EXPECTED = (WAITING, WITHDRAWN)

# How somebody asks not to be reached.
BARRED: dict[str, str] = {
    "call": N_("asks not to be called"),
    "write": N_("asks for no messages"),
    "mail": N_("asks for no e-mail"),
}

# Marks on a row. The first four, ``staff`` and ``erased`` keep it from becoming a card.
PROBLEMS: dict[str, str] = {
    "totals": N_("a totals line"),
    "remark": N_("a remark or a title, nobody's name"),
    "nobody": N_("no name, no phone and no e-mail"),
    "heading": N_("the headings again"),
    "no_name": N_("no name"),
    "phone_damaged": N_("phone cut short or mistyped"),
    "phone_unreadable": N_("phone can't be read"),
    "phone_no_area_code": N_("phone lacks its area code"),
    "more_phones": N_("more than one phone"),  # of lists taken in before both were kept
    "more_people": N_("more than one person"),
    "namesakes": N_("several on the list are called so; add a phone or a company"),
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


_NONE: Mapping[str, str] = MappingProxyType({})


class ImportOptions(NamedTuple):
    """How the operator wants a file read; what is left out is found out.

    ``header_row`` is a line of the file or sheet counted from 1, 0 for none. ``columns`` maps a
    field to a column: its heading, its letter as in Excel, or its number from 1 (``#3`` where a
    heading may be 3 too); several with commas between; '' for none. ``profile`` names a known
    layout, '-' for none.
    ``attendance``: whether the file says who came; None to find out. ``min_minutes``: who was
    there for less did not attend; None for the rule that ships. ``fields``: headings of
    columns without a meaning that are kept as fields of one's own (``all``, ``none``); None: as the
    last time. ``take``: what else of the list is taken (see ``domain.rosters.extras``).
    ``renew``: what a list said before, and nobody typed, becomes what this one says.
    ``erased_too``: who was erased on request is let in again. ``unmark``: who is marked as having
    come and was there for less than the minimum is no longer marked. ``stop``: of a road show,
    whose list it is; None for one of the whole.
    """

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    columns: Mapping[str, str] = _NONE
    profile: str = ""
    attendance: bool | None = None
    min_minutes: int | None = None
    fields: Sequence[str] | None = None
    take: Sequence[str] = ()
    renew: bool = False
    erased_too: bool = False
    unmark: bool = False
    stop: int | None = None


class Left(NamedTuple):
    """A column that means nothing, though ``holds`` (phone, email, name) stands in it."""

    at: int
    holds: str


class SheetInfo(NamedTuple):
    """A sheet of a workbook. ``rows`` counts to its last row with a cell."""

    name: str
    rows: int
    hidden: bool = False


class SheetUnclear(Refused):
    """No sheet may be taken unasked; ``sheets`` are those that hold something."""

    def __init__(self, message: Msg, sheets: Sequence[SheetInfo]) -> None:
        super().__init__(message)
        self.sheets = tuple(sheets)


class PreviewRow(NamedTuple):
    line: int
    cells: tuple[str, ...]


class PreviewPart(NamedTuple):
    """A further list in the same file, under headings of its own on ``header_row``.

    ``take``: people, staff for hosts and speakers, again for visits told once more.
    """

    title: str
    header_row: int
    columns: tuple[str, ...]
    mapping: Mapping[str, Columns]
    rows: tuple[PreviewRow, ...]
    take: str = "people"


class TextSample(NamedTuple):
    """Lines of a text file as they read in one encoding, or by one delimiter: to choose by."""

    name: str
    lines: tuple[str, ...]


class Preview(NamedTuple):
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
    extras: Extras = Extras()

    @property
    def is_workbook(self) -> bool:
        return not self.encoding


class RosterFile(NamedTuple):
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
