"""Parquet: a directory with one file a table, or one table as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..dataset.dataset import Dataset
from ..errors import DataError, DataErrors
from ..records import TABLES
from .columns import MOST_BYTES, HeadingsIn, arrow_table, most_rows, pyarrow, rows_in
from .content import Grid, Heading, grids, heading_of
from .csv import edition_file
from .folder import Folder, RowSource
from .incoming import Incoming, refuse
from .known_formats import Options
from .raw import Row, no_file

__all__ = ["LOSES", "REFUSES", "read", "write", "write_table"]

LOSES = ""
REFUSES = "lists whose parts hold |, and empty text of one's own fields"

_BATCH = 4096


def write(plans: Dataset[Any, Any, Any, Any], path: Path, options: Options) -> None:
    """A directory with a file for each table, and ``edition.toml``."""
    heading = heading_of(plans)
    pyarrow()
    path.mkdir()
    for grid in grids(plans):
        write_table(grid, heading, path / f"{grid.name}.parquet", options)
    (path / "edition.toml").write_bytes(edition_file(heading).encode("utf-8"))


def write_table(grid: Grid, heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """One table as a Parquet file."""
    pq, table = pyarrow("parquet"), arrow_table(grid, heading)
    with path.open("xb") as stream:
        pq.write_table(table, stream, compression="zstd")


def read(path: Path) -> RowSource:
    """Return the rows of a directory of Parquet files."""
    pyarrow()
    if not path.is_dir():
        problem = "expected a directory of .parquet files, found one file; give the directory"
        raise refuse(path.name, problem)
    tables: dict[str, list[Row]] = {}
    faults: list[DataError] = []
    headings = HeadingsIn()
    for file in sorted(path.glob("*.parquet")):
        if file.stem not in TABLES:
            problem = f"no such table; expected one of {', '.join(TABLES)}"
            faults.append(DataError(file=file.name, problem=problem))
            continue
        tables[file.stem] = _guarded(file, headings, faults)
    if not tables and not faults:  # no records; but an export says its edition
        if not (path / "edition.toml").is_file():
            raise refuse(str(path), "expected files such as targets.parquet, found none")
        headings.merged = Heading(edition=Folder(path).edition(faults))
    return Incoming(str(path), tables, headings.merged, faults)


def _guarded(file: Path, headings: HeadingsIn, faults: list[DataError]) -> list[Row]:
    """The rows of one file; whatever the library says of a broken one is said at the file."""
    try:
        if problem := no_file(file):
            raise refuse(file.name, problem)
        if file.stat().st_size > MOST_BYTES:
            raise refuse(file.name, f"expected at most {MOST_BYTES} bytes")
        return list(_rows(file, headings, faults))
    except DataErrors as error:
        faults.extend(each for each in error.exceptions if isinstance(each, DataError))
    except Exception as error:
        said = " ".join(str(error).split())[:160]
        problem = f"expected a whole .parquet file: {said or type(error).__name__}"
        raise refuse(file.name, problem) from error
    return []


def _rows(file: Path, headings: HeadingsIn, faults: list[DataError]) -> Iterator[Row]:
    pq, types = pyarrow("parquet"), pyarrow("types")
    schema = pq.read_schema(file)
    headings.add(file.name, schema.metadata, faults)
    texts = [each.name for each in schema if types.is_string(each.type)]
    with pq.ParquetFile(file, read_dictionary=texts) as opened:
        held = opened.metadata
        groups = (held.row_group(at) for at in range(held.num_row_groups))
        unpacked = sum(group.total_byte_size for group in groups)
        if unpacked > MOST_BYTES:
            raise refuse(file.name, f"expected at most {MOST_BYTES} bytes when unpacked")
        most_rows(file.name, held.num_rows)
        batches = opened.iter_batches(batch_size=_BATCH)
        yield from rows_in(file.name, batches, opened.schema_arrow, faults)
