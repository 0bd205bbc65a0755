"""Above the queue: what is called for, how far it is and how fast it goes; below it, who is not
called and who waits for something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from opslog.domain.calls import left_out
from opslog.domain.calls.left_out import LeftOut
from opslog.domain.calls.queue import Forecast, PassOn, QueueLine, Share
from opslog.locale import _, ngettext
from opslog.services.calls.queue.queue import StillOpen
from opslog.tui.widgets.drawing import divided, spread
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, Span, cut_line, in_rows, join, line, line_width

BAR = 10  # cells, where the bar shares its line with the legend
NAMES = 6  # people or reasons named in the foot, in at most so many rows
ROWS = 2


@dataclass(frozen=True)
class Head:
    """``purpose`` '' where nobody is shown; ``pace``, ``done`` and ``hours`` are words, or ''.
    ``why_key`` opens who is not called, ``forecast_key`` how the forecast is counted."""

    lane: str  # that it is of one lane, '' of all
    purpose: str
    event: str
    left: StillOpen
    others: str  # how many there are for something else, too
    later: int
    shares: tuple[Share, ...]
    forecast: Forecast | None
    target: float | None
    came: str
    pace: str  # how many calls an hour
    done: str  # when the last of them would be made
    today: str  # how many were made
    warning: str  # that they are too many
    hours: str
    not_called: int
    to_add: str  # how many are to be added on WeCom, with the key of their lane; '' nobody
    old: str  # how many call-backs stand apart, with their key; '' none, or the foot says it
    why_key: str
    forecast_key: str


class CallsHead(LinesView):
    """Two rows where there are few; else a bar over the whole width with its legend below."""

    def __init__(self) -> None:
        super().__init__(id="about")
        self._head: Head | None = None

    def show(self, head: Head) -> None:
        self._head = head
        self.rebuild()

    def move_on(self, left: StillOpen, others: str, later: int) -> None:
        """As many as are left after an outcome; what takes longer to count follows."""
        if self._head is not None:
            self.show(replace(self._head, left=left, others=others, later=later))

    def build(self, cells: int) -> list[Line]:
        head, inner = self._head, cells - 2
        if head is None:
            return []
        first = _first(head, inner)
        if self.size.height < 4:
            return _indented([first, _short(head, inner)])
        bar = divided([(share.number, share.look) for share in head.shares], inner)
        told = _expected(head)
        below = spread(legend(head.shares, inner - line_width(told) - 2), told, inner)
        return [(), *_indented([first, bar, below])]


def _indented(lines: list[Line]) -> list[Line]:
    return [((" ", ""), *spans) for spans in lines]


def _first(head: Head, cells: int) -> Line:
    """What is called for and of which event; how many are left, and how fast it goes."""
    if not head.purpose:  # below it is said that nobody is to be called now
        later = ngettext("{n} later", "{n} later", head.later).format(n=head.later)
        waits = [
            (head.lane, "warn"),
            (later if head.later else "", "focal"),
            (head.to_add, "muted"),
            (head.old, "muted"),
        ]
        return join(waits, "   ")
    total = sum(share.number for share in head.shares)
    number = _number_left(head.left, total)
    kept: list[Span] = [
        (head.today, "muted"),
        ("" if head.hours else head.pace, "accent"),
        ("" if head.hours else head.done, "accent"),
        (head.others, "muted"),
        (head.to_add, "muted"),
        (head.hours, "warn"),
        (head.old, "muted"),
        (head.warning, "warn"),
        (number, "strong"),
        *([(head.lane, "warn")] if head.lane else []),
    ]
    left = line((head.purpose, "focal"), "  ", (head.event, ""))
    kept = [span for span in kept if span[0]]
    # What stays, though the event be cut.
    last = 1 + bool(head.old) + bool(head.warning) + bool(head.lane)
    while kept[last:] and line_width(left) + line_width(join(kept, "   ")) + 2 > cells:
        del kept[0]
    if line_width(left) + line_width(join(kept, "   ")) + 2 > cells:
        brief = _number_left(head.left._replace(later=0), total)
        kept = [(brief, look) if text == number else (text, look) for text, look in kept]
    told = join(kept, "   ")
    return spread(cut_line(left, cells - line_width(told) - 2), told, cells)


def _number_left(left: StillOpen, total: int) -> str:
    """Of all, whatever the queue shows; said with it are those whose time is not today."""
    if left.later:
        text = ngettext(
            "{left} of {total} left, {n} of them on another day",
            "{left} of {total} left, {n} of them on another day",
            left.later,
        )
    else:
        text = _("{left} of {total} left")
    return text.format(left=left.people, total=max(total, left.people), n=left.later)


def _short(head: Head, cells: int) -> Line:
    bar = divided([(share.number, share.look) for share in head.shares], BAR)
    left_out_text = _("{n} left out").format(n=head.not_called)
    why: Line = (
        line((head.why_key, "key"), " ", (left_out_text, "muted")) if head.not_called else ()
    )
    told = _expected(head)
    brief = told[:-2]  # but for what the key is called
    kept = line_width(brief) + 2 if head.forecast else 0  # stays, whatever else has no room
    room = cells - BAR - 2 - kept
    left: Line = (*bar, ("  ", ""), *legend(head.shares, room)) if head.shares else ()
    for right in (join([told, why], "   "), join([brief, why], "   "), brief, why):
        if right and line_width(left) + line_width(right) + 2 <= cells:
            return spread(left, right, cells)
    return left


def legend(shares: Sequence[Share], cells: int) -> Line:
    """What the bar is made of, who is still to be called first; … stands for what has no room."""
    shares = sorted(shares, key=lambda share: share.look != "track")
    parts = [
        line(("■ ", share.look), (str(share.title), "muted"), (f" {share.number}", "strong"))
        for share in shares
    ]
    fits = next(iter(in_rows(parts, cells)), ())
    if line_width(join(parts, "   ")) <= cells:
        return fits
    return next(iter(in_rows(parts, cells - 2)), ()) + line(" …") if fits else ()


def _expected(head: Head) -> Line:
    """How many will be there, shortly, and the key that says how that is counted."""
    if head.forecast is None:
        return line((head.came, "muted"))
    low, high = head.forecast.span
    span = str(low) if low == high else f"{low}–{high}"
    parts: list[Line] = [line((_("expected"), "muted"), " ", (span, "strong"))]
    if head.target:
        parts.append(line((_("target {n}").format(n=f"{head.target:g}"), "muted")))
    parts.append(line((head.forecast_key, "key"), " ", (_("how it is counted"), "muted")))
    return join(parts, "  ")


def counted(forecast: Forecast) -> list[Line]:
    """The forecast as a sum, a row for each outcome; below it whom other screens don't count so."""
    rows = []
    for one in forecast.lines:
        chance, expected = f"{one.chance:g}", f"{one.expected:.1f}"
        times = _(" × {chance} = {expected}").format(chance=chance, expected=expected)
        rows.append(line(f"{one.number:>5}  ", str(one.title), times))
        if one.of:
            rows.append(line(" " * 7, _(", ").join(map(str, one.of))))
    return [*rows, line(_("{n} expected").format(n=f"{forecast.expected:.1f}"))]


class CallsFoot(LinesView):
    """What stands below the rows of the queue, as high as it needs."""

    DEFAULT_CSS = "CallsFoot { height: 1; overflow-y: hidden; }"

    def __init__(self, tell: Callable[[int], list[Line]]) -> None:
        super().__init__(id="foot")
        self._tell = tell

    def build(self, cells: int) -> list[Line]:
        return [((" ", ""), *row) for row in self._tell(cells - 2)] or [()]

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self.rebuild)  # how high the list is, is known by then

    def set_lines(self, lines: Sequence[Line]) -> None:
        super().set_lines(lines)
        self.styles.height = len(lines)


def foot(
    promised: Sequence[tuple[str, QueueLine]],
    tried: Sequence[tuple[str, QueueLine]],
    left: Sequence[LeftOut],
    to_tell: Sequence[PassOn],
    said: Sequence[str],
    keys: tuple[str, str],
    cells: int,
) -> list[Line]:
    """What stands below the rows of the queue on screen. ``promised`` and ``tried`` come with
    their times, ``said`` are answers with their number; ``keys`` open who is left out and who is
    to be passed on."""
    why, pass_on = keys
    since = line((_("from {time}").format(time=tried[0][0]), "muted")) if tried else ()
    blocks = [
        _block(_("Promised times"), (), [f"{at} {one.person}" for at, one in promised], cells),
        _block(_("Tried, again later"), since, [one.person for _at, one in tried], cells),
        _block(
            _("Left out"),
            line((why, "key"), " ", (_("why"), "muted")),
            [f"{title} {number}" for title, number in left_out.counted(left)],
            cells,
            left_out.people(left),
        ),
        _block(
            _("Declined, nobody told yet"),
            line((pass_on, "key"), " ", (_("Pass on"), "muted")),
            [f"{one.person} {str(one.reason) or one.outcome}" for one in to_tell],
            cells,
        ),
        _block(
            _("Said, nobody told yet"),
            line((pass_on, "key"), " ", (_("Pass on"), "muted")) if not to_tell else (),
            said,
            cells,
        ),
    ]
    return [row for block in blocks if block for row in ((), *block)]


def old_line(number: int, after: int, key: str, cells: int) -> list[Line]:
    """How many call-backs stand apart, and the key that opens them."""
    if not number:
        return []
    told = line((old_said(number, after), "warn"))
    return [(), spread(told, line((key, "key"), " ", (_("Open"), "muted")), cells)]


def old_said(number: int, after: int) -> str:
    text = ngettext(
        "{n} call-back nobody touched for {after} days",
        "{n} call-backs nobody touched for {after} days",
        number,
    )
    return text.format(n=f"{number:,}", after=after)


def _block(
    title: str, right: Line, parts: Sequence[str], cells: int, number: int = 0
) -> list[Line]:
    if not parts:
        return []
    counted = (str(number or len(parts)), "muted")
    more = [line(("…", "muted"))] if len(parts) > NAMES else []
    named = [line((text, "muted")) for text in parts[:NAMES]]
    head = spread(line((title, "title"), " ", counted), right, cells)
    return [head, *in_rows([*named, *more], cells, " · ")[:ROWS]]
