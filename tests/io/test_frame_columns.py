"""Records as columns of a data frame, and the columns that follow from them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import innovation_plans as ip
from innovation_plans.io.frame_columns import frame_columns
from innovation_plans.io.implied import implied_columns
from innovation_plans.io.rows import to_values
from innovation_plans.records import TABLES


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_values_of_files(plans: ip.Dataset, name: str) -> None:
    records = list(getattr(plans, name))[:500]
    columns = frame_columns(name, records, TABLES[name])
    for at, record in enumerate(records):
        cells = to_values(record)
        assert {column: columns.values[column][at] for column in cells} == cells
        assert {type(columns.values[column][at]) for column in cells} == set(
            map(type, cells.values())
        )


def test_implied_columns_say_what_the_record_says(plans: ip.Dataset) -> None:
    target = plans.targets.where(
        region="粤", indicator="rd_intensity", end_year=2025, period="14th"
    ).one()
    values = {name: of(target) for name, of in implied_columns(ip.Target).items()}
    assert values.pop("citation_text") == str(target.citation)
    assert values == {
        "region": "CN-GD",
        "period": "14th",
        "region_en": "Guangdong",
        "region_zh": "广东省",
        "indicator_en": "R&D intensity",
        "indicator_zh": target.indicator.name_zh,
        "unit_en": "%",
        "unit_zh": "%",
        "tier": target.citation.source.tier,
        "url": target.citation.source.url,
    }


class Money(BaseModel):
    """A part of a record."""

    amount: Decimal
    currency: str = "CNY"


class Own(ip.Target):
    """A target with fields that files have as text."""

    share: float | None = None
    read: datetime | None = None
    budget: Money | None = None
    tags: list[str] = []  # noqa: RUF012 - pydantic copies it


def test_own_fields_have_the_types_of_the_library(plans: ip.Dataset) -> None:
    fields = {name: getattr(plans.targets[0], name) for name in ip.Target.model_fields}
    time = datetime(2025, 1, 2, 3, 4)  # noqa: DTZ001 - local times
    own = Own(**fields, share=0.5, read=time, budget=Money(amount=Decimal(3)), tags=["a", "b"])
    table = ip.TargetTable([own, plans.targets[1]])
    columns = ["share", "read", "budget", "tags"]
    polars = table.to_polars()
    expected = [0.5, time, '{"amount": "3", "currency": "CNY"}', "a|b"]
    assert polars.select(columns).rows() == [tuple(expected), (None,) * 4]
    assert list(map(str, polars.select(columns).dtypes[:2])) == ["Float64", EXPECTED_TIME]
    assert str(table.to_pandas()["read"].dtype) == "datetime64[us]"
    assert str(table.to_arrow().schema.field("read").type) == "timestamp[us]"
    aware = own.model_copy(update={"read": time.replace(tzinfo=timezone(timedelta(hours=8)))})
    for frame in (ip.TargetTable([aware]).to_polars(), ip.TargetTable([aware]).to_pandas()):
        assert frame["read"][0] == aware.read
    with pytest.raises(ip.FigureError, match="times with and without a time zone"):
        ip.TargetTable([own, aware]).to_polars()


EXPECTED_TIME = "Datetime(time_unit='us', time_zone=None)"


def test_the_name_of_an_implied_column_is_taken() -> None:
    for name in ("tier", "url", "region_en", "unit_zh"):
        with pytest.raises(ip.ConflictError, match="a column of data frames of Target"):
            type("Hiding", (ip.Target,), {"__annotations__": {name: str}, name: ""})


class Tagged(ip.Target):
    """A target with lists."""

    tags: list[str] = []  # noqa: RUF012 - pydantic copies it
    years: tuple[int, ...] = ()


@pytest.mark.parametrize(
    "format_", ["csv", "excel-csv", "jsonl", "parquet", "excel", "datapackage"]
)
def test_a_list_comes_back_from_every_format(
    plans: ip.Dataset, format_: str, tmp_path: Path
) -> None:
    fields = {name: getattr(plans.targets[0], name) for name in ip.Target.model_fields}
    table = ip.TargetTable([Tagged(**fields, tags=["a", "b"], years=(1, 2))])
    path = tmp_path / {"jsonl": "t.jsonl", "excel": "t.xlsx"}.get(format_, "t")
    read = ip.load(table.write(path, format=format_).path, target_type=Tagged)
    assert read.targets == table
    frame = table.to_polars()
    ours = plans.extend(targets=frame, on_conflict="replace", target_type=Tagged)
    assert ours.targets[0] == table[0]
    barred = ip.TargetTable([Tagged(**fields, tags=["a|b"])])
    if format_ != "jsonl":
        with pytest.raises(ip.DataErrors, match="values that cells cannot contain"):
            barred.write(tmp_path / f"barred{path.suffix}", format=format_)


def test_an_own_field_that_bundled_records_lack_needs_a_default() -> None:
    class Budgeted(ip.Target):
        budget: int

    problem = "they have no budget; give the field a default, such as None"
    with pytest.raises(ip.ArgumentError, match=problem):
        ip.load(target_type=Budgeted)


def frames(plans: ip.Dataset, **options: Any) -> Any:
    table = plans.targets.where(region="粤", indicator="rd_intensity", end_year=2025)
    return table.to_pandas(**options)


def test_a_frame_comes_back(plans: ip.Dataset) -> None:
    pytest.importorskip("pandas")
    for values in ("float", "decimal", "text"):
        frame = frames(plans, values=values)
        ours = plans.extend(targets=frame, observations=plans.observations.head(9).to_polars())
        assert ours.targets == plans.targets
        assert not ours.extensions[-1].added


def test_a_frame_with_a_new_figure_conflicts(plans: ip.Dataset) -> None:
    frame = frames(plans)
    frame["value"] = 3.6
    with pytest.raises(ip.ConflictError, match=r"value 3.5 in edition .* and value 3.6 in records"):
        plans.extend(targets=frame)
    ours = plans.extend(targets=frame, on_conflict="replace")
    assert {
        str(each.value)
        for each in ours.targets.where(region="粤", end_year=2025, indicator="rd_intensity")
    } == {"3.6"}


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        (
            "region_en",
            "Guangxi",
            "region_en: expected Guangdong, as the other columns say, found Guangxi",
        ),
        ("tier", "A", "tier: expected [BC], as the other columns say, found A"),
        ("period", "13th", "period: expected 14th, as the other columns say, found 13th"),
        ("regionen", "Guangdong", "regionen: no such column"),
    ],
)
def test_a_column_that_contradicts_is_an_error(
    plans: ip.Dataset, column: str, cell: str, problem: str
) -> None:
    frame = frames(plans, values="text")[:1].assign(**{column: cell})
    with pytest.raises(ip.DataErrors) as caught:
        plans.extend(targets=frame)
    assert re.search(problem, str(caught.value.exceptions[0]))


def test_what_is_no_eager_frame_is_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        plans.extend(targets=5)
    caught.match("records: 1 error")
    assert "expected a Target or a mapping of its columns" in str(caught.value.exceptions[0])


def test_one_record_is_taken_as_one(plans: ip.Dataset) -> None:
    assert plans.extend(targets=plans.targets[0]).targets == plans.targets
