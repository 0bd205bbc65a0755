"""Phones half hidden: on every screen of the sample, but for the call in hand."""

from __future__ import annotations

import re

import pytest

from opslog.services.book.book import Book
from opslog.services.people import card as person_card
from opslog.tui.frame.app import OpslogApp
from tests.samples import Samples
from tests.services.lists import make_person
from tests.snapshots.drawing import Drawing, Stage
from tests.snapshots.scenes import SCENES, Scene, keys
from tests.tui.looking import press, text

NUMBER = re.compile(r"(?<![\d*])1[3-9]\d{9}(?!\d)")
SHOWN = [scene for scene in SCENES if not scene.empty]
FURTHER = [
    Scene("people-page", keys("f7", *["pagedown"] * 3)),
    Scene("people-found", keys("f7", "slash", "=139")),
    Scene("person-form", keys("f7", "slash", "=苗泓捷", "enter", "enter", "e")),
    Scene("person-erase", keys("f7", "slash", "=苗泓捷", "enter", "enter", "delete")),
    Scene("qr", keys("f6", "c")),
]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Stage:
    return Stage(tmp_path_factory.mktemp("masked") / "sample", "en", samples)


def full_numbers(drawn: Drawing, known: set[str]) -> set[str]:
    """The numbers to be read on a screen, however they are grouped."""
    found = set()
    for line in drawn.lines:
        found |= set(NUMBER.findall(line))
        digits = re.sub(r"(?<=\d)[ -](?=\d)", "", line)
        found |= {number for number in known if number in digits}
    return found


@pytest.mark.parametrize("scene", [*SHOWN, *FURTHER], ids=lambda scene: scene.name)
async def test_no_screen_shows_a_full_number(
    scene: Scene, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    known: set[str] = set()
    in_hand: set[str] = set()

    def mask(book: Book) -> None:
        book.set_setting("mask", "on")
        for row in book.con.execute("SELECT phone, phones FROM person"):
            known.update(n.removeprefix("+86") for n in f"{row[0]} {row[1]}".split())

    for size, drawn in (await stage.play(scene, mask)).items():
        found = full_numbers(drawn, known)
        if scene.name in ("calls", "calls-question", "qr", "help"):
            in_hand |= found
            assert len(in_hand) <= 1, (size, found)  # large digits are drawn, not written
        else:
            assert not found, size


async def test_the_key_hides_and_shows_and_is_remembered(book: Book) -> None:
    make_person(book, "王志刚", phone="+8613800138000")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "f7")
        assert "138 0013 8000" in text(app)
        await press(pilot, "M")
        assert "138 **** 8000" in text(app)
        assert "138 0013 8000" not in text(app)
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "f7", "slash", "=1380013", "enter")
        assert "138 **** 8000" in text(app)  # found by the digits that are hidden
        await press(pilot, "enter", "y")
        assert "138 **** 8000" in app.clipboard
        await press(pilot, "M")
        assert "138 0013 8000" in text(app)
        await press(pilot, "y")
        assert "138 0013 8000" in app.clipboard
        await press(pilot, "M")


async def test_a_form_keeps_the_number_it_hides(book: Book) -> None:
    person = make_person(book, "王志刚", phone="+8613800138000")
    book.set_setting("mask", "on")
    app = OpslogApp(book, demo=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "f7", "enter", "e")
        assert "138 **** 8000" in text(app)
        assert "138 0013 8000" not in text(app)
        await press(pilot, "=二", "enter")
    assert person_card.get(book, person).name == "王志刚二"
    assert person_card.get(book, person).phone == "+8613800138000"
