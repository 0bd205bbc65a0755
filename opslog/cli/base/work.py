"""Long work, shown on a terminal: what is being done and how far it is. rich draws it."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

AFTER = 0.4  # seconds; what is done by then shows nothing, and waits for no import of rich


class Work:
    """``with`` it the work is done; ``tell`` says how far that is. Gone from the terminal at the
    end, whatever that is.

    ``shown`` False: nothing is shown, as nobody is there to see it.
    """

    def __init__(self, text: str, *, shown: bool) -> None:
        self._text = text
        self._share: float | None = None
        self._lock = threading.Lock()
        self._over = False
        self._bar: tuple[Progress, TaskID] | None = None
        self._timer = threading.Timer(AFTER, self._begin) if shown else None

    def __enter__(self) -> Work:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer is None:
            return
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar[0].stop()

    def tell(self, text: str, share: float | None = None) -> None:
        """What is done now, and which share of all of it, from 0 to 1, where that is known."""
        self._text, self._share = text, share
        if self._bar is not None:
            progress, task = self._bar
            if share is None:
                progress.update(task, description=text)
            else:
                progress.update(task, description=text, total=1.0, completed=share)

    def _begin(self) -> None:
        with self._lock:
            if self._over:
                return
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            progress = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=16),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar = progress, progress.add_task("", total=None)
            self.tell(self._text, self._share)
            progress.start()
