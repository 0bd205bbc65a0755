"""What can be exported, in which forms and narrowed how; what such a file is called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from opslog.domain.base import codes
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.exchange.writing import tables
from opslog.exchange.writing.files import check_place
from opslog.exchange.writing.vcards import VERSIONS
from opslog.locale import N_, Msg, msg
from opslog.services.book.book import Book
from opslog.services.book.contributions import DECLINED, ONLY, Export, Scope
from opslog.services.calls import export as calls
from opslog.services.calls import feedback
from opslog.services.daybook import export as daybook
from opslog.services.events import export as events
from opslog.services.files import audiences, history
from opslog.services.leads import export as leads
from opslog.services.materials import export as materials
from opslog.services.people import export as people
from opslog.services.programmes import export as programmes
from opslog.services.screening import export as screening
from opslog.services.today import export as today

VCARDS = VERSIONS  # of .vcf files
ENCODINGS = tuple(tables.ENCODINGS)  # of .csv files
UTF8, GB18030, GBK = ENCODINGS
TABLES = ("csv", "xlsx", "md", "html", "json")
EXPORTS: dict[str, Export] = {
    **daybook.EXPORTS,
    **events.EXPORTS,
    **screening.EXPORTS,
    **calls.EXPORTS,
    **feedback.EXPORTS,
    **leads.EXPORTS,
    **materials.EXPORTS,
    **people.EXPORTS,
    **programmes.EXPORTS,
    **audiences.EXPORTS,
    **history.EXPORTS,
    **today.EXPORTS,
}
"""What can be exported, by the word for it: each area adds its own."""


_LABELS = {what: one.label for what, one in EXPORTS.items()}


def meant(words: str) -> str:
    """What the word for it, or what it is called, means; the words where that is nothing."""
    return words if words in EXPORTS else codes.code_of(words, _LABELS) or words


def only_meant(words: str) -> str:
    """The same of whom it is narrowed to: one of ONLY, a reason behind a colon."""
    first, colon, reason = words.replace("：", ":").strip().partition(":")
    return f"{codes.code_of(first, ONLY) or first}{colon}{reason}"


class Style(NamedTuple):
    """How a file is written: ``encoding``, one of ENCODINGS, of a .csv; ``vcard``, one of VCARDS,
    of a .vcf; ``mask`` half hides telephone numbers, wherever they stand."""

    encoding: str = UTF8
    vcard: str = VCARDS[0]
    mask: bool = False


PLAIN = Style()


def endings(what: str) -> tuple[str, ...]:
    """The endings a file of it can have."""
    found = EXPORTS[what]
    return (
        *TABLES,
        *(["ics"] if found.appointments else []),
        *(["vcf"] if found.contacts else []),
    )


def check_scope(what: str, ending: str, scope: Scope, columns: Sequence[str] = ()) -> None:
    """Raises Refused where what is narrowed, or what it goes into, knows no such narrowing."""
    found, label = EXPORTS[what], msg(EXPORTS[what].label)
    whom = scope.only or scope.roster_id is not None or (scope.find and what != "log")
    only, _colon, reason = scope.only.partition(":")
    if only not in ("", *ONLY) or (reason and only != DECLINED):
        text = N_("only “{only}” is nothing; there are {all}, and declined:REASON")
        raise Refused(msg(text, only=scope.only, all=codes.known(ONLY)))
    if scope.event_id is not None and not found.of_event:
        raise Refused(msg(N_("{what} can't be kept to one event"), what=label))
    if whom and not found.listed:
        raise Refused(msg(N_("{what} can't be narrowed to people"), what=label))
    if (scope.since or scope.until) and not found.dated:
        raise Refused(msg(N_("{what} can't be narrowed to days"), what=label))
    narrowed = scope != Scope(scope.event_id)
    if (columns and ending in ("ics", "vcf")) or (narrowed and ending == "ics"):
        raise Refused(
            msg(N_(".{ending} is written whole; take a table to choose from it"), ending=ending)
        )


def check(
    what: str,
    path: Path,
    scope: Scope,
    columns: Sequence[str] = (),
    style: Style = PLAIN,
    *,
    force: bool = False,
) -> str:
    """The ending of ``path``; Refused for all that ``export`` refuses before it looks at a row."""
    ending = checked_ending(what, path)
    _check_style(ending, style)
    check_scope(what, ending, scope, columns)
    check_place(path, force=force)
    return ending


def checked_ending(what: str, path: Path) -> str:
    """The ending of ``path`` if ``what`` can be written so; Refused with the list otherwise."""
    if what not in EXPORTS:
        raise Refused(
            msg(N_("“{what}” can't be exported; {all} can"), what=what, all=codes.known(_LABELS))
        )
    ending = path.suffix.lower().removeprefix(".")
    if ending not in endings(what):
        possible = listed(f".{form}" for form in endings(what))
        text = (
            msg(
                N_("{what} can't be written as .{ending}; possible are {possible}"),
                what=msg(EXPORTS[what].label),
                ending=ending,
                possible=possible,
            )
            if ending
            else msg(
                N_("{file}: the ending of the name says the form; possible are {possible}"),
                file=path.name,
                possible=possible,
            )
        )
        raise Refused(text)
    return ending


def _check_style(ending: str, style: Style) -> None:
    """Raises Refused for an address book with half its numbers, which is none, and for an encoding
    where the form has its own."""
    if style.mask and ending == "vcf":
        raise Refused(
            msg(N_("An address book with half hidden phones is of no use; take another form"))
        )
    if style.encoding not in ENCODINGS:
        text = N_("There is no encoding “{encoding}” to write in; there are {all}")
        raise Refused(msg(text, encoding=style.encoding, all=listed(ENCODINGS)))
    if style.encoding != UTF8 and ending != "csv":
        text = N_("Only .csv is written as {encoding}; .{ending} has an encoding of its own")
        raise Refused(msg(text, encoding=style.encoding.upper(), ending=ending))


def file_name(book: Book, what: str, event: str = "", ending: str = "xlsx") -> str:
    """A name to propose: what, event and day."""
    return named(book, str(title(what)), event, ending)


def named(book: Book, what: str, event: str, ending: str) -> str:
    """What it is, of which event, and the day, without what a file system forbids."""
    kept = "".join(
        "" if letter in '<>:"/\\|?*' or not letter.isprintable() else letter for letter in event
    )
    parts = [
        what.replace(" ", "-"),
        "-".join(word for word in kept.split() if any(map(str.isalnum, word)))[:40].strip(".-"),
        book.today().isoformat(),
    ]
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def title(what: str, event: str = "") -> Msg:
    """What a file is called inside."""
    label = msg(EXPORTS[what].label)
    return msg(N_("{what} of {event}"), what=label, event=event) if event else label
