"""What the project files promise: dependencies that are used, commands that are written down."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from opslog.locale import LANGUAGES
from sample_data import picture

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = {"opslog", "tests", "sample_data"}
# Used without being imported: read by zoneinfo, run as commands, or plug into pytest and mypy.
SILENT = {
    "tzdata",
    "pytest-asyncio",
    "pytest-xdist",
    "ruff",
    "mypy",
    "import-linter",
    "types-python-dateutil",
    "jrnl",
}


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9-]", line)[0].lower() for line in requirements}


def _imported(*folders: str) -> dict[str, str]:
    """Distributions imported anywhere in the folders, each with a file that does."""
    distributions = packages_distributions()
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules: list[str] = []
                if isinstance(node, ast.Import):
                    modules = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules = [node.module]
                for top in {module.split(".")[0] for module in modules}:
                    if top not in OWN and top not in sys.stdlib_module_names:
                        for name in distributions.get(top, [top]):
                            found[name.lower()] = path.relative_to(ROOT).as_posix()
    return found


# These come with another one and are used through it: the table layer's own, and Textual's.
THROUGH = {"sqlalchemy": "sqlmodel", "pydantic": "sqlmodel"}


def test_what_is_imported_is_asked_for() -> None:
    asked = _names(PROJECT["dependencies"])
    imported = {THROUGH.get(name, name): where for name, where in _imported("opslog").items()}
    assert {n: where for n, where in imported.items() if n not in asked} == {}
    asked |= _names(PROJECT["optional-dependencies"]["dev"])
    for name, where in _imported("tests", "sample_data").items():
        assert THROUGH.get(name, name) in asked, where


def test_what_is_asked_for_is_used() -> None:
    imported = set(_imported("opslog"))
    assert _names(PROJECT["dependencies"]) - imported - SILENT == set()
    imported |= set(_imported("tests", "sample_data"))
    assert _names(PROJECT["optional-dependencies"]["dev"]) - imported - SILENT == set()


def test_each_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    listed = lines[start + 1 : lines.index("]", start)]
    for above, line in zip(["", *listed], listed, strict=False):
        if line.strip().startswith('"'):
            assert above.strip().startswith("#"), f"{line.strip()} says nothing of itself"


def test_readme_gives_two_commands_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)
    assert commands == [
        "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/opslog demo",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' "
        "&& .venv/bin/python -m pytest",
    ]
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_readme_shows_four_screens_in_both_languages() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme))
    shown = [picture.file_of(name, language) for name in picture.SCREENS for language in LANGUAGES]
    assert pictures == {file.relative_to(ROOT).as_posix() for file in shown}
    for file in shown:
        ElementTree.fromstring(file.read_text(encoding="utf-8"))


def test_a_picture_gives_a_chinese_character_two_cells() -> None:
    drawn = picture.svg([Strip([Segment("a上海b", Style(bold=True))])])
    (text,) = ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")
    places = [int(x) // picture.CELL for x in text.attrib["x"].split()]
    assert dict(zip(text.text or "", places, strict=True)) == {"a": 0, "上": 1, "海": 3, "b": 5}


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"])
def test_the_top_level_holds_what_people_look_for(name: str) -> None:
    assert (ROOT / name).stat().st_size > 500


def test_readme_names_every_command() -> None:
    from opslog.cli import WORDS

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## Commands") : readme.index("## Files")]
    assert [word for word in WORDS if not re.search(rf"[` ]{word}\b", table)] == []
