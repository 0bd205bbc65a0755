"""Above today's messages: how many, how far, and how often people answer."""

from __future__ import annotations

from opslog.domain.base.rates import Rate
from opslog.domain.programmes.queue import Day
from opslog.locale import _
from opslog.tui.widgets.drawing import divided, spread
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, cut_line, join, line, line_width

BAR = 10  # cells, where the bar shares its row with the legend


class MessagesHead(LinesView):
    """Two rows where there are few; else a bar over the whole width with its legend below."""

    def __init__(self) -> None:
        super().__init__(id="about")
        self._day: Day | None = None
        self._find = self._calls_key = ""

    def show(self, day: Day, find: str, calls_key: str) -> None:
        """``find`` are the words that narrow it, ``calls_key`` the key that leads to the calls."""
        self._day, self._find, self._calls_key = day, find, calls_key
        self.rebuild()

    def build(self, cells: int) -> list[Line]:
        day, inner = self._day, cells - 2
        if day is None:
            return []
        parts = _parts(day)
        first = self._first(day, inner)
        legend = join([line(("■ ", look), (f"{what} ", "muted"), (f"{n:,}", "strong"))
                       for n, look, what in parts], "   ")  # fmt: skip
        if self.size.height < 4:
            bar = divided([(n, look) for n, look, _what in parts], BAR)
            told = _rate(day)
            short = (*bar, ("  ", ""), *legend)
            if line_width(short) + line_width(told) + 2 > inner:
                short = bar
            return _indented([first, spread(short, told, inner)])
        bar = divided([(n, look) for n, look, _what in parts], inner)
        return [(), *_indented([first, bar, spread(legend, _rate(day), inner)])]

    def _first(self, day: Day, cells: int) -> Line:
        """How many in all; how many are sent, replied, left."""
        total = day.due + day.sent
        what = _("{n} messages today").format(n=f"{total:,}") if total else _("No messages today")
        found = _("only “{words}”").format(words=self._find) if self._find else ""
        calls = line((self._calls_key, "key"), " ", (_("Calls to make"), "muted"))
        left = join([line((what, "focal")), (found, "warn"), calls], "   ")
        right = join(
            [
                line((_("sent"), "muted"), " ", (f"{day.sent:,}", "strong")),
                line((_("replied"), "good"), " ", (f"{day.replied:,}", "good")),
                line((_("still to send"), "muted"), " ", (f"{day.due:,}", "strong")),
            ],
            "   ",
        )
        return spread(cut_line(left, cells - line_width(right) - 2), right, cells)


def _parts(day: Day) -> list[tuple[int, str, str]]:
    """What the bar is made of: number, look and word."""
    waits = max(day.sent - day.answered_today, 0)
    parts = [
        (day.answered_today, "good", _("replied, out of the programme")),
        (waits, "accent", _("sent")),
        (day.due, "track", _("not sent")),
    ]
    return [part for part in parts if part[0]]


def _rate(day: Day) -> Line:
    """The last thirty days: a rate with what it is of, or, of few, the count alone."""
    rate = Rate(*day.rate)
    if not rate.of:
        return line((_("nothing sent in the last month"), "muted"))
    lowest, highest = (f"{share:.0%}" for share in day.targets)
    rates = lowest if lowest == highest else f"{lowest}–{highest}"
    wanted = _("target {rate}").format(rate=rates) if any(day.targets) else ""
    if not rate.speaks:
        said = _("replies in the last month: {n} of {of}").format(n=rate.part, of=rate.of)
        return line((said, "muted"))
    look = "strong" if rate.part >= day.wanted else "warn"
    said = _("of {of} in the last month replied").format(of=f"{rate.of:,}")
    return line((said, "muted"), " ", (rate.said, look), " ", (wanted, "muted"))


def _indented(lines: list[Line]) -> list[Line]:
    return [((" ", ""), *spans) for spans in lines]
