"""The time line of a person's card, and the words for the call that waits."""

from __future__ import annotations

from opslog.domain.calls.talk_tracks import Talk
from opslog.domain.people.card import Moment
from opslog.locale import _
from opslog.services.cards import cards
from opslog.tui.frame.screen import Base
from opslog.tui.people.story import as_it_came, story, words
from opslog.tui.people.touch import touch_text
from opslog.tui.people.who import Who, compact
from opslog.tui.widgets.lists.lines_view import LinesView
from opslog.tui.widgets.text import Line, line, wrap

MOMENTS = 200  # of a long time line that are laid out; more as one scrolls down


class PersonLines(LinesView, can_focus=True):
    """The time line; on a narrow terminal below who it is. Arrows scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.who: Who | None = None
        self.moments: list[Moment] = []
        self.talk: Talk | None = None  # for the call that waits
        self._laid_out = MOMENTS

    def show(self, who: Who, moments: list[Moment], talk: Talk | None) -> None:
        if self.who is not None and self.who.person.id != who.person.id:
            self._laid_out = MOMENTS
            self.scroll_to(y=0, animate=False)
        self.who, self.moments, self.talk = who, moments, talk
        self.rebuild()

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        near_the_end = new + 2 * self.size.height >= len(self.lines)
        if near_the_end and self._laid_out < len(self.moments):
            self._laid_out += MOMENTS
            self.rebuild()

    def build(self, cells: int) -> list[Line]:
        if self.who is None or self.who.person.erased:
            return [] if self.who is None else [((" ", ""), *compact(self.who, cells)[0])]
        host, inner = self.screen, cells - 2
        assert isinstance(host, Base)
        chapters = cards.story(host.book, self.who.person.id, self.moments[: self._laid_out])
        told = story(chapters, host.book.clock.zone, self.who.today, inner)
        above: list[Line] = []
        if not host.has_class("-wide"):  # else all of it stands in a column of its own
            touch = touch_text(self.who.touch, self.who.zone, self.who.now)
            allowed = "muted" if self.who.touch.allowed else "warn"
            before = [line((row, allowed)) for row in wrap(touch, inner, 2)]
            above = [*compact(self.who, inner), (), *before, ()]
        rows = (*above, *told)
        lines: list[Line] = [((" ", ""), *row) if row else () for row in rows]
        came = cards.as_it_came(host.book, self.who.person.id)
        below = words(self.talk, inner) if self.talk else []
        below += as_it_came(came, inner) if came else []
        earlier = len(self.moments) - self._laid_out
        if earlier > 0:
            lines.append(line("  ", (f"… {_('{n} earlier').format(n=earlier)}", "muted")))
        return [*lines, *(((" ", ""), *row) if row else () for row in below)]
