"""Whether opslog installs without a compiler: each dependency it needs to run, and theirs, as a
wheel for every Python and machine. By hand, as it asks the package index: python -m tests.wheels
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")  # Debian 10, RHEL 8 and newer


@dataclass(frozen=True)
class Machine:
    """One kind of computer, in the words of wheels (``tags``) and of markers."""

    name: str
    tags: tuple[str, ...]
    sys_platform: str
    system: str
    machine: str

    def environment(self, python: str) -> dict[str, str]:
        """What the markers of a requirement are weighed against (PEP 508)."""
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "os_name": "nt" if self.system == "Windows" else "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": self.system,
            "platform_version": "",
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": self.sys_platform,
        }


def _linux(machine: str) -> Machine:
    tags = (f"manylinux2014_{machine}", *(f"manylinux_{glibc}_{machine}" for glibc in GLIBC))
    return Machine(f"Linux {machine}", tags, "linux", "Linux", machine)


MACHINES = (
    Machine("Windows x64", ("win_amd64",), "win32", "Windows", "AMD64"),
    Machine("Windows arm64", ("win_arm64",), "win32", "Windows", "ARM64"),
    Machine("macOS arm64", ("macosx_14_0_arm64",), "darwin", "Darwin", "arm64"),
    Machine("macOS x86_64", ("macosx_14_0_x86_64",), "darwin", "Darwin", "x86_64"),
    _linux("x86_64"),
    _linux("aarch64"),
)


def needed(environment: dict[str, str]) -> dict[str, SpecifierSet]:
    """Every distribution opslog needs there, with the versions that all who need it will take.

    What is not installed here (since this machine does not need it) has no dependencies known.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, SpecifierSet] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(text) for text in project["dependencies"]]
    while waiting:
        one = waiting.pop()
        if one.marker is not None and not one.marker.evaluate({**environment, "extra": ""}):
            continue
        name = canonicalize_name(one.name)
        found[name] = found.get(name, SpecifierSet()) & one.specifier
        for extra in ("", *one.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += _asked_by(name, extra, environment)
    return found


def _asked_by(name: str, extra: str, environment: dict[str, str]) -> Iterator[Requirement]:
    try:
        texts = requires(name) or []
    except PackageNotFoundError:
        return
    for text in texts:
        one = Requirement(text)
        if one.marker is None:
            if not extra:
                yield one
        elif one.marker.evaluate({**environment, "extra": extra}):
            one.marker = None
            yield one


def wheels(
    wanted: dict[str, SpecifierSet], machine: Machine, python: str
) -> tuple[dict[str, str], list[str]]:
    """The file name of a wheel for each of ``wanted``, and those that have none.

    pip stops at the first that has none: it is asked again without that one.
    """
    left = dict(wanted)
    missing: list[str] = []
    while left:
        done = _ask_pip([f"{name}{versions}" for name, versions in left.items()], machine, python)
        if isinstance(done, dict):
            return done, missing
        without = canonicalize_name(done)
        if without not in left:
            raise SystemExit(f"{machine.name}, {python}: {done}")
        missing.append(without)
        del left[without]
    return {}, missing


def _ask_pip(requirements: list[str], machine: Machine, python: str) -> dict[str, str] | str:
    """Name and wheel of each; or the one that has none, or what pip said."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--quiet"]
        words += ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}"]
        words += [f"--platform={tag}" for tag in machine.tags]
        words += ["--target", folder, "--report", str(report), "--disable-pip-version-check"]
        done = subprocess.run([*words, *requirements], capture_output=True, text=True)
        if done.returncode:
            found = re.search(r"No matching distribution found for ([\w.-]+)", done.stderr)
            return found[1] if found else done.stderr
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {
        canonicalize_name(one["metadata"]["name"]): one["download_info"]["url"].rsplit("/", 1)[-1]
        for one in installed
    }


def main() -> int:
    """Print which have no wheel where; 1 where there are any."""
    pure: set[str] = set()  # one file for everybody, so not asked about again
    compiled: dict[str, dict[str, list[str]]] = {}  # name -> machine -> Pythons it has no wheel for
    for machine in MACHINES:
        for python in PYTHONS:
            wanted = needed(machine.environment(python))
            asked = {name: versions for name, versions in wanted.items() if name not in pure}
            found, missing = wheels(asked, machine, python)
            pure |= {name for name, file in found.items() if file.endswith("-none-any.whl")}
            for name in {*found, *missing} - pure:
                lacks = compiled.setdefault(name, {}).setdefault(machine.name, [])
                lacks += [python] if name in missing else []
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"one wheel for all: {', '.join(sorted(pure))}")
    compiled = {name: lacking for name, lacking in compiled.items() if name not in pure}
    wide = max(map(len, compiled), default=0)
    print(" " * wide, *(f"{machine.name:15}" for machine in MACHINES), sep="  ")
    for name, lacking in sorted(compiled.items()):
        cells = [_cell(lacking.get(machine.name)) for machine in MACHINES]
        print(f"{name:{wide}}", *(f"{cell:15}" for cell in cells), sep="  ")
    return int(any(lacks for lacking in compiled.values() for lacks in lacking.values()))


def _cell(lacks: list[str] | None) -> str:
    if lacks is None:
        return "not needed"
    return f"none: {' '.join(lacks)}" if lacks else "all"


if __name__ == "__main__":
    sys.exit(main())
