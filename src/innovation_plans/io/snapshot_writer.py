"""Writes the compiled form of the tables in a folder, from records that were validated.

The build runs it, and nothing else does at run time but the check that a compiled form is what
its tables say. The same tables give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from importlib_resources.abc import Traversable

from ..dataset.build import Directory
from ..errors import DataError
from ..records import TABLES, Citation, Codes, Record
from .folder import DESCRIPTOR
from .snapshot import (
    FOLDER,
    FORMAT,
    INDEX,
    TABLES_OF_NOUNS,
    Compiled,
    built,
    fingerprint,
    table_files,
)

__all__ = ["compiled_faults", "compiled_files", "write_compiled"]


def write_compiled(root: Traversable, folder: Path, *, final: bool = False) -> list[Path]:
    """The files of the compiled form of the tables in `root`, written to `folder`.

    `final` says that the tables go out as they are, as in a wheel: one that differs from what it
    was then is damaged, and is refused. In a source tree it is a table that somebody works on.

    Raises
    ------
    DataErrors
        If a row is faulty; nothing is written then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, raw in compiled_files(root, final=final).items():
        file = folder / name
        if not file.exists() or file.read_bytes() != raw:
            file.write_bytes(raw)
        written.append(file)
    return written


def compiled_files(root: Traversable, *, final: bool = False) -> dict[str, bytes]:
    """The content of the files of the compiled form, by name; the index is the last.

    Raises
    ------
    DataErrors
        If a row is faulty.
    """
    directory = Directory(root, label="bundled data")
    directory.read_all()
    documents = {name: _document(directory, name) for name in TABLES}
    found = {f"{name}.json": _json(each) for name, each in documents.items()}
    index = {
        "format": FORMAT,
        "final": final,
        "meaning": fingerprint(root),
        "edition": {
            "edition": directory.edition,
            "sha256": hashlib.sha256((root / "edition.toml").read_bytes()).hexdigest(),
        },
        "descriptor": _sum_of(root / DESCRIPTOR),
        "files": {
            path: hashlib.sha256(file.read_bytes()).hexdigest()
            for name in TABLES
            for path, file in table_files(root, name)
        },
        "needs": {
            name: sorted({TABLES_OF_NOUNS[noun] for noun in _nouns(each["records"])} - {name})
            for name, each in documents.items()
        },
        "tables": {name: hashlib.sha256(found[f"{name}.json"]).hexdigest() for name in TABLES},
    }
    return {**found, INDEX: _json(index)}


def compiled_faults(root: Traversable) -> Iterator[DataError]:
    """What is wrong with the compiled form in a folder, if it would be taken for its tables at all.

    One that was made of other tables or by other code is no fault: nothing reads it.
    """
    if not Compiled(root).is_current():
        return
    if Compiled(root).descriptor() != _sum_of(root / DESCRIPTOR):
        problem = "is not the one that the tables were built with; install the package again"
        yield DataError(file=DESCRIPTOR, problem=problem)
        return
    folder = root / FOLDER
    there = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    expected = compiled_files(root, final=Compiled(root).is_final())
    for name in sorted({*there, *expected}):
        if there.get(name) != expected.get(name):
            problem = "is not what the tables say; install the package again"
            yield DataError(file=f"{FOLDER}/{name}", problem=problem)


def _sum_of(file: Traversable) -> str:
    """The sha256 of a file; empty where there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _document(directory: Directory, name: str) -> dict[str, Any]:
    """A table by columns, once it is seen that the same records come back."""
    records, codes = directory.table(name), directory.codes
    kind = TABLES[name]
    position = {id(record): at for at, record in enumerate(records)}
    coded = codes.tables.get(kind.noun, {}).values()
    block = _block(kind, records)
    others = {noun: known for noun, known in codes.tables.items() if noun != kind.noun}
    again = built(kind, json.loads(_json(block)), Codes(others))
    for ours, theirs in zip(records, again, strict=True):
        if not _same(ours, theirs):
            raise RuntimeError(f"{name} cannot be compiled: {ours.key} does not come back")
    return {
        "lines": _runs([directory.places[name][record.key] for record in records]),
        "added": [position[id(record)] for record in coded],
        "records": block,
    }


def _same(ours: Record, theirs: Record) -> bool:
    """Whether two records are alike to the order of their fields and the cells that were filled."""
    return (
        type(ours) is type(theirs)
        and list(ours.__dict__) == list(theirs.__dict__)
        and ours.model_fields_set == theirs.model_fields_set
        and ours.model_dump_json() == theirs.model_dump_json()
        and all(type(one) is type(theirs.__dict__[name]) for name, one in ours.__dict__.items())
    )


def _block(kind: type[Record], records: Sequence[Record]) -> dict[str, Any]:
    return {
        "count": len(records),
        "filled": _words([sorted(record.model_fields_set) for record in records]),
        "columns": {
            name: _column([record.__dict__[name] for record in records])
            for name in kind.model_fields
        },
    }


def _column(values: Sequence[Any]) -> dict[str, Any]:
    """The values of one field, and how they are to be read."""
    sorts = {_sort(value) for value in values if value is not None and value != ()}
    if not sorts:
        sorts = {"texts" if () in values else "plain"}
    (sort,) = sorts  # a field is of one sort
    if sort == "citation":
        return {"is": sort, **_citations(values)}
    said, _, noun = sort.partition(" of ")
    named = {"is": said, "of": noun} if noun else {"is": said}
    return {**named, **_words([_cell(value) for value in values])}


def _sort(value: Any) -> str:
    if isinstance(value, Citation):
        return "citation"
    if isinstance(value, Record):
        return f"record of {value.noun}"
    if isinstance(value, tuple):
        return f"records of {value[0].noun}" if isinstance(value[0], Record) else "texts"
    if isinstance(value, StrEnum):
        return "member"
    return "decimal" if isinstance(value, Decimal) else "plain"


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_cell(each) for each in value]
    if isinstance(value, Record):
        return value.key
    return str(value) if isinstance(value, Decimal | StrEnum) else value


def _words(cells: Sequence[Any]) -> dict[str, Any]:
    """The shortest way to say the cells: the same for all, some words often, or each by itself."""
    said = [_text(cell) for cell in cells]
    words = dict(zip(said, cells, strict=True))
    if len(words) == 1:
        return {"same": cells[0]}
    if len(words) <= len(cells) // 2 or None in cells:
        at = {word: position for position, word in enumerate(words)}
        return {"words": list(words.values()), "at": [at[word] for word in said]}
    return {"each": list(cells)}


def _citations(values: Sequence[Citation]) -> dict[str, Any]:
    """The citations, each once, and which of them each record has."""
    said = [_text([each.model_dump(mode="json"), sorted(each.model_fields_set)]) for each in values]
    different = dict(zip(said, values, strict=True))
    at = {word: position for position, word in enumerate(different)}
    block = _block(Citation, list(different.values()))
    return {"words": block, "at": [at[word] for word in said]}


def _nouns(block: Mapping[str, Any]) -> Iterator[str]:
    """What the records of a block refer to."""
    for column in block["columns"].values():
        if column["is"] == "citation":
            yield from _nouns(column["words"])
        elif "of" in column:
            yield column["of"]


def _runs(places: Iterable[str]) -> list[tuple[str, int, int]]:
    """Files, first lines and numbers of records that stand on one line after another."""
    runs: list[tuple[str, int, int]] = []
    for place in places:
        file, _, line = place.rpartition(":")
        if runs and runs[-1][0] == file and runs[-1][1] + runs[-1][2] == int(line):
            runs[-1] = (file, runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((file, int(line), 1))
    return runs


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _json(content: Any) -> bytes:
    return _text(content).encode() + b"\n"
