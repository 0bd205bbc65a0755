"""``opslog`` and ``python -m opslog``."""

import gc
import sys


def main() -> int:
    if sys.argv[1:] == ["--version"]:  # answered before anything is imported
        from opslog import __version__

        print(f"opslog {__version__}")
        return 0
    # What a start builds is there to the end; to look through it for garbage takes a tenth of
    # it. The command, or the screens once they stand, switch this on again.
    gc.disable()
    from opslog.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
