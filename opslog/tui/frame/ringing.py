"""Promised times ring: a line on every screen, and the terminal's bell once for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from textual.app import App

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _, msg
from opslog.services.calls import promises
from opslog.services.calls.promises import PROMISE, Ring
from opslog.tui.frame.bars.bars import RingLine
from opslog.tui.frame.navigation import open_screen, open_thing

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host

BELL, OFF = "bell", "off"


class Rings(App[None]):
    """What of the app looks what is to ring: by the book's clock, and when rows were written."""

    ringing: Sequence[Ring] = ()  # the one that waits longest first
    _promised: list[Ring] | None = None  # all that are to be kept, as they were read last
    _read_at = datetime.min
    _rang: frozenset[tuple[str, int, datetime]] = frozenset()

    def look_at_promises(self, *, changed: bool = False) -> None:
        """``changed``: what waits is read anew; so it is every minute, since an event that begins
        ends its reminders."""
        book = cast("Host", self).book
        now = book.now()
        minute = now.replace(second=0, microsecond=0)
        if self._promised is None or changed or minute != self._read_at:
            self._promised, self._read_at = promises.rings(book), minute
        ringing = [ring for ring in self._promised if ring.due <= now]
        keys = frozenset((ring.kind, ring.ref, ring.due) for ring in ringing)
        if keys - self._rang and book.setting(BELL) != OFF:
            self.bell()
        self._rang = keys
        if ringing != self.ringing:
            self.ringing = ringing
            for row in self.screen.query(RingLine):
                row.show()

    async def action_ring_open(self) -> None:
        ring = self._ring()
        if ring.kind == PROMISE:
            await open_thing(self, ring.kind, ring.ref)
        else:
            open_screen(self, "person", ring.person_id)

    def action_ring_snooze(self) -> None:
        ring, host = self._ring(), cast("Host", self)
        host.do(lambda: promises.quieten(host.book, ring))

    def action_bell_switch(self) -> None:
        """Let the bell sound or not; the line is shown either way."""
        host = cast("Host", self)
        on = host.book.setting(BELL) == OFF
        host.book.set_setting(BELL, "" if on else OFF)
        said = _("Promised times ring") if on else _("Promised times are shown, and don't ring")
        host.say(said, passing=True)

    def _ring(self) -> Ring:
        """The promised call that waits longest. Raises Refused where none does."""
        if not self.ringing:
            raise Refused(msg(N_("No promised call is due just now")))
        return self.ringing[0]
