"""The snapshot: files of validated rows that the build writes beside the bundled tables.

The folder ``snapshot/`` contains an index and one JSON file per table, by columns. The index has
the digest of every source file in the data folder, and the digest of the code that gives rows
their meaning. If one of them differs, or if a file of the snapshot is missing or broken, the rows
are read and validated instead: that is slower, but the records are the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import from_json

from ..errors import DataError
from ..records import TABLES, Citation, Context, Record
from ..resources import package_files, unreadable
from .files import DESCRIPTOR, edition_document

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FOLDER: Final = "snapshot"
INDEX: Final = "index.json"
_FORMAT: Final = 3
_SOURCE_ENDINGS = (".csv", ".toml", ".txt")
# The code that gives rows their meaning, besides the modules of `records`.
_CODE = (
    "codelists.py",
    "dataset/build.py",
    "io/csv.py",
    "io/files.py",
    "io/raw.py",
    "io/rows.py",
    "io/snapshot.py",
    "units/decimals.py",
    "units/table.py",
)
_CHANGED = "is not the file that was installed; install the package again"
_UNEXPECTED = "differs from its source tables; install the package again"
# The attributes that pydantic sets on a model; another version of pydantic may have others.
_SLOTS = ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
_HAS_KNOWN_SLOTS = sorted(vars(BaseModel).get("__slots__", ())) == sorted(_SLOTS)
_set = object.__setattr__


class Holdings(Protocol):
    """Records by table, and what their codes refer to."""

    @property
    def kinds(self) -> Mapping[str, type[Record]]:
        """The type of the records of each table."""
        ...

    @property
    def context(self) -> Context:
        """The records that others refer to, by code."""
        ...

    def by_key(self, name: str) -> Mapping[str, Any]:
        """Return the records of one table by key."""
        ...

    def table(self, name: str) -> list[Any]:
        """Return the records of one table."""
        ...


# ------------------------------------------------------------------ reading


class Snapshot:
    """The snapshot of the tables in `root`; `folder` is where its files are.

    Its content is trusted like code: use it for bundled data only.
    """

    def __init__(self, root: Traversable, folder: Traversable | None = None) -> None:
        self._root = root
        self._folder = root / FOLDER if folder is None else folder

    def records(
        self, name: str, kinds: Mapping[str, type[Record]], context: Context
    ) -> list[Any] | None:
        """Return the records of one table, and add them to `context`; None if rows must be read.

        Rows must be read for record types of a caller, which may have other columns, and if the
        type of the indicators is a caller's, because units are validated with the indicators.
        """
        if not (_is_ours(kinds[name]) and _is_ours(kinds["indicators"]) and self.is_current()):
            return None
        try:
            content = self._content(name)
            records = built(kinds[name], content["records"], context)
            coded = [records[position] for position in content["coded"]]
        except _broken():
            return None
        for record in coded:
            context.add(record)
        return records

    def edition(self) -> str | None:
        """Return the edition of the data; None if ``edition.toml`` must be read."""
        return str(self._index["edition"]) if self.is_current() else None

    def is_current(self) -> bool:
        """Return True if the source files and the code are those of the snapshot."""
        try:
            return _HAS_KNOWN_SLOTS and bool(self._index) and not self._changed
        except _broken():
            return False

    def is_final(self) -> bool:
        """Return True if this snapshot was built into a wheel, so its source files must not change."""
        return self._index.get("final") is True

    def damage(self) -> list[DataError]:
        """Return an error for each source file of an installed package that has changed.

        The list is empty in a source tree, where tables may be edited.
        """
        try:
            changed = self._changed if self.is_final() else []
        except _broken():  # reading the rows raises an error with the file name
            return []
        return [DataError(file=path, problem=_CHANGED) for path in changed]

    @cached_property
    def _index(self) -> dict[str, Any]:
        """The index; empty if it is missing, broken or written by other code."""
        try:
            index = from_json((self._folder / INDEX).read_bytes())
            is_ours = index["format"] == _FORMAT and index["code"] == _code_digest()
        except _broken():
            return {}
        return dict(index) if is_ours else {}

    @cached_property
    def _changed(self) -> list[str]:
        """The source files that were changed, added or removed since the snapshot was written."""
        before, now = self._index["files"], _source_digests(self._root)
        return sorted(
            path for path in before.keys() | now.keys() if before.get(path) != now.get(path)
        )

    def _content(self, name: str) -> Any:
        import lzma  # some builds of Python have no lzma: they read the source tables

        raw = (self._folder / _file(name)).read_bytes()
        if _digest(raw) != self._index["tables"][name]:
            raise ValueError("not the file that was written with the index")
        return from_json(lzma.decompress(raw))


def _file(name: str) -> str:
    """Return the name of the file of a table, which xz makes a third smaller than a wheel does."""
    return f"{name}.json.xz"


def _broken() -> tuple[type[Exception], ...]:
    """Return what reading a missing or broken file can raise."""
    return (
        *unreadable(),
        *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
        ImportError,
    )


def _is_ours(kind: type[Record]) -> bool:
    return kind in TABLES.values()


def built(kind: type[Record], block: Mapping[str, Any], context: Context) -> list[Any]:
    """Return the records of a block of columns, equal in every way to validated ones.

    Raises
    ------
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError
        If the block does not contain such records.
    """
    names, columns = tuple(kind.model_fields), block["columns"]
    if tuple(columns) != names:
        raise ValueError(f"expected the fields of {kind.__name__}, found {list(columns)!r:.200}")
    # Records may refer to records of the same table, so all of them are made before they are filled.
    records = list(map(kind.__new__, repeat(kind, len(block["fields_set"]["at"]))))
    tables = context.tables
    if kind.own_kind:
        own_codes = _cells(columns["code"], kind, "code", tables)
        own = dict(zip(own_codes, records, strict=True))
        tables = {**tables, kind.noun: {**context.of(kind.noun), **own}}
    cells = [_cells(column, kind, name, tables) for name, column in columns.items()]
    # Records with the same fields set share the set: pydantic only reads it.
    fields_sets = _spread(map(set, block["fields_set"]["values"]), block["fields_set"])
    for record, values, fields_set in zip(
        records, zip(*cells, strict=True), fields_sets, strict=True
    ):
        _set(record, "__dict__", dict(zip(names, values, strict=True)))
        _set(record, "__pydantic_fields_set__", fields_set)
        _set(record, "__pydantic_extra__", None)
        _set(record, "__pydantic_private__", None)
    return records


def _cells(
    column: Mapping[str, Any],
    kind: type[Record],
    name: str,
    tables: Mapping[str, Mapping[str, Any]],
) -> Iterable[Any]:
    """Return the values of one field, one per record."""
    values, annotation = column["values"], kind.model_fields[name].annotation
    value_type = _type_of(annotation)
    if value_type is Citation:
        return _spread(built(Citation, values, Context(tables)), column)
    decode = _decoder(value_type, tables)
    if get_origin(annotation) is tuple:
        values = (tuple(value if decode is None else map(decode, value)) for value in values)
    elif decode is not None:
        values = (None if value is None else decode(value) for value in values)
    return _spread(values, column)


def _spread(values: Iterable[Any], column: Mapping[str, Any]) -> Iterable[Any]:
    """Return one value per record, from the different values of a column."""
    return map(list(values).__getitem__, column["at"])


def _type_of(annotation: Any) -> type:
    """Return the type of a field without None, or of the parts of its tuple."""
    while parts := get_args(annotation):
        annotation = parts[0]
    return cast("type", annotation)


def _decoder(
    value_type: type, tables: Mapping[str, Mapping[str, Any]]
) -> Callable[[Any], Any] | None:
    """Return what makes a value of the type; None if JSON has it as it is."""
    if issubclass(value_type, Record):
        return tables.get(value_type.noun, {}).__getitem__
    return value_type if issubclass(value_type, Decimal | StrEnum) else None


# ------------------------------------------------------------------ digests


def _source_digests(root: Traversable) -> dict[str, str]:
    """Return the digest of every source file in a data folder, by path."""
    return {path: _digest(file.read_bytes()) for path, file in _source_files(root)}


def _source_files(root: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Return the files of tables, units and edition, and the descriptor of all files."""
    for entry in root.iterdir():
        name = entry.name
        if name == DESCRIPTOR or name.lower().endswith(_SOURCE_ENDINGS):
            yield name, entry
        elif "." not in name and entry.is_dir():
            for file in entry.iterdir():
                if file.name.lower().endswith(_SOURCE_ENDINGS):
                    yield f"{name}/{file.name}", file


def _code_digest() -> str:
    """Return the digest of the code that gives rows their meaning.

    Raises
    ------
    OSError
        If the source of the package is not installed.
    """
    package = package_files()
    modules = [file for file in (package / "records").iterdir() if file.name.endswith(".py")]
    modules.sort(key=lambda file: file.name)
    return _digest(
        b"\0".join(file.read_bytes() for file in (*modules, *map(package.joinpath, _CODE)))
    )


def _digest(raw: bytes) -> str:
    """Return the size and CRC-32 of a file, as in a zip file; `verify` compares SHA-256.

    Every load computes it for all tables, so it must be cheap.
    """
    return f"{len(raw)}-{zlib.crc32(raw):08x}"


# ------------------------------------------------------------------ writing


def write_snapshot(
    tables: Holdings, root: Traversable, folder: Path, *, final: bool = False
) -> list[Path]:
    """Write the snapshot of the tables in `root` to `folder`, and return the paths of its files.

    Parameters
    ----------
    tables
        The validated records of the tables in `root`.
    root, folder
        The data folder, and where to write.
    final
        True if the snapshot goes into a wheel, whose source tables must not change.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = snapshot_files(tables, root, final=final)
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return [folder / name for name in files]


def snapshot_files(tables: Holdings, root: Traversable, *, final: bool = False) -> dict[str, bytes]:
    """Return the content of the files of a snapshot, by name; the index is the last.

    The same tables give the same bytes.
    """
    import lzma

    files = {_file(name): lzma.compress(_json(_document(tables, name))) for name in tables.kinds}
    index = {
        "format": _FORMAT,
        "final": final,
        "edition": edition_document(root)["edition"],
        "code": _code_digest(),
        "files": dict(sorted(_source_digests(root).items())),
        "tables": {name: _digest(files[_file(name)]) for name in tables.kinds},
    }
    return {**files, INDEX: _json(index)}


def snapshot_errors(
    root: Traversable, read: Callable[[Traversable], Holdings]
) -> Iterator[DataError]:
    """Return an error for each file that `load` refuses, or that differs from what `read` returns.

    A snapshot of other tables, or written by other code, is never read and has no errors.
    """
    snapshot = Snapshot(root)
    yield from snapshot.damage()
    if not snapshot.is_current():
        return
    actual = {file.name: file.read_bytes() for file in (root / FOLDER).iterdir() if file.is_file()}
    expected = snapshot_files(read(root), root, final=snapshot.is_final())
    for name in sorted({*actual, *expected}):
        if actual.get(name) != expected.get(name):
            yield DataError(file=f"{FOLDER}/{name}", problem=_UNEXPECTED)


def _document(tables: Holdings, name: str) -> dict[str, Any]:
    """Return the content of the file of one table.

    Raises
    ------
    RuntimeError
        If other records would be read from it.
    """
    kind, records, context = tables.kinds[name], tables.table(name), tables.context
    position = {id(record): at for at, record in enumerate(records)}
    block = _block(kind, records)
    others = {noun: known for noun, known in context.tables.items() if noun != kind.noun}
    for record, copy in zip(
        records, built(kind, from_json(_json(block)), Context(others)), strict=True
    ):
        if not _is_same(record, copy):
            raise RuntimeError(
                f"cannot write a snapshot of {name}: {record.key} is read as another"
            )
    coded = [position[id(record)] for record in context.tables.get(kind.noun, {}).values()]
    return {"coded": coded, "records": block}


def _is_same(record: Record, copy: Record) -> bool:
    """Return True if the records are equal, with the same order of fields and fields set."""
    return (
        type(record) is type(copy)
        and list(record.__dict__) == list(copy.__dict__)
        and record.model_fields_set == copy.model_fields_set
        and record.model_dump_json() == copy.model_dump_json()
        and all(type(value) is type(copy.__dict__[name]) for name, value in record.__dict__.items())
    )


def _block(kind: type[Record], records: Sequence[Record]) -> dict[str, Any]:
    """Return records by columns; `built` reads them."""
    rows = [record.model_dump(mode="json") for record in records]
    return {
        "fields_set": _different([sorted(record.model_fields_set) for record in records]),
        "columns": {
            name: _citations([record.__dict__[name] for record in records])
            if _type_of(field.annotation) is Citation
            else _different([row[name] for row in rows])
            for name, field in kind.model_fields.items()
        },
    }


def _different(cells: Sequence[Any]) -> dict[str, Any]:
    """Return the different values among cells, and the position of the value of each cell."""
    texts = [_text(cell) for cell in cells]
    values = dict(zip(texts, cells, strict=True))
    positions = {text: position for position, text in enumerate(values)}
    return {"values": list(values.values()), "at": [positions[text] for text in texts]}


def _citations(citations: Sequence[Citation]) -> dict[str, Any]:
    """Return a block of the different citations, and the position of the citation of each record."""
    columns = _different(
        [
            [citation.model_dump(mode="json"), sorted(citation.model_fields_set)]
            for citation in citations
        ]
    )
    first = dict(reversed([*zip(columns["at"], citations, strict=True)]))
    return {**columns, "values": _block(Citation, [first[at] for at in sorted(first)])}


def _text(content: Any) -> str:
    import json  # only to write: a load does without it

    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _json(content: Any) -> bytes:
    return _text(content).encode() + b"\n"
