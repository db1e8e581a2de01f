"""Series that statistics do not print: ratios by vintage, and growth."""

from __future__ import annotations

from decimal import Decimal

import pytest

import innovation_plans as ip


def test_ratios_agree_with_the_printed_ones(plans: ip.Dataset) -> None:
    printed = {
        (each.region.code, each.year): each.value
        for each in plans.observations.where(
            indicator="rd_intensity", form="level", vintage="first"
        )
    }
    series = ip.derive_series(plans, "rd_intensity").where(vintage="first")
    gaps = [
        abs(figure.value - printed[figure.region, figure.year])
        for figure in series
        if (figure.region, figure.year) in printed
    ]
    assert len(gaps) > 30
    assert max(gaps) < Decimal("0.03")


def test_each_vintage_of_the_denominator_is_a_series(plans: ip.Dataset) -> None:
    series = ip.derive_series(plans, "rd_intensity", region="渝", year=2020)
    assert {figure.vintage for figure in series} == {"after_census_4", "after_census_5"}
    for figure in series:
        spending, gdp = (plans.observations[key] for key in figure.inputs)
        assert gdp.vintage == figure.vintage
        assert {spending.year, gdp.year} == {2020}
        share = ip.convert(spending.value, spending.unit, gdp.unit) / gdp.value * 100
        assert abs(figure.value - share) < Decimal("1e-9")


def test_all_ratios_have_their_parts(plans: ip.Dataset) -> None:
    series = ip.derive_series(plans)
    assert len(series) > 3000
    assert {"rd_intensity", "basic_research_share", "rd_personnel_per_10k_population"} <= set(
        series.group_by("indicator")
    )
    assert all(len(figure.inputs) == 2 for figure in series)
    assert series.counts() == {"level": len(series), "annual_growth": 0}


def test_amounts_per_resident_are_in_yuan(plans: ip.Dataset) -> None:
    series = ip.derive_series(plans, "rd_expenditure_per_capita", region="CN", year=2020)
    assert [figure.unit for figure in series] == ["CNY_per_inhabitant"]
    spending, residents = (plans.observations[key] for key in series[0].inputs)
    assert (spending.unit, residents.unit) == ("CNY_10K", "inhabitant_10K")
    assert abs(series[0].value - spending.value / residents.value) < Decimal("1e-6")


def test_patents_per_employed_cover_the_provinces_with_tier_d() -> None:
    everything = ip.load(tiers="ABCD")
    series = ip.derive_series(everything, "invention_patents_per_10k_employed", year=2022)
    assert len(series.group_by("region")) == 32
    assert all(figure.unit == "patent_per_10k_employed" for figure in series)


def test_growth_is_of_one_vintage(plans: ip.Dataset) -> None:
    series = ip.derive_series(plans, "gdp", region="CN", growth=True)
    for figure in series:
        before, now = (plans.observations[key] for key in figure.inputs)
        assert before.vintage == now.vintage == figure.vintage
        assert (before.year, now.year) == (figure.year - 1, figure.year)
        assert abs(figure.value - (now.value / before.value - 1) * 100) < Decimal("1e-9")
    assert len(series) > 10
    assert {figure.unit for figure in series} == {"percent_per_year"}


def test_filters_frames_and_files(plans: ip.Dataset, tmp_path: object) -> None:
    series = ip.derive_series(plans, ["rd_intensity"], within="CN-EAST", year=range(2018, 2021))
    assert {figure.year for figure in series} == {2018, 2019, 2020}
    assert "CN-SC" not in series.group_by("region")
    frame = series.to_polars()
    assert frame.height == len(series)
    assert ip.DerivedSeries.from_json(series.json()) == series
    assert series.text("zh").splitlines()[-1].startswith(f"{len(series)}个推算值")
    assert series.sources(plans)[0] in plans.sources


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"indicator": "gdp"}, "no ratio 'gdp'; it has no numerator and denominator; growth=True"),
        ({"growth": True}, "no indicator whose growth is computed; name one"),
        ({"indicator": "rd_intensty"}, "no indicator 'rd_intensty'; did you mean rd_intensity"),
        ({"year": "2020"}, "no year '2020'"),
    ],
)
def test_what_cannot_be_computed(
    plans: ip.Dataset, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ip.MissingError, match=message):
        ip.derive_series(plans, **options)  # type: ignore[arg-type]
