"""What a widget or screen needs of the app it runs in, besides what Textual gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.screen import Screen

if TYPE_CHECKING:
    from opslog.domain.base.refusal import Refused
    from opslog.domain.today.priority import Ranked
    from opslog.locale import Msg
    from opslog.services.book.book import Book, Change
    from opslog.services.calls.promises import Ring

T = TypeVar("T")


class Host(Protocol):
    """The app as screens know it: they import this, never the app itself."""

    passing: object  # the status line with a sentence that goes with the next key
    named_keys: set[str]  # actions whose key the palette has named
    next: str  # what to open once the app has ended
    demo: bool  # a throw-away book
    due_at_start: list[Ranked] | None  # what the first picture showed, until the screen has it

    @property
    def book(self) -> Book: ...

    @property
    def current_mode(self) -> str: ...

    @property
    def screen(self) -> Screen[Any]: ...

    @property
    def screen_stack(self) -> list[Screen[Any]]: ...

    @property
    def newest(self) -> object:
        """The status line that told of the newest change."""

    @property
    def ringing(self) -> Sequence[Ring]:
        """The calls whose promised time has come, the one that waits longest first."""

    @property
    def typed_at(self) -> float:
        """When the key in hand arrived, in the time of Textual's messages."""

    @property
    def doing(self) -> str:
        """The long change under way, in words; '' where there is none."""

    @property
    def stoppable(self) -> bool:
        """Whether ``doing`` can be stopped."""

    def note_typed(self) -> None:
        """What is being typed has changed, or is over."""

    def do(self, verb: Callable[[], Change], *, quiet: bool = False) -> Change | None:
        """Run a service verb and tell every screen; None where it was refused, and that is said."""

    def do_long(
        self,
        large: bool,
        verb: Callable[[Book], T],
        doing: Msg,
        held: Msg,
        then: Callable[[T], None],
    ) -> None:
        """Run a verb in a thread where it is ``large`` (see long_changes)."""

    def announce(self, change: Change, *, quiet: bool = False, said: str = "") -> None:
        """Tell every screen of a change made elsewhere, and name it in the status line."""

    def broadcast(self, touched: dict[str, set[int]]) -> None:
        """Let every screen draw anew what these rows show."""

    def refuse(self, refusal: Refused) -> None:
        """Show why not."""

    def say(
        self, text: str, look: str = "muted", *, undo: bool = False, passing: bool = False
    ) -> None:
        """One sentence in the status line of the screen in front."""

    async def ask(self, screen: Screen[Any]) -> Any:
        """Show a question and wait for its answer; only inside a worker."""

    def exit(self) -> None: ...

    def push_screen(self, screen: Screen[Any], callback: Any = None) -> Awaitable[Any]: ...

    def run_worker(
        self, work: Any, name: str = "", group: str = "", *, exclusive: bool = False
    ) -> Any: ...

    def key_text(self, id: str | None, keys: str) -> str:
        """The key of an action as a person reads it."""
