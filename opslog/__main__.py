"""``opslog`` and ``python -m opslog``."""

import sys


def main() -> int:
    if sys.argv[1:] == ["--version"]:  # answered before anything is imported
        from opslog import __version__

        print(f"opslog {__version__}")
        return 0
    from opslog.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
