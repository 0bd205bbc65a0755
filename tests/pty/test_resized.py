"""A terminal resized several times in a row ends with the size it has."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.pty.terminal import Terminal, environment

# The size is read, and before it is told the terminal is resized again: the signal comes in
# between, and tells the newer size first.
RESIZED_MEANWHILE = """
import os, sys, time
from textual.drivers.linux_driver import LinuxDriver
read = LinuxDriver._get_terminal_size
waited = []
def slow(self):
    size = read(self)
    if size == (100, 30) and not waited:
        waited.append(size)
        sys.__stderr__.write("\\x1b]2;meanwhile\\x07")
        sys.__stderr__.flush()
        while tuple(os.get_terminal_size(0)) == size:
            time.sleep(0.01)
        time.sleep(0.1)
    return size
LinuxDriver._get_terminal_size = slow
from opslog.__main__ import main
sys.argv[0] = "opslog"
sys.exit(main())
"""


def test_the_size_read_last_stays(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-c", RESIZED_MEANWHILE], environment(tmp_path)) as terminal:
        terminal.wait_for("F1")
        terminal.resize(100, 30)
        terminal.wait_for_bytes(b"meanwhile", 0)
        terminal.resize(120, 40)
        terminal.wait_for(lambda text: "F1 Help" in text.split("\n")[39])
        assert "Anywhere" in terminal.text  # from 110 columns, beside the list
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_resized_while_it_starts(tmp_path: Path) -> None:
    with Terminal.opslog(env=environment(tmp_path)) as terminal:
        for columns, rows in ((100, 30), (60, 20), (130, 44), (120, 40)):
            terminal.pump(0.08)
            terminal.resize(columns, rows)
        terminal.wait_for(lambda text: "F1 Help" in text.split("\n")[39])
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
