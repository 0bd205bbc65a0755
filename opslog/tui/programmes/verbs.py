"""What can be done with a programme, on its page and in the list of them."""

from __future__ import annotations

from collections import Counter

from opslog.domain.base.sentences import listed
from opslog.locale import N_, _, msg
from opslog.services.book.drafts import Place
from opslog.services.programmes import enrolling, programmes, rates
from opslog.tui.programmes import words
from opslog.tui.programmes.text import ProgrammeText
from opslog.tui.widgets.asking.prompt import Choice, Choose, Prompt
from opslog.tui.widgets.host import Host

FIRST = 4  # people and reasons that are named
LATE = {
    "newest": N_("they go in; of the steps whose day is past only the newest goes out"),
    "all": N_("they go in, and get every step from the first one on"),
    "none": N_("they go in; steps whose day is past are left out"),
}


def grow(host: Host, code: str) -> None:
    """Let it go on to the next span that has steps."""
    span = rates.of_programme(host.book, code).span
    if span:
        host.do(lambda: programmes.grow(host.book, code, span))
    else:
        host.say(_("It goes as far as it has steps; e adds some"), "warn")


async def ask_candidates(host: Host, code: str) -> None:
    """Who could enter by the programme's rules, shown first; then whom of them. Only inside a
    worker."""
    book = host.book
    found = enrolling.candidates(book, code)
    title = programmes.programme(book, code).named
    if not found:
        host.say(_("Nobody could enter “{programme}” now").format(programme=title), "warn")
        return
    able = [one for one in found if one.left_out is None]
    reasons = Counter(str(one.left_out) for one in found if one.left_out is not None)
    first = "  ".join(f"{one.person} ({one.why})" for one in able[:FIRST])
    told = [f"{first} …" if len(able) > FIRST else first] if able else []
    told += [f"{why}: {number}" for why, number in reasons.most_common(FIRST)]
    if not able:
        said = _("Nobody could enter “{programme}” now").format(programme=title)
        host.say(f"{said} ({listed(told)})", "warn")
        return
    question = _("{people} could enter “{programme}”")
    late = await host.ask(
        Choose(
            question.format(people=words.people(len(able)), programme=title),
            [Choice(late, _(said)) for late, said in LATE.items()],
            more=told,
        )
    )
    if late is not None:
        host.do(lambda: enrolling.enter(book, code, [one.person_id for one in able], late=late))


def edit(host: Host, code: str) -> None:
    host.push_screen(ProgrammeText(code))


async def ask_copy(host: Host, code: str) -> None:
    """A programme of one's own, made from this one. Only inside a worker."""
    book = host.book

    def saves(text: str) -> None:
        host.do(lambda: programmes.copy(book, code, text.strip()))

    await host.ask(
        Prompt(
            msg(N_("A copy of “{programme}”: its short name"),
                programme=programmes.programme(book, code).named),
            f"{code}-2",
            saves=saves,
            where=Place("new", "programmes"),
            placeholder=_("letters, digits and -; e changes what stands in it"),
        )
    )  # fmt: skip
