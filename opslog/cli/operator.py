"""``opslog operator``: the name by which messages speak of who writes them."""

from __future__ import annotations

import argparse

from opslog.cli.base.io import Command, Io
from opslog.locale import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    said = _("your name; without it the one there is, '' takes it out")
    parser.add_argument("name", metavar="NAME", nargs="?", help=said)


def _operator(asked: argparse.Namespace, io: Io) -> int:
    from opslog.services.book import operator

    book = io.book()
    name = operator.name(book) if asked.name is None else operator.set_name(book, asked.name)
    if io.json_wanted:
        io.json({"operator": name or None})
    elif name:
        io.line(_("Messages say: this is {name}").format(name=name))
    else:
        io.line(_("Messages name nobody; opslog operator NAME says who writes them"))
    return 0


COMMANDS = {
    "operator": Command(N_("your name, as messages and hand-overs say it"), _arguments, _operator)
}
