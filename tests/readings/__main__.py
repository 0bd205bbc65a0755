"""``python -m tests.readings [N]``: N composed files, and how many are read rightly, by kind."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.readings.compose import composed
from tests.readings.judging import FINE, VERDICTS, verdict

_FILES = 20_000


def main(number: int, show: int = 0) -> int:
    """Print the tables; 1 where a file was read wrongly."""
    kinds: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(number):
            file = composed(random.Random(seed))
            found = verdict(Path(folder) / "list.csv", file)
            for kind in (
                "all",
                f"{file.script}, {file.codec}",
                file.shape,
                f"quotes: {file.quoting}",
            ):
                kinds.setdefault(kind, Counter())[found] += 1
            if show and found not in FINE:
                print(seed, found, file.shape, file.script, file.codec, file.quoting)
                print(repr(file.text[:400]))
                show -= 1
    print(f"{'':<26}{'files':>7}" + "".join(f"{name:>18}" for name in VERDICTS))
    for kind, counts in sorted(kinds.items(), key=lambda one: (one[0] != "all", one[0])):
        told = "".join(f"{counts[name] or '–':>18}" for name in VERDICTS)
        print(f"{kind:<26}{counts.total():>7}{told}")
    return int(any(name not in FINE for name in kinds["all"]))


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:]) if sys.argv[1:] else (_FILES,)))
