"""What copies hold, as ``opslog restore`` shows it before one takes the place of the file."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from opslog.cli.base.io import Io
from opslog.domain.base.clock import system_clock
from opslog.domain.base.refusal import Refused
from opslog.locale import _

if TYPE_CHECKING:
    from opslog.services.book.book import Book
    from opslog.services.book.copies.holdings import Holding


def print_all(io: Io) -> int:
    """Every copy there is, the newest first, each read from end to end."""
    from opslog.services.book.copies import holdings

    found = []
    with io.work(_("Looking into the backups …")) as work:
        places = holdings.places(io.path, _open(io))
        for number, place in enumerate(places, 1):
            work.tell(f"{number}/{len(places)}", number / len(places))
            found.append(holdings.of(place))
    if io.json_wanted:
        io.json([_as_json(one) for one in found])
    elif found:
        _print(io, [("", one) for one in found])
        io.line(_("Bring one back with: opslog restore FILE. The present file is kept beside it."))
    else:
        io.line(_("There is no backup yet; make one with: opslog backup"))
    return 0


def _open(io: Io) -> Book | None:
    """The book, where it can be opened: it knows of the copies that lie elsewhere."""
    if not io.path.is_file():
        return None
    try:
        return io.book()
    except Refused:
        return None


def print_both(io: Io, file: Path) -> None:
    """What is about to come back beside what is there now."""
    from opslog.services.book.copies import holdings

    here, there = holdings.present(io.path), holdings.of(file, verify=False)
    if there.known is not None:
        now = [(_("now"), here)] if here is not None else []
        _print(io, [*now, (_("comes back"), there)])


def _print(io: Io, rows: list[tuple[str, Holding]]) -> None:
    from opslog.services.book.copies import holdings

    zone = system_clock().zone
    io.table(
        [_("written at"), _("size"), _("state"), _("holds"), _("last line of the log"), _("path")],
        [
            (
                " ".join(filter(None, (label, _moment(one.at, zone)))),
                holdings.size(one.bytes),
                _("DAMAGED: {why}").format(why=one.flaw) if one.flaw else _state(one),
                holdings.counts(one.known) if one.known is not None else "",
                f"{_moment(one.line_at, zone)} {one.line}" if one.line_at else "",
                one.path,
            )
            for label, one in rows
        ],
        whole=True,
    )


def _state(one: Holding) -> str:
    return "" if one.flaw is None else _("whole")


def _moment(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _as_json(one: Holding) -> dict[str, object]:
    zone, known = system_clock().zone, one.known
    line = None
    if one.line_at is not None:
        line = {"at": one.line_at.astimezone(zone).isoformat(), "text": str(one.line)}
    counts = {} if known is None else known._asdict()
    return {
        "path": str(one.path),
        "at": one.at.astimezone(zone).isoformat(timespec="seconds"),
        "bytes": one.bytes,
        **{name: counts.get(name) for name in ("events", "people", "calls")},
        "last_line": line,
        "flaw": one.flaw,
    }
