"""Imports in a process of their own: told of, refused, killed, undone from here."""

from __future__ import annotations

from pathlib import Path

import pytest

from opslog.domain.base.refusal import Refused
from opslog.domain.imports.report import Filled
from opslog.domain.rosters.rosters import ImportOptions
from opslog.locale import msg
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.book.long_change import Stopped
from opslog.services.daybook import lines as log_lines
from opslog.services.imports.reading.import_process import ImportProcess
from opslog.services.screening import roster_card
from tests.services.rosters.test_rosters import make_event

ROWS = "姓名,手机号,职位\n王志刚,13800138000,\n王总,13800138000,总经理\n合计,2,\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def large(path: Path) -> Path:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"人{n},{13900000000 + n},\n" for n in range(20_000))
    return path


async def test_an_import_beside_the_screen_is_undone_from_it(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    report = await ImportProcess(book, path, event, ImportOptions()).run()
    assert (report.read, report.new, report.duplicate, report.problem) == (3, 1, 1, 1)
    assert len(list(roster_card.rows(book, report.roster))) == 3
    assert history.changes(book)[0].at == book.now()
    assert history.undo(book).id == report.change_id
    assert list(roster_card.rows(book, report.roster)) == []


async def test_a_trial_brings_back_the_lines_worth_a_look(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    told: list[int] = []
    trial = ImportProcess(book, large(path), event, ImportOptions(), trial=True)
    report = await trial.run(lambda rows, _share: told.append(rows))
    assert report.read == 20_003
    assert [line.line for line in report.lines] == [3, 4]
    assert report.lines[0].filled == (Filled("title", "", "总经理"),)
    assert report.lines[1].problems == ("totals",)
    assert told == sorted(told)
    assert told[-1] == 20_003
    assert history.count(book) == 0


async def test_a_refusal_comes_back_in_words(book: Book, path: Path) -> None:
    event = make_event(book, "视频号直播", takes="none")
    with pytest.raises(Refused, match="视频号直播 has no sign-up list"):
        await ImportProcess(book, path, event, ImportOptions()).run()


async def test_stopped_half_way_it_leaves_nothing(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    process = ImportProcess(book, large(path), event, ImportOptions())
    with pytest.raises(Stopped):
        await process.run(lambda rows, share: process.stop())
    assert book.con.execute("SELECT count(*) FROM person").fetchone()[0] == 0
    assert book.con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert history.count(book) == 0


async def test_stopped_before_it_began(book: Book, path: Path) -> None:
    process = ImportProcess(book, path, make_event(book, "上海沙龙"), ImportOptions())
    process.stop()
    with pytest.raises(Stopped):
        await process.run()


async def test_a_process_that_dies_is_a_sentence(
    book: Book, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = ImportProcess(book, path, make_event(book, "上海沙龙"), ImportOptions())
    process._request["options"] = {"nonsense": 1}
    with pytest.raises(Refused, match=r"ended by itself and left nothing behind \(TypeError"):
        await process.run()


async def test_a_process_that_has_answered_is_let_end(
    book: Book, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Killed while it ended, asyncio lost sight of it: "will report returncode 255"."""
    event = make_event(book, "上海沙龙")
    for _ in range(4):
        trial = ImportProcess(book, path, event, ImportOptions(), trial=True)
        assert (await trial.run()).new == 1
        assert trial._process is not None
        assert trial._process.returncode == 0
    assert caplog.messages == []


async def test_nothing_is_taken_in_while_a_long_change_is_under_way(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    book.held = msg("Wait for the other")
    with pytest.raises(Refused, match="Wait for the other"):
        await ImportProcess(book, path, event, ImportOptions()).run()
    trial = await ImportProcess(book, path, event, ImportOptions(), trial=True).run()
    assert trial.new == 1
    book.release()
    assert (await ImportProcess(book, path, event, ImportOptions()).run()).new == 1


async def test_what_would_write_meanwhile_is_refused_in_a_sentence(book: Book, path: Path) -> None:
    event = make_event(book, "上海沙龙")
    said = []

    def write(rows: int, share: float) -> None:
        with pytest.raises(Refused) as refused:
            log_lines.add(book, "14:30 回访王总")
        said.append(str(refused.value))
        book.set_setting("people.sort", "name")

    await ImportProcess(book, large(path), event, ImportOptions()).run(write)
    assert set(said) == {
        f"{path.name} is being taken in; nothing else can be changed until that is done"
    }
    assert book.held is None
    assert book.setting("people.sort") == "name"
    assert log_lines.add(book, "14:30 回访王总")
