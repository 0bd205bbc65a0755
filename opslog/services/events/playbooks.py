"""The playbooks and the calendar in force: what ships, and the operator's files above it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from opslog import shipped as shipping
from opslog.domain.base.refusal import Refused
from opslog.domain.dates.workdays import MAINLAND, OVERLAY_FILE, Workdays, read_overlay
from opslog.domain.events.kinds import KINDS
from opslog.domain.events.planning import Present
from opslog.domain.events.playbooks import Playbook, read_playbook
from opslog.locale import N_, msg
from opslog.services.book.book import Book


def playbook(book: Book, kind: str) -> Playbook:
    """The playbook of a kind of event: the operator's own where there is one.

    Raises Refused for an unknown kind, and naming file and line where the file is broken.
    """
    if kind not in KINDS:
        raise Refused(
            msg(
                N_("“{kind}” is no kind of event; the kinds are: {kinds}"),
                kind=kind,
                kinds=", ".join(KINDS),
            )
        )
    own = book.home / "playbooks" / f"{kind}.toml"
    text = _own_text(own)
    return shipped(kind) if text is None else read_playbook(text, str(own), kind)


@cache
def shipped(kind: str) -> Playbook:
    name = f"{kind}.toml"
    return read_playbook(shipping.text(f"playbooks/{name}"), name, kind)


def workdays(book: Book) -> Workdays:
    """The mainland's working days with the operator's workdays.toml above them.

    Raises Refused naming file and line where that file is broken.
    """
    own = book.home / OVERLAY_FILE
    text = _own_text(own)
    return MAINLAND if text is None else read_overlay(text, str(own))


def present(book: Book) -> Present:
    """Now, the calendar and the zone: what planning needs to know."""
    return Present(book.now(), workdays(book), book.clock.zone)


def _own_text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            msg(N_("{file} can't be read: {error}"), file=str(file), error=str(error))
        ) from error
