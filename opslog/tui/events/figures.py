"""What an event was to bring and what it has brought: numbers against their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opslog.domain.base.money import yuan_text
from opslog.domain.events.events import EventCard
from opslog.domain.events.kinds import ROADSHOW
from opslog.domain.materials.requests import MATERIALS
from opslog.locale import _, ngettext
from opslog.services.book.book import Book
from opslog.services.calls import by_stop
from opslog.services.calls.attendance import guests
from opslog.services.segments import whom
from opslog.tui.events.wording import measure
from opslog.tui.widgets.drawing import amount, progress
from opslog.tui.widgets.text import Line, line, line_width, pad_line

GAP = 3  # cells between two figures
BAR, LEAST_BAR = 8, 3  # cells of a short one


@dataclass(frozen=True)
class Figure:
    """``value`` None: nothing is known yet. ``target`` 0: none was set. ``guests`` come besides,
    ``instead`` of the value stand in for somebody."""

    label: str
    value: int | None
    target: float = 0.0
    guests: int = 0
    instead: int = 0

    @property
    def look(self) -> str:
        return "good" if self.enough else "accent"

    @property
    def enough(self) -> bool:
        return bool(self.target) and (self.value or 0) >= self.target

    @property
    def said(self) -> Line:
        value = "–" if self.value is None else f"{self.value - self.instead:,}"
        target = f" / {self.target:,.15g}" if self.target else ""
        tick = " ✓" if self.enough else ""
        instead = ngettext(" + {n} stands in", " + {n} stand in", self.instead)
        more = ngettext(" + {n} guest", " + {n} guests", self.guests)
        parts = ((instead, self.instead), (more, self.guests))
        besides = ("".join(text.format(n=n) for text, n in parts if n), "muted")
        return line((value, "strong"), besides, (target, "muted"), (tick, "good"))


def figures(book: Book, card: EventCard) -> list[Figure]:
    """Sign-ups, confirmed and came; of an event without a list what was typed in."""
    besides: dict[str, tuple[int, int]] = {}
    if card.row.list == "none":
        values = {"reach": card.reached, "views": card.views, "shares": card.shares}
    else:
        known = guests.show_up(book, card.id)
        sure = known.confirmed
        if card.row.starts_at > book.now():  # of whom some withdrew since: as on Calls
            said, instead, brought = guests.confirmed(book, card.id)
            sure, besides["confirmed"] = said + instead, (brought, instead)
        marked = known.attended or known.signed_up > known.unmarked  # perhaps of walk-ins alone
        begun = card.row.starts_at <= book.now() and marked
        values = {
            "signups": known.signed_up,
            **({"confirmed": sure} if card.row.offline else {}),
            "attended": known.attended if begun else None,
        }
        if card.row.kind == ROADSHOW:  # what was typed in at stops without a list
            for measure_, one in by_stop.typed(book, card.id).items():
                if measure_ in values and one.value > (values[measure_] or 0):
                    values[measure_] = round(one.value)
        aimed = card.targets.get("attended")
        if card.row.kind == MATERIALS and values["attended"] is None and not aimed:
            del values["attended"]  # nobody comes to what is sent, unless somebody says so
        besides["attended"] = (known.guests, known.stood_in) if begun else (0, 0)
    found = [
        Figure(measure(name), v, card.targets.get(name, 0), *besides.get(name, ()))
        for name, v in values.items()
    ]
    for_whom, signed_up = whom.audience(book, card.id)
    if for_whom:
        found.insert(1, Figure(_("of the audience"), signed_up, for_whom))
    return found


def bars(book: Book, card: EventCard, cells: int) -> list[Line]:
    """Each figure beside its target, and below them blocks as long as they are of that."""
    shown = figures(book, card)
    said = [line((one.label, "muted"), " ", *one.said) for one in shown]
    budget: Line = ()
    if card.budget_cents is not None:
        budget = line((_("budget {amount}").format(amount=yuan_text(card.budget_cents)), "muted"))
    taken = sum(map(line_width, said)) + line_width(budget) + GAP * len(said)
    more = max(cells - taken, 0) // (len(said) + bool(budget))
    words: Line = ()
    blocks: Line = ()
    for one, spans in zip(shown, said, strict=True):
        wide = line_width(spans) + more
        words += (*pad_line(spans, wide), (" " * GAP, ""))
        blocks += (*amount(one.value or 0, one.target, wide, one.look), (" " * GAP, ""))
    return [words + budget, *([blocks] if any(one.target for one in shown) else [])]


def short(shown: Sequence[Figure], cells: int) -> Line:
    """The same in one row, with bars of progress where there is room for all of them."""
    said = [(line((one.label, "muted"), " "), one.said) for one in shown]
    taken = sum(line_width(label + value) for label, value in said) + GAP * len(said)
    most = (cells - taken) // max(sum(bool(one.target) for one in shown), 1) - 1
    bar = min(most, BAR) if most >= LEAST_BAR else 0
    found: Line = ()
    for one, (label, value) in zip(shown, said, strict=True):
        drawn = progress(one.value or 0, one.target, bar, one.look) if one.target and bar else ()
        found += (*label, *drawn, *((" ", ""),) * bool(drawn), *value, (" " * GAP, ""))
    return found
