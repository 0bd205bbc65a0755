"""By what a file is known to be what was written."""

from __future__ import annotations

from pathlib import Path


def sha256(path: Path) -> str:
    """Of a file, in hex. Raises OSError."""
    import hashlib  # not on the way of a command that writes no copy

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
