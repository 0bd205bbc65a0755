"""README's table of layouts, made from the files that ship: ``python -m tests.readme_tables``."""

from __future__ import annotations

import tomllib
from pathlib import Path

from opslog import shipped

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- layouts: written by tests.readme_tables -->", "<!-- end of layouts -->"


def table() -> str:
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


def written(readme: str) -> str:
    """README with the table as it is now."""
    before, rest = readme.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
