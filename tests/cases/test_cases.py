"""Lists that are easily read wrong, each taken in through the command line.

A case is a table in a ``<name>.toml`` of this folder::

    [[case]]
    id = "google"                    # what is shown where it fails
    file = "google_contacts.csv"     # in ``files``, or
    text = "姓名,手机\n…"             # what the file holds; ``encoding`` otherwise than UTF-8
    called = "list.txt"              # the file's name, where it is not list.csv
    args = ["--map", "phone=A,B"]    # beside those every import has
    refused = "holds organisations"  # the import says no, with these words
    read = 2                         # these, of the JSON of a dry run
    profile = "Google: contacts"
    kind = "signup"
    fields = { phone = ["手机", "电话"] }  # field -> headings of its columns, in the file's order
    left = { "备用" = "phone" }       # column left that may matter -> what it holds
    marks = { phone_unreadable = 1 }
    barred = { call = [2] }          # call, write, mail -> lines that ask not to be reached so
    unclear = { VIP = [4, 7] }       # words below a heading for states, and their lines
    people = [{ name = "陈立", phone = "+86…" }]  # after the import, by the order they came in

Of a person any of name, company, title, phone, email, phones, emails, city, note, guests, attended,
signed_up_at, state and not_to (channels) can be told; the rest is not looked at.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from pathlib import Path
from typing import Any

import pytest

from opslog import cli
from opslog.services.book.book import Book
from tests.services.lists import make_list

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = [
    {**case, "id": f"{path.stem}: {case['id']}"}
    for path in sorted(HERE.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
_KNOWN = {"id", "file", "text", "called", "encoding", "args", "refused", "people"}
_CHECKED = {"fields", "left", "marks", "unclear", "barred"}
_COUNTS = {"read", "new", "duplicate", "problem", "attended", "waiting", "withdrawn"}
_PLAIN = {"profile", "kind", "header_row"} | _COUNTS


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: dict[str, Any]
) -> None:
    assert not case.keys() - _KNOWN - _CHECKED - _PLAIN, "a key that nothing looks at"
    make_list(book, [])
    path = _file(case, tmp_path)
    said = ["--db", str(book.path), "import", str(path), "--event", "1", *case.get("args", [])]
    code = cli.run([*said, "--dry-run", "--json"])
    shown = capsys.readouterr()
    if "refused" in case:
        assert (code, shown.out) == (1, "")
        assert case["refused"] in shown.err
        return
    assert code == 0, shown.err
    _check(case, json.loads(shown.out))
    assert cli.run(said) == 0
    assert _people(book.path, case) == case.get("people", [])


def _file(case: dict[str, Any], folder: Path) -> Path:
    if "file" in case:
        return HERE / "files" / str(case["file"])
    path = folder / str(case.get("called", "list.csv"))
    path.write_bytes(str(case["text"]).encode(case.get("encoding", "utf-8")))
    return path


def _check(case: dict[str, Any], document: dict[str, Any]) -> None:
    columns = document["columns"]
    for key in _PLAIN & case.keys():
        assert document[key] == case[key], key
    for field, headings in case.get("fields", {}).items():
        assert [one["column"] for one in columns if one["field"] == field] == headings, field
    if "left" in case:
        left = {columns[one["column"] - 1]["column"]: one["holds"] for one in document["left"]}
        assert left == case["left"]
    if "barred" in case:
        assert document["barred"] == case["barred"]
    if "marks" in case:
        assert document["marks"] == case["marks"]
    if "unclear" in case:
        assert {one["word"]: one["lines"] for one in document["unclear"]} == case["unclear"]


def _people(db: Path, case: dict[str, Any]) -> list[dict[str, Any]]:
    """As many of what each person has as the case tells."""
    with sqlite3.connect(db) as con:
        con.row_factory = sqlite3.Row
        found = con.execute(
            "SELECT person.*, card.attended, card.state, card.guests, card.signed_up_at,"
            " (SELECT json_group_array(scope) FROM (SELECT DISTINCT scope FROM suppressed s"
            "  WHERE s.kind='person' AND s.value=CAST(person.id AS TEXT) ORDER BY scope)) AS not_to"
            " FROM card JOIN person ON person.id=card.person_id ORDER BY card.id"
        ).fetchall()
    told = case.get("people")
    if told is None:
        return []
    assert [row["name"] for row in found] == [one["name"] for one in told]
    return [{key: _value(row, key) for key in one} for row, one in zip(found, told, strict=True)]


def _value(row: sqlite3.Row, key: str) -> object:
    if key == "not_to":
        return json.loads(row[key])
    return bool(row[key]) if key == "attended" else row[key]
