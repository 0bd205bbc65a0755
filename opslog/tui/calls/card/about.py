"""What stands around the queue and on the card, gathered from the book for who is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from opslog.domain.answers.questions import CONCERNED
from opslog.domain.calls.left_out import LeftOut
from opslog.domain.calls.outcomes import PHONE, WECOM, Outcomes, purpose_title
from opslog.domain.calls.queue import CallCard, PassOn, QueueLine
from opslog.domain.dates.wording import short_moment
from opslog.locale import N_, _, ngettext
from opslog.services.answers.asked import Asked
from opslog.services.book import own_kinds
from opslog.services.calls import feedback
from opslog.services.calls.queue.queue import StillOpen
from opslog.services.calls.queue.workload import Workload
from opslog.services.calls.wording import moment
from opslog.services.cards import cards
from opslog.services.fields import fields
from opslog.tui.answers.sheet import About
from opslog.tui.calls import head as head_lines
from opslog.tui.calls import progress
from opslog.tui.calls.card.card_lines import View
from opslog.tui.calls.head import Head
from opslog.tui.calls.progress import Far
from opslog.tui.calls.queue.rows import PROMISED, TRIED, QueueRows
from opslog.tui.calls.queue.which import TITLES, Which
from opslog.tui.people.happened import before, sign
from opslog.tui.widgets.host import Host
from opslog.tui.widgets.text import Line, capital, line

HAPPENED = 6  # of what there was with somebody before
OTHER_LANES = {PHONE: N_("{n} by phone"), WECOM: N_("{n} on WeCom")}
BESIDE_THE_NUMBER = (
    ("calls.qr", "c", N_("QR code")),
    ("item.copy", "y", N_("Copy")),
    ("item.wecom", "w", N_("WeCom")),
)


def questions(card: CallCard) -> About:
    """What is asked in this call."""
    return About(card.talk.questions, card.person_id, card.event_id)


def view(
    host: Host,
    card: CallCard,
    rows: QueueRows,
    outcomes: Outcomes,
    note: str,
    clock: str,
    asked: Sequence[Asked],
    *,
    same_call: bool,
) -> View:
    """The card as it is drawn; ``clock``: how long the call has taken; ``asked``: the questions,
    as answered; ``same_call``: something else was said in it."""
    book, key = host.book, (card.card_id, card.purpose)
    happened = [
        (sign(moment)[0], moment)
        for moment in cards.timeline(book, card.person_id)
        if before(moment, card.event_id)
    ]
    return View(
        card,
        rows.get(key),
        (rows.place(key) or 0) + 1,
        outcomes,
        note,
        clock,
        book.clock.zone,
        book.now(),
        [
            line((host.key_text(id, default), "key"), " ", (_(what), "muted"))
            for id, default, what in BESIDE_THE_NUMBER
        ],
        happened[:HAPPENED],
        fields.on_card(book, card.person_id),
        asked,
        host.key_text("item.edit", "e"),
        same_call=same_call,
    )


def lane(host: Host, which: Which, number: int, elsewhere: Mapping[str, int], ranking: int) -> str:
    """Of which lane the queue is, and how many stand in the others; '' where it is of all. While
    so many are being ranked, that."""
    if ranking:
        return _("ranking {n}, the first stand here").format(n=f"{ranking:,}")
    if not which.lane:
        return ""
    parts = [
        _("{lane}: {n}").format(lane=_(TITLES[which.lane]), n=number),
        *(_(OTHER_LANES[other]).format(n=n) for other, n in sorted(elsewhere.items())),
        host.key_text("calls.lanes", "L"),
    ]
    return " · ".join(parts)


def nobody(host: Host, which: Which, elsewhere: Mapping[str, int], old: int) -> list[Line]:
    """Where the queue is empty: what would show somebody. ``old``: call-backs that stand apart."""
    if elsewhere:
        return [line((_("Nobody in this lane now."), "strong"))]
    lines = [line((_("Nobody is to be called now."), "strong"))]
    if which != Which(later=which.later):
        lines.append(line(("/", "key"), "  ", _("show all purposes and events again")))
    if not which.later:
        lines.append(line(("o", "key"), "  ", _("show those whose time comes later")))
    if old:
        after = own_kinds.contact_limits(host.book).old_after
        said = head_lines.old_said(old, after)
        lines.append(line((host.key_text("calls.old", "O"), "key"), "  ", said))
    lines.append(line(("F5", "key"), " ", _("tidy a list: that opens its first call-back")))
    return lines


def nobody_yet() -> list[Line]:
    """Of the first of a long queue nobody is to be called; of the others that is not known yet."""
    return [line((_("Still looking who is to be called …"), "strong"))]


def nobody_else(_cells: int) -> list[Line]:
    """In place of a card, where all who are left are for later."""
    return [
        line((_("Nobody else is to be called now."), "strong")),
        (),
        line(("space", "key"), "  ", _("call the selected person all the same")),
    ]


def head(
    host: Host,
    which: Which,
    card: CallCard | None,
    rows: QueueRows,
    far: Far,
    not_called: int,
    lane: str,
    to_add: int,
    old: int,
) -> Head:
    """How far the calls for this purpose of this event are, how fast they go, who is left: the
    rows of the queue count only until the whole list is counted."""
    book = host.book
    of_this = 0 if card is None else rows.left[card.of_list]
    still = far.open or StillOpen(of_this, 0)
    event, speed = "", progress.pace(book, rows.ready)
    if card is not None:
        event = card.event
        if card.event_id is not None:
            event += f" · {short_moment(card.event_at, book.clock.zone, book.today())}"
    return Head(
        lane=lane,
        purpose=capital(str(purpose_title(card.purpose))) if card else "",
        event=event,
        left=still,
        others=others(which, rows, of_this) if card else "",
        later=rows.later,
        shares=far.shares,
        forecast=far.forecast,
        target=far.target,
        came=far.came,
        pace=speed.an_hour,
        done=speed.done,
        today=speed.today,
        warning=speed.warning,
        hours=progress.hours(book),
        not_called=not_called,
        to_add=_to_add(host, to_add),
        old=_old(host, old),
        why_key=host.key_text("calls.left_out", "h"),
        forecast_key=host.key_text("calls.forecast", "W"),
    )


def _to_add(host: Host, number: int) -> str:
    text = _("{n} to add").format(n=number)
    return f"{text} {host.key_text('calls.lanes', 'L')}" if number else ""


def _old(host: Host, number: int) -> str:
    text = _("{n} old").format(n=f"{number:,}")
    return f"{text} {host.key_text('calls.old', 'O')}" if number else ""


def others(which: Which, rows: QueueRows, of_this: int) -> str:
    """How many there are for something else; of the whole queue, how many in all, as Today counts
    them."""
    number = rows.number - of_this
    if not number:
        return ""
    if which == Which():
        all_of_it = Workload(rows.due, rows.number - rows.due - rows.anew, rows.anew)
        return _(", ").join(map(str, all_of_it.said))
    return ngettext("{n} for something else", "{n} for something else", number).format(n=number)


def foot(
    host: Host,
    rows: QueueRows,
    timed: Collection[str],
    old: int,
    left: Sequence[LeftOut],
    to_tell: Sequence[PassOn],
    said: Sequence[str],
    cells: int,
) -> list[Line]:
    """Promised times and second tries, those of them that are ``timed``; who is not called, and
    who is to be told of."""

    def times(kind: str) -> list[tuple[str, QueueLine]]:
        found = rows.group(kind) if kind in timed else ()
        return [(str(moment(host.book, one.due)), one) for one in found]

    keys = host.key_text("calls.left_out", "h"), host.key_text("calls.pass_on", "P")
    rest = head_lines.foot(times(PROMISED), times(TRIED), left, to_tell, said, keys, cells)
    after = own_kinds.contact_limits(host.book).old_after
    return [*head_lines.old_line(old, after, host.key_text("calls.old", "O"), cells), *rest]


def below(
    host: Host,
    rows: QueueRows,
    room: int,
    old: int,
    left: Sequence[LeftOut],
    to_tell: Sequence[PassOn],
    said: Sequence[str],
    cells: int,
) -> list[Line]:
    """Promised times and second tries that a long queue leaves no room for above, of ``room`` rows
    in all; who is not called, and who is to be told of."""

    def with_times(timed: Collection[str]) -> list[Line]:
        return foot(host, rows, timed, old, left, to_tell, said, cells)

    bare = with_times(())
    if rows.count() <= room - len(bare):
        return bare
    shown = room - len(with_times((PROMISED, TRIED)))
    starts = {kind: rows.start_of(kind) for kind in (PROMISED, TRIED)}
    return with_times([kind for kind, start in starts.items() if start >= shown])


def said(host: Host, which: Which) -> list[str]:
    """Of how many answers nobody was told yet, by whom they concern."""
    waiting = feedback.number_waiting(host.book, which.event_id)
    return [f"{_(CONCERNED[whom])} {number}" for whom, number in waiting.items()]
