"""Changes of the files of a dataset: each step of a row of ``mutations.toml`` and ``formats.toml``."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from fuzz.file_targets import packed
from fuzz.seeds import parts_of

Step = dict[str, Any]


def _replace(root: Path, step: Step) -> None:
    file = root / step["file"]
    text = file.read_bytes().decode()
    count = text.count(step["old"])
    assert step.get("all", False) or count == 1, f"{step['old']!r} occurs {count} times"
    around = step.get("around", "")
    new = around + step["new"] * step.get("times", 1) + around
    file.write_bytes(text.replace(step["old"], new).encode())


def _add(root: Path, step: Step) -> None:
    file = root / step["file"]
    text = file.read_bytes().decode() if file.exists() else ""
    piece = "".join(step.get(name, "") for name in ("append", "prepend")) * step.get("times", 1)
    file.write_bytes((piece + text if "prepend" in step else text + piece).encode())


def _write(root: Path, step: Step) -> None:
    file = root / step["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes((step["content"].removeprefix("\n") * step.get("times", 1)).encode())


def _encode(root: Path, step: Step) -> None:
    file = root / step["file"]
    file.write_bytes(file.read_bytes().decode().encode(step["encode"]))


def _end_lines(root: Path, step: Step) -> None:
    """Change the line ends of every file that the pattern matches."""
    for file in root.glob(step["file"]):
        file.write_bytes(file.read_bytes().replace(b"\n", step["ends"].encode()))


def _cut(root: Path, step: Step) -> None:
    """Remove the last bytes."""
    file = root / step["file"]
    file.write_bytes(file.read_bytes()[: -step["cut"]])


def _arrange_columns(root: Path, step: Step) -> None:
    """Write the columns of a table in another order, without one, or in quotes."""
    file = root / step["file"]
    names, rows = _table(file)
    how = step["columns"]
    if how == "reversed":
        names.reverse()
    elif how != "quoted":
        names.remove(how.removeprefix("without "))
    _write_table(file, names, rows, csv.QUOTE_ALL if how == "quoted" else csv.QUOTE_MINIMAL)


def _set_cells(root: Path, step: Step) -> None:
    """Change cells of the row at a line of a CSV file; a new name is a new column."""
    file = root / step["file"]
    names, rows = _table(file)
    rows[step["line"] - 2].update(step["cells"])
    names += [name for name in step["cells"] if name not in names]
    _write_table(file, names, rows, csv.QUOTE_MINIMAL)


def _table(file: Path) -> tuple[list[str], list[dict[str, str]]]:
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    return list(rows[0]), rows


def _write_table(file: Path, names: list[str], rows: list[dict[str, str]], quoting: Any) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, names, extrasaction="ignore", lineterminator="\n", quoting=quoting
        )
        writer.writeheader()
        writer.writerows(rows)


# ------------------------------------------------------------------ whole files


def _rename(root: Path, step: Step) -> None:
    new = root / step["rename"]
    new.parent.mkdir(exist_ok=True)
    (root / step["file"]).rename(new)


def _copy(root: Path, step: Step) -> None:
    (root / step["copy"]).write_bytes((root / step["file"]).read_bytes())


def _delete(root: Path, step: Step) -> None:
    (root / step["file"]).unlink()


def _make_folder(root: Path, step: Step) -> None:
    (root / step["file"]).mkdir(parents=True)


def _link(root: Path, step: Step) -> None:
    (root / step["file"]).parent.mkdir(exist_ok=True)
    (root / step["file"]).symlink_to(step["link"])


def _make_pipe(root: Path, step: Step) -> None:
    (root / step["file"]).parent.mkdir(exist_ok=True)
    os.mkfifo(root / step["file"])


def _enlarge(root: Path, step: Step) -> None:
    with (root / step["file"]).open("wb") as stream:
        stream.truncate(step["size"])


# ------------------------------------------------------------------ workbooks and Parquet files


def _set_cell(root: Path, step: Step) -> None:
    """Change one cell of a sheet as a spreadsheet would; an unknown sheet is a new one."""
    book = openpyxl.load_workbook(root / step["file"])
    if step["sheet"] not in book.sheetnames:
        book.create_sheet(step["sheet"])
    book[step["sheet"]][step["cell"]] = step["value"]
    book.save(root / step["file"])


def _delete_rows(root: Path, step: Step) -> None:
    """Delete the first rows of a sheet."""
    book = openpyxl.load_workbook(root / step["file"])
    book[step["sheet"]].delete_rows(1, step["delete_rows"])
    book.save(root / step["file"])


def _change_part(root: Path, step: Step) -> None:
    """Replace text in one part of a workbook, which is a zip file, and encode the part again."""
    file = root / step["file"]
    parts = dict(parts_of(file.read_bytes()))
    text = parts[step["part"]].decode().replace(step["text"], step["by"], 1)
    file.write_bytes(packed(parts | {step["part"]: text.encode(step["encoding"])}))


def _set_column(root: Path, step: Step) -> None:
    """Give a column of a Parquet file other values; those that are left out are null."""
    table = pq.read_table(root / step["file"])
    values = [*step["values"], *[None] * (len(table) - len(step["values"]))]
    column = pa.array(values, pa.binary() if step.get("binary") else None)
    at = table.schema.get_field_index(step["column"])
    pq.write_table(table.set_column(at, step["column"], column), root / step["file"])


def _set_metadata(root: Path, step: Step) -> None:
    """Give a Parquet file other metadata of this package."""
    metadata = {b"innovation_plans": step["metadata"].encode()}
    table = pq.read_table(root / step["file"])
    pq.write_table(table.replace_schema_metadata(metadata), root / step["file"])


# What a step does, by the key that only such a step has.
CHANGES: dict[str, Callable[[Path, Step], None]] = {
    "old": _replace,
    "append": _add,
    "prepend": _add,
    "content": _write,
    "encode": _encode,
    "ends": _end_lines,
    "cut": _cut,
    "columns": _arrange_columns,
    "cells": _set_cells,
    "rename": _rename,
    "copy": _copy,
    "delete": _delete,
    "folder": _make_folder,
    "link": _link,
    "pipe": _make_pipe,
    "size": _enlarge,
    "cell": _set_cell,
    "delete_rows": _delete_rows,
    "part": _change_part,
    "column": _set_column,
    "metadata": _set_metadata,
}


def change(root: Path, row: Step) -> None:
    """Change the files of a directory by the steps of a row, or by the row, which is then one step."""
    for step in row.get("steps", [row]):
        (kind,) = CHANGES.keys() & step.keys()
        CHANGES[kind](root, step)
