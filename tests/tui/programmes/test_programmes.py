"""A programme's page and the pieces of content by keys."""

from __future__ import annotations

from opslog.services.book.book import Book
from opslog.services.people import card
from opslog.services.programmes import contents, enrolling, programmes
from opslog.tui.frame.app import OpslogApp
from opslog.tui.programmes.programme import ProgrammeScreen
from opslog.tui.programmes.text import ProgrammeText
from tests.services.programmes.programme import PROGRAMME, begin, people
from tests.tui.looking import line_with, press, text, until


async def test_the_people_of_a_programme_and_how_far_it_goes(book: Book) -> None:
    ids = begin(book)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "semicolon", "tab")
        app.screen.query_one("#programmes").select("trial")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "in the programme 3" in text(app)
        await press(pilot, "6")
        assert "paused" in line_with(app, "王志刚   ")
        await press(pilot, "6", "home")
        assert "paused" not in line_with(app, "王志刚   ")
        await press(pilot, "space", "space", "4", "=day 3", "enter")
        assert {one.next_step for one in enrolling.of_person(book, 1)} == {"three"}
        await press(pilot, "7", "1")
        assert [enrolling.of_person(book, n)[0].state for n in (1, 2, 3)].count("left") == 2
        assert "out of it" in text(app)
        await press(pilot, "1")
        assert programmes.programme(book, "trial").runs == "quarter"
        await press(pilot, "f7")
        assert "Trial · paused" in text(app) or "Trial · day" in text(app)
    assert len(ids) == 3


async def test_a_programme_is_changed_as_text_and_a_fault_is_named_by_its_line(book: Book) -> None:
    begin(book, 1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.push_screen(ProgrammeScreen("trial"))
        await pilot.pause()
        await press(pilot, "e")
        words = app.screen.query_one("Words")
        assert isinstance(app.screen, ProgrammeText)
        changed = words.text.replace("day = 2", "day = 99")  # type: ignore[attr-defined]
        words.text = changed  # type: ignore[attr-defined]
        await press(pilot, "f10")
        assert "line 22" in text(app)
        words.text = changed.replace("day = 99", "day = 4").replace("day = 3", "day = 5")  # type: ignore[attr-defined]
        await press(pilot, "f10")
        assert "Programme" in text(app)
        assert [step.day for step in programmes.programme(book, "trial").running[:3]] == [1, 4, 5]


async def test_a_piece_is_written_used_and_taken_out_of_use(book: Book) -> None:
    begin(book, 1)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "semicolon", "tab", "tab", "n", "=features 77", "tab", "tab", "tab")
        await press(pilot, "=新的话", "enter")
        assert "features 77" in text(app)
        [piece] = [one for one in contents.pieces(book) if one.label == "功能 77"]
        assert piece.text_zh == "新的话"
        app.screen.query_one("#pieces").select("功能 77")  # type: ignore[attr-defined]
        await press(pilot, "e", "=更", "enter")
        await until(pilot, "v2")
        await press(pilot, "delete")
        assert "功能 77" not in {one.label for one in contents.pieces(book)}


async def test_old_words_open_from_today(book: Book) -> None:
    contents.add(book, "功能 77", kind="method", text_zh="话", revise_on="2026-11-20")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, "Revise the words of features 77")
        await press(pilot, "enter")
        await until(pilot, "was to be revised by 2026-11-20")
        assert app.screen.query("#pieces")


async def test_a_programme_of_ones_own_that_cannot_be_read_says_so_in_the_list(
    book: Book,
) -> None:
    """Nothing ships that would hold in its place."""
    file = book.home / "programmes" / "aaa.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("zh = \n", encoding="utf-8")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "f6", "semicolon", "tab")
        assert "aaa: can't be read" in text(app)
        await press(pilot, "enter")
        assert "Traceback" not in text(app)
    (fault,) = {one.id for one in book.faults["programmes/aaa.toml"][-1:]}
    assert "left aside" in fault


async def test_all_who_could_enter_go_in_whatever_is_chosen_of_the_steps_behind(
    book: Book,
) -> None:
    people(book)
    programmes.put(book, "trial", PROGRAMME + '\n[[enter]]\ntag = "VIP"\n')
    with book.change(programmes.programme(book, "trial").named):
        book.con.execute("INSERT INTO person_tag(person_id, tag) SELECT id, 'VIP' FROM person")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.push_screen(ProgrammeScreen("trial"))
        await pilot.pause()
        await press(pilot, "2")
        assert text(app).count("they go in") == 3
        await press(pilot, "3")
        assert len(enrolling.of_person(book, 1)) == 1
        await press(pilot, "u")
        for person in (1, 2, 3):
            card.set_barred(book, person, True, ("write",))
        await press(pilot, "2")
        assert "Nobody could enter “Trial” now (" in text(app)
        assert "they go in" not in text(app)


async def test_who_gets_nothing_more_is_said_among_the_people_of_a_programme(book: Book) -> None:
    begin(book)
    card.set_barred(book, 1, True, ("write",))
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(160, 40), notifications=True) as pilot:
        app.push_screen(ProgrammeScreen("trial"))
        await pilot.pause()
        assert "not to be wr" in line_with(app, "王志刚   ")
        assert "11-23" not in line_with(app, "王志刚   ")
