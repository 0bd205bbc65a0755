"""Hold the catalogues against the code, and compile them.

``python tests/catalogues.py`` reads every text in ``opslog/**/*.py`` and every
``opslog/locale/zh_CN/*.po``, writes the compiled ``opslog.mo`` beside them and lists what is
missing, unused, translated in two ways, fuzzy, says other placeholders than its original, or sets
half-width signs beside Chinese.
``--check`` writes nothing and exits with 1 where anything is listed or the ``.mo`` is old.

The ``.mo`` is written here rather than by Babel so that its bytes depend on the catalogues
alone: no date, no version of a tool.
"""

from __future__ import annotations

import argparse
import ast
import re
import string
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "opslog"
LANGUAGE = PACKAGE / "locale" / "zh_CN"
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Language: zh_CN\n"
    "MIME-Version: 1.0\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)
# Where the texts stand among the arguments of a call: (message id, plural, context).
CALLS: dict[str, tuple[int, int | None, int | None]] = {
    "_": (0, None, None),
    "N_": (0, None, None),
    "ngettext": (0, 1, None),
    "nmsg": (0, 1, None),
    "pgettext": (1, None, 0),
}


# A Western sign beside Chinese, or between two places to fill; 10:00 and a lone ! may.
_CHINESE = "[\u4e00-\u9fff」』”》）]"
_HALF_WIDTH = re.compile(
    rf"{_CHINESE}(?:[,;!?()]|:(?!\d)| [,;()])|[()] ?{_CHINESE}|[:,;?!]{_CHINESE}|[「」]|}}[:,;] "
)


@dataclass(frozen=True, order=True)
class Key:
    """What gettext looks a text up by."""

    id: str
    plural: str = ""
    context: str = ""

    def encoded(self) -> bytes:
        text = f"{self.context}\x04{self.id}" if self.context else self.id
        return (f"{text}\x00{self.plural}" if self.plural else text).encode()

    def __str__(self) -> str:
        context = f" [{self.context}]" if self.context else ""
        return f"{self.id!r}{context}"


@dataclass
class Findings:
    """What the code says, what the catalogues say, and what is wrong between them."""

    used: dict[Key, str] = field(default_factory=dict)  # key -> where first
    translated: dict[Key, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class _Texts(ast.NodeVisitor):
    """Collects what is passed to the catalogue's functions in one module."""

    def __init__(self, where: str, findings: Findings) -> None:
        self.where = where
        self.findings = findings

    def visit_Call(self, node: ast.Call) -> None:
        places = CALLS.get(_name(node.func))
        if places is None:
            self.generic_visit(node)
            return
        id_at, plural_at, context_at = places
        texts = {
            at: self._text(node, at) for at in (id_at, plural_at, context_at) if at is not None
        }
        text = texts[id_at]
        if text:
            key = Key(
                text,
                (texts[plural_at] or "") if plural_at is not None else "",
                (texts[context_at] or "") if context_at is not None else "",
            )
            self.findings.used.setdefault(key, f"{self.where}:{node.lineno}")
        for at, argument in enumerate(node.args):
            if texts.get(at) is None:  # a text holds no further texts
                self.visit(argument)
        for keyword in node.keywords:
            self.visit(keyword.value)

    def _text(self, call: ast.Call, at: int) -> str | None:
        if at >= len(call.args):
            return None
        argument = call.args[at]
        if isinstance(argument, ast.Call) and _name(argument.func) == "N_" and argument.args:
            argument = argument.args[0]  # nmsg(N_("one"), N_("many"), n)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return argument.value
        if isinstance(argument, ast.JoinedStr | ast.BinOp):
            self.findings.problems.append(
                f"{self.where}:{call.lineno}: only a plain string can be looked up, "
                "with {names} filled in afterwards"
            )
        return None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def read_code(package: Path, findings: Findings) -> None:
    for path in sorted(package.rglob("*.py")):
        where = path.relative_to(package.parent).as_posix()
        code = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in code for name in CALLS):
            continue
        try:
            tree = ast.parse(code, where)
        except SyntaxError as error:
            findings.problems.append(f"{where}:{error.lineno}: cannot be read: {error.msg}")
        else:
            _Texts(where, findings).visit(tree)


class _Entries(Catalog):
    """A catalogue that remembers each entry as it stands, a repeated one too."""

    def __init__(self) -> None:
        super().__init__(locale="zh_CN")
        self.entries: list[Message] = []

    def __setitem__(self, id: str | list[str] | tuple[str, ...], message: Message) -> None:
        if message.id:
            self.entries.append(message)
        super().__setitem__(id, message)


def _entries(path: Path) -> Iterator[tuple[Key, Message, str]]:
    catalogue = _Entries()
    with path.open("rb") as file:
        PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(file)
    for message in catalogue.entries:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        key = Key(str(ids[0]), str(ids[1]), str(message.context or ""))
        yield key, message, str(texts[0] or "")


def read_catalogues(folder: Path, findings: Findings) -> None:
    first: dict[Key, str] = {}
    for path in sorted(folder.glob("*.po")):
        try:
            for key, message, text in _entries(path):
                where = f"{path.name}:{message.lineno}"
                if message.fuzzy:
                    findings.problems.append(f"{where}: fuzzy: {key}")
                if not text:
                    continue
                if key in first and findings.translated[key] != text:
                    findings.problems.append(
                        f"{where}: {key} is {text!r} here and "
                        f"{findings.translated[key]!r} in {first[key]}"
                    )
                first.setdefault(key, where)
                findings.translated.setdefault(key, text)
                findings.problems += [f"{where}: {key}: {flaw}" for flaw in _flaws(key, text)]
                if key not in findings.used:
                    findings.problems.append(f"{where}: unused: {key}")
        except PoFileError as error:
            findings.problems.append(f"{path.name}: cannot be read: {error}")


def _flaws(key: Key, text: str) -> Iterator[str]:
    """A translation fills the same ``{names}``; of a counted text, those of the many."""
    try:
        wanted, has = _placeholders(key.plural or key.id), _placeholders(text)
    except ValueError as error:
        yield f"braces that cannot be filled in ({error})"
        return
    if wanted != has:
        listed = [", ".join(sorted(names)) or "none" for names in (wanted, has)]
        yield f"placeholders differ: {listed[0]} became {listed[1]}"
    if found := _HALF_WIDTH.search(text):
        yield f"half-width sign beside Chinese: {found[0]!r}"


def _placeholders(text: str) -> set[str]:
    fields = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    return {name.split(".")[0].split("[")[0] for name in fields}


def inspect(package: Path = PACKAGE, folder: Path = LANGUAGE) -> Findings:
    findings = Findings()
    read_code(package, findings)
    read_catalogues(folder, findings)
    for key, where in sorted(findings.used.items(), key=lambda item: (item[1], item[0])):
        if key not in findings.translated:
            findings.problems.append(f"{where}: no translation: {key}")
    return findings


def compiled(translated: dict[Key, str]) -> bytes:
    """The catalogue in gettext's binary form, the same bytes for the same translations."""
    entries = sorted(
        [
            (b"", HEADER.encode()),
            *((key.encoded(), text.encode()) for key, text in translated.items()),
        ]
    )
    tables = 28
    texts_at = tables + 16 * len(entries)
    ids = b"".join(id + b"\x00" for id, _ in entries)
    id_table, text_table = [], []
    id_at, text_at = texts_at, texts_at + len(ids)
    for id, text in entries:
        id_table += [len(id), id_at]
        text_table += [len(text), text_at]
        id_at += len(id) + 1
        text_at += len(text) + 1
    head = struct.pack(
        "<7I", 0x950412DE, 0, len(entries), tables, tables + 8 * len(entries), 0, texts_at
    )
    numbers = struct.pack(f"<{4 * len(entries)}I", *id_table, *text_table)
    return head + numbers + ids + b"".join(text + b"\x00" for _, text in entries)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check and compile the message catalogues.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a finding")
    options = parser.parse_args(arguments)
    findings = inspect()
    binary = LANGUAGE / "opslog.mo"
    wanted = compiled(findings.translated)
    if options.check:
        if not binary.exists() or binary.read_bytes() != wanted:
            findings.problems.append(f"{binary.name} is old: run python tests/catalogues.py")
    else:
        binary.write_bytes(wanted)
    for problem in findings.problems:
        print(problem)
    print(
        f"{len(findings.used)} texts, {len(findings.translated)} translations, "
        f"{len(findings.problems)} findings"
    )
    return 1 if options.check and findings.problems else 0


if __name__ == "__main__":
    sys.exit(main())
