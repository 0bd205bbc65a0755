"""Today's messages: the words are copied, noted as sent, and the next person shows, by one key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from textual import on, work
from textual.screen import Screen
from textual.widgets import Input

from opslog.domain.base.sentences import listed
from opslog.domain.programmes.queue import Day, MessageCard, MessageLine, not_yet
from opslog.locale import N_, _, msg, ngettext
from opslog.services.book import operator
from opslog.services.book.contributions import Scope
from opslog.services.book.drafts import Place
from opslog.services.programmes import contents, enrolling, queue, sending
from opslog.tui.calls.actions import RECORD
from opslog.tui.frame.among import Among
from opslog.tui.frame.navigation import open_screen
from opslog.tui.frame.shown import Shown
from opslog.tui.programmes import asking, words
from opslog.tui.programmes.actions import MESSAGES, NEXT
from opslog.tui.programmes.desk import ALL, MessagesDesk, fits
from opslog.tui.programmes.rows import HELD, MORE, SAID, STALE, TO
from opslog.tui.programmes.together import TogetherScreen
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.editor import Editor
from opslog.tui.widgets.asking.prompt import NEW, Choice, Choose, Prompt
from opslog.tui.widgets.lists.window_list import WindowList

LARGE = 300  # noted as sent at once, above which it is done beside the keys
_SHOWN = (
    *("messages.send", "programmes.next", "messages.skip", "messages.sent", "messages.opened"),
    *("messages.replied", "messages.not_now", "item.edit", "messages.other_piece"),
    *("messages.together", RECORD, "item.filter", "item.mark", "messages.held"),
)
# What writes to somebody; beside any other row of the list stands what Enter does there.
_WRITES = frozenset(_SHOWN) - {"programmes.next", RECORD, "item.filter", "messages.held"}


class MessagesScreen(MessagesDesk):
    """What each key does. The list holds the focus."""

    HELP = N_(
        "Whom to write to today, by the hour that suits them, with the words to send. Enter copies "
        "them, notes the message as sent and shows the next; 5 takes everybody of one text. "
        "opslog sends nothing itself. Who replies leaves the programme and waits for you here."
    )
    BINDINGS = bind(*_SHOWN, *MESSAGES, *NEXT, "item.copy", "item.tags", "item.wecom",
                    "item.do_not_call", show=_SHOWN)  # fmt: skip

    @property
    def silent_keys(self) -> Collection[str]:
        return _WRITES if self._day is not None and self._card is None else ()

    def anew(self) -> MessagesScreen:
        fresh = MessagesScreen()
        fresh._find, fresh._unfolded = self._find, self._unfolded
        return fresh

    def export_shown(self) -> Shown:
        assert self._day is not None
        ids = [one.person_id for slot in self._day.slots for one in slot.lines]
        return Shown("people", Scope(keys=ids))

    def keys_of(self, table: str, id: int) -> tuple[str, int] | None:
        return (TO, id) if table == "enrolment" else None

    # -- whom a key is about ----------------------------------------------------------------

    def _shown(self) -> MessageCard | None:
        if self._card is None:
            said = _("Nobody to write to is selected: choose somebody with the arrows")
            if self._day is not None and not self._day.due:
                said = _("Nobody is left to write to today")
            self.say(said, "warn")
        return self._card

    def _meant(self, key: str) -> MessageCard | None:
        """The card shown, for a key that writes at once: typed for it, and not held down."""
        card = self._shown()
        if card is None:
            return None
        if not self._seen.meant(self.host.typed_at):
            said = _("The card had just changed to {person}; press again if that is meant")
            self.say(said.format(person=card.line.person), "warn")
            return None
        if self._seen.held(key, self.host.typed_at):
            self.say(_("A key held down answers one message only"), "warn")
            return None
        return card

    def _many(self, key: str) -> list[MessageLine]:
        """The marked ones, else the one shown."""
        if marked := self._marked():
            return marked
        card = self._meant(key)
        return [card.line] if card else []

    def _marked(self) -> list[MessageLine]:
        keys = [key[1] for key in self.queue.marked_in_order() if isinstance(key, tuple)]
        return [one for one in map(self.line, keys) if one is not None]

    async def _ask(self, question: Screen[Any], taken: Any = None) -> None:
        """Open a question before the next key is read, so that it already goes there."""
        await self.app.push_screen(question, taken)
        question.set_focus(question.query_one(Input))

    # -- one key a message -------------------------------------------------------------------

    def action_send(self) -> None:
        kind, ref = self.selected
        if kind == MORE:
            self._unfolded.add(ref)
            self.reload()
        elif kind == SAID:
            self.action_person()
        elif kind == HELD:
            self._show_held(ref)
        elif kind == STALE:
            open_screen(self.app, "contents", ref)
        elif self.queue.marked:
            self._together(self._many("enter"))
        elif card := self._meant("enter"):
            self._send(card)

    @on(WindowList.Opened, "#queue")
    def _clicked(self) -> None:
        """A click opens what is selected; nothing is sent by the mouse."""
        if self.selected[0] != TO:
            self.action_send()

    def _send(self, card: MessageCard) -> None:
        if not card.text:
            self.say(_("Written by hand: your words first, then Enter; or 1 once it is sent"))
            self._edit(card)
            return
        id = card.line.enrolment_id
        change = sending.sent(self.book, [id])
        self.app.copy_to_clipboard(card.text)
        said = _("{person}: copied, noted as sent")
        if card.blank:  # said before it is pasted
            said = _("{person}: copied, noted as sent; nothing is known for {fields}")
        blank = listed(f"{{{field}}}" for field in card.blank)
        self.after([id], change, said.format(person=card.line.person, fields=blank))

    def action_mark_sent(self) -> None:
        """Of somebody who waits for an answer: they have it."""
        kind, ref = self.selected
        if kind == SAID:
            self.host.do(lambda: sending.answered(self.book, ref))
        elif many := self._many("1"):
            ids = [one.enrolment_id for one in many]
            self.after(ids, sending.sent(self.book, ids))

    def action_skip(self) -> None:
        if many := self._many("0"):
            ids = [one.enrolment_id for one in many]
            self.after(ids, sending.skip(self.book, *ids))

    def action_opened(self) -> None:
        if card := self._meant("2"):
            self.host.do(lambda: sending.opened(self.book, card.line.enrolment_id))

    async def action_replied(self) -> None:
        """Their words, or Enter alone; they leave the programme."""
        card = self._shown()
        if card is None:
            return
        one = card.line

        def saves(text: str) -> None:
            change = sending.replied(self.book, one.enrolment_id, text.strip())
            self.after([one.enrolment_id], change)

        await self._ask(
            Prompt(
                msg(N_("{person} replied. What do they say?"), person=one.person),
                saves=saves,
                where=Place("replied", "enrolment", one.enrolment_id, one.person_id),
                placeholder=_("their words; Enter alone: not noted"),
            )
        )

    async def action_not_now(self) -> None:
        marked = self._marked()
        if (card := None if marked else self._shown()) is None and not marked:
            return
        many = marked or ([card.line] if card else [])
        ids = [one.enrolment_id for one in many]

        def puts_off(text: str) -> None:
            until = asking.until(self.book, text)
            self.after(ids, sending.all_not_now(self.book, ids, until))

        await self._ask(asking.not_now(self.host, many, puts_off))

    def action_pause(self) -> None:
        if many := self._many("6"):
            ids = [one.enrolment_id for one in many]
            self.after(ids, enrolling.pause(self.book, ids))

    async def action_leave(self) -> None:
        many = self._many("7")
        if not many:
            return
        ids = [one.enrolment_id for one in many]
        who = many[0].person if len(many) == 1 else words.people(len(many))

        def leaves(why: str | None) -> None:
            if why is not None:
                self.done(ids, lambda: enrolling.leave(self.book, ids, why.removeprefix(NEW)))

        await self._ask(asking.leaving(who), leaves)

    # -- the words ----------------------------------------------------------------------------

    def action_copy(self) -> None:
        """The words alone; nothing is noted."""
        card = self._shown()
        if card is None:
            return
        if not card.text:
            self.say(_("There are no words to copy"), "warn")
            return
        self.app.copy_to_clipboard(card.text)
        self.say(_("Copied: {text}").format(text=" ".join(card.text.split())))

    def action_edit(self) -> None:
        if card := self._shown():
            self._edit(card)

    def _edit(self, card: MessageCard) -> None:
        id = card.line.enrolment_id

        def keep(text: str) -> None:
            self.host.do(lambda: sending.own_words(self.book, id, text))

        title = _("Words for {person}, this time only").format(person=card.line.person)
        hint = _("done; these words are kept for this message")
        self.app.push_screen(Editor(title, card.text, keep, hint))

    async def action_other_piece(self) -> None:
        card = self._shown()
        if card is None:
            return
        one = card.line
        pieces = [piece for piece in contents.pieces(self.book) if piece.id != card.content_id]
        same = [piece for piece in pieces if piece.stage == one.stage]
        choices = [
            Choice(str(piece.id), piece.label, " ".join(piece.text.split())[:60])
            for piece in (*same, *(other for other in pieces if other not in same))
        ]
        if not choices:
            self.say(_("There is no other piece; Tab leads to the pieces, n makes one"), "warn")
            return

        def taken(id: str | None) -> None:
            if id is not None:
                self.host.do(lambda: sending.other_piece(self.book, one.enrolment_id, int(id)))

        await self._ask(
            Choose(_("Which words for {person}?").format(person=one.person), choices), taken
        )

    def action_together(self) -> None:
        """Everybody of the text shown, however many more there are than stand here."""
        if card := self._shown():
            day = queue.day(self.book, first=ALL)
            every = (one for slot in day.slots for one in slot.lines)
            alike = [
                one
                for one in every
                if one.text_key == card.line.text_key
                and (not self._find or fits(one, self._find))  # who was filtered out is not meant
            ]
            self._together([card.line, *alike], day)

    def _together(self, people: Sequence[MessageLine], day: Day | None = None) -> None:
        """One copy of their words; where marked ones get others, they keep their marks. Of a
        ``day`` those whose hour is to come are left out at first; None: they were marked."""
        if not people:
            return
        self.book.look_free()  # what is being noted as sent still stands among the names
        key = people[0].text_key
        alike = [*{one.enrolment_id: one for one in people if one.text_key == key}.values()]
        card = queue.card(self.book, alike[0].enrolment_id)
        if not card.text:
            self.say(_("There are no words to copy"), "warn")
            return

        def sent(ids: list[int] | None) -> None:
            if ids:
                said = ngettext(
                    "Copied once, noted as sent to {n} person",
                    "Copied once, noted as sent to {n} people",
                    len(ids),
                ).format(n=f"{len(ids):,}")
                self.call_later(self._note_sent, ids, said)

        assert self._day is not None
        later = not_yet(day or self._day, alike[0], self.book.now())
        ask = TogetherScreen(alike, card.text, later, all=day is None)
        self.app.push_screen(ask, sent)

    def _note_sent(self, ids: list[int], said: str) -> None:
        """Thousands are noted beside the keys."""
        held = N_("Messages are being noted as sent; nothing else can be changed meanwhile")
        self.host.do_long(
            *(len(ids) > LARGE, lambda book: sending.sent(book, ids)),
            *(msg(N_("Noting {n} messages as sent …"), n=len(ids)), msg(held)),
            # Where somebody got nothing, the change says how many did.
            lambda change: self.after(ids, change, "" if change.left else said),
        )

    # -- other keys ------------------------------------------------------------------------------

    def action_mark(self) -> None:
        if self.selected[0] == TO:
            self.queue.toggle_mark()
        else:
            self.say(_("Only people to write to can be marked"), "warn")

    def action_person(self) -> None:
        kind, ref = self.selected
        assert self._day is not None
        if kind == SAID:
            one = next(said for said in self._day.answered if said.enrolment_id == ref)
            open_screen(self.app, "person", one.person_id)
        elif card := self._shown():
            people = [one.person_id for slot in self._day.slots for one in slot.lines]
            among = Among(
                *(_("Today's messages"), lambda: len(people)),
                lambda person: people.index(person) if person in people else None,
                lambda place: people[place],
            )
            open_screen(self.app, "person", card.line.person_id, among)

    async def action_held(self) -> None:
        """The reasons why some get nothing today, each with its people."""
        assert self._day is not None
        if not self._day.held:
            self.say(_("Nobody is held back today"))
            return
        choices = asking.held(self._day)
        await self._ask(Choose(_("Who gets nothing today, and why"), choices), self._show_held)

    def _show_held(self, why: str | None) -> None:
        assert self._day is not None
        if why is not None:
            self.call_later(
                self._ask, asking.people_held(self.book, self._day, why), self._open_held
            )

    def _open_held(self, person_id: str | None) -> None:
        if person_id is not None:
            open_screen(self.app, "person", int(person_id))

    async def action_operator(self) -> None:
        def saves(text: str) -> None:
            name = operator.set_name(self.book, text)
            self.say(_("Messages say: this is {name}").format(name=name) if name else
                     _("Messages name nobody"))  # fmt: skip
            self.show_card()

        await self._ask(
            Prompt(
                msg(N_("Your name, as messages say it")),
                operator.name(self.book),
                saves=saves,
                where=None,
                proposed=True,
                placeholder=_("such as 小陈; empty: messages name nobody"),
            )
        )

    async def action_filter(self) -> None:
        def finds(text: str) -> None:
            self._find = text.strip()
            self.reload()

        title = msg(N_("Find somebody of today"))
        hint = _("name, pinyin, title, company; empty: all")
        await self._ask(
            Prompt(title, self._find, saves=finds, where=None, proposed=True, placeholder=hint)
        )

    def action_back(self) -> None:
        if self._find:
            self._find = ""
            self.reload()
        elif self.queue.marked:
            self.queue.clear_marks()
        else:
            super().action_back()

    def action_next_view(self) -> None:
        self.app.switch_screen(asking.screen("programmes"))

    @work(group="ask")
    async def action_tags(self) -> None:
        from opslog.tui.people.forms import ask_tags

        if card := self._shown():
            await ask_tags(self.host, [card.line.person_id])

    def action_wecom(self) -> None:
        from opslog.services.people import card as person_card

        if card := self._meant("w"):
            now = card.wecom
            self.host.do(lambda: person_card.set_wecom(self.book, card.line.person_id, not now))

    def action_do_not_call(self) -> None:
        from opslog.tui.people.forms import change_bars

        if card := self._shown():
            change_bars(self.host, card.line.person_id)
