"""The words of a command taken apart; help and usage errors in the language spoken."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn

from opslog.locale import N_, _

# argparse looks its own texts up under these, through a name that it took from gettext.
ITS_OWN = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
vars(argparse)["_"] = _


class Help(argparse.HelpFormatter):
    """As wide as the terminal. argparse would ask shutil, which loads three compressors first."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:  # no terminal
            columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)


class Parser(argparse.ArgumentParser):
    """Usage errors go to stderr, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        from opslog.domain.base.text import visible

        self.print_usage(sys.stderr)
        print(f"opslog: {visible(message)}", file=sys.stderr)
        raise SystemExit(2)
