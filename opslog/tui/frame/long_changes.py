"""Long changes run beside the keys: undo, redo and withdrawal of what an import brought.

While one is under way the screens stay alive, for reading; what would write says in a sentence
that it has to wait (see ``Book.held``), so that no key is lost in a queue or overtakes another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from opslog.domain.base.refusal import Refused
from opslog.domain.dates.wording import short_moment
from opslog.locale import N_, Msg, _, msg
from opslog.services.book import history
from opslog.services.book.book import Book, Change
from opslog.services.book.long_change import LongCall, Stopped
from opslog.tui.frame.bars.bars import StatusBar
from opslog.tui.frame.screen import Base
from opslog.tui.widgets.text import line

if TYPE_CHECKING:
    from opslog.domain.base.changes import Entry
    from opslog.domain.rosters.rosters import RosterFile
    from opslog.services.rosters.withdrawing import Withdrawal
    from opslog.tui.widgets.host import Host

T = TypeVar("T")
AT_ONCE = 3_000  # rows; as many are changed back in less than a tenth of a second


class RunningChange:
    """The one long change that may be under way."""

    def __init__(self, app: Host) -> None:
        self._app = app
        self._call: LongCall[Any] | None = None
        self.doing = ""  # said on the status line of every screen

    @property
    def busy(self) -> bool:
        return self._call is not None

    def do(
        self,
        large: bool,
        verb: Callable[[Book], T],
        doing: Msg,
        held: Msg,
        then: Callable[[T], None],
    ) -> None:
        """Run ``verb``, then ``then`` with what it returned; a small one at once.

        A large one runs in a thread: ``doing`` is shown meanwhile, and ``held`` said to whatever
        else would write.
        """
        app = self._app
        app.book.look_free()
        result = None if large else verb(app.book)
        if result is not None:
            then(result)
            return
        app.book.held, self.doing = held, str(doing)
        self._call = call = LongCall(app.book, verb)
        self._draw()
        app.run_worker(self._run(call, then), name="long change", group="long change")

    def stop(self) -> None:
        """Give it up: nothing of it is left, unless it was as good as done."""
        if self._call is not None:
            self._call.stop()

    async def _run(self, call: LongCall[T], then: Callable[[T], None]) -> None:
        # Where the app is closed meanwhile, this ends here and the thread goes on to its end:
        # the key was pressed, so it counts.
        try:
            result = await asyncio.to_thread(call.run)
        except Refused:
            self._end()
            raise
        except Stopped:
            self._end()
            self._app.say(_("Stopped; nothing was changed"), "warn")
        else:
            self._end()
            then(result)

    def _end(self) -> None:
        self._call, self.doing = None, ""
        self._app.book.release()
        self._draw()

    def _draw(self) -> None:
        for screen in self._app.screen_stack:
            screen.query(StatusBar).refresh()


class Care:
    """What ``u`` would take back is named first where one would not expect just that."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._opened_at = history.newest(book)
        self._agreed = False  # to go on with what was done before opslog was opened
        self.unsure = False  # the newest key changed nothing: it was refused, or had nothing to do
        self._told = 0  # the newest change that a status line told of

    def note(self, change: Change) -> None:
        """What a key did is told of; ``change`` is false where it did nothing."""
        self.unsure, self._told = not change, change.id

    def forget_gone(self, bar: StatusBar | None) -> None:
        """Another process changed the file: the line that told of a change which ``u`` would not
        take back any more says nothing of it."""
        if bar is not None and history.to_undo(self._book) != self._told:
            bar.forget_offer()

    def reason(self, entry: Entry) -> str:
        """Why to ask before this one is undone; '' where it is what was done just now."""
        when = short_moment(entry.at, self._book.clock.zone, self._book.today())
        if entry.session != self._book.session and entry.id > self._opened_at:
            return _("Done from outside this window, {when}").format(when=when)
        if entry.session != self._book.session and not self._agreed:
            return _("Done before opslog was opened, {when}").format(when=when)
        if self.unsure:
            return _("Your last key changed nothing; this was done before it, {when}").format(
                when=when
            )
        return ""

    def agree(self) -> None:
        self.unsure, self._agreed = False, True


def undo_newest(app: Host, care: Care) -> None:
    """Take back the newest change, after a question where it may not be the one meant."""
    number = history.to_undo(app.book)
    if number is None or app.book.held is not None:  # it says why not
        undo(app, number)
        return
    if (refusal := history.passed_over(app.book)) is not None:
        app.refuse(refusal)
        care.unsure = False  # it names what u takes back now
        return
    reason = care.reason(history.entry(app.book, number))
    if not reason:
        undo(app, number)
    else:
        app.run_worker(_undo_if_meant(app, care, number, reason), group="undo", exclusive=True)


async def _undo_if_meant(app: Host, care: Care, number: int, reason: str) -> None:
    from opslog.tui.widgets.asking.prompt import Confirm

    question = _("Undo “{label}”?").format(label=history.entry(app.book, number).label)
    if await app.ask(Confirm(question, [line((reason, "muted"))], yes=_("Undo"), no=_("leave it"))):
        care.agree()
        undo(app, number)


def undo(
    app: Host,
    number: int | None = None,
    then: Callable[[Change], None] = lambda _change: None,
) -> None:
    """Take back a change, the newest where none is named."""

    def tell(change: Change) -> None:
        then(change)
        app.say(_("Undone: {label}").format(label=change.label))

    _replay(
        app,
        number,
        lambda book: history.undo(book, number),
        N_("Taking back: {label} …"),
        N_("“{label}” is being taken back; nothing else can be changed until that is done"),
        tell,
    )


def redo(app: Host, then: Callable[[Change], None] = lambda _change: None) -> None:
    """Do again what was undone last."""

    def tell(change: Change) -> None:
        then(change)
        app.say(_("Done again: {label}").format(label=change.label))

    _replay(
        app,
        history.to_redo(app.book),
        history.redo,
        N_("Doing again: {label} …"),
        N_("“{label}” is being done again; nothing else can be changed until that is done"),
        tell,
    )


def withdraw(app: Host, file: RosterFile) -> None:
    """Take back what a file brought to a list."""
    from opslog.services.files import coming_in  # knows how lists are read, which takes a while

    def verb(book: Book) -> Withdrawal:
        return coming_in.withdraw(book, file.id)

    def tell(done: Withdrawal) -> None:
        app.announce(done.change)
        app.say(str(done.summary()), "good")

    doing = msg(N_("Withdrawing {file} …"), file=file.file)
    held = msg(
        N_("{file} is being withdrawn; nothing else can be changed until that is done"),
        file=file.file,
    )
    app.do_long(file.read > AT_ONCE // 3, verb, doing, held, tell)  # row, card and person


def _replay(
    app: Host,
    number: int | None,
    verb: Callable[[Book], Change],
    doing: str,
    held: str,
    tell: Callable[[Change], None],
) -> None:
    def announce(change: Change) -> None:
        app.announce(change, quiet=True)
        if isinstance(app.screen, Base):
            app.screen.show_again(change.touched)
        tell(change)

    large = number is not None and history.is_larger(app.book, number, AT_ONCE)
    label = history.entry(app.book, number).label if number is not None and large else ""
    app.do_long(large, verb, msg(doing, label=label), msg(held, label=label), announce)
