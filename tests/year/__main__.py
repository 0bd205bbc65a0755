"""``python -m tests.year [--short] [--keep FOLDER]``: a year played, and what holds of it."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.year.findings import findings
from tests.year.playing import SHORT, YEAR, Year


def main() -> int:
    """Print what was done and what holds; 1 where something does not."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--short", action="store_true", help="six weeks instead of a year")
    parser.add_argument("--keep", type=Path, help="the folder that is to hold the database")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opslog-year-") as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # else check says who may read it
        began = time.monotonic()
        year = Year(folder, SHORT if asked.short else YEAR)
        book = year.play()
        played = time.monotonic() - began
        for what, number in sorted(year.seen.items()):
            print(f"{what:<24}{number:>9,}")
        print(f"{'programmes entered':<24}{len(year.messages.entered):>9,}")
        print(f"{'most lines of Today':<24}{year.longest_today:>9,}")
        missed = 0
        for finding in findings(year):
            missed += bool(finding.wrong)
            print(f"{'✗' if finding.wrong else '✓'} {finding.what}")
            for line in finding.wrong[:5]:
                print(f"    {line}")
            if len(finding.wrong) > 5:
                print(f"    and {len(finding.wrong) - 5:,} more")
        print(f"played in {played:,.0f} s, looked at in {time.monotonic() - began - played:,.0f} s")
        book.close()
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
