"""What can be asked about people, from whatever screen they stand on. Only inside a worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, cast

from opslog.domain.base.refusal import Refused
from opslog.domain.base.text import shortened
from opslog.domain.people import phones
from opslog.domain.people.card import CALL, FIELDS, MAIL, SCOPES, WRITE, Person, checked, read_tags
from opslog.locale import N_, Msg, _, msg, nmsg
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.events import events
from opslog.services.fields import fields as own_fields
from opslog.services.people import by_hand, erasing
from opslog.services.people import card as person_card
from opslog.services.programmes import members
from opslog.services.rosters import by_hand as on_lists
from opslog.tui.frame.navigation import open_screen
from opslog.tui.widgets.asking.form import Field, Form, Values
from opslog.tui.widgets.asking.prompt import Choice, Choose, Prompt
from opslog.tui.widgets.text import Line, line

if TYPE_CHECKING:
    from textual.app import App

    from opslog.tui.widgets.host import Host

TAGS_OFFERED = 12


async def ask_tags(app: Host, person_ids: Sequence[int], left: Sequence[Msg] = ()) -> None:
    """Ask for tags and set them on all of these people, in one change; ``left`` is said of what
    else was chosen."""
    book = app.book

    def saves(text: str) -> Change | None:
        if not text.strip():
            return None
        change = person_card.set_tags(book, person_ids, *read_tags(text))
        change.left += left
        return change

    if len(person_ids) == 1:
        person = person_card.get(book, person_ids[0])
        title = msg(
            N_("Tags of {name}: {tags}"),
            name=shortened(person.called),
            tags=" ".join(f"#{tag}" for tag in person.tags) or msg(N_("none")),
        )
    else:
        title = nmsg("Tags of {n} person", "Tags of {n} people", len(person_ids))
    known = " ".join(person_card.known_tags(book, "", TAGS_OFFERED))
    placeholder = known or _("VIP East   -VIP takes it off")
    one = person_ids[0]
    await app.ask(
        Prompt(
            title,
            saves=saves,
            where=Place("tags", "person", one, one),
            placeholder=placeholder,
            check=_meaning,
        )
    )


def _meaning(text: str) -> str:
    """What was typed, as it will be taken."""
    add, remove = read_tags(text)
    parts = []
    if add:
        parts.append(_("add {tags}").format(tags=" ".join(add)))
    if remove:
        parts.append(_("take off {tags}").format(tags=" ".join(remove)))
    return " · ".join(parts)


async def ask_fields(app: Host, person_id: int) -> None:
    """The fields of a person as a form; phone and e-mail are checked while typing."""
    person = person_card.get(app.book, person_id)
    own = {
        f"own{one.id}": one
        for one in own_fields.everything(app.book)
        if one.on_card or one.name in person.fields
    }

    def fields() -> list[Field]:
        now = person_card.get(app.book, person_id)
        return [
            *(Field(name, _(label), _shown(now, name)) for name, label in FIELDS.items()),
            *(
                Field(key, one.name, now.fields.get(one.name, ""), " · ".join(one.choices))
                for key, one in own.items()
            ),
        ]

    def save(values: Values) -> Change:
        given = {name: value for name, value in values.items() if name not in own}
        more = {one.id: values[key] for key, one in own.items()}
        return own_fields.edit(app.book, person_id, given, more)

    def check(values: Values) -> list[Line]:
        for key, one in own.items():
            try:
                one.read(values[key])
            except Refused as refusal:
                raise Refused(refusal.message, field=key) from None
        return _check({name: value for name, value in values.items() if name not in own})

    await app.ask(
        Form(
            msg(N_("Edit {name}"), name=shortened(person.called)),
            fields,
            save,
            check,
            where=Place("edit", "person", person_id, person_id),
        )
    )


def _shown(person: Person, name: str) -> str:
    return phones.display(person.phone) if name == "phone" else str(getattr(person, name))


def begin_new(app: Host) -> None:
    """Somebody by hand from anywhere; their card opens."""

    async def ask() -> None:
        if made := await ask_new(app):
            open_screen(cast("App[Any]", app), "person", made)

    app.run_worker(ask(), group="ask", exclusive=True)


async def ask_new(app: Host, on_list: int | None = None) -> int | None:
    """Somebody by hand: a line, a business card or a signature is taken apart into the fields of
    a form; ``@event`` puts them on its list, else they are on that of the event ``on_list``. The
    person's id; None where it was left."""
    pasted = await app.ask(
        Prompt(
            msg(N_("Who? In a line, or a card or signature pasted; Enter alone: field by field")),
            saves=str,
            where=None,
            placeholder=_("Li Wei 13800138000 Blue Sea Ltd Sales Director @salon"),
            check=lambda text: _read(app, text),
        )
    )
    if pasted is None:
        return None
    said = by_hand.read(pasted)
    event_id = events.resolve(app.book, said.event) if said.event else on_list

    def save(values: Values) -> Change:
        sure = by_hand.known(app.book, by_hand.given(values)).sure
        return on_lists.add(
            *(app.book, values),
            event_id=event_id,
            same=sure.id if sure else None,
            guests=said.guests,
        )

    change: Change | None = await app.ask(
        Form(
            msg(N_("New person")),
            [Field(name, _(label), said.fields.get(name, "")) for name, label in FIELDS.items()],
            save,
            lambda values: [*_check(values), *_known(app, values)],
            where=Place("new", "person"),
        )
    )
    return change.made if change is not None else None


def _read(app: Host, text: str) -> str:
    """What was typed or pasted, field by field. Refused for an event that is not known."""
    said = by_hand.read(text)
    parts = [f"{_(FIELDS[name])} {value}" for name, value in said.fields.items()]
    if said.guests:
        parts.append(f"+{said.guests}")
    if said.event:
        event_id = events.resolve(app.book, said.event)
        parts.append(f"@{events.get(app.book, event_id).row.name}")
    return " · ".join(parts)


def _known(app: Host, values: Values) -> list[Line]:
    """Whoever is entered already is said before they are saved once more."""
    kept = {name: checked(name, value) for name, value in values.items()}
    known = by_hand.known(app.book, kept)
    if known.sure is not None:
        text = _("known already: {name}, {company}; what is blank of them is filled")
        one = known.sure
        return [line((text.format(name=one.called, company=one.company), "warn"))]
    if known.erased_on:
        text = _("somebody with this number or address was erased on {day}")
        return [line((text.format(day=known.erased_on), "warn"))]
    like = _("like: {name}, {company}; saved as somebody else")
    return [
        line((like.format(name=one.called, company=one.company), "warn")) for one in known.like[:2]
    ]


def _check(values: Values) -> list[Line]:
    """Refused with the field that is wrong, so that Enter does not save."""
    for name, value in values.items():
        try:
            checked(name, value)
        except Refused as refusal:
            raise Refused(
                msg(N_("{field}: {problem}"), field=_(FIELDS[name]), problem=refusal.message),
                field=name,
            ) from None
    phone = checked("phone", values["phone"])
    return [line((phones.display(phone), "muted"))] if phone else []


async def ask_note(app: Host, person_id: int) -> None:
    """The note on a person, as one line."""
    person = person_card.get(app.book, person_id)
    title = msg(N_("Note on {name}"), name=shortened(person.called))
    await app.ask(
        Prompt(
            title,
            person.note.replace("\n", " "),
            saves=lambda text: person_card.edit(app.book, person_id, note=text),
            where=Place("note", "person", person_id, person_id),
        )
    )


def change_bars(app: Host, person_id: int) -> None:
    """Not to be called; which way of reaching them is meant is asked where there is another than
    the phone (a programme writes to them, too), and where they are barred from one. Needs no
    worker."""
    person = person_card.get(app.book, person_id)

    def change(chosen: str | None) -> None:
        if chosen:
            scopes = chosen.split(",")
            on = not all(map(person.is_barred, scopes))
            app.do(lambda: person_card.set_barred(app.book, person_id, on, scopes))

    other = person.wecom or person.email or members.inside(app.book, person_id)
    if person.bars or other:
        app.push_screen(_ways(person, app.book.clock.zone), change)
    else:
        change(CALL)


def _ways(person: Person, zone: tzinfo) -> Choose:
    """The ways of reaching somebody, with who barred which since when."""
    labels = {CALL: _("calls"), WRITE: _("messages (WeCom, SMS)"), MAIL: _("e-mails")}
    state = {True: _("barred; allow again"), False: _("allowed; bar")}
    choices = [Choice(scope, labels[scope], state[person.is_barred(scope)]) for scope in SCOPES]
    everything = all(map(person.is_barred, SCOPES))
    choices.append(Choice(",".join(SCOPES), _("all of these"), state[everything]))
    title = _("{name}: how not to be contacted?").format(name=shortened(person.called))
    return Choose(title, choices, more=[str(bar.said(zone)) for bar in person.bars])


async def ask_erasing(app: Host, person_id: int) -> str | None:
    """Have the name typed, as a confirmation in writing; None where it is left."""
    person = person_card.get(app.book, person_id)
    if person.erased:
        return None
    word, name = erasing.word_for(person), shortened(person.called)
    title = _(
        "Erase {name} for good: name, numbers, addresses, cells of every list, notes and mentions "
        "in the log, also from history. Counts stay. This can't be undone."
    ).format(name=name)
    how = (
        _("Type the name to do it; Esc leaves everything as it is.")
        if word == person.name
        else _("Type this person's number, {number}, to do it; Esc leaves everything as it is.")
    ).format(number=word)
    question = msg(N_("{what} {how}"), what=title, how=how)

    def check(typed: str) -> str:
        erasing.confirm(person, typed)
        return _("Enter erases {name}").format(name=name)

    typed: str | None = await app.ask(
        Prompt(question, saves=str, where=None, placeholder=word, check=check)
    )
    return typed or None
