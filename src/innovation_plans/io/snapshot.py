"""The bundled tables by columns, as the build wrote them after validating every row.

A folder ``compiled/`` beside the tables holds an index and a JSON file for each table. The index
names the sha256 of everything the records were made from: the tables, the units, the modules that
say what a row means. Where anything differs, is missing or broken, there is nothing to be had here
and the rows are read and validated instead: slower, never other records.; ``compiling.py`` writes what is read here.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import repeat, starmap
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from pydantic import BaseModel
from pydantic_core import from_json

from .. import records as house
from ..errors import DataError
from ..records import Citation, Codes, Record
from ..resources import package_files, unreadable

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = ["FOLDER", "FORMAT", "INDEX", "TABLES_OF_NOUNS", "Compiled", "fingerprint", "table_files"]

FOLDER: Final = "compiled"
INDEX: Final = "index.json"
FORMAT: Final = 1
# Where the records stand that others refer to, by what they are called.
TABLES_OF_NOUNS: Final = {
    "region": "regions",
    "indicator": "indicators",
    "source": "sources",
    "plan": "plans",
    "erratum": "errata",
}
# What says what a row means, besides the rooms of `records`.
_MEANING = (
    "codelists.py",
    "dataset/build.py",
    "io/folder.py",
    "io/raw.py",
    "io/rows.py",
    "io/snapshot.py",
    "io/snapshot_writer.py",
    "units/decimals.py",
    "units/table.py",
)
_LARGEST = 64 * 1024 * 1024
_AT_FIRST = 1024 * 1024
_MOST_RECORDS = 1_000_000
_ENDINGS = (".csv", ".toml")
# What reading a broken file can raise; anything else is a fault of this module.
_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
# A record is built as pydantic builds it: these slots, and nothing else.
_SLOTS = ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
_SET_CONTENT, _SET_FILLED, _SET_EXTRA, _SET_PRIVATE = (
    cast("Callable[[Record, Any], None]", getattr(vars(BaseModel).get(name), "__set__", None))
    for name in _SLOTS
)
_KNOWN_SHAPE = sorted(vars(BaseModel).get("__slots__", ())) == sorted(_SLOTS)


def _broken() -> tuple[type[Exception], ...]:
    return (*_BROKEN, *unreadable())


class Compiled:
    """The records that the build made of the tables in a folder, if they are still those.

    Whoever makes one trusts what lies in the folder as the code itself: only what is bundled.
    """

    def __init__(self, root: Traversable, folder: Traversable | None = None) -> None:
        self._root = root
        self._folder = root / FOLDER if folder is None else folder
        self._index: dict[str, Any] | None = None
        self._changed: dict[str, tuple[str, ...]] = {}
        self._lines: dict[str, Any] = {}

    def records(
        self, name: str, kinds: Mapping[str, type[Record]], codes: Codes
    ) -> list[Any] | None:
        """The records of one table, added to `codes`; None where its rows are to be read.

        Types of a caller's own may want other columns: their tables are read by rows. So is
        everything where indicators are of such a type, since units are checked by them.
        """
        if not (_KNOWN_SHAPE and _is_ours(kinds[name]) and _is_ours(kinds["indicators"])):
            return None
        try:
            if not self._holds(name):
                return None
            content = self._document(name)
            made = built(kinds[name], content["records"], codes)
            added = list(map(made.__getitem__, content["added"]))
            self._lines[name] = content["lines"]
        except _broken():
            return None
        for record in added:
            codes.add(record)
        return made

    def places(self, name: str, records: Sequence[Record]) -> dict[str, str]:
        """Where each record of a table stands, by key, where the table was had from here."""
        found = (
            f"{file}:{line}"
            for file, first, count in self._lines.get(name, ())
            for line in range(first, first + count)
        )
        return {record.key: place for record, place in zip(records, found, strict=False)}

    def edition(self) -> str | None:
        """What ``edition.toml`` says; None where it is to be read."""
        try:
            said = self._read_index()["edition"]
            raw = _bytes_of(self._root / "edition.toml")
            return str(said["edition"]) if _sha256(raw) == said["sha256"] else None
        except _broken():
            return None

    def damaged(self, name: str) -> Iterator[DataError]:
        """The files of a table, or of ``edition``, that are not as they were installed.

        In a source tree there are none: tables are worked on there, and read as they are.
        """
        try:
            paths = self._differing(name) if self.is_final() else ()
            if name == "edition" and self.is_final() and self.edition() is None:
                paths = ("edition.toml",)
        except _broken():  # whoever reads the rows says which file it is
            return
        for path in paths:
            problem = "is not the file that was installed; install the package again"
            yield DataError(file=path, problem=problem)

    def is_final(self) -> bool:
        """Whether it went out with its tables, of which none changes any more."""
        return self._read_index().get("final") is True

    def descriptor(self) -> str:
        """The sha256 of the descriptor that the build found beside the tables; empty without one."""
        return str(self._read_index().get("descriptor", ""))

    def is_current(self) -> bool:
        """Whether all of it is there, and was made from the files and the code that are there."""
        try:
            return all(self._holds(name) for name in self._read_index()["tables"])
        except _broken():
            return False

    def _holds(self, name: str) -> bool:
        """Whether the files of a table, and of those it refers to, are what it was made from."""
        return name in self._read_index()["needs"] and not self._all_differing(name)

    def _all_differing(self, name: str) -> tuple[str, ...]:
        """The files that differ, of a table and of all that it refers to."""
        needed, waiting = {}, [name]
        while waiting:
            each = waiting.pop()
            needed[each] = self._differing(each)
            waiting += [other for other in self._read_index()["needs"][each] if other not in needed]
        return tuple(path for paths in needed.values() for path in paths)

    def _differing(self, name: str) -> tuple[str, ...]:
        """The files of a table that are changed, missing, or were not there when it was made."""
        if name not in self._changed:
            said = self._read_index()["files"].items()
            expected = {path: digest for path, digest in said if _table_of(path) == name}
            found = {path: _sha256(_bytes_of(file)) for path, file in table_files(self._root, name)}
            paths = sorted(expected.keys() | found.keys())
            self._changed[name] = tuple(
                path for path in paths if expected.get(path) != found.get(path)
            )
        return self._changed[name]

    def _read_index(self) -> dict[str, Any]:
        """The index; one of nothing, where there is none or it is of other code or units."""
        if self._index is None:
            try:
                found = from_json(_bytes_of(self._folder / INDEX))
                ours = found["format"] == FORMAT and found["meaning"] == fingerprint(self._root)
            except _broken():
                ours = False
            self._index = found if ours else {"files": {}, "needs": {}}  # whole, or not yet
        return self._index

    def _document(self, name: str) -> Any:
        raw = _bytes_of(self._folder / f"{name}.json")
        if _sha256(raw) != self._read_index()["tables"][name]:
            raise ValueError("not the file that was written with the index")
        return from_json(raw)


def table_files(root: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """Everything that may be a file of a table, by its path; more than is read, never less."""
    for ending in _ENDINGS:
        file = root / f"{name}{ending}"
        if file.is_file():
            yield file.name, file
    folder = root / name
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name.lower().endswith(_ENDINGS):
                yield f"{name}/{file.name}", file


def fingerprint(root: Traversable) -> str:
    """The sha256 of the modules that say what a row means, and of the units.

    Raises
    ------
    OSError
        If their source is not installed.
    """
    package = package_files()
    rooms = (each for each in (package / "records").iterdir() if each.name.endswith(".py"))
    meaning = [*sorted(rooms, key=lambda each: each.name), *(package / name for name in _MEANING)]
    digest = hashlib.sha256()
    for file in (*meaning, root / "units.txt"):
        raw = _bytes_of(file)
        digest.update(f"{file.name} {len(raw)}\n".encode())
        digest.update(raw)
    return digest.hexdigest()


def built(kind: type[Record], block: Mapping[str, Any], codes: Codes) -> list[Any]:
    """The records of a block of columns, equal in every way to validated ones.

    Their fields are filled in after all of them are made, so that they may refer to one another.

    Raises
    ------
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError
        If the block is none of such records.
    """
    count, columns = block["count"], block["columns"]
    if not 0 <= count <= _MOST_RECORDS or list(columns) != list(kind.model_fields):
        raise ValueError(f"no block of {kind.__name__}")
    made = list(map(kind.__new__, repeat(kind, count)))
    tables = codes.tables
    if kind.own_kind:
        own = zip(_column(columns["code"], kind, "code", tables, count), made, strict=True)
        tables = {**tables, kind.noun: {**codes.of(kind.noun), **dict(own)}}
    cells = [_column(spec, kind, name, tables, count) for name, spec in columns.items()]
    content = map(dict, map(zip, repeat(tuple(columns)), zip(*cells, strict=True)))
    _drain(starmap(_SET_CONTENT, zip(made, content, strict=True)))
    # Records that have the same cells filled share the set that says so: it is theirs to read.
    filled = _spread(block["filled"], set, count)
    _drain(starmap(_SET_FILLED, zip(made, filled, strict=True)))
    _drain(map(_SET_EXTRA, made, repeat(None)))
    _drain(map(_SET_PRIVATE, made, repeat(None)))
    return made


def _column(
    spec: Mapping[str, Any],
    kind: type[Record],
    name: str,
    tables: Mapping[str, Mapping[str, Any]],
    count: int,
) -> Iterable[Any]:
    """The values of one field, record by record."""
    sort = spec["is"]
    if sort == "plain":
        return _spread(spec, None, count)
    if sort == "citation":
        citations = built(Citation, spec["words"], Codes(tables))
        return map(citations.__getitem__, spec["at"])
    if sort == "record":
        return _spread(spec, tables[spec["of"]].__getitem__, count)
    if sort == "records":
        return _spread(spec, partial(_together, tables[spec["of"]]), count)
    if sort == "member":
        return _spread(spec, _list_of(kind, name), count)
    return _spread(spec, _READERS[sort], count)


def _spread(
    spec: Mapping[str, Any], read: Callable[[Any], Any] | None, count: int
) -> Iterable[Any]:
    """A value for each record: one for all, one of a list of words, or each its own, never None."""
    if "each" in spec:
        return spec["each"] if read is None else map(read, spec["each"])
    (words, at) = (
        ([spec["same"]], repeat(0, count)) if "same" in spec else (spec["words"], spec["at"])
    )
    if read is not None:
        words = [None if word is None else read(word) for word in words]
    return map(words.__getitem__, at)


def _together(table: Mapping[str, Any], codes: Iterable[str]) -> tuple[Any, ...]:
    return tuple(map(table.__getitem__, codes))


_READERS: Final[dict[str, Callable[[Any], Any]]] = {"decimal": Decimal, "texts": tuple}


def _list_of(kind: type[Record], name: str) -> type[StrEnum]:
    """The code list that a field takes its values from."""
    said = kind.model_fields[name].annotation
    (found,) = (
        each
        for each in (said, *get_args(said))
        if isinstance(each, type) and issubclass(each, StrEnum)
    )
    return found


def _is_ours(kind: type[Record]) -> bool:
    return getattr(house, kind.__name__, None) is kind


def _table_of(path: str) -> str:
    """The table that a path is of: ``regions.csv``, ``targets/14th.csv``."""
    top, below, _ = path.partition("/")
    return top if below else top.rpartition(".")[0]


def _bytes_of(file: Traversable) -> bytes:
    with file.open("rb") as stream:
        raw: bytes = stream.read(_AT_FIRST)  # room for as much as is asked for is taken at once
        if len(raw) == _AT_FIRST:
            raw += stream.read(_LARGEST + 1 - _AT_FIRST)
    if len(raw) > _LARGEST:
        raise ValueError(f"larger than {_LARGEST} bytes")
    return raw


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _drain(steps: Iterable[Any]) -> None:
    """Take every step, and keep nothing."""
    deque(steps, maxlen=0)
