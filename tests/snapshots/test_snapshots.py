"""Every screen looks as it was last looked at, and holds to the rules of all screens."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.samples import Samples
from tests.snapshots import pages
from tests.snapshots.drawing import LANGUAGES, RED, Drawing, Stage, kept, sizes
from tests.snapshots.scenes import SCENES, Scene

# What shows little by its nature: what one word leaves of the log, what one number counts, the
# files of a list, a preview and a question over a list that are on their way. Every other screen
# fills the room there is.
SPARSE = (
    *("leads", "log-filter", "roster-files", "import", "rosters-open", "review-number"),
    *("stops", "corrections", "owners", "requests", "routine"),
)
AGAIN = "python -m tests.snapshots draws it anew; look at it before it is committed"
_stages: dict[str, Stage] = {}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("snapshots")
    _stages.clear()


def stage(folder: Path, language: str, samples: Samples) -> Stage:
    """The sample in this language, told once for all its scenes."""
    if language not in _stages:
        _stages[language] = Stage(folder / language, language, samples)
    return _stages[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_screen(
    scene: Scene,
    language: str,
    folder: Path,
    samples: Samples,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir("/")  # the export dialog names the folder it would write to
    for size, drawn in (await stage(folder, language, samples).play(scene)).items():
        exact(drawn, size)
        assert not drawn.cut, f"cut without a sign: {drawn.cut}"
        red_only_for_late_or_flagged(drawn)
        well_broken(drawn)
        if scene.name not in COLUMNS:
            nothing_cut_beside_blanks(drawn)
        if scene.name not in SPARSE and size == (120, 40):
            blank = sum(not line.strip() for line in drawn.lines)
            assert blank <= size[1] // 3, f"{blank} rows are blank"
        compare(drawn, kept(scene.name, language, size))


# Tables, whose columns stand under each other.
COLUMNS = ("export", "month", "week", "timeline")


def well_broken(drawn: Drawing) -> None:
    """No row begins with what ends a clause, or ends with what opens one."""
    dialog = any("╭" in line for line in drawn.lines)  # what it covers is cut where it begins
    for line in drawn.lines:
        framed = line.split("│")
        within = "│".join(framed[1:-1]) if dialog and len(framed) > 2 else line
        for part in re.split(r" {2,}|│", within):
            text = part.strip()
            if any(character.isalnum() for character in text):
                assert text[0] not in "，。、；：！？,;:)）」》·", line
                assert text[-1] not in "（(「《[·", line


def nothing_cut_beside_blanks(drawn: Drawing) -> None:
    """No text ends in … while blanks stand between it and what follows; the … of a key that asks
    something, and of what is folded, are words of their own."""
    for line in drawn.lines:
        for text in re.findall(r"(?:^|  |│)((?:\S| (?! ))+\S)(?<!…)…(?!…) {12,}\S", line):
            assert re.match(r" ?\d ", text), line


def exact(drawn: Drawing, size: tuple[int, int]) -> None:
    """Every line is as wide as the terminal: no wide character breaks one."""
    assert len(drawn.lines) == size[1]
    for line in drawn.lines:
        assert wcswidth(line) == size[0], f"{wcswidth(line)} cells: {line}"


def red_only_for_late_or_flagged(drawn: Drawing) -> None:
    for mark in drawn.marks:
        if mark.look == RED:
            text = mark.text.strip().removeprefix("> ").removesuffix("…")
            if set(text) == {"▲"}:  # days of a bar, side by side
                continue
            text = re.sub(r" +\d\d:\d\d( +▲)?$", "", text)  # a day with its time
            if re.fullmatch(r"\d\d:\d\d", text):  # of a late step, its day said one row above
                text = next(
                    (m.text for m in drawn.marks if m.line == mark.line and "▲" in m.text), ""
                )
            assert any(
                allowed in (text, text.removeprefix("▲ "))
                or (len(text) > 3 and allowed.startswith(text))
                for allowed in drawn.may_be_red
            ), f"red without being late or flagged, line {mark.line}: {mark.text!r}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", pages.ENDINGS)
def test_page_to_send(ending: str, language: str, folder: Path, samples: Samples) -> None:
    same(stage(folder, language, samples).page(ending), pages.kept(language, ending))


def compare(drawn: Drawing, path: Path) -> None:
    same(drawn.text(), path)


def same(drawn: str, path: Path) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    diff = difflib.unified_diff(
        before.splitlines(), drawn.splitlines(), "kept", "drawn", lineterm="", n=1
    )
    assert drawn == before, "\n".join(["it looks different:", *diff, AGAIN])


def test_no_drawing_is_left_of_a_screen_that_is_gone() -> None:
    here = Path(__file__).parent
    known = {
        kept(s.name, language, size) for s in SCENES for language in LANGUAGES for size in sizes(s)
    }
    assert set(here.glob("*/*.txt")) == known
