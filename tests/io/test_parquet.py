from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import innovation_plans as ip
from innovation_plans.io import parquet
from innovation_plans.io.raw import Row
from innovation_plans.records import TABLES

World = Callable[..., Path]


class Noted(ip.Target):
    """A target with a number that is no value, and a field named as the text of one."""

    budget: Decimal | None = None
    budget_text: str | None = None
    staff: int | None = None
    pilot: bool | None = None


def errors_of(root: Path) -> list[str]:
    """Return the errors of a directory that cannot be read."""
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(root, format="parquet")
    return [str(each) for each in caught.value.exceptions]


def rewritten(file: Path, change: Callable[[Any], Any]) -> None:
    """Change a Parquet file as another program would."""
    pq.write_table(change(pq.read_table(file)), file)


@pytest.fixture
def out(world: World, tmp_path: Path) -> Path:
    """The invented dataset as Parquet."""
    plans = ip.load(world(), tiers="ABCD")
    return plans.write(tmp_path / "out", format="parquet").path


@pytest.mark.parametrize("name", ["goals.csv", "goals/more.xlsx", "goals"])
def test_tables_in_other_formats_are_not_left_out_in_silence(out: Path, name: str) -> None:
    (out / "goals.parquet").unlink()
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("region\n")
    entry = name.partition("/")[0]
    assert errors_of(out) == [f"{entry}: is not read; save it as goals.parquet"]


@pytest.mark.heavy
def test_all_bundled_records_come_back_equal(every_tier: ip.Dataset, tmp_path: Path) -> None:
    done = every_tier.write(tmp_path / "out", format="parquet")
    assert done.losses == ()
    back = ip.load(done.path)
    assert back.edition == every_tier.edition
    for name in TABLES:
        ours, theirs = getattr(every_tier, name), getattr(back, name)
        assert ours == theirs
        assert [each.model_dump_json() for each in ours] == [
            each.model_dump_json() for each in theirs
        ]


def test_duckdb_and_polars_read_exact_values(every_tier: ip.Dataset, tmp_path: Path) -> None:
    out = every_tier.write(tmp_path / "out", format="parquet").path
    values = [each.value for each in every_tier.observations]
    printed = [f"{value:f}" for value in values]
    file = out / "observations.parquet"
    relation = duckdb.read_parquet(str(file))
    rows = relation.select("value", "value_text", "year").fetchall()
    assert [row[0] for row in rows] == values
    assert [row[1] for row in rows] == printed
    assert all(type(row[0]) is Decimal for row in rows)
    frame = pl.read_parquet(file)
    assert frame["value"].dtype.is_decimal()
    assert frame["value"].to_list() == values
    assert frame["value_text"].to_list() == printed
    assert frame["year"].to_list() == [each.year for each in every_tier.observations]
    total = relation.filter("unit = 'percent'").aggregate("sum(value)").fetchall()
    assert total == [(sum(o.value for o in every_tier.observations if o.unit == "percent"),)]


def test_the_metadata_say_edition_schema_and_units(own_plans: Any, tmp_path: Path) -> None:
    out = own_plans.write(tmp_path / "out", format="parquet").path
    said = json.loads(pq.read_schema(out / "targets.parquet").metadata[b"innovation_plans"])
    assert said["edition"] == own_plans.edition
    assert (said["schema"], said["table"]) == (2, "targets")
    assert said["units"][0] == "robot = [robots] = 台"
    assert said["extensions"] == ["records"]


def test_own_units_types_and_awkward_texts_come_back(
    own_plans: Any, own_types: Any, same_content: Any, tmp_path: Path
) -> None:
    own_plans.write(tmp_path / "out", format="parquet")
    same_content(own_plans, ip.load(tmp_path / "out", **own_types))


def test_columns_have_the_types_of_their_fields(world: World, tmp_path: Path) -> None:
    plans = ip.load(world(), tiers="ABCD", target_type=Noted)
    first = plans.targets[0].model_copy(
        update={"budget": Decimal("1.20"), "staff": 5, "pilot": True, "end_year": 2030}
    )
    plans = plans.extend(targets=[first])
    out = plans.write(tmp_path / "out", format="parquet").path
    schema = pq.read_schema(out / "targets.parquet")
    assert schema.field("value").type == pa.decimal128(38, 1)
    assert schema.field("end_year").type == pa.int64()
    assert schema.field("staff").type == pa.int64()
    assert schema.field("pilot").type == pa.bool_()
    assert schema.field("budget").type == pa.string()  # its name for the text is taken
    back = ip.load(out, target_type=Noted)
    assert back.targets == plans.targets
    assert str(back.targets[-1].budget) == "1.20"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("9" * 30 + ".5", pa.decimal128(38, 1)),
        ("1." + "0" * 29 + "1", pa.decimal128(38, 30)),
        ("9" * 30 + "." + "1" * 9, pa.string()),
    ],
    ids=["long", "fine", "both"],
)
def test_values_of_any_length_come_back(
    world: World, tmp_path: Path, value: str, kind: pa.DataType
) -> None:
    plans = ip.load(world(), tiers="ABCD")
    plans = plans.extend(
        observations=[
            {
                "region": "XX",
                "indicator": "gross_product",
                "form": "level",
                "comparator": "reach",
                "value": value,
                "unit": "CNY_100M",
                "year": 2020,
                "source": "blog",
            }
        ]
    )
    one = plans.observations.where(region="XX")
    out = one.write(tmp_path / "out", format="parquet").path
    assert pq.read_schema(out / "observations.parquet").field("value").type == kind
    assert str(ip.load(out).observations.one().value) == value


def test_one_table_is_one_file_for_other_programs(every_tier: ip.Dataset, tmp_path: Path) -> None:
    targets = every_tier.targets.where(region="广东")
    done = targets.write(tmp_path / "gd.parquet")
    assert pl.read_parquet(done.path)["plan"].to_list() == [each.plan.code for each in targets]
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(done.path)
    assert "expected a directory of .parquet files" in str(caught.value.exceptions[0])


def test_a_table_in_a_directory_brings_what_it_refers_to(
    every_tier: ip.Dataset, tmp_path: Path
) -> None:
    targets = every_tier.targets.where(region="广东")
    out = targets.write(tmp_path / "gd", format="parquet", edition="x").path
    back = ip.load(out)
    assert back.targets == targets
    assert (back.edition, len(back.plans)) == ("x", len({each.plan.code for each in targets}))
    assert {each.code for each in back.regions} == {"CN-GD", "CN", "CN-EAST"}


# ------------------------------------------------------------------ files from elsewhere


def test_a_file_written_again_by_polars_is_read(out: Path) -> None:
    before = ip.load(out)
    for file in out.glob("*.parquet"):
        pl.read_parquet(file).write_parquet(file)
    assert ip.load(out).targets == before.targets


def test_without_its_text_a_value_is_read_as_a_number(out: Path) -> None:
    rewritten(out / "targets.parquet", lambda table: table.drop_columns(["value_text"]))
    assert [str(each.value) for each in ip.load(out).targets] == ["3.5", "10", "3"]


def test_categories_and_empty_columns_are_read(out: Path) -> None:
    frame = pl.read_parquet(out / "targets.parquet").with_columns(
        pl.col("unit").cast(pl.Categorical), pl.lit(None).alias("notes")
    )
    frame.write_parquet(out / "targets.parquet")
    assert [each.unit for each in ip.load(out).targets][:1] == ["percent"]


def test_files_that_are_no_tables_are_named(out: Path, tmp_path: Path) -> None:
    (out / "target.parquet").write_bytes((out / "targets.parquet").read_bytes())
    assert errors_of(out)[0].startswith("target.parquet: no such table")
    (tmp_path / "empty").mkdir()
    assert "expected files such as targets.parquet, found none" in errors_of(tmp_path / "empty")[0]


def test_what_is_read_is_bounded(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_LONGEST_CELL", 5)
    assert "expected cells of at most 5 bytes" in errors_of(out)[0]
    monkeypatch.setattr(parquet, "_MOST_COLUMNS", 3)
    assert "expected at most 3 columns" in errors_of(out)[0]
    monkeypatch.undo()
    monkeypatch.setattr(parquet, "MOST_ROWS", 1)
    assert "expected at most 1 rows" in errors_of(out)[0]
    monkeypatch.setattr(parquet, "MOST_BYTES", 2000)
    assert any("bytes" in each for each in errors_of(out))


def test_one_long_text_in_many_rows_is_one_text(tmp_path: Path, out: Path) -> None:
    """A file of few bytes that says one long text 4,000 times is read without 4,000 copies."""
    long = "x" * 100_000
    table = pa.table({"code": [f"s{at}" for at in range(4000)], "title": [long] * 4000})
    pq.write_table(table, tmp_path / "sources.parquet", compression="zstd")
    items = parquet.read(tmp_path).tables["sources"]
    rows = [item for item in items if isinstance(item, Row)]
    assert len({id(row.cells["title"]) for row in rows}) == 1


def test_a_dataset_without_records_comes_back(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "edition.toml").write_text('edition = "1"')
    out = ip.load(tmp_path / "empty").write(tmp_path / "out", format="parquet").path
    back = ip.load(out, format="parquet")
    assert (len(back.targets), back.edition) == (0, "1")


def test_a_column_that_occurs_twice_is_an_error(out: Path) -> None:
    rewritten(out / "goals.parquet", lambda table: table.append_column("kind", table["kind"]))
    assert errors_of(out)[0] == "goals.parquet: kind: occurs twice"


def test_what_unpacks_to_too_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(pa.table({"title": ["x" * 5000 + str(at) for at in range(100)]}),
                   tmp_path / "sources.parquet", compression="zstd", use_dictionary=False)  # fmt: skip
    monkeypatch.setattr(parquet, "MOST_BYTES", 20_000)
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", None)
    assert errors_of(tmp_path) == ["sources.parquet: expected at most 20000 bytes when unpacked"]
