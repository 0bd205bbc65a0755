"""What commands print with, and how they come by the database."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from opslog import locale
from opslog.cli.base import access
from opslog.locale import _

if TYPE_CHECKING:
    import argparse

    from opslog.cli.base.work import Work
    from opslog.domain.base.refusal import Refused
    from opslog.services.book.book import Book, Change


class Command(NamedTuple):
    """One word of the command line."""

    help: str  # message id
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Io], int]

    def parse(self, word: str, rest: Sequence[str], io: Io) -> argparse.Namespace:
        from opslog.cli.base.parsing import Help, Parser  # the screens need no argparse

        parser = Parser(
            prog=f"opslog {word}",
            description=_(self.help),
            allow_abbrev=False,
            formatter_class=Help,
        )
        self.arguments(parser)
        return parser.parse_args(rest)


class Io:
    """Output that is either for a person or one JSON document, and the database when asked for."""

    def __init__(self) -> None:
        self.db: Path | None = None
        self.access = access.SCREENS  # what the command asked for needs
        self.json_wanted = False
        self.language_chosen = False
        self._book: Book | None = None
        self._errors = set[str]()  # what was said already
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        locale.set_language(locale.locale_language())

    def take_global_options(self, words: list[str]) -> list[str]:
        """``--db``, ``--lang`` and ``--json`` may stand anywhere; what is left over."""
        rest: list[str] = []
        while words:
            word = words.pop(0)
            if word == "--":
                return [*rest, word, *words]
            name, equals, value = word.partition("=")
            if name == "--json":
                self.json_wanted = True
            elif name in ("--db", "--lang"):
                if not equals:
                    if not words:
                        print(
                            _("opslog: {option} wants a value").format(option=name),
                            file=sys.stderr,
                        )
                        raise SystemExit(2)
                    value = words.pop(0)
                if name == "--db":
                    self.db = Path(value).expanduser()
                elif value.lower().startswith(("en", "zh")):
                    locale.set_language(value)
                    self.language_chosen = True
                else:
                    print(
                        _("opslog: --lang is en or zh, not “{value}”").format(
                            value=self.clean(value)
                        ),
                        file=sys.stderr,
                    )
                    raise SystemExit(2)
            else:
                rest.append(word)
        return rest

    @property
    def path(self) -> Path:
        """The database meant, whether it is there or not."""
        from opslog.services.book.rescue import default_path

        return Path(os.path.abspath(self.db or default_path()))

    def book(self) -> Book:
        """The database, opened at the first call."""
        if self._book is None:
            from opslog.services.book.book import open_book, open_to_read

            opened = open_to_read if self.access.reads else open_book
            self._book = opened(self.db, begin=self.access.begins)
            if not self.language_chosen:
                chosen = self._book.setting("language")
                if chosen:
                    locale.set_language(chosen)
            if self._book.held is not None and self.access != access.SCREENS:
                self.error(
                    _("{reason} (read as it stands, nothing can be changed)").format(
                        reason=self._book.held
                    )
                )
        return self._book

    def explain(self, error: Exception) -> Refused | None:
        """The sentence for what went wrong with the database's file; None for anything else."""
        return None if self._book is None else self._book.explain(error)

    def close(self) -> None:
        if self._book is not None:
            if self._book.faults or any(self._book.doubts.values()):
                from opslog.services.book import own_files

                for fault in own_files.gathered(own_files.said(self._book)):
                    if self.clean(str(fault)) not in self._errors:
                        self.error(str(fault))
            self._book.close()
            self._book = None

    def json(self, document: object) -> None:
        """Print the one document of this command."""
        from opslog.domain.base.text import escaped

        indent = 2 if sys.stdout.isatty() else None
        print(escaped(json.dumps(document, ensure_ascii=False, indent=indent)))

    def line(self, text: object = "") -> None:
        print(self.clean(str(text)))

    def done(self, change: Change) -> None:
        """What a verb did. Where everything was so already nothing stands in History: undo would
        take back something else."""
        self.line(
            change.label if change else _("It is so already: {label}").format(label=change.label)
        )

    def heading(self, text: str) -> None:
        """A line above others; bold on a terminal."""
        if self.terminal:
            from opslog.cli.base import tables

            tables.heading(self.clean(text))
        else:
            self.line(text)

    def error(self, text: str) -> None:
        self._errors.add(self.clean(text))
        print(f"opslog: {self.clean(text)}", file=sys.stderr)

    def table(
        self, headings: Sequence[object], rows: Sequence[Sequence[object]], *, whole: bool = False
    ) -> None:
        """A table on a terminal; elsewhere columns aligned by cells, without the headings, and
        nothing cut. A cell or a heading may be several values, a list. ``whole``: nothing of the
        last column is cut on a terminal either."""
        between = "\n" if self.terminal else ", "
        cells = [[self._cell(value, between) for value in row] for row in rows]
        if self.terminal:
            from opslog.cli.base import tables

            heads = [self._cell(heading, between) for heading in headings]
            tables.draw(heads, cells, whole=whole)
        else:
            from opslog.cli.base import columns

            for line in columns.lines(cells):
                print(line)

    def _cell(self, value: object, between: str) -> str:
        if isinstance(value, list):
            return between.join(self.clean(str(one)) for one in value)
        return self.clean(str(value))

    @property
    def terminal(self) -> bool:
        """Somebody reads what is printed as it comes."""
        return sys.stdout.isatty()

    def work(self, text: str) -> Work:
        """To do long work within; shown on the terminal where somebody waits there."""
        from opslog.cli.base.work import Work

        return Work(text, shown=sys.stderr.isatty() and not self.json_wanted)

    @staticmethod
    def clean(text: str) -> str:
        """Control characters shown, not sent: what a file held can't command the terminal."""
        from opslog.domain.base.text import visible

        return visible(text)
