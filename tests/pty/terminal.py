"""A program in a pseudo-terminal: keys go in, and what it draws can be read."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte
from wcwidth import wcwidth

from tests.pty.waiting import PATIENCE, wait_until

REPOSITORY = Path(__file__).resolve().parents[2]
KEYS = {
    "enter": b"\r",
    "tab": b"\t",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f10": b"\x1b[21~",
    "ctrl+q": b"\x11",
    "ctrl+y": b"\x19",
    "ctrl+z": b"\x1a",
}


def key_bytes(key: str) -> bytes:
    """What a terminal sends for a named key, or for a character typed."""
    return KEYS.get(key) or key.encode()


def environment(home: Path, **more: str) -> dict[str, str]:
    """A process's surroundings: its own home folder, English, this checkout of opslog."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "",
        **more,
    }


class Terminal:
    """One process on a terminal of its own; it is ended when the block is left."""

    def __init__(
        self,
        words: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.raw = bytearray()  # every byte the program sent
        self.exit_code: int | None = None
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0
        self._lines: list[str] = []  # as they stood when last looked at; none: not yet
        self._open = True
        self._master, slave = os.openpty()
        self._set_size(columns, rows)
        os.set_blocking(self._master, False)
        name = os.ttyname(slave)
        # A session leader that opens a terminal gets it as its own, so that hanging up the
        # master sends SIGHUP as a closed window does. No fork: the test process has threads.
        self.started = time.perf_counter()
        self.pid = os.posix_spawn(
            words[0],
            list(words),
            dict(env),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
            ],
            setsid=True,
        )
        # Held until the program has opened its own end: before that, reading the master would
        # say that nobody is there.
        self._slave: int | None = slave

    @classmethod
    def python(
        cls, *words: str, env: Mapping[str, str], columns: int = 80, rows: int = 24
    ) -> Terminal:
        """This interpreter with ``words``."""
        return cls([sys.executable, *words], env, columns=columns, rows=rows)

    @classmethod
    def opslog(
        cls, *words: str, env: Mapping[str, str], columns: int = 80, rows: int = 24
    ) -> Terminal:
        return cls.python("-m", "opslog", *words, env=env, columns=columns, rows=rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.exit_code is None:
            self.kill()
        self.hang_up()

    # -- what goes in -------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Send keys by name, or characters; escape last, for with a key on its heels it is Alt."""
        if "escape" in keys[:-1]:
            raise ValueError("wait for what escape does before the next key")
        self.send(b"".join(key_bytes(key) for key in keys))

    def send(self, data: bytes) -> None:
        """Send bytes as typed; reads meanwhile, so that neither side waits for the other."""
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                self.pump(0.01)

    def resize(self, columns: int, rows: int) -> None:
        self.drain()
        self._set_size(columns, rows)
        self._screen.resize(rows, columns)
        self._lines = []

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # -- what comes out -------------------------------------------------------

    def pump(self, seconds: float) -> bool:
        """Read once what is there, waiting so long for it; False where nothing came."""
        if not self._open or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except BlockingIOError:
            return False
        except OSError:  # EIO: the program's end is closed, which is how a terminal says so
            data = b""
        if not data:
            self._open = False
            return False
        if self._slave is not None:
            os.close(self._slave)
            self._slave = None
        self.raw += data
        return True

    def drain(self, quiet: float = 0.0) -> None:
        """Read until nothing has come for ``quiet`` seconds; a cursor that blinks never rests."""
        deadline = time.monotonic() + PATIENCE
        while self.pump(quiet) and time.monotonic() < deadline:
            pass

    def _pass_time(self, seconds: float) -> None:
        if not self.pump(seconds) and not self._open:
            time.sleep(seconds)

    def lines(self) -> list[str]:
        """The screen as it now stands, a text a row."""
        self.drain()
        if self._drawn < len(self.raw):
            self._stream.feed(bytes(self.raw[self._drawn :]))
            self._drawn = len(self.raw)
            self._lines = []
        self._lines = self._lines or [self._line(row) for row in range(self._screen.lines)]
        return self._lines

    def cells(self) -> list[list[tuple[object, ...]]]:
        """What each cell shows and how, a list a row; the look of a blank is its ground."""
        self.lines()
        return _cells(self._screen)

    @staticmethod
    def drawing(sent: bytes, columns: int, rows: int) -> list[list[tuple[object, ...]]]:
        """``cells`` of a terminal that was sent only so much."""
        screen = pyte.Screen(columns, rows)
        pyte.ByteStream(screen).feed(sent)
        return _cells(screen)

    def attributes(self) -> list[object]:
        """How the terminal treats what is typed."""
        return termios.tcgetattr(self._master)

    def _line(self, row: int) -> str:
        """A row as text; pyte's ``display`` fails where a wide character was half overwritten."""
        cells = self._screen.buffer[row]
        text, column = "", 0
        while column < self._screen.columns:
            character = cells[column].data or " "
            text += character
            column += max(wcwidth(character[0]), 1)
        return text.rstrip()

    def rows_on(self, background: str) -> list[int]:
        """The rows whose first half stands on a colour, as ``2f4a52``: where a cursor is."""
        self.lines()
        half = range(self._screen.columns // 2)
        return [
            row
            for row in range(self._screen.lines)
            if sum(self._screen.buffer[row][column].bg == background for column in half)
            > len(half) // 2
        ]

    @property
    def text(self) -> str:
        return "\n".join(self.lines())

    def wait_for(self, wanted: str | Callable[[str], bool], *, patience: float = PATIENCE) -> str:
        """Wait until a text stands on the screen (or a test of the screen holds); the screen.

        Raises AssertionError showing the screen as it stood last.
        """

        def found() -> bool:
            shown = self.text
            return wanted in shown if isinstance(wanted, str) else wanted(shown)

        try:
            wait_until(found, "screen", patience=patience, poll=self._pass_time)
        except TimeoutError:
            raise AssertionError(f"{wanted!r} never came; the screen:\n{self.text}") from None
        return self.text

    def wait_for_bytes(self, wanted: bytes, start: int, *, patience: float = PATIENCE) -> float:
        """Wait until ``wanted`` came at or after byte ``start``; the moment (perf_counter).

        Looks at bytes and draws nothing: for measuring. Raises AssertionError as ``wait_for``.
        """
        deadline = time.perf_counter() + patience
        while True:
            if self.raw.find(wanted, start) >= 0:
                return time.perf_counter()
            if not self.pump(0.05) and (not self._open or time.perf_counter() > deadline):
                raise AssertionError(f"{wanted!r} never came; the screen:\n{self.text}")

    # -- its end ----------------------------------------------------------------

    def hang_up(self) -> None:
        """Close the terminal's window; the program gets SIGHUP."""
        for descriptor in (self._slave, self._master):
            if descriptor is not None and descriptor >= 0:
                os.close(descriptor)
        self._slave, self._master, self._open = None, -1, False

    def kill(self, number: int = signal.SIGKILL) -> int:
        """End the process by a signal; its exit code, negative for a signal as in subprocess."""
        os.kill(self.pid, number)
        return self.wait()

    def wait(self, *, patience: float = PATIENCE) -> int:
        """Wait for the process to end, reading what it still says; its exit code.

        Raises AssertionError showing the screen where it goes on.
        """
        if self.exit_code is None:
            try:
                self.exit_code = wait_until(
                    self._ended, "end of the process", patience=patience, poll=self._pass_time
                )[0]
            except TimeoutError as error:
                raise AssertionError(f"{error}; the screen:\n{self.text}") from None
            if self._slave is not None:
                os.close(self._slave)
                self._slave = None
            self.drain()
        return self.exit_code

    def _ended(self) -> tuple[int] | None:
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return (os.waitstatus_to_exitcode(status),) if pid else None


def _cells(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    rows = (screen.buffer[row] for row in range(screen.lines))
    return [
        [
            (cell.data, cell.bg, *((cell.fg, cell.bold) if cell.data.strip() else ()))
            for cell in (row[column] for column in range(screen.columns))
        ]
        for row in rows
    ]
