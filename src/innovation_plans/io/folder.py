"""Where rows come from: a folder in the house's layout, or rows already in memory.

Each table is a file ``NAME.csv`` or ``NAME.toml``, or the files in a folder ``NAME/``; units of
one's own are in ``units.txt``.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ..errors import ConflictError, DataError, DataErrors, FigureError, nearest
from ..units.table import UnitTable
from .formulas import restored
from .raw import Row, known_tiers, parsed_toml, read_csv, read_toml, text_of

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = [
    "DESCRIPTOR",
    "NEUTRALISED",
    "Folder",
    "RowSource",
    "RowsInMemory",
    "is_neutralised",
    "standing",
    "units_of",
]

DESCRIPTOR = "datapackage.json"
# What edition.toml says where text that a spreadsheet would run has an apostrophe in front.
NEUTRALISED = "neutralised"

_EDITION = "edition.toml"
_MOST_UNITS = 2000
_MOST_BITS = 1000
_MOST_POWERS = 12
_LONGEST_EDITION = 200
_MOST_NAMES = 8
_ENDINGS = (".csv", ".toml")
_BESIDE = ("units.txt", DESCRIPTOR)  # files that are no tables, and are read
_LOST = "expected a file, found a link that leads to none, a pipe or a device"


@runtime_checkable
class RowSource(Protocol):
    """What rows are read from, table by table."""

    @property
    def label(self) -> str:
        """What complaints call it."""

    def rows(self, name: str, columns: tuple[str, ...], faults: list[DataError]) -> Iterator[Row]:
        """The rows of one table; what is wrong goes to `faults`."""

    def strangers(self, tables: Collection[str]) -> Iterator[DataError]:
        """What is there and is none of the tables: most likely a slip in a name."""

    def units(self, base: UnitTable, faults: list[DataError]) -> UnitTable:
        """The units of `base` and those it defines besides."""

    def edition(self, faults: list[DataError]) -> str:
        """The edition it says it is; empty where it says none."""

    @property
    def tiers(self) -> str:
        """The tiers that its targets and observations were drawn from; empty where not known."""


class Folder:
    """The files of a folder."""

    def __init__(self, root: Traversable, label: str = "") -> None:
        self._root = root
        self.label = label or str(root)
        self._is_marked: bool | None = None
        self._tier_errors: list[DataError] = []

    def rows(self, name: str, columns: tuple[str, ...], faults: list[DataError]) -> Iterator[Row]:
        """The rows of every file of a table, in a fixed order of files."""
        if self._is_marked is None:
            self._is_marked = is_neutralised(self._root, faults)
        for file, label in self._files(name):
            if label.endswith(".toml"):
                yield from read_toml(file, label, columns, faults)
                continue
            rows = read_csv(file, label, columns, faults)
            yield from map(_restored, rows) if self._is_marked else rows

    def strangers(self, tables: Collection[str]) -> Iterator[DataError]:
        """Return a fault for each file that looks like a table and is none, or if there is none."""
        if not self._root.is_dir():
            yield DataError(file=self.label, problem="expected a directory of data files")
            return
        files = sorted(self._root.iterdir(), key=lambda each: each.name)
        faults = [fault for file in files for fault in _strangers_of(file, tables)]
        yield from faults
        names = [file.name for file in files]
        has_tables = any(True for table in tables for _ in self._files(table))
        ours = {_EDITION} if DESCRIPTOR in names else {_EDITION, "units.txt"}
        if not faults and not has_tables and ours.isdisjoint(names):
            found = ", ".join(map(repr, names[:_MOST_NAMES]))[:200] or "nothing"
            more = ", ..." if len(names) > _MOST_NAMES else ""
            problem = f"expected tables such as targets.csv, found {found}{more}"
            yield DataError(file=self.label, problem=problem)

    def units(self, base: UnitTable, faults: list[DataError]) -> UnitTable:
        """The units of `base` and those of ``units.txt``."""
        file = self._root / "units.txt"
        text = text_of(file, "units.txt", faults) if file.is_file() else None
        return base if text is None else units_of(text, "units.txt", base, faults)

    def edition(self, faults: list[DataError]) -> str:
        """Return the name in ``edition.toml``; collect what is wrong with that file."""
        errors, self._tier_errors = self._tier_errors, []
        text, document = self._edition_file(errors)
        known = {str(each) for each in faults}
        new = {str(each): each for each in errors if str(each) not in known}
        faults.extend(new.values())
        if document is None:
            return ""
        name = document.get("edition")
        if not isinstance(name, str) or not name.isprintable() or len(name) > _LONGEST_EDITION:
            lines = (text or "").split("\n")
            line = next((at for at, each in enumerate(lines, 1) if each.startswith("edition")), 0)
            problem = f'expected edition = "…", found {name!r:.60}'
            place = {"file": _EDITION, "column": "edition"}
            faults.append(DataError(**place, line=line, problem=problem))
            return ""
        return name

    @property
    def tiers(self) -> str:
        """The tiers in ``edition.toml``; empty if it cannot be read, which `edition` reports."""
        self._tier_errors = []
        _, document = self._edition_file(self._tier_errors)
        return known_tiers((document or {}).get("tiers"))

    def _edition_file(self, errors: list[DataError]) -> tuple[str | None, dict[str, Any] | None]:
        """Return the text of ``edition.toml`` and its content; None for what cannot be read."""
        text = _edition_text(self._root, errors)
        return text, None if text is None else parsed_toml(text, _EDITION, errors)

    def _files(self, name: str) -> Iterator[tuple[Traversable, str]]:
        """The files of a table, in a fixed order, with the names that complaints give them."""
        for ending in (".csv", ".toml"):
            file = self._root / f"{name}{ending}"
            if file.is_file():
                yield file, file.name
        folder = self._root / name
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda each: each.name):
                if _is_table(file.name) and file.name.endswith(_ENDINGS):
                    yield file, f"{name}/{file.name}"


@contextmanager
def standing(path: str | PathLike[str]) -> Iterator[None]:
    """See that a directory is the same when all of it is read, lest its files be of two exports.

    Of a file, it is the directory around it.

    Raises
    ------
    DataErrors
        If another one was put in its place.
    """
    held, root = None, Path(path)
    with suppress(OSError, ValueError):  # whoever reads it says why
        root = root if root.is_dir() else root.parent
        if hasattr(os, "O_DIRECTORY"):  # what is held open keeps its number; Windows holds none
            held = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield
        if held is not None and not _is_still(held, root):
            problem = "was replaced while it was read; read it again"
            raise DataErrors.of(str(path), [DataError(file=str(path)[:200], problem=problem)])
    finally:
        if held is not None:
            os.close(held)


def _is_still(held: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held), path.stat())
    except OSError:
        return False


def is_neutralised(root: Traversable, faults: list[DataError]) -> bool:
    """Whether the cells of a folder are to be read without apostrophes before formulas."""
    text = _edition_text(root, faults)
    said = None if text is None else parsed_toml(text, _EDITION, [])  # edition() complains of it
    return said is not None and said.get(NEUTRALISED) is True


def _edition_text(root: Traversable, faults: list[DataError]) -> str | None:
    """The text of ``edition.toml``; that it cannot be read is one fault, however often it is read."""
    file, found = root / _EDITION, list[DataError]()
    text = text_of(file, _EDITION, found) if file.is_file() else None
    known = {str(each) for each in faults}
    faults.extend(each for each in found if str(each) not in known)
    return text


def _restored(row: Row) -> Row:
    return row._replace(cells={column: restored(cell) for column, cell in row.cells.items()})


class RowsInMemory:
    """Rows that a caller gave or another format held, with their units as definition lines."""

    def __init__(
        self,
        tables: Mapping[str, Sequence[Row]],
        *,
        label: str,
        units: str = "",
        edition: str = "",
        faults: Sequence[DataError] = (),
    ) -> None:
        self.label = label
        self._tables = tables
        self._units = units
        self._edition = edition
        self._faults = tuple(faults)

    def __bool__(self) -> bool:
        return bool(self._tables or self._units.strip() or self._faults)

    def rows(
        self,
        name: str,
        columns: tuple[str, ...],  # noqa: ARG002 - as the protocol has it
        faults: list[DataError],  # noqa: ARG002
    ) -> Iterator[Row]:
        """Return the rows of one table."""
        yield from self._tables.get(name, ())

    def strangers(self, tables: Collection[str]) -> Iterator[DataError]:
        """The faults found when the rows were gathered, and tables that are none."""
        yield from self._faults
        for name in self._tables:
            if name not in tables:
                problem = f"no such table; expected one of {', '.join(tables)}"
                yield DataError(file=f"{self.label}: {name}"[:200], problem=problem)

    def units(self, base: UnitTable, faults: list[DataError]) -> UnitTable:
        """The units of `base` and those given."""
        return units_of(self._units, "units", base, faults)

    def edition(self, faults: list[DataError]) -> str:  # noqa: ARG002 - as the protocol has it
        """The edition given."""
        return self._edition

    tiers = ""


def units_of(text: str, label: str, base: UnitTable, faults: list[DataError]) -> UnitTable:
    """The units of `base` and those that `text` defines; faults name the line."""
    lines = text.splitlines()
    if len(lines) > _MOST_UNITS:
        problem = f"expected at most {_MOST_UNITS} lines, found {len(lines)}"
        faults.append(DataError(file=label, line=_MOST_UNITS, problem=problem))
        return base
    table = UnitTable("", base=base)
    for number, line in enumerate(lines, start=1):
        try:
            _define(table, line)
        except (FigureError, ConflictError) as error:
            faults.append(DataError(file=label, line=number, problem=str(error)))
        except OverflowError as error:  # every further unit could be the power of this one
            faults.append(DataError(file=label, line=number, problem=str(error)))
            break
    return base if len(table) == len(base) else table


def _define(table: UnitTable, line: str) -> None:
    """Add one definition; a new table for every line would take the square of their number."""
    definition = line.split("#", 1)[0].strip()
    table._define(definition)  # noqa: SLF001 - the table is not handed out yet
    unit = table.of_name(definition.partition("=")[0].strip())
    if unit is None:  # a comment
        return
    bits = unit.factor.numerator.bit_length() + unit.factor.denominator.bit_length()
    if bits > _MOST_BITS or any(abs(power) > _MOST_POWERS for _, power in unit.dimension):
        raise OverflowError(
            f"expected a factor of at most {_MOST_BITS} bits and powers up to {_MOST_POWERS}, "
            f"found a larger one in {unit.name}; the lines below are not read"
        )


def _is_table(name: str) -> bool:
    """Whether a file looks like one of a table; what begins with a dot is the system's own."""
    lower = name.lower()
    return lower.endswith(_ENDINGS) and (lower in _ENDINGS or not name.startswith("."))


def _lower(stem: str, ending: str) -> str:
    return f"is not read; name it {stem}.{ending.lower()}"


def _strangers_of(file: Traversable, tables: Collection[str]) -> Iterator[DataError]:
    """Return a fault if a file of the directory would not be read although it looks like ours."""
    stem, _, ending = file.name.rpartition(".")
    if _is_table(file.name) or file.name in _BESIDE:
        if not file.is_file():
            problem = "expected a file, found a directory"
            yield DataError(file=file.name, problem=problem if file.is_dir() else _LOST)
        elif file.name not in _BESIDE and stem not in {*tables, "edition"}:
            problem = f"no such table; expected one of {', '.join(tables)}"
            yield DataError(file=file.name, problem=problem)
        elif ending != ending.lower():
            yield DataError(file=file.name, problem=_lower(stem, ending))
    elif file.is_dir():
        yield from _strangers_in(file, tables)


def _strangers_in(folder: Traversable, tables: Collection[str]) -> Iterator[DataError]:
    """Files in the folder of a table that would not be read, or the folder if its name is a slip."""
    near = nearest(folder.name.lower(), tables, 1, cutoff=0.8)
    if folder.name not in tables and not near:
        return
    files = sorted(each.name for each in folder.iterdir() if _is_table(each.name))
    if folder.name not in tables:
        if files:
            yield DataError(file=folder.name, problem=f"no such table; did you mean {near[0]}?")
        return
    for name in files:
        if not name.endswith(_ENDINGS):
            stem, _, ending = name.rpartition(".")
            yield DataError(file=f"{folder.name}/{name}", problem=_lower(stem, ending))
