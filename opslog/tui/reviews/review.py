"""What an event has brought: a verdict, pictures whose numbers open, what to change next time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget

from opslog.domain.base.refusal import Refused
from opslog.domain.events.channels import Channel
from opslog.domain.events.events import KIND_LABELS, EventRow
from opslog.domain.events.stops import Stop
from opslog.domain.reviews import wording as domain_wording
from opslog.domain.reviews.numbers import Number
from opslog.domain.reviews.pictures import Lines, Picture
from opslog.domain.reviews.review import Proposal, Review
from opslog.locale import N_, _, msg
from opslog.services.events import events, stops
from opslog.services.files import kinds
from opslog.services.reviews import acts, channels, files, one_stop, opening, reviews
from opslog.tui.calls.queue.beside import ReadsBeside
from opslog.tui.frame import navigation
from opslog.tui.frame.actions import REVIEW
from opslog.tui.frame.screen import Touched
from opslog.tui.reports import saving, send_on
from opslog.tui.reports.opened import Behind, OpenedScreen
from opslog.tui.reviews import actions, comparing, forms, next_time, wording
from opslog.tui.reviews.board import Board
from opslog.tui.reviews.deciding import ACCEPT, DISMISS, Decide
from opslog.tui.reviews.head import Head
from opslog.tui.widgets.actions import bind
from opslog.tui.widgets.asking.prompt import Choose
from opslog.tui.widgets.drawing import spread
from opslog.tui.widgets.lists.lines_view import ToldLines
from opslog.tui.widgets.text import Line, cut_line, join, line, line_width

KEYS = (
    *(
        "item.open",
        "item.edit",
        "item.copy",
        "item.filter",
        "item.lists",
        "item.new",
        "item.delete",
    ),
    *actions.REVIEW,
    *REVIEW,
)
STOPS = ("stops", "decisions")  # pictures of the stops of a road show
SHOWN = ("item.open", "review.compare", "item.edit", "review.save", "item.copy", "item.filter")


class ReviewScreen(ReadsBeside):
    """The review of one event; without one that of the latest that is over."""

    CSS_PATH = "review.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    HELP = N_(
        "What an event has brought. The arrows go from number to number, Tab to the next picture; "
        "Enter opens whom or what a number counts, and what was typed in where it was typed; in a "
        "curve left and right go from day to day. l makes a list of these people. c holds the "
        "event against another, a month or a half-year; a digit shows what a proposal would "
        "change, e edits what is under the cursor (targets, costs, figures, words), n types in "
        "something new, Delete takes it out. x writes a page, y copies the text, of a channel its "
        "link; [ and ] lead to the event before and after, / finds one, + shows one stop of a road "
        "show alone, v leads back to the day's report."
    )
    BINDINGS: ClassVar[list[BindingType]] = bind(*KEYS, show=SHOWN)

    def __init__(
        self,
        event_id: int | None = None,
        against: str | None = None,
        stop_id: int | None = None,
    ) -> None:
        super().__init__()
        self._event_id, self._against = event_id, against
        self._stop_id = stop_id  # of a road show, where one stop alone is looked at
        self._event: EventRow | None = None
        self._review: Review | None = None
        self._whole = False  # or its first picture alone
        self._select = ""  # what the cursor is to stand on

    def body(self) -> Iterable[Widget]:
        yield Head(self.host.key_text("review.compare", "c"))
        yield Board()
        yield ToldLines(self._about, id="about")

    @property
    def board(self) -> Board:
        return self.query_one(Board)

    def on_mount(self) -> None:
        self.board.focus()
        self.refresh_rows({})

    def anew(self) -> ReviewScreen:
        return ReviewScreen(self._event_id, self._against, self._stop_id)

    def place(self) -> object:
        return self.board.spot.key if self.board.spot else ""

    def go_to(self, place: object) -> None:
        self._select = str(place)

    @property
    def silent_keys(self) -> Collection[str]:
        if self._whole:
            return ()
        works = ("item.filter", *REVIEW, *(("item.open",) if self._review else ()))
        return {one for one in KEYS if one not in works}

    # -- what is shown -------------------------------------------------------------------

    def refresh_rows(self, touched: Touched) -> None:
        found = {one.id: one for one in self._events()}
        if self._event_id not in found:  # never chosen, or its creation was undone
            self._event_id = comparing.latest(list(found.values()), self.book.now())
        self._event = None if self._event_id is None else found[self._event_id]
        if self._stop is None:  # its creation was undone
            self._stop_id = None
        if self._review is not None and self._of(self._review) != (self._event_id, self._stop_id):
            self._review, self._whole = None, False
        if self._event is None:
            self.stop_asking()
            self._show()
            return
        if self._review is None:
            self._show()
        event_id, against, stop_id = self._event.id, self._against, self._stop_id
        first = None if self._review or stop_id else partial(self.call_later, self._begun)
        self.ask_beside(
            lambda book: reviews.review(book, event_id, against, first, stop_id), self._found
        )

    @property
    def _stop(self) -> Stop | None:
        if self._stop_id is None or self._event is None:
            return None
        known = stops.of(self.book, self._event.id)
        return next((one for one in known if one.id == self._stop_id), None)

    @staticmethod
    def _of(review: Review) -> tuple[int, int | None]:
        return review.event.id, None if review.stop is None else review.stop.id

    def _begun(self, review: Review) -> None:
        """The first picture of a large event, at first what its list says alone; the rest is still
        counted."""
        if not self._whole and review.event.id == self._event_id:
            self._review = review
            self._show()

    def _found(self, review: Review) -> None:
        self._review, self._whole = review, True
        self._show()
        if self._select:
            self.board.select(self._select)
            self._select = ""

    def _show(self) -> None:
        event, stop = self._event, self._stop
        if event is not None and stop is not None:
            event = one_stop.as_event(events.get(self.book, event.id), stop).row
        facts = wording.facts(self.book, event, self._review) if event else []
        self.query_one(Head).show(event.name if event else "", facts, self._review, self._next())
        below = [] if event else self._empty()
        if self._review is not None and not self._whole:
            below = [line((_("The rest is still being counted …"), "dim"))]
        self.board.show(self._review, below)
        self.query_one("#about", ToldLines).rebuild()
        self.refresh_bindings()

    def _next(self) -> Line:
        """What to do where nothing is known yet."""
        review = self._review
        if (
            review is None
            or not self._whole
            or any(one.value is not None for one in review.numbers())
        ):
            return ()
        new, lists = self.host.key_text("item.new", "n"), self.host.key_text("go.rosters", "f5")
        return line(
            (new, "key"), " ", _("types in targets, costs, figures, channels"), "   ",
            (lists, "key"), " ", _("takes in who came"),
        )  # fmt: skip

    def _empty(self) -> list[Line]:
        go, new = self.host.key_text("go.events", "f4"), self.host.key_text("item.new", "n")
        return [
            line((_("No events yet."), "strong")),
            (),
            line((go, "key"), " ", (new, "key"), "  ",
                 _("enters one; once it is over, what it has brought stands here")),
        ]  # fmt: skip

    def _events(self) -> list[EventRow]:
        return sorted(events.listing(self.book), key=lambda one: one.starts_at)

    @on(Board.Moved)
    def _tell(self) -> None:
        self.query_one("#about", ToldLines).rebuild()

    def _about(self, cells: int, rows: int) -> list[Line]:
        """All there is to say of the number under the cursor."""
        number, review, below = self._number, self._review, self.board.below
        if review is None:
            return []
        on: Line = line((f"↓ {below} …", "muted"), "  ") if below else ()
        against = str(review.compared.title) if review.compared else ""
        said = wording.about(number, self._picture, against) if number else self._words()
        if (channel := self._channel()) is not None and channel.link:
            said = join([said, line((channel.link, "accent"))])
        return [spread(cut_line(line("  ", *said), cells - line_width(on) - 2), on, cells)]

    def _words(self) -> Line:
        """Those under the cursor in full, where the page has no room for them."""
        picture, spot = self._picture, self.board.spot
        if not isinstance(picture, Lines) or spot is None or spot.picture != next_time.FIVE:
            return ()
        sign, text = picture.lines[int(spot.key.rpartition(".")[2])]
        return line(str(sign), " ", str(text))

    @property
    def _number(self) -> Number | None:
        """Under the cursor; of what people said, how many did."""
        spot, picture = self.board.spot, self._picture
        if spot is not None and isinstance(picture, Lines) and picture.opens:
            return picture.opens[int(spot.key.rpartition(".")[2])]
        return spot.number if spot else None

    @property
    def _picture(self) -> Picture | None:
        spot = self.board.spot
        return self._review.picture(spot.picture) if spot and self._review else None

    # -- a number opened -------------------------------------------------------------------

    @on(Board.Opened)
    def action_open(self) -> None:
        proposal, number, spot = self._proposal(), self._number, self.board.spot
        if proposal is not None:
            self._decide(proposal)
        elif number is None and spot is not None and spot.key == spot.picture:
            self.say(_("There is nothing here yet"))
        elif number is None:
            self.action_edit()
        elif number.value is None or (number.kind and not number.value):
            self.say(str(number.why or _("Nothing to count here.")))
        elif not number.kind:  # typed in, or worked out of what was: there it opens
            self.action_edit()
        else:
            self.app.push_screen(OpenedScreen(self._behind(number)))

    def _channel(self) -> Channel | None:
        """The one under the cursor."""
        spot = self.board.spot
        if self._event is None or spot is None or spot.picture != "channels":
            return None
        at = self._place_of(forms.CHANNEL)
        return channels.of(self.book, self._event.id)[at] if at >= 0 else None

    def _proposal(self) -> Proposal | None:
        """The one under the cursor."""
        spot = self.board.spot
        if self._review is None or spot is None or spot.picture != next_time.KEY:
            return None
        key = spot.key.removeprefix(f"{next_time.KEY}.")
        return next((one for one in self._review.proposals if one.key == key), None)

    # -- what to change next time ------------------------------------------------------------

    def action_accept(self, digit: int) -> None:
        if not self._whole:
            return
        found = next_time.numbered(self._review) if self._review else []
        if digit <= len(found):
            self._decide(found[digit - 1])
        else:
            self.say(_("There is no proposal {n}").format(n=digit))

    @work(group="ask", exclusive=True)
    async def _decide(self, proposal: Proposal) -> None:
        """What it would change, then yes or no."""
        event = self._event
        assert event is not None
        if proposal.state:
            key = self.host.key_text("undo", "u")
            said = _("This is decided; {key} takes back the newest change").format(key=key)
            return self.say(said)
        chosen = await self.host.ask(Decide(proposal, _(KIND_LABELS[event.kind])))
        verbs = {ACCEPT: acts.accept, DISMISS: acts.dismiss}
        if chosen is not None:
            self.host.do(lambda: verbs[chosen](self.book, event.id, proposal))

    # -- what is typed in ----------------------------------------------------------------------

    @work(group="ask", exclusive=True)
    async def action_edit(self) -> None:
        """What stands under the cursor, or what is chosen."""
        event, spot = self._event, self.board.spot
        if event is None or self._typed_at_the_stop():
            return
        if spot is not None and spot.picture == "five":  # they are answered in the plan
            await navigation.open_thing(self.app, "event", event.id)
            return
        if spot is not None and spot.picture in STOPS:  # each is typed in at its own
            navigation.open_screen(self.app, "stops", event.id)
            return
        kind = forms.kind_of(spot) if spot else None
        at = self._place_of(kind)
        kind = kind or await forms.which(self.host)
        if kind is not None:
            await forms.enter(self.host, event.id, kind, at)

    @work(group="ask", exclusive=True)
    async def action_new(self) -> None:
        event = self._event
        if self._typed_at_the_stop():
            return
        kind = await forms.which(self.host) if event else None
        if event is not None and kind is not None:
            await forms.enter(self.host, event.id, kind, -2 if kind == forms.NOTE else -1)

    @work(group="ask", exclusive=True)
    async def action_enter(self, kind: str, at: int) -> None:
        """Go on with what was typed and not entered."""
        if self._event is not None:
            await forms.enter(self.host, self._event.id, kind, at)

    def _typed_at_the_stop(self) -> bool:
        """What one stop brought is typed in where the stops are; whether that was opened."""
        if self._event is None or self._stop_id is None:
            return False
        navigation.open_screen(self.app, "stops", self._event.id)
        return True

    def _place_of(self, kind: str | None) -> int:
        """Which of its kind stands under the cursor; -2 where that is not said."""
        spot = self.board.spot
        if spot is None or kind is None or self._review is None:
            return -2
        return forms.place(self.book, self._review, kind, spot)

    def action_delete(self) -> None:
        """Take out what was typed in, or dismiss a proposal."""
        event, spot, proposal = self._event, self.board.spot, self._proposal()
        if event is None or spot is None or self._typed_at_the_stop():
            return
        if proposal is not None and not proposal.state:
            self.host.do(lambda: acts.dismiss(self.book, event.id, proposal))
            return
        kind = forms.kind_of(spot) or ""
        verb = forms.removes(self.book, event.id, kind, self._place_of(kind), proposal)
        if verb is None:
            self.say(_("Only what was typed in can be taken out: go to it"))
        else:
            self.host.do(verb)

    # -- out ------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        channel = self._channel()
        if channel is not None and channel.link:
            self.app.copy_to_clipboard(channel.link)
            self.say(_("Copied the link of {channel}").format(channel=channel.called), "good")
        elif self._review is not None and self._whole:
            text = domain_wording.pasted(self._review, self.book.clock.zone)
            self.app.copy_to_clipboard(text)
            self.say(_("Copied; paste it into the chat"), "good")

    @work(group="ask", exclusive=True)
    async def action_save(self) -> None:
        """The page into a file, by its ending; one that exists takes a second Enter."""
        review = self._review
        if review is None or not self._whole:
            return
        endings = [f".{one}" for one in files.ENDINGS]
        await saving.save(
            self.host,
            msg(N_("Save the review as ({endings})"), endings=" ".join(endings)),
            kinds.named(self.book, _("Review"), review.event.name, "html"),
            files.checked_ending,
            lambda path, force: files.write(self.book, review, path, force=force),
        )

    def _behind(self, number: Number) -> Behind:
        assert self._review is not None
        review = self._review
        picture = self._picture
        return Behind(
            review.event.name,
            str(picture.heading) if picture else "",
            wording.name(number, picture),
            number.kind,
            lambda: opening.rows(self.book, review, number),
        )

    @work(group="ask", exclusive=True)
    async def action_lists(self) -> None:
        """Of the people behind the number under the cursor."""
        number = self._number
        if number is None:
            raise Refused(msg(N_("No people are counted here; Enter shows what it is about")))
        one = self._behind(number)
        await send_on.ask(self.host, one.what, one.name, one.kind, one.rows())

    # -- which event, and beside what --------------------------------------------------------

    def _go(self, event_id: int) -> None:
        self._event_id, self._against, self._stop_id = event_id, None, None
        self.refresh_rows({})

    def action_beside(self, by: int) -> None:
        ids = [one.id for one in self._events()
               if one.cancelled_at is None or one.id == self._event_id]  # fmt: skip
        at = ids.index(self._event_id) + by if self._event_id in ids else -1
        if 0 <= at < len(ids):
            self._go(ids[at])
        else:
            self.say(_("No event before this one") if by < 0 else _("No event after this one"))

    @work(group="ask", exclusive=True)
    async def action_filter(self) -> None:
        """Another event, by its name."""
        key = await self.host.ask(
            Choose(
                _("The review of which event?"),
                comparing.choices(self.book, self._events()),
                selected=str(self._event_id),
            )
        )
        if key is not None:
            self._go(int(key))

    @work(group="ask", exclusive=True)
    async def action_compare(self) -> None:
        event = self._event
        if event is None:
            return
        now = self._review.compared.key if self._review and self._review.compared else ""
        name, choices = event.name, comparing.against(self.book, self._events(), event)
        if self._stop_id is not None:
            choices = comparing.against_stop(self.book, event.id, self._stop_id)
            name = self._review.event.name if self._review else name
        key = await self.host.ask(
            Choose(
                _("{event}: beside what?").format(event=name),
                choices,
                selected=now or comparing.NONE,
            )
        )
        if key is not None:
            self._against = "" if key == comparing.NONE else key
            self.refresh_rows({})

    @work(group="ask", exclusive=True)
    async def action_stop(self) -> None:
        """One stop of a road show alone, or the whole again."""
        event = self._event
        choices = comparing.stops(self.book, event.id) if event else []
        if not choices:
            self.say(_("This event has no stops; it is all there is"))
            return
        now = str(self._stop_id or comparing.NONE)
        chosen = await self.host.ask(Choose(_("The review of which stop?"), choices, selected=now))
        if chosen is not None:
            self._stop_id = None if chosen == comparing.NONE else int(chosen)
            self._against = None  # what a stop is held against is none of the whole's
            self.refresh_rows({})

    def action_review(self) -> None:
        """Back to the day's report."""
        self.came_from = ""
        self.action_back()

    def action_picture(self, by: int) -> None:
        self.board.action_picture(by)
