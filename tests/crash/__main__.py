"""``python -m tests.crash [undo]``: what takes too long for the tests of every day."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.crash import flips, kills, undo
from tests.crash.kinds import KINDS


def _kill(args: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        return kills.main(args.kills, args.kinds or list(KINDS), args.seed, Path(folder))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000, help="over all kinds together")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), help="only these")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be used")
    parser.set_defaults(run=_kill)
    commands = parser.add_subparsers()
    stories = commands.add_parser("undo", help="random days, undone to nothing and redone")
    stories.add_argument("--seeds", type=int, default=20)
    stories.add_argument("--steps", type=int, default=500)
    stories.set_defaults(run=lambda args: undo.main(args.seeds, args.steps))
    bits = commands.add_parser("flips", help="flipped bits, found or where nothing is")
    bits.add_argument("--tries", type=int, default=200)
    bits.add_argument("--seed", type=int, default=1)
    bits.add_argument("--show", action="store_true", help="whole tracebacks")
    bits.set_defaults(run=lambda args: flips.main(args.tries, args.seed, show=args.show))
    args = parser.parse_args()
    return 1 if args.run(args) else 0


if __name__ == "__main__":
    sys.exit(main())
