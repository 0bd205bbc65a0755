"""The command line: finds the module of the command asked for, and imports no other."""

from __future__ import annotations

import errno
import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from opslog import __version__
from opslog.cli.base import access
from opslog.cli.base.io import Command, Io
from opslog.domain.base import foreign
from opslog.domain.base.refusal import Refused
from opslog.locale import N_, _

# What writing to a pipe, a terminal or a redirected file may end in.
NO_OUTPUT = frozenset((errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT, errno.EBADF))

# word -> (module that knows it, one line of help)
WORDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", N_("the UI on a throw-away copy of the sample data")),
    "add": ("daybook", N_("write one line into the log")),
    "log": ("daybook", N_("the log")),
    "today": ("today", N_("what is due, ranked, with reasons")),
    "plan": ("events.routines", N_("plans of your own: on any day, once or again and again")),
    "event": (
        "events.events",
        N_(
            "events: add, clone, list, show, plan, step, move, corrections, owners, "
            "stop, stops, tally, cancel, invite, cost, figure, channel, target"
        ),
    ),
    "workdays": ("workdays", N_("take in a year's notice of holidays and make-up days")),
    "import": ("importing", N_("take in a list somebody sent: sign-ups, or who came")),
    "roster": ("rosters", N_("lists: list, show, make, close, withdraw")),
    "call": ("calls.call", N_("log one call or message, with anybody")),
    "calls": ("calls.calls", N_("whom to call now, ranked, with reasons")),
    "answers": ("calls.answers", N_("what was answered on calls, counted by question")),
    "messages": (
        "programmes.messages",
        N_("whom to write to today, with what, and who gets nothing"),
    ),
    "message": (
        "programmes.messages",
        N_("what became of a message: sent, skip, replied, answered, opened, not-now"),
    ),
    "programme": (
        "programmes.programme",
        N_(
            "programmes of messages: list, show, copy, put, grow, rates, people, candidates, "
            "enter, leave, pause, resume"
        ),
    ),
    "content": (
        "programmes.contents",
        N_("the words of messages: list, show, add, change, retire, publish, stale"),
    ),
    "people": ("people.people", N_("who is known; with --erase one person taken out for good")),
    "person": ("people.person", N_("somebody by hand: a line, a business card, a signature")),
    "told": ("calls.told", N_("who is to be passed on; who was told of them")),
    "request": ("materials", N_("materials: who asks, allow, refuse, sent")),
    "lead": ("leads", N_("leads: list, show, accept, return, won, lost")),
    "handover": ("leads", N_("leads: list, add, card, state; to whom they went and how it went")),
    "twins": ("people.twins", N_("pairs that may be one person, or one company")),
    "export": (
        "files.export",
        N_("write log, plan, calendar, roster, calls, people or a review to a file"),
    ),
    "report": ("reports", N_("what was done in a day, a week, a month, as text to paste")),
    "review": ("reviews", N_("what an event brought; also report event")),
    "history": ("history", N_("every change, newest first")),
    "undo": ("history", N_("take back the newest change, or the one named")),
    "redo": ("history", N_("do again what was undone last")),
    "backup": ("files.backup", N_("write a verified copy of the database")),
    "copy": ("files.plain_copy", N_("write everything as text into a folder anybody can read")),
    "restore": (
        "files.backup",
        N_("bring a backup or a plain copy back, keeping the present file"),
    ),
    "check": ("files.backup", N_("look the database over")),
    "operator": ("operator", N_("your name, as messages and hand-overs say it")),
    "where": ("files.backup", N_("where the files are")),
}


def run(words: Sequence[str]) -> int:
    """Run one command line; the exit code: 0 done, 1 refused, 2 usage."""
    io = Io()
    try:
        rest = io.take_global_options(list(words))
        if not rest:
            from opslog.cli.screens import open_ui

            return open_ui(io)
        if rest[0] in ("-h", "--help", "help"):
            _print_help()
            return 0
        if rest[0] == "--version":
            print(f"opslog {__version__}")
            return 0
        if rest[0] not in WORDS:
            print(
                _("opslog: there is no command “{word}”; opslog --help lists them").format(
                    word=io.clean(rest[0])
                ),
                file=sys.stderr,
            )
            return 2
        command = _command(rest[0])
        asked = command.parse(rest[0], rest[1:], io)
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        io.access = access.of(rest[0], asked)
        return command.run(asked, io)
    except Refused as refusal:
        for said in refusal.lines:
            io.error(str(said))
        return 1
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stdout = None
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in NO_OUTPUT:
            raise
        sys.stdout = None  # or Python tries once more when it ends
        io.error(_("the output can't be written ({reason})").format(reason=foreign.reason(error)))
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        explained = io.explain(error)
        if explained is None:
            raise
        io.error(str(explained))
        return 1
    finally:
        io.close()


def _command(word: str) -> Command:
    module = import_module(f"opslog.cli.{WORDS[word][0]}")
    commands: dict[str, Command] = module.COMMANDS
    return commands[word]


def _print_help() -> None:
    print(_("opslog: the daily log, plans, lists and calls of one operator, in one local file."))
    print()
    print(_("usage: opslog [--db FILE] [--lang en|zh] [--json] [COMMAND …]"))
    print()
    print("  {:10}{}".format("", _("the UI")))
    for word, (_module, text) in WORDS.items():
        print(f"  {word:10}{_(text)}")
    print()
    print(_("opslog COMMAND --help says more. OPSLOG_DB names the database, OPSLOG_NOW the time."))
