"""Hypothesis strategies of Parquet and Excel files with unusual cells."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from innovation_plans.io.rows import columns_of
from innovation_plans.records import TABLES

from .file_targets import PACKED
from .mutation import ODD

_TEXTS = st.sampled_from([each for each in ODD if len(each) < 400]) | st.text(max_size=12)
_PLAIN = _TEXTS.map(lambda text: text.encode("utf-8", "replace").decode())
_CODES = st.sampled_from(
    ["XX", "XX-AB", "abe-plan", "share", "output", "slip-1", "2025", "percent"]
)
_NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.integers(1990, 2040)
_COLUMNS: list[tuple[st.SearchStrategy[Any], Any]] = [
    (_PLAIN | _CODES, pa.string()),
    (_CODES, pa.large_string()),
    (_CODES, pa.dictionary(pa.int8(), pa.string())),
    (_NUMBERS, pa.int64()),
    (st.integers(0, 255), pa.uint8()),
    (st.booleans(), pa.bool_()),
    (st.decimals(-1000, 1000, places=2), pa.decimal128(38, 2)),
    (st.decimals(-9, 9, places=0), pa.decimal256(70, 40)),
    (st.floats(), pa.float64()),
    (st.binary(max_size=9), pa.binary()),
    (st.dates(), pa.date32()),
    (st.lists(_CODES, max_size=3), pa.list_(pa.string())),
    (st.none(), pa.null()),
]
_METADATA = st.sampled_from(
    [
        b"{}",
        b"[]",
        b'{"edition": 5}',
        b'{"schema": 1e400}',
        b'{"schema": ' + b"9" * 5000 + b"}",
        b'{"units": [' + b'"a = [b]",' * 300 + b'"CNY = [x]"]}',
        b"[" * 100_000,
        b"\xff",
        b"",
    ]
)


@st.composite
def _names(draw: st.DrawFn, table: str) -> list[str]:
    known = list(columns_of(TABLES[table]))
    odd = st.sampled_from(["", "value_text", "code", "citation", "record", "x" * 90, "a\0b"])
    return draw(st.lists(st.sampled_from(known) | odd, min_size=1, max_size=len(known) + 2))


@st.composite
def parquet(draw: st.DrawFn) -> bytes:
    """Draw one table of a directory of Parquet files, after the number of its name."""
    at = draw(st.integers(0, len(PACKED) - 1))
    names = draw(_names(PACKED[at]))
    count = draw(st.integers(0, 4))
    arrays = []
    for _ in names:
        cells, sort = draw(st.sampled_from(_COLUMNS))
        arrays.append(pa.array([draw(cells | st.none()) for _ in range(count)], sort))
    table = pa.Table.from_arrays(arrays, names)
    if draw(st.booleans()):
        table = table.replace_schema_metadata({b"innovation_plans": draw(_METADATA)})
    stream = io.BytesIO()
    codec = draw(st.sampled_from(["none", "zstd", "snappy", "gzip", "lz4", "brotli"]))
    pq.write_table(table, stream, compression=codec, use_dictionary=draw(st.booleans()))
    return bytes([at]) + stream.getvalue()


_CELLS = st.one_of(
    _PLAIN.filter(str.isprintable),
    _CODES,
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-1000, 1000, places=2).map(Decimal),
    st.booleans(),
    st.dates(),
    st.times(),
    st.none(),
)
_SHAPES = st.sampled_from(["General", "0", "0.00", "0." + "0" * 200, "@", "yyyy-mm-dd", "[$-x]0"])


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """Draw a workbook with a few sheets of unusual cells, after the number for a whole workbook."""
    book = openpyxl.Workbook()
    for title in draw(st.lists(st.sampled_from([*TABLES, "units", "read me", "x"]), max_size=3)):
        sheet = book.create_sheet(title)
        if title in TABLES:
            sheet.append(draw(_names(title).map(_seen)))
        for _ in range(draw(st.integers(0, 3))):
            sheet.append(draw(st.lists(_CELLS, max_size=8)))
        at = sheet.cell(draw(st.integers(1, 40)), draw(st.integers(1, 40)))
        at.number_format = draw(_SHAPES)
        at.value = draw(_CELLS)
    stream = io.BytesIO()
    book.save(stream)
    return b"\0" + stream.getvalue()


def _seen(names: list[str]) -> list[str]:
    return [name.replace("\0", "") for name in names]
