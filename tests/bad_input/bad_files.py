"""Bad files by kind: what each reader is given, and what it must make of it.

The table that the tests go through and the documentation counts: every reader by every kind.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import innovation_plans as ip
from fuzz.file_targets import packed
from fuzz.seeds import LAND, exported, land, parts_of, put
from innovation_plans.cli import run

MOST_BYTES = 400 * 2**20  # of memory, whatever the size of the file
HUGE = 2 * 2**30
DEEP = 200_000


class Reader(NamedTuple):
    """One way to read one file."""

    made: str  # the format the dataset is written in; "land" for the layout of the package
    file: str  # the one that is spoilt; empty where the dataset is one file
    read: Callable[[Path], object]
    named: str  # what a refusal calls the file


class Outcome(NamedTuple):
    """What came of one bad file."""

    refused: bool
    output: str  # the messages
    peak: int  # bytes


def _commanded(root: Path) -> object:
    """`check` by the command line; raised again as the library says it, where it ends with an error."""
    output = io.StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        code = run(["check", str(root), "--alone"])
    if code:
        raise ip.DataError(file="check", problem=output.getvalue())
    return output


def _loaded(root: Path) -> object:
    return ip.load(root, tiers="ABC")


def _extended(root: Path) -> object:
    return land().extend(root, on_conflict="keep")


def _checked(root: Path) -> object:
    report = ip.check(root, alone=True)
    if report.errors:
        raise ip.DataError(file="check", problem=report.text())
    return report


READERS: dict[str, Reader] = {
    "CSV": Reader("land", "sources.csv", ip.load, "sources.csv"),
    "CSV in a folder": Reader("land", "targets/14th.csv", ip.load, "14th.csv"),
    "TOML": Reader("land", "indicators.toml", ip.load, "indicators.toml"),
    "units": Reader("land", "units.txt", _loaded, "units.txt"),
    "edition": Reader("land", "edition.toml", ip.load, "edition.toml"),
    "extend": Reader("land", "sources.csv", _extended, "sources.csv"),
    "check": Reader("land", "sources.csv", _checked, "sources.csv"),
    "command line": Reader("land", "sources.csv", _commanded, "sources.csv"),
    "packaged CSV": Reader("datapackage", "sources.csv", ip.load, "sources.csv"),
    "verify": Reader("datapackage", "datapackage.json", ip.verify, "datapackage.json"),
    "verified file": Reader("datapackage", "sources.csv", ip.verify, "sources.csv"),
    "JSON Lines": Reader("jsonl", "", ip.load, "out.jsonl"),
    "Parquet": Reader("parquet", "sources.parquet", ip.load, "sources.parquet"),
    "Excel": Reader("excel", "", ip.load, "out.xlsx"),
    "SDMX-CSV": Reader("sdmx-csv", "targets.sdmx.csv", ip.load, "targets.sdmx.csv"),
}


# ------------------------------------------------------------------ kinds


class _Trap:
    """An object whose pickle would make a directory where it is read."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.place),)


def _huge(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(HUGE)


def _huge_behind(file: Path) -> None:
    """It begins and ends as it should, and is much too large in between."""
    raw = file.read_bytes()
    with file.open("wb") as stream:
        stream.write(raw)
        stream.truncate(HUGE)
        stream.seek(HUGE - len(raw))
        stream.write(raw)


def _nested(file: Path) -> None:
    head = b"a = " if file.suffix == ".toml" else b""
    file.write_bytes(head + b"[" * DEEP)


def _entities(file: Path) -> None:
    _xml(file, b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 100 + b'">]>', b"&b;" * 50)


def _external(file: Path) -> None:
    _xml(file, f'<!DOCTYPE a [<!ENTITY b SYSTEM "{_secret(file).as_uri()}">]>'.encode(), b"&b;")


def _xml(file: Path, head: bytes, body: bytes) -> None:
    """XML with a document type: as the file, or as the main part of a workbook."""
    whole = b'<?xml version="1.0"?>' + head + b"<a>" + body + b"</a>"
    if file.suffix == ".xlsx":
        parts = dict(parts_of(file.read_bytes()))
        raw = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = raw.replace(b"<workbook", head + b"<workbook", 1)
        whole = packed(parts)
    file.write_bytes(whole)


def _secret(file: Path) -> Path:
    """A file outside of the dataset, with words that no refusal may repeat."""
    return file.parents[1] / "secret.csv"


def _link(to: str) -> Callable[[Path], None]:
    def linked(file: Path) -> None:
        file.unlink()
        file.symlink_to(file if to == "loop" else to)

    return linked


def _directory(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "inside.csv").write_text("code\nx\n")


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _raw(raw: bytes) -> Callable[[Path], None]:
    return lambda file: _ignored(file.write_bytes(raw))


def _ignored(_: object) -> None:
    return None


def _half(file: Path) -> None:
    """Cut in the middle of the last half, within a line."""
    raw = file.read_bytes()
    file.write_bytes(raw[: max(1, len(raw) - 9)].rstrip(b"\n,\"'}]"))


def _encoded(code: str) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        text = file.read_bytes().decode("utf-8", "replace") + "# 广东\n"
        file.write_bytes(text.encode(code, "replace"))

    return write


def _zeros(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[:20] + b"\0" * 20 + raw[20:])


def _pickled(file: Path) -> None:
    file.write_bytes(pickle.dumps(_Trap(file.parents[1] / "trapped")))


def _zip_bomb(file: Path) -> None:
    """A few thousand bytes that unpack to hundreds of millions."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        parts = parts_of(exported("excel")[""])
        for name, raw in parts.items():
            out.writestr(name, raw)
        with out.open("xl/worksheets/more.xml", "w", force_zip64=True) as stream:
            for _ in range(300):
                stream.write(b" " * 2**20)
    file.write_bytes(made.getvalue())


def _cell_bomb(file: Path) -> None:
    """One row of a million cells, in a few thousand bytes."""
    parts = dict(parts_of(exported("excel")[""]))
    name = next(each for each in parts if each.endswith("sheet4.xml"))
    head, _, tail = parts[name].partition(b"<sheetData>")
    cells = b"<sheetData><row>" + b"<c/>" * 1_000_000 + b"</row>"
    file.write_bytes(packed(parts | {name: head + cells + tail}))


def _row_bomb(file: Path) -> None:
    """Two million rows, in a few thousand bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    word = pa.array(["x"]).dictionary_encode()
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000_000, pa.int32()), word.dictionary)
    pq.write_table(pa.table({"code": column}), file, compression="zstd")


def _text_bomb(file: Path) -> None:
    """Texts of six hundred million bytes, in a few thousand."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    long = "x" * (3 * 2**20)
    table = pa.table({"code": [f"s{at}" for at in range(200)], "title": [long] * 200})
    pq.write_table(table, file, compression="zstd", use_dictionary=False)


def _lying(file: Path) -> None:
    """A footer that says it is longer than the file."""
    raw = file.read_bytes()
    file.write_bytes(raw[:-8] + struct.pack("<i", 2**31 - 1) + raw[-4:])


_ARCHIVES = ("Excel",)

KINDS: dict[str, Callable[[Path], None]] = {
    "huge": _huge,
    "huge behind a right beginning": _huge_behind,
    "deeply nested": _nested,
    "unpacks to too much": _zip_bomb,
    "a row of too many cells": _cell_bomb,
    "too many rows in few bytes": _row_bomb,
    "too long texts in few bytes": _text_bomb,
    "a footer that lies": _lying,
    "a link to nothing": _link("/nowhere/at/all"),
    "a link in a circle": _link("loop"),
    "a link to a device": _link("/dev/zero"),
    "a directory": _directory,
    "a named pipe": _pipe,
    "empty": _raw(b""),
    "cut short": _half,
    "another format": _raw(b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "another encoding": _encoded("gbk"),
    "UTF-16": _encoded("utf-16"),
    "NUL bytes": _zeros,
    "a pickle": _pickled,
    "XML that defines entities": _entities,
    "XML that refers to a file": _external,
}
_ONLY = {
    "unpacks to too much": _ARCHIVES,
    "a row of too many cells": _ARCHIVES,
    "too many rows in few bytes": ("Parquet",),
    "too long texts in few bytes": ("Parquet",),
    "a footer that lies": ("Parquet",),
}
# What is no error: the reader has reasons to take it, and takes it for what it is.
HARMLESS = {
    ("units", "empty"): "no units",
    ("units", "cut short"): "a shorter name is a name",
    ("Excel", "huge behind a right beginning"): "in front of a zip file may stand what will",
}


# An empty table of indicators is one; what refers to them is refused, in other files.
_NONE = {("TOML", "empty")}


def cases() -> Iterator[tuple[str, str]]:
    """Every reader with every kind that there is of its files."""
    for kind in KINDS:
        for reader in READERS:
            if reader in _ONLY.get(kind, READERS) and (reader, kind) not in _NONE:
                yield reader, kind


def counted() -> dict[str, int]:
    """How many bad files are refused, by kind."""
    refused = [kind for reader, kind in cases() if (reader, kind) not in HARMLESS]
    return {kind: refused.count(kind) for kind in KINDS}


def tried(reader: str, kind: str, directory: Path) -> Outcome:
    """What a reader makes of a bad file in an empty directory."""
    asked = READERS[reader]
    root = directory / "data"
    file = _written(asked, root)
    (directory / "secret.csv").write_text(
        "code,title,tier\nhushed,hushed words,A\n", encoding="utf-8"
    )
    KINDS[kind](file)
    place = file if not asked.file else root
    tracemalloc.start()
    try:
        asked.read(place)
        output, refused = "", False
    except ip.DataErrors as error:
        output, refused = "\n".join([str(error), *map(str, error.exceptions)]), True
    except ip.InnovationPlansError as error:
        output, refused = str(error), True
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    if (directory / "trapped").exists():
        raise AssertionError("a pickle was read")
    return Outcome(refused, output, peak)


def _written(reader: Reader, root: Path) -> Path:
    """The dataset in a directory; the file that is to be spoilt."""
    if reader.made == "land":
        return put(root, LAND) / reader.file
    for name, raw in exported(reader.made).items():
        file = root / (name or reader.named)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    return root / (reader.file or reader.named)
