"""The programmes there are: listed, copied, written anew, grown."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from opslog import shipped
from opslog.domain.base.clock import instant_text
from opslog.domain.base.codes import code_of
from opslog.domain.base.codes import known as codes_known
from opslog.domain.base.own_files.toml_lines import Faulty
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.programmes import programmes_file, schedule
from opslog.domain.programmes.listed import Listed
from opslog.domain.programmes.programme import SPAN_TITLES, SPANS, Programme
from opslog.locale import N_, Msg, msg, nmsg
from opslog.services.book import own_files, own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.programmes import contents
from opslog.services.programmes.groups import by_slot
from opslog.services.programmes.held import holdings
from opslog.services.programmes.timetable import Timetable
from opslog.store.db import own_files as file_store
from opslog.store.programmes import counts
from opslog.store.programmes import enrolments as store
from opslog.store.programmes.enrolments import ACTIVE, FINISHED

RATED = timedelta(days=30)  # over which answers are counted

# As TOML may be written, in quotes of either kind.
_RUNS = re.compile(r"""(?m)^([ \t]*(["']?)runs\2[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""")
_TITLE = re.compile(r"""(?m)^((?:zh|en)\s*=\s*(?:"[^"\n]*|'[^'\n]*))(["'])""")


def programmes(book: Book) -> list[Listed]:
    """All, by name, with who is in them."""
    states = counts.states(book.con)
    due = _due(book)
    rates = counts.rates(book.con, instant_text(book.now() - RATED))
    found = []
    for code in own_kinds.programme_codes(book):
        rules = own_kinds.programme(book, code)
        place = own_kinds.programme_kind(code).place
        active, paused, left, finished = (
            states.get((code, state), 0) for state in ("active", "paused", "left", "finished")
        )
        found.append(
            Listed(
                code,
                rules.named if rules else msg(N_("{code}: can't be read"), code=code),
                *(active, paused, left, finished),
                due[code],
                rates.get(code, (0, 0)),
                file_store.version(book.con, place) is not None,
                book.faults.get(place, ()),
            )
        )
    return found


def _due(book: Book) -> Counter[str]:
    """Programme → people to write to today, as today's messages count them."""
    table, found = Timetable(book), Counter[str]()
    for groups in by_slot(table, holdings(book, table)).values():
        for group in groups:
            found[group.key[1]] += group.number
    return found


def programme(book: Book, code: str) -> Programme:
    """Raises Refused where there is none of that name, or its file can't be read."""
    found = own_kinds.programme(book, code)
    if found is not None:
        place = own_kinds.programme_kind(code).place
        return found._replace(version=file_store.version(book.con, place) or 1)
    faults = book.faults.get(f"{own_kinds.PROGRAMMES}/{code}.toml")
    if faults:
        raise Faulty(faults)
    known = listed(own_kinds.programme_codes(book))
    raise Refused(msg(N_("“{code}” is no programme; known: {known}"), code=code, known=known))


def text(book: Book, code: str) -> str:
    """As it holds: one's own, else as it ships. Raises Refused where there is none."""
    programme(book, code)
    return _standing(book, code)


def _standing(book: Book, code: str) -> str:
    kind = own_kinds.programme_kind(code)
    found = own_files.own(book, kind.place, kind.read)
    return shipped.text(kind.ships) if found is None else found.text


def copy(book: Book, code: str, new_code: str) -> Change:
    """One of one's own to begin with, with its code behind the title, so that the two are told
    apart. Raises Refused where the name is taken, or is none."""
    new_code = new_code.strip().lower()
    if new_code in own_kinds.programme_codes(book):
        raise Refused(msg(N_("There is a programme “{code}” already"), code=new_code))
    head, steps = re.split(r"(?m)(?=^\[\[)|\Z", text(book, code), maxsplit=1)
    named = re.sub(r"""["'\\]""", "", new_code)
    head = _TITLE.sub(rf"\g<1> · {named}\g<2>", head)
    return put(book, new_code, head + steps)


def put(book: Book, code: str, text: str) -> Change:
    """The text of a programme of one's own; a new version of it, or no change where it says what
    stands there: one that ships stays as it ships. Raises Faulty by line and key."""
    kind = own_kinds.programme_kind(code)
    sets = own_kinds.outcomes(book).sets.values()
    rules = programmes_file.read(
        text,
        kind.place,
        outcomes=sorted({one.code for some in sets for one in some.all}),
        labels={piece.label for piece in contents.pieces(book)},
    )
    there = code in own_kinds.programme_codes(book)
    if there and text.strip() == _standing(book, code).strip():
        return Change(msg(N_("“{title}” says that already"), title=rules.named))
    said = N_("Programme “{title}” changed") if there else N_("New programme “{title}”")
    change = own_files.put(book, kind.place, text, msg(said, title=rules.named))
    change.left += _astray(book, code)
    return change


def _astray(book: Book, code: str) -> list[Msg]:
    """Who stands at a step that there is no more, and what to do."""
    running = {step.id for step in programme(book, code).running}
    return [
        nmsg(
            N_("{n} person waits at “{step}”, which does not run any more; put them at another"),
            N_("{n} people wait at “{step}”, which does not run any more; put them at another"),
            number,
            step=step,
        )
        for step, number in counts.steps(book.con, code).items()
        if step not in running
    ]


def grow(book: Book, code: str, span: str) -> Change:
    """Let a programme go further, or less far; who had run to its end goes on with what is still
    to come. Raises Refused for a span that there is none of."""
    span = code_of(span, SPAN_TITLES) or span
    if span not in SPANS:
        known = codes_known(SPAN_TITLES)
        raise Refused(msg(N_("“{span}” is no span; known: {known}"), span=span, known=known))
    changed, number = _RUNS.subn(rf'\g<1>"{span}"', text(book, code), count=1)
    if not number:
        changed = f'runs = "{span}"\n{changed}'
    rules = programme(book, code)
    label = msg(N_("“{title}” goes on for {span}"), title=rules.named, span=msg(SPAN_TITLES[span]))
    kind = own_kinds.programme_kind(code)
    kind.read(changed, kind.place)
    with book.change(label) as change:
        own_files.put(book, kind.place, changed, label)
        table = Timetable(book)
        for one in store.enrolled(book.con, "e.programme=? AND e.state=?", code, FINISHED):
            plan = table.plan(code, one.started_on)
            had = {one.next_step, *store.sendings(book.con, one.id)}
            number = max((n for n, p in enumerate(plan) if p.step.id in had), default=-1)
            ahead = [p for p in plan[number + 1 :] if number >= 0 and p.on >= table.today]
            if ahead and not counts.elsewhere(book.con, one.person_id):
                slot = table.slot(code, ahead[0].step, one.title)
                # One of today comes tomorrow: they may have had their last one this morning.
                on = max(ahead[0].on, table.today + timedelta(days=1))
                on = schedule.workday(on, table.workdays.is_workday)
                store.go_on(book.con, one.id, ahead[0].step.id, on, slot)
                now = instant_text(book.now())
                store.change(book.con, one.id, state=ACTIVE, state_at=now)
        change.left += _astray(book, code)
    return change
