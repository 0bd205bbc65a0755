"""Headings with lines under them, and a table of numbers, as a page: text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, NamedTuple

from opslog.domain.base.text import visible as one_line
from opslog.exchange.writing.cells import visible
from opslog.exchange.writing.markup import TAIL, head, tag


class Page(NamedTuple):
    """``parts``: a heading ('' none) and its lines; ``numbers``: what it is, and how many."""

    title: str
    parts: Sequence[tuple[str, Sequence[str]]]
    numbers: Sequence[tuple[str, str]]
    foot: str


def _write_text(page: Page, file: BinaryIO) -> None:
    rows = [page.title]
    for heading, lines in page.parts:
        rows += ["", *([heading] if heading else []), *lines]
    rows += ["", page.foot]
    file.write("".join(f"{visible(row)}\n" for row in rows).encode())


def markdown_text(text: object) -> str:
    """On one line, and nothing in it is taken for a sign of Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|~" else c for c in one_line(str(text)))


def _write_markdown(page: Page, file: BinaryIO) -> None:
    rows = [f"# {markdown_text(page.title)}"]
    for heading, lines in page.parts:
        rows += ["", *([f"## {markdown_text(heading)}", ""] if heading else [])]
        rows += [f"- {markdown_text(line)}" for line in lines]
    if page.numbers:
        rows += ["", "| | |", "| --- | ---: |"]
        rows += [
            f"| {markdown_text(what)} | {markdown_text(number)} |" for what, number in page.numbers
        ]
    rows += ["", f"*{markdown_text(page.foot)}*"]
    file.write("".join(f"{row}\n" for row in rows).encode())


_STYLE = """
body { font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2em auto;
  max-width: 44em; color: #222; }
h1 { font-size: 1.4em; } h2 { font-size: 1.05em; margin: 1.4em 0 .2em; }
p { margin: .2em 0; } table { border-collapse: collapse; margin-top: 1.6em; }
td { border-bottom: 1px solid #ddd; padding: .2em .8em .2em 0; }
td + td { text-align: right; font-variant-numeric: tabular-nums; }
footer { color: #666; margin-top: 1.6em; }
"""


def _write_html(page: Page, file: BinaryIO) -> None:
    """Without scripts or anything from elsewhere; it prints as it is."""
    rows = [tag("h1", page.title)]
    for heading, lines in page.parts:
        rows += [tag("h2", heading)] if heading else []
        rows += [tag("p", line) for line in lines]
    if page.numbers:
        cells = (tag("tr", tag("td", what), tag("td", number)) for what, number in page.numbers)
        rows.append(tag("table", cells))
    rows.append(tag("footer", page.foot))
    file.write((head(page.title, _STYLE) + "\n".join(rows) + "\n" + TAIL).encode())


FORMATS: dict[str, Callable[[Page, BinaryIO], None]] = {
    "txt": _write_text,
    "md": _write_markdown,
    "html": _write_html,
}
