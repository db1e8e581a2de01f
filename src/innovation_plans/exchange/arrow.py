"""Floor 9: Arrow IPC: a directory with one file a table, or one table as a file.

Files are written and read without compression, so that a small file is never a large table.
Read next: ``excel.py``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..dataset import Dataset
from ..errors import DataError
from ..files import Row
from ..folder import RowSource
from .columns import HeadingsIn, arrow_table, pyarrow, rows_in
from .content import Grid, Heading, grids, heading_of
from .folders import edition_file
from .incoming import refuse
from .known_formats import Options
from .parquet import read_directory

__all__ = ["LOSES", "REFUSES", "read", "write", "write_table"]

LOSES = ""
REFUSES = "lists whose parts hold |, and empty text of one's own fields"

_MAGIC = b"ARROW1"
# Places in the FlatBuffers of Arrow's format: File.fbs, Message.fbs.
_BLOCKS = {"dictionaries": 2, "batches": 3}
_HEAD = 2
_BATCH_OF_DICTIONARY = 1
_COMPRESSION = 3
_BLOCK = struct.Struct("<qi4xq")  # offset, length of the head, length of the body


def write(plans: Dataset[Any, Any, Any, Any], path: Path, options: Options) -> None:
    """A directory with a file for each table, and ``edition.toml``."""
    heading = heading_of(plans)
    pyarrow()
    path.mkdir()
    for grid in grids(plans):
        write_table(grid, heading, path / f"{grid.name}.arrow", options)
    (path / "edition.toml").write_bytes(edition_file(heading).encode("utf-8"))


def write_table(grid: Grid, heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """One table as an Arrow file."""
    ipc, table = pyarrow("ipc"), arrow_table(grid, heading)
    with path.open("xb") as stream, ipc.new_file(stream, table.schema) as writer:
        writer.write_table(table)


def read(path: Path) -> RowSource:
    """The rows of a directory of Arrow files."""
    return read_directory(path, "arrow", _rows)


def _rows(file: Path, headings: HeadingsIn, faults: list[DataError]) -> Iterator[Row]:
    pa, ipc = pyarrow(), pyarrow("ipc")
    raw = file.read_bytes()
    if not (raw.startswith(_MAGIC) and raw.endswith(_MAGIC)):
        raise refuse(file.name, "expected an Arrow IPC file, which begins and ends with ARROW1")
    if _is_compressed(raw):
        problem = "expected an Arrow file without compression; write it again without"
        raise refuse(file.name, problem)
    with ipc.open_file(pa.BufferReader(raw)) as opened:
        headings.add(file.name, opened.schema.metadata, faults)
        yield from rows_in(file.name, _batches(opened), opened.schema, faults)


def _batches(opened: Any) -> Iterator[Any]:
    for at in range(opened.num_record_batches):
        batch = opened.get_batch(at)
        batch.validate(full=True)
        yield batch


def _is_compressed(raw: bytes) -> bool:
    """Whether any part of the file says that its buffers are compressed.

    The library unpacks a part when it is read, whatever its size; so this is looked up before.
    """
    length = struct.unpack("<i", raw[-len(_MAGIC) - 4 : -len(_MAGIC)])[0]
    footer = raw[-len(_MAGIC) - 4 - length : -len(_MAGIC) - 4]
    root = struct.unpack_from("<I", footer)[0]
    for name, number in _BLOCKS.items():
        for offset in _offsets(footer, _field(footer, root, number)):
            marked = raw[offset : offset + 4] == b"\xff\xff\xff\xff"
            message = memoryview(raw)[offset + (8 if marked else 4) :]
            head = _table_in(message, struct.unpack_from("<I", message)[0], _HEAD)
            if name == "dictionaries":
                head = _table_in(message, head, _BATCH_OF_DICTIONARY)
            if _field(message, head, _COMPRESSION):
                return True
    return False


def _offsets(footer: bytes, at: int) -> Iterator[int]:
    """Where the parts of the file begin, which a list in its footer says."""
    if not at:
        return
    start = at + struct.unpack_from("<I", footer, at)[0]
    count = struct.unpack_from("<I", footer, start)[0]
    for number in range(min(count, len(footer))):
        yield _BLOCK.unpack_from(footer, start + 4 + number * _BLOCK.size)[0]


def _field(raw: bytes | memoryview, table: int, number: int) -> int:
    """Where a field of a FlatBuffers table stands; 0 where the table has none of it."""
    places = table - struct.unpack_from("<i", raw, table)[0]
    at = 4 + 2 * number
    if at >= struct.unpack_from("<H", raw, places)[0]:
        return 0
    offset: int = struct.unpack_from("<H", raw, places + at)[0]
    return table + offset if offset else 0


def _table_in(raw: bytes | memoryview, table: int, number: int) -> int:
    """Where the table stands that a field refers to."""
    at = _field(raw, table, number)
    offset: int = struct.unpack_from("<I", raw, at)[0]
    return at + offset
