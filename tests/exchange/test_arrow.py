from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import ipc

import innovation_plans as ip
from innovation_plans import exchange
from innovation_plans.directory import TABLES

World = Callable[..., Path]


@pytest.fixture
def out(world: World, tmp_path: Path) -> Path:
    """The invented dataset as Arrow files."""
    plans = ip.load(world(), tiers="ABCD")
    return exchange.write(plans, tmp_path / "out", format="arrow").path


def faults_of(root: Path) -> list[str]:
    """What is said of a directory that cannot be read."""
    with pytest.raises(ip.DataErrors) as caught:
        exchange.read(root)
    return [str(each) for each in caught.value.exceptions]


def table_of(file: Path) -> Any:
    with ipc.open_file(pa.BufferReader(file.read_bytes())) as opened:
        return opened.read_all()


def put(file: Path, table: Any, **options: Any) -> None:
    with ipc.new_file(str(file), table.schema, options=ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table)


@pytest.mark.heavy
def test_all_bundled_records_come_back_equal(every_tier: ip.Dataset, tmp_path: Path) -> None:
    done = exchange.write(every_tier, tmp_path / "out", format="arrow")
    back = exchange.read(done.path)
    assert (back.edition, done.losses) == (every_tier.edition, ())
    for name in TABLES:
        ours, theirs = getattr(every_tier, name), getattr(back, name)
        assert ours == theirs
        assert [each.model_dump_json() for each in ours] == [
            each.model_dump_json() for each in theirs
        ]


def test_own_units_types_and_awkward_texts_come_back(
    own_plans: Any, own_types: Any, same_content: Any, tmp_path: Path
) -> None:
    exchange.write(own_plans, tmp_path / "out", format="arrow")
    same_content(own_plans, exchange.read(tmp_path / "out", **own_types))


def test_other_programs_read_exact_values(every_tier: ip.Dataset, tmp_path: Path) -> None:
    done = exchange.write(every_tier.observations, tmp_path / "seen.arrow")
    values = [each.value for each in every_tier.observations]
    assert table_of(done.path).column("value").to_pylist() == values
    assert pl.read_ipc(done.path)["value"].to_list() == values


def test_a_file_written_again_by_polars_is_read(out: Path) -> None:
    before = exchange.read(out)
    frame = pl.read_ipc((out / "targets.arrow").read_bytes())  # the file is written over
    frame = frame.with_columns(pl.col("unit").cast(pl.Categorical))
    frame.write_ipc(out / "targets.arrow", compression="uncompressed")
    assert exchange.read(out).targets == before.targets


@pytest.mark.parametrize("codec", ["lz4", "zstd"])
def test_a_compressed_file_is_refused(out: Path, codec: str) -> None:
    put(out / "targets.arrow", table_of(out / "targets.arrow"), compression=codec)
    assert faults_of(out)[0] == (
        "targets.arrow: expected an Arrow file without compression; write it again without"
    )


def test_a_compressed_dictionary_is_refused(out: Path) -> None:
    words = pa.array(["a" * 5000, "b" * 5000]).dictionary_encode()
    put(out / "sources.arrow", pa.table({"title": words}), compression="zstd")
    assert "without compression" in faults_of(out)[0]


@pytest.mark.parametrize(
    "raw",
    [b"", b"ARROW1\0\0", b"ARROW1\0\0" + b"\xff" * 40, b"ARROW1\0\0" + b"\0" * 400, b"code\nx\n"],
    ids=repr,
)
def test_a_broken_file_is_named(out: Path, raw: bytes) -> None:
    (out / "plans.arrow").write_bytes(raw)
    assert all(each.startswith("plans.arrow: expected") for each in faults_of(out)[:1])


@pytest.mark.heavy
def test_a_file_with_any_one_byte_changed_is_read_or_refused(out: Path) -> None:
    file = out / "errata.arrow"
    raw = file.read_bytes()
    outcomes = set()
    for at in range(0, len(raw), 7):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :])
        try:
            exchange.read(out)
            outcomes.add("read")
        except ip.InnovationPlansError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


def test_a_wrong_cell_is_named_by_row_and_column(out: Path) -> None:
    table = table_of(out / "targets.arrow")
    at = table.schema.get_field_index("end_year")
    put(out / "targets.arrow", table.set_column(at, "end_year", pa.array([2025, 9999, 2025])))
    assert faults_of(out)[0].startswith("targets.arrow:2: end_year: input should be less than")


@pytest.mark.parametrize("kind", [pa.float64(), pa.list_(pa.string()), pa.date32()], ids=str)
def test_other_types_are_refused_by_column(out: Path, kind: Any) -> None:
    table = table_of(out / "targets.arrow")
    at = table.schema.get_field_index("notes")
    put(out / "targets.arrow", table.set_column(at, "notes", pa.nulls(3, kind)))
    assert faults_of(out)[0].startswith("targets.arrow: notes: expected text, whole numbers")
