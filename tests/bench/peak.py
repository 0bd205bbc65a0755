"""A command's peak resident memory: ``python -m tests.bench.peak COMMAND …``, bytes on stdout.

A process that is started inherits the peak of the one that starts it, so this small one stands
between.
"""

from __future__ import annotations

import resource
import subprocess
import sys


def main(words: list[str]) -> int:
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if done.returncode:
        return done.returncode
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(most if sys.platform == "darwin" else most * 1024)  # Linux counts in KiB
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
