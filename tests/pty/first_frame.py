"""Prints which modules were loaded when the first frame with Today's list was drawn.

``python -m tests.pty.first_frame DATABASE``, without a terminal.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from textual.screen import Screen

import opslog.tui.frame.app
from opslog.services.book.book import open_book
from opslog.tui.frame.app import OpslogApp

loaded: list[str] = []


class FirstFrame(OpslogApp):
    CSS_PATH = str(Path(opslog.tui.frame.app.__file__).with_name("app.tcss"))

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        if not loaded and screen.query("#agenda"):
            loaded.extend(sys.modules)


async def main(path: Path) -> None:
    book = open_book(path)
    async with FirstFrame(book).run_test() as pilot:
        await pilot.pause()
    book.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
    print(json.dumps(loaded))
