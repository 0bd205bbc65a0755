"""Who imports whom, proved from what a fresh interpreter holds after the imports."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from opslog.services.demo import demo

PACKAGE = Path(__file__).resolve().parents[1] / "opslog"
HEAVY = {
    "sqlmodel", "sqlalchemy", "pydantic", "phonenumbers", "python_calamine", "xlsxwriter",
    "icalendar", "chinese_calendar", "segno", "pypinyin", "rapidfuzz",
}  # fmt: skip

NO_STORE = {
    "services/book/book.py": "the connection and its transactions are what it is about",
    "services/book/carrying.py": "as much goes into a file at once as there is to carry",
    "services/book/copies/staging.py": "looks at a file of which nobody knows yet what it is",
}


def _loaded(code: str, *, where: Path | None = None) -> set[str]:
    """The top-level packages a fresh interpreter holds after ``code``."""
    report = "; import json, sys; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    environment = {key: value for key, value in os.environ.items() if key[:6] != "OPSLOG"}
    environment["PYTHONPATH"] = str(PACKAGE.parent)
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=where,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def _modules(*floors: str) -> list[str]:
    return [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for floor in floors
        for path in sorted((PACKAGE / floor).rglob("*.py"))
    ]


def _import(modules: list[str]) -> str:
    return "import " + ", ".join(modules)


def test_nothing_below_the_screens_brings_textual() -> None:
    below = _modules("locale", "domain", "store", "exchange", "services", "cli")
    assert "textual" not in _loaded(_import(below))


def test_the_first_picture_is_drawn_before_textual_is_there() -> None:
    from opslog.tui.today.pane import OF_KIND, PERSON

    beside = ["opslog.tui.today.picture", *OF_KIND.values(), PERSON]
    assert "textual" not in _loaded(_import(beside))


def test_what_is_due_is_drawn_with_few_imports(tmp_path: Path) -> None:
    """The sample database, which has one of everything, up to its first picture."""
    book = demo.build(tmp_path)
    book.close()
    code = (
        "from pathlib import Path; from opslog.cli import screens;"
        "from opslog.services.book.book import open_book; from opslog.services.today import agenda;"
        f"book = open_book(Path({str(book.path)!r}));"
        f"assert screens.picture(book, agenda.today(book), 80, 24)"
    )
    # What a start reads is named tuples: to define dataclasses brings inspect, ast and tokenize.
    brought = _loaded(code) - {"chinese_calendar"}  # which days are worked is the picture's own
    assert brought & {"textual", "inspect", "argparse", *HEAVY} == set()


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    every = _modules("locale", "domain", "store", "exchange", "services", "cli", "tui")
    # Tables are imported once, when a person asks for the schema: the only doors to sqlmodel.
    light = [module for module in every if not module.endswith(".tables")]
    assert _loaded(_import(light)) & HEAVY == set()


def test_the_rules_know_no_database() -> None:
    loaded = _loaded(_import(_modules("locale", "domain")))
    assert loaded & {"sqlite3", "textual", *HEAVY} == set()


def test_the_rules_open_no_file() -> None:
    """What ships is read through opslog.shipped; what the operator has, by the services."""
    opening = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob"}
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        for path in sorted((PACKAGE / "domain").rglob("*.py"))
        if not path.name.startswith("make_")  # writes a module by hand, never in the product
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "open")
            or (isinstance(node.func, ast.Attribute) and node.func.attr in opening)
        )
    ]
    assert found == []


def test_sql_stands_in_the_store_alone() -> None:
    """A place named in ``NO_STORE`` that has no statement any more is to be taken off it."""
    found = {
        path.relative_to(PACKAGE).as_posix(): node.lineno
        for floor in ("services", "exchange", "tui", "cli", "domain")
        for path in sorted((PACKAGE / floor).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("execute", "executemany", "executescript")
    }
    rooms = {room for place in found for room in NO_STORE if place.startswith(room)}
    wrong = [f"{place}:{at}" for place, at in found.items() if not place.startswith((*NO_STORE,))]
    assert (wrong, rooms) == ([], {*NO_STORE})


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["--db", "opslog.db", "add", "14:30 回访王总 #回访 >+3d"]]
)
def test_what_must_be_quick_waits_for_nothing(words: list[str], tmp_path: Path) -> None:
    code = (
        f"import sys; sys.argv[1:] = {words!r};from opslog.__main__ import main; assert main() == 0"
    )
    loaded = _loaded(code, where=tmp_path)
    # Records that a start defines are named tuples: a dataclass brings inspect, ast and tokenize.
    assert loaded & {"textual", "rich", "inspect", *HEAVY} == set()
