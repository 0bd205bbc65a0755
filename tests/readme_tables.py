"""README's tables, made from the files that ship: ``python -m tests.readme_tables``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from opslog import shipped
from opslog.domain.imports import state_words
from opslog.exchange.reading import limits
from tests.journeys import key_counts

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- {name}: written by tests.readme_tables -->", "<!-- end of {name} -->"
_EXAMPLES = 6


def layouts() -> str:
    """A row a layout: its name, what its file says of itself, and where its headings are from."""
    rows = ["| export | says | what is understood |", "|---|---|---|"]
    said = []
    for name in shipped.names("layouts"):
        text = shipped.text(name)
        data = tomllib.loads(text)
        comment = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
        about = " ".join(comment).replace("|", "\\|")
        if data.get("source") == "memory":
            about += " *(headings from memory)*"
        kind = "who came" if data["kind"] == "attendance" else "who signed up"
        said.append(f"| {data['name']} | {kind} | {about} |")
    return "\n".join([*rows, *sorted(said, key=str.casefold)])


def states() -> str:
    """A row a state: what it means, and some of its words of each language."""
    data = tomllib.loads(shipped.text("lists/states.toml"))
    rows = ["| state | what that means | such as |", "|---|---|---|"]
    for part in state_words.SHOWN:
        words = [word for word in (*data[part]["holds"], *data[part]["is"]) if len(word) > 1]
        chinese = [word for word in words if not word.isascii()][:_EXAMPLES]
        english = [word.rstrip("*") for word in words if word.isascii()][:_EXAMPLES]
        rows.append(f"| {part} | {data[part]['means']} | {', '.join(chinese + english)} |")
    return "\n".join(rows)


def read() -> dict[str, list[dict[str, Any]]]:
    """The rows of ``readme_tables.toml``, by table."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def formats() -> str:
    """A row a kind of file, its limits as they are in force."""
    return _of_files("format", "| file | what is done |")


def encodings() -> str:
    """A row an encoding, and what it is known by."""
    return _of_files("encoding", "| encoding | known by |")


def _of_files(table: str, headings: str) -> str:
    sizes = {
        "{most_unpacked}": f"{limits.MOST_UNPACKED >> 20:,}",
        "{most_cells}": f"{limits.MOST_CELLS:,}",
        "{last_column}": f"{limits.LAST_COLUMN:,}",
    }
    rows = [headings, "|---|---|"]
    for one in read()[table]:
        done = one["done"]
        for name, size in sizes.items():
            done = done.replace(name, size)
        rows.append(f"| {one['is']} | {done} |")
    return "\n".join(rows)


TABLES = {
    "formats": formats,
    "encodings": encodings,
    "layouts": layouts,
    "states": states,
    "keys": key_counts.table,
}


def written(readme: str) -> str:
    """README with the tables as they are now."""
    for name, table in TABLES.items():
        begin, end = BEGIN.format(name=name), END.format(name=name)
        before, rest = readme.split(begin)
        readme = f"{before}{begin}\n{table()}\n{end}{rest.split(end)[1]}"
    return readme


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
