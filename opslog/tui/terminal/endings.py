"""The ends that opslog does not choose: the window closed, the process asked to end."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Sequence

from opslog.locale import _

PATIENCE = 4.0  # seconds; Windows ends the process five after it said so
End = Callable[[int], None]  # with the exit code


def after_a_mistake(*, kept: bool) -> str:
    """What of the operator's is safe, below what went wrong."""
    what = _("opslog: ended by a mistake of its own, told above.")
    saved = _("Everything you entered is in the file.")
    typed = (
        _("What was half typed is kept, and offered at the next start.")
        if kept
        else _("What was half typed could not be kept: nothing can be written where the file is.")
    )
    return f"{what} {saved} {typed}"


def kept_nowhere(typed: Sequence[str]) -> str:
    """What was typed, where nothing could be written any more: it can be copied from there."""
    told = _("opslog: what you typed could be kept nowhere:")
    return "\n".join([told, *(f"  {one}" for one in typed)])


def listen(end: End) -> None:
    """Have ``end`` called on the loop that runs now."""
    if sys.platform == "win32":
        _listen_to_the_console(end)
        return
    loop = asyncio.get_running_loop()
    if threading.current_thread() is not threading.main_thread():
        return  # signals belong to the main thread
    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, end, 128 + number)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _CLOSED, _LOGGED_OFF, _SHUT_DOWN = 2, 5, 6
    _kept: list[object] = []  # Windows calls it as long as the process runs

    def _listen_to_the_console(end: End) -> None:
        """Windows says so in a thread of its own, and ends the process when that returns."""
        loop = asyncio.get_running_loop()

        @ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
        def told(event: int) -> bool:
            if event not in (_CLOSED, _LOGGED_OFF, _SHUT_DOWN):
                return False
            done = threading.Event()

            def end_it() -> None:
                try:
                    end(1)
                finally:
                    done.set()

            loop.call_soon_threadsafe(end_it)
            done.wait(PATIENCE)
            return True

        _kept.append(told)
        ctypes.windll.kernel32.SetConsoleCtrlHandler(told, True)
