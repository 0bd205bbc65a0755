"""Headings with lines under them, and a table of numbers, as a page: text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import BinaryIO, NamedTuple

from opslog.exchange.writing.cells import visible


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


def _write_markdown(page: Page, file: BinaryIO) -> None:
    def plain(text: str) -> str:
        """Nothing in it is taken for a sign of Markdown."""
        return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in visible(text))

    rows = [f"# {plain(page.title)}"]
    for heading, lines in page.parts:
        rows += ["", *([f"## {plain(heading)}", ""] if heading else [])]
        rows += [f"- {plain(line)}" for line in lines]
    if page.numbers:
        rows += ["", "| | |", "| --- | ---: |"]
        rows += [f"| {plain(what)} | {plain(number)} |" for what, number in page.numbers]
    rows += ["", f"*{plain(page.foot)}*"]
    file.write("".join(f"{row}\n" for row in rows).encode())


_HEAD = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2em auto;
  max-width: 44em; color: #222; }}
h1 {{ font-size: 1.4em; }} h2 {{ font-size: 1.05em; margin: 1.4em 0 .2em; }}
p {{ margin: .2em 0; }} table {{ border-collapse: collapse; margin-top: 1.6em; }}
td {{ border-bottom: 1px solid #ddd; padding: .2em .8em .2em 0; }}
td + td {{ text-align: right; font-variant-numeric: tabular-nums; }}
footer {{ color: #777; margin-top: 1.6em; }}
</style>
</head>
<body>
<h1>{title}</h1>
"""


def _write_html(page: Page, file: BinaryIO) -> None:
    """Without scripts or anything from elsewhere; it prints as it is."""

    def plain(text: str) -> str:
        return escape(visible(text))

    rows = [_HEAD.format(title=plain(page.title))]
    for heading, lines in page.parts:
        rows += [f"<h2>{plain(heading)}</h2>\n"] if heading else []
        rows += [f"<p>{plain(line)}</p>\n" for line in lines]
    if page.numbers:
        cells = (f"<tr><td>{plain(w)}</td><td>{plain(n)}</td></tr>\n" for w, n in page.numbers)
        rows += ["<table>\n", *cells, "</table>\n"]
    rows.append(f"<footer>{plain(page.foot)}</footer>\n</body>\n</html>\n")
    file.write("".join(rows).encode())


FORMATS: dict[str, Callable[[Page, BinaryIO], None]] = {
    "txt": _write_text,
    "md": _write_markdown,
    "html": _write_html,
}
