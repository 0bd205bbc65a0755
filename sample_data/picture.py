"""Draw the picture in README: the Today screen of the sample, as the app itself shows it.

``python -m sample_data.picture`` writes ``today.svg`` beside this file. The clock stands, so the
picture changes only when the screen does.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from opslog.domain.base.clock import Clock
from opslog.services.demo import demo
from opslog.tui.frame.app import OpslogApp

PICTURE = Path(__file__).resolve().with_name("today.svg")
MONDAY_MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
SIZE = (108, 32)


async def draw() -> str:
    """The screen as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        book = demo.build(Path(folder), Clock(lambda: MONDAY_MORNING))
        try:
            app = OpslogApp(book, demo=True)
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause()
                return _with_own_fonts(app.export_screenshot(title="opslog"))
        finally:
            book.close()


def _with_own_fonts(picture: str) -> str:
    """The reader's fixed-width font, instead of one that would be fetched from a server."""
    without = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return without.replace("Fira Code", "ui-monospace, Menlo, Consolas")


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8", newline="\n")
    print(PICTURE)
