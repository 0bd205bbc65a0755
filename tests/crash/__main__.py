"""``python -m tests.crash undo``: what takes too long for the tests of every day."""

from __future__ import annotations

import argparse

from tests.crash import undo


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    commands = parser.add_subparsers(required=True)
    stories = commands.add_parser("undo", help="random days, undone to nothing and redone")
    stories.add_argument("--seeds", type=int, default=20)
    stories.add_argument("--steps", type=int, default=500)
    stories.set_defaults(run=lambda args: undo.main(args.seeds, args.steps))
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
