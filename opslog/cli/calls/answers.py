"""``opslog answers``: what was answered on calls, counted by question."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from opslog.cli.base.io import Command, Io
from opslog.cli.base.words import one_of
from opslog.locale import N_, _

if TYPE_CHECKING:
    from opslog.domain.answers.answers import Answer, Counted
    from opslog.services.book.book import Book


def _arguments(parser: argparse.ArgumentParser) -> None:
    from opslog.domain.answers.questions import CONCERNED, CONCERNS

    parser.add_argument(
        "--event", metavar="EVENT", help=_("a name, any unambiguous part of it, or a number")
    )
    parser.add_argument(
        "--concerns", **one_of(CONCERNED, CONCERNS), help=_("only what this one is to hear of")
    )


def _run(arguments: argparse.Namespace, io: Io) -> int:
    from opslog.services.answers import answering

    book = io.book()
    event_id = None
    if arguments.event is not None:
        from opslog.services.events import events

        event_id = events.resolve(book, arguments.event)
    found = answering.counts(book, event_id, arguments.concerns)
    if io.json_wanted:
        io.json([_document(book, one) for one in found])
    elif not found:
        io.line(_("Nothing was answered yet: e on a card of Calls takes answers."))
    for one in [] if io.json_wanted else found:
        _print(one, io)
    return 0


def _document(book: Book, one: Counted) -> dict[str, object]:
    question = one.question
    return {
        "key": question.key,
        "question": question.title.english(),
        "kind": question.kind,
        "concerns": question.concerns,
        "answers": one.answers,
        "mean": one.mean,
        "choices": [
            {"answer": choice.title.english(), "count": choice.number} for choice in one.choices
        ],
        "words": [_said(book, answer) for answer in one.in_words],
    }


def _said(book: Book, answer: Answer) -> dict[str, object]:
    return {
        "person": answer.person,
        "company": answer.company,
        "event": answer.event,
        "at": answer.at.astimezone(book.clock.zone).isoformat(),
        "text": answer.said.words,
    }


def _print(one: Counted, io: Io) -> None:
    from opslog.domain.answers.questions import CONCERNED
    from opslog.locale import ngettext

    number = ngettext("{n} answer", "{n} answers", one.answers).format(n=one.answers)
    mean = f" · ⌀ {one.mean:.1f}" if one.mean is not None else ""
    io.line(f"{one.question.title}  {number}{mean} · {_(CONCERNED[one.question.concerns])}")
    if one.choices:
        io.table(
            [_("Answer"), _("Number"), _("Share")],
            [[choice.title, choice.number, choice.share] for choice in one.choices],
        )
    if one.in_words:
        io.table(
            [_("Said"), _("Name"), _("Company"), _("Event")],
            [[said.said.words, said.person, said.company, said.event] for said in one.in_words],
        )
    io.line("")


COMMANDS = {
    "answers": Command(N_("what was answered on calls, counted by question"), _arguments, _run)
}
