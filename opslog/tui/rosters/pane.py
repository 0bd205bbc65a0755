"""One list, open beside others: how many are left of it, and the files it came in."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.dates.wording import past_moment, short_day
from opslog.domain.people.naming.names import short_company
from opslog.domain.rosters.rosters import FIELDS, PROBLEM, PROBLEMS, RESULTS, RosterFile
from opslog.domain.rosters.state import RosterState
from opslog.domain.screening.rounds import SECOND_SCREENING, round_name
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.calls.attempts import sign_ups
from opslog.services.rosters import problems, rosters
from opslog.services.screening import beside, rounds
from opslog.tui.widgets.drawing import amount, spread
from opslog.tui.widgets.pane import titled, told
from opslog.tui.widgets.text import Line, capital, join, line, pad, width

FILES = 4  # the newest files of the list
COMING = 8  # rows of the open round
MOST_CARDS = 5_000  # of a list whose next rows are read at every key


def lines(book: Book, roster_id: int, cells: int) -> list[Line]:
    """What is known of a list; nothing where it is gone."""
    found = rosters.some(book, [roster_id])
    return [line for state in found for line in below_name(book, state, cells)]


def of_state(book: Book, state: RosterState, cells: int) -> list[Line]:
    """The same, of a state that is at hand."""
    name = told(state.event, cells, "focal")
    kept_apart = state.roster if state.roster != state.event else ""
    return [
        *name,
        *([line((kept_apart, "muted"))] if kept_apart else []),
        *below_name(book, state, cells),
        *titled(_("Coming next"), _coming(book, state, cells)),
    ]


def below_name(book: Book, state: RosterState, cells: int) -> list[Line]:
    """What stands below the name of a list."""
    return [
        *titled(_("What is left of it"), _funnel(book, state, cells)),
        *titled(_("Rounds"), _rounds(book, state, cells)),
        *titled(_("Where it came from"), _files(book, state.roster_id, cells)),
        *titled(_("To look at"), wrong(problems.kinds(book, state.roster_id), cells)),
    ]


def wrong(kinds: Sequence[tuple[str, int]], cells: int) -> list[Line]:
    """What is wrong with the rows that wait to be looked at, and with how many."""
    return [
        spread(line(("! ", "warn"), _(PROBLEMS[code])), line((str(number), "strong")), cells)
        for code, number in kinds
    ]


def file_lines(book: Book, file: RosterFile, cells: int) -> list[Line]:
    """One import: when it came, what came of its rows, what its columns were taken for."""
    results, headings = rosters.file_contents(book, file.id)
    where = [file.sheet, file.encoding]
    if file.header_row:
        where.append(_("headings in line {line}").format(line=file.header_row))
    came = past_moment(file.imported_at, book.clock.zone, book.today())
    wide = max((width(heading) for heading, _field in headings), default=0)
    label_cells = max((width(_(RESULTS[name])) for name in results), default=0) + 2
    bar_cells = max(cells - label_cells - len(str(file.read)) - 2, 8)
    counted = [
        line(
            (pad(_(RESULTS[name]), label_cells), "muted"),
            *amount(number, file.read, bar_cells, "warn" if name == PROBLEM else "accent"),
            (f" {number}", "strong"),
        )
        for name, number in results.items()
        if number
    ]
    return [
        *told(file.file, cells, "focal"),
        *told(" · ".join(filter(None, where)), cells, "muted"),
        line((came, "muted"), ("   " + _("withdrawn") if file.withdrawn_at else "", "warn")),
        *titled(_("What came of its rows"), counted, f"{file.read:,}"),
        *titled(
            _("What its columns are"),
            [
                line((pad(heading, wide), "muted"), "  ", _(FIELDS[field]) if field else "–")
                for heading, field in headings
            ],
        ),
    ]


def _coming(book: Book, state: RosterState, cells: int) -> list[Line]:
    """The rows that come next in the round that is open."""
    if not state.open or state.round_id is None or state.cards > MOST_CARDS:
        return []
    deck = rounds.deck(book, state.round_id)
    first = deck.first()
    ids = [] if first is None else [first, *deck.coming(first, COMING - 1)]
    named = beside.briefs(book, ids)
    return [
        spread(
            join([line(one.called), (one.title, "muted")], "  "),
            line((short_company(one.company), "muted")),
            cells,
        )
        for one in (named[id] for id in ids if id in named)
    ]


def _funnel(book: Book, state: RosterState, cells: int) -> list[Line]:
    """What was signed up, what is left of it, what was kept: each with what became of the rest."""
    apart, left = state.waiting + state.withdrawn, state.left
    signed = sign_ups(book, state.roster_id)
    besides = [
        _("{n} at the door").format(n=signed.walk_ins) if signed.walk_ins else "",
        ngettext("{n} apart", "{n} apart", apart).format(n=apart) if apart else "",
    ]
    stages = [
        (
            _("signed up"),
            signed.signed_up,
            "accent",
            _(", ").join(filter(None, besides)),
        ),
        (
            _("still in"),
            state.live,
            "accent",
            ngettext("{n} dropped", "{n} dropped", state.out).format(n=state.out),
        ),
    ]
    if state.number is not None:
        open_rows = ngettext("{n} to decide", "{n} to decide", left).format(n=left)
        name = capital(str(round_name(state.number)))
        stages.append((_("kept"), state.kept, "good", open_rows if left else name))
    label_cells = max(width(label) for label, *_rest in stages) + 2
    number_cells = len(str(state.cards)) + 1
    bar_cells = max(cells - label_cells - number_cells - 18, 8)
    return [
        spread(
            line(
                (pad(label, label_cells), "muted"),
                *amount(number, state.cards, bar_cells, look),
                (f" {number}", "strong"),
            ),
            line((said, "muted")),
            cells,
        )
        for label, number, look, said in stages
    ]


def _rounds(book: Book, state: RosterState, cells: int) -> list[Line]:
    """The rounds so far, and the one that comes next."""
    today, zone = book.today(), book.clock.zone
    found: list[Line] = []
    for one in rounds.rounds_of(book, state.roster_id):
        name = capital(str(round_name(one.number)))
        if one.closed_at is None:
            far = _("{n} of {total}").format(
                n=state.kept + state.dropped, total=state.left + state.kept + state.dropped
            )
            found.append(spread(line(("▸ ", "accent"), name), line((far, "strong")), cells))
        else:
            day = str(short_day(one.closed_at.astimezone(zone).date(), today))
            found.append(spread(line(("✓ ", "good"), (name, "muted")), line((day, "dim")), cells))
    if not state.open and state.live and state.next_number <= SECOND_SCREENING:
        name = capital(str(round_name(state.next_number)))
        rows = ngettext("{n} row", "{n} rows", state.live).format(n=state.live)
        found.append(spread(line(("○ ", "muted"), name), line((rows, "muted")), cells))
    return found


def _files(book: Book, roster_id: int, cells: int) -> list[Line]:
    today, zone = book.today(), book.clock.zone
    newest = rosters.files(book, roster_id)[::-1][:FILES]
    return [
        spread(
            line(file.file),
            line(
                (
                    str(short_day(file.imported_at.astimezone(zone).date(), today)),
                    "muted",
                )
            ),
            cells,
        )
        for file in newest
    ]
