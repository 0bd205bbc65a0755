"""Reasons of the operator's own, made while screening: a few lines more in their reasons.toml."""

from __future__ import annotations

from opslog.domain.base.own_files.toml_lines import quoted
from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import storable
from opslog.locale import N_, msg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book


def add(book: Book, title: str) -> str:
    """The code of a new reason, or of the one that is called so already; undo takes it back.

    Raises Refused for a title without a word, and where the file of reasons is broken.
    """
    title = storable(" ".join(title.split()))
    if not title:
        raise Refused(msg(N_("A reason needs a word or two")))
    known = own_kinds.reasons(book)
    for reason in known.all:
        if title.casefold() in (reason.english.casefold(), reason.chinese.casefold()):
            return reason.code
    place = own_kinds.REASONS.place
    if faults := book.faults.get(place):
        raise Refused(faults[0])
    number = 1
    while (code := f"own_{number}") in known:
        number += 1
    words = quoted(title)
    mine = own_files.own(book, place, own_kinds.REASONS.read)
    before = f"{mine.text.rstrip()}\n\n" if mine else ""
    entry = f'[[reason]]\ncode = "{code}"\nen = {words}\nzh = {words}\n'
    own_files.put(book, place, before + entry, msg(N_("New reason: {title}"), title=title))
    return code
