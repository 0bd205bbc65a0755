"""What ships with opslog as data, read in this one room: plans, weights, words, layouts.

A folder a kind. ``name`` is the path below this folder, such as ``playbooks/salon.toml``.
Not importlib.resources: importing it takes longer than reading any of these files.
"""

from pathlib import Path

HERE = Path(__file__).parent


def text(name: str) -> str:
    """The text of a file that ships. Raises FileNotFoundError where there is none."""
    return (HERE / name).read_text(encoding="utf-8")


def data(name: str) -> bytes:
    """The bytes of a file that ships. Raises FileNotFoundError where there is none."""
    return (HERE / name).read_bytes()


def names(folder: str) -> list[str]:
    """The files of one folder, in order of their names."""
    return sorted(f"{folder}/{path.name}" for path in (HERE / folder).iterdir() if path.is_file())
