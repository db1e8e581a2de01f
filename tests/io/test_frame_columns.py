"""Records as columns of a data frame, and the columns that follow from them."""

from __future__ import annotations

import re
from typing import Any

import pytest

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


class Named(ip.Target):
    """A target with a field that has the name of an implied column."""

    region_en: str = "mine"
    share: float = 0.5


def test_an_own_field_comes_before_an_implied_column(plans: ip.Dataset) -> None:
    fields = {name: getattr(plans.targets[0], name) for name in ip.Target.model_fields}
    columns = frame_columns("targets", [Named(**fields), plans.targets[1]], ip.Target)
    assert columns.values["region_en"] == ["mine", plans.targets[1].region.name_en]
    assert columns.values["share"] == [0.5, None]
    assert columns.types["share"] is float


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
    polars = pytest.importorskip("polars")
    for given in (polars.LazyFrame({"plan": ["x"]}), 5, "targets"):
        with pytest.raises(ip.DataErrors) as caught:
            plans.extend(targets=given)
        caught.match("records: 1 error")
        assert "expected a Target or a mapping of its columns" in str(caught.value.exceptions[0])


def test_one_record_is_taken_as_one(plans: ip.Dataset) -> None:
    assert plans.extend(targets=plans.targets[0]).targets == plans.targets
