"""opslog, which ends by a mistake of its own as soon as the file named by CRASH is there."""

import os
import sys
from pathlib import Path

from opslog.cli import run
from opslog.tui.frame.app import OpslogApp

look = OpslogApp._look_for_others


def broken(self: OpslogApp) -> None:
    if Path(os.environ["CRASH"]).exists():
        raise RuntimeError("broken on purpose")
    look(self)


if __name__ == "__main__":
    OpslogApp._look_for_others = broken  # type: ignore[method-assign]  # that is the point
    sys.exit(run(sys.argv[1:]))
