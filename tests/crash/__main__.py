"""``python -m tests.crash undo``: what takes too long for the tests of every day."""

from __future__ import annotations

import argparse

from tests.crash import flips, undo


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    commands = parser.add_subparsers(required=True)
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
    args.run(args)


if __name__ == "__main__":
    main()
