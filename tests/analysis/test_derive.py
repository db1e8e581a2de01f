"""Derived values: every route, bounds, assumptions, and inverse routes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.analysis.derive import Derivation, Derivations, derive
from innovation_plans.analysis.operands import Assumption, Level, divided, grown, raised, times
from innovation_plans.codelists import Caveat
from innovation_plans.text.implied import Check, Origin, Route
from innovation_plans.text.messages import word
from innovation_plans.units.decimals import rounded
from innovation_plans.units.growth import multiple_of, rate_between
from innovation_plans.units.table import bundled_units

World = Callable[..., Path]
TARGETS = (
    "plan,indicator,form,comparator,value,value_high,unit,start_year,end_year,baseline_value,"
    "baseline_year,baseline_unit,force,breakdown,source,locator,as_stated,erratum,notes\n"
)
SEEN = (
    "region,indicator,form,comparator,value,value_high,unit,start_year,year,vintage,status,"
    "self_reported,source,locator,as_stated,erratum,notes\n"
)

OWN_UNITS = """\
heap = 10 * CNY_100M
per_mille = 0.1 * percent
per_mille_a_year = 0.1 * percent_per_year
"""
MORE_INDICATORS = """
[loom_part]
name_en = "A part of what is not said"
unit = "percent"
direction = "up"
numerator = "widget_output"

[loom_rank]
name_en = "Rank in looms"
unit = "rank"
direction = "down"

[real_product]
name_en = "Product at constant prices"
unit = "CNY_100M"
direction = "up"
growth_prices = "constant"

[gdp_deflator_annual_change]
name_en = "Change of prices"
unit = "percent"
direction = "none"
"""


def target(
    indicator: str, form: str, value: str, unit: str, *, comparator: str = "reach", high: str = "",
    span: str = "2021,2025", baseline: str = ",,", breakdown: str = "", plan: str = "XX-AB-14-sti",
    source: str = "abe-plan",
) -> str:  # fmt: skip
    return (
        f"{plan},{indicator},{form},{comparator},{value},{high},{unit},{span},{baseline},,"
        f"{breakdown},{source},,{value},,\n"
    )


def seen(
    indicator: str, year: int, value: str, unit: str, *, vintage: str = "", form: str = "level",
    comparator: str = "reach", source: str = "land-stat", reported: str = "false",
    region: str = "XX-AB",
) -> str:  # fmt: skip
    return (
        f"{region},{indicator},{form},{comparator},{value},,{unit},,{year},{vintage},not_stated,"
        f"{reported},{source},,,,\n"
    )


@pytest.fixture
def made(world: World) -> Callable[..., ip.Dataset]:
    """A dataset of the invented world with these targets and observations."""

    def make(*rows: str) -> ip.Dataset:
        targets = [row for row in rows if row.startswith(("XX-AB-14", "XX-14"))]
        files: dict[str, Any] = {
            "targets/14th.csv": TARGETS + "".join(targets),
            "observations/gross_product.csv": None,
            "observations/widget_share.csv": None,
            "corroborations.csv": None,
            "observations/all.csv": SEEN + "".join(row for row in rows if row not in targets),
        }
        root = world(files)
        with (root / "indicators.toml").open("a", encoding="utf-8") as file:
            file.write(MORE_INDICATORS)
        (root / "units.txt").write_text(OWN_UNITS, encoding="utf-8")
        return ip.load(root)

    return make


def assumed(indicator: str, year: int, value: str, unit: str, **more: Any) -> Assumption:
    return Assumption(
        indicator=indicator, region="XX-AB", year=year, value=value, unit=unit, **more
    )


# ---------------------------------------------------------------- the bundled data


@pytest.mark.parametrize(
    ("vintage", "base", "value"),
    [
        (None, "10052800", "1935.58077140"),
        ("bulletin", "1005.3", "1935.61927969"),
        ("yearbook", "10052800", "1935.58077140"),
        (("bulletin", "first"), "1005.3", "1935.61927969"),
    ],
)
def test_hubei_from_fourteen_percent_a_year(
    vintage: Any, base: str, value: str, plans: ip.Dataset
) -> None:
    (result,) = derive(plans, "rd_expenditure", region="CN-HB", year=2025, vintage=vintage)
    assert result.value == Decimal(value)
    assert round(result.value, 1) == Decimal("1935.6")
    assert (result.unit, result.comparator) == ("CNY_100M", "reach")
    assert result.formula == "rd_expenditure(2020) × (1 + 14%)^5"
    start, growth = result.operands
    assert (start.value, start.origin) == (Decimal(base), Origin.OBSERVATION)
    assert start.vintage == ("yearbook" if base.startswith("1005280") else "bulletin")
    assert (growth.value, growth.origin, growth.tier) == (14, Origin.TARGET, "C")
    assert result.inputs == (start.key, growth.key)
    assert Caveat.OTHER_VINTAGE not in result.caveats  # 亿元 and 万元 of one number
    assert result.derived


def test_several_routes_are_listed_and_never_mixed(plans: ip.Dataset) -> None:
    result = derive(plans, "研发投入", region="粤", year=2025)
    assert [each.route for each in result] == [
        Route.STATED, Route.AVERAGE_GROWTH, Route.NUMERATOR, Route.NUMERATOR,
    ]  # fmt: skip
    assert [each.derived for each in result] == [False, True, True, True]
    assert len({each.value for each in result}) == 4
    low, high = result.spread() or (0, 0)
    assert (round(low), round(high)) == (5105, 5604)
    assert result.summary() == (
        "stated: 535 billion yuan (observation); 3 routes, from 510.464 billion yuan to 560.439 billion yuan"
    )
    assert result.summary("zh").startswith("来源所载：5350亿元（实际值）；3种推算方法，")
    assert result[0].explain().startswith("Guangdong, “R&D expenditure” 2025: 535 billion yuan. ")
    assert result[3].comparator == "about"  # as the intensity is


def test_personnel_from_a_ratio_and_an_assumed_population(plans: ip.Dataset) -> None:
    (known,) = derive(plans, "rd_personnel_fte", region="GD", year=2025)
    assert known.operands[1].vintage == "first_2025"
    people = Assumption(indicator="resident_population_year_end", region="GD", year=2025,
                        value="12800", unit="inhabitant_10K", note="as in 2024, about")  # fmt: skip
    (result,) = derive(plans, "rd_personnel_fte", region="GD", year=2025, assume=[people])
    assert (result.value, result.unit) == (Decimal(1152000), "person_year")
    assert result.assumptions == (people,)
    assert not any(key.startswith("assumption:") for key in result.inputs)
    assert "(assumption)" in result.explain()
    assert "（假设）" in result.explain("zh")


def test_required_spending_from_an_intensity_and_a_gdp_path(plans: ip.Dataset) -> None:
    path = Assumption(indicator="gdp", region="CN-ZJ", form="average_growth", start_year=2025,
                      year=2030, value="5.5", unit="percent_per_year")  # fmt: skip
    (result,) = derive(plans, "rd_expenditure", region="CN-ZJ", year=2030, assume=[path])
    assert result.formula == "rd_intensity(2030) × (gdp(2024) × (1 + 5.5%)^6)"
    assert result.comparator == "at_least"
    gdp = result.operands[1]
    expected = gdp.value * Decimal("1.055") ** 6 * Decimal("0.035")
    assert result.value == rounded(expected)
    (early,) = derive(plans, "gdp", region="CN-GD", year=2028)
    assert Caveat.EVEN_PATH in early.caveats


def test_growth_of_gdp_is_real_until_a_deflator_is_assumed(plans: ip.Dataset) -> None:
    (real,) = derive(plans, "gdp", region="CN-GD", year=2030)
    assert Caveat.CONSTANT_PRICES in real.caveats
    deflator = Assumption(indicator="gdp_deflator_annual_change", region="CN-GD", start_year=2026,
                          year=2030, value="1", unit="percent")  # fmt: skip
    (nominal,) = derive(plans, "gdp", region="CN-GD", year=2030, assume=[deflator])
    assert Caveat.CONSTANT_PRICES not in nominal.caveats
    assert nominal.value == rounded(real.value * Decimal("1.01") ** 5)
    assert nominal.assumptions == (deflator,)
    short = deflator.model_copy(update={"year": 2029})
    with pytest.warns(ip.InnovationPlansWarning, match="is not used"):
        (still,) = derive(plans, "gdp", region="CN-GD", year=2030, assume=[short])
    assert still.value == real.value
    assert Caveat.CONSTANT_PRICES in still.caveats


def test_strict_returns_stated_figures_only(plans: ip.Dataset) -> None:
    assert not derive(plans, "rd_expenditure", region="CN-HB", year=2025, strict=True)
    (stated,) = derive(plans, "rd_expenditure", region="CN-GD", year=2025, strict=True)
    assert (stated.route, stated.derived) == ("stated", False)
    with pytest.raises(ip.MissingError, match="nonsense"):
        derive(plans, "nonsense", region="CN-HB", year=2025, strict=True)


def test_unknown_names_raise_an_error(plans: ip.Dataset) -> None:
    for slip in ({"indicator": "no"}, {"region": "no"}, {"period": "99th"}, {"vintage": "no"}):
        asked = {"indicator": "rd_expenditure", "region": "GD", "year": 2025} | slip
        with pytest.raises(ip.MissingError):
            derive(plans, **asked)  # type: ignore[arg-type]
    wrong = Assumption(indicator="gdp", region="GD", year=2025, value="1", unit="percent")
    with pytest.raises(ip.IncomparableError):
        derive(plans, "rd_expenditure", region="GD", year=2025, assume=[wrong])


def test_a_period_can_be_asked_for(plans: ip.Dataset) -> None:
    both = derive(plans, "rd_expenditure", region="CN-FJ", year=2025)
    assert [each.route for each in both] == [Route.ANNUAL_GROWTH]
    assert not derive(plans, "rd_expenditure", region="CN-FJ", year=2025, period="15th")


@pytest.mark.heavy
def test_every_derivation_is_read_again_without_a_dataset() -> None:
    plans, count = ip.load(tiers="ABCD"), 0
    asked = {(each.indicator.code, each.region.code, each.end_year) for each in plans.targets}
    ratios = {each.numerator.code for each in plans.indicators if each.numerator}
    wholes = {each.denominator.code for each in plans.indicators if each.denominator}
    asked |= {(code, region, 2025) for code in ratios | wholes for _, region, _ in set(asked)}
    for indicator, region, year in sorted(asked):
        result = derive(plans, indicator, region=region, year=year)
        assert Derivations.from_json(result.json(), result.edition) == result
        for each in result:
            count += 1
            assert Derivation.model_validate_json(each.model_dump_json()) == each
            assert len(rounded(each.value).as_tuple().digits) <= 12
            assert each.inputs or each.assumptions
            for lang in ("en", "zh"):
                said = each.explain(lang)  # type: ignore[arg-type]
                assert all(key in said for key in each.inputs)
                assert each.formula in said
    assert count > 150


# ---------------------------------------------------------------- an invented world


def test_multiple_increment_and_annual_growth(made: Any) -> None:
    plans = made(
        target("widget_output", "multiple", "2", "multiple", comparator="at_least"),
        target("widget_output", "increment", "30", "CNY_100M", comparator="about"),
        target("widget_output", "annual_growth", "10", "percent_per_year", span="2025,2025"),
        target("widget_share", "increment", "0.5", "percentage_point", baseline="2.8,2020,percent"),
        seen("widget_output", 2020, "50", "CNY_100M"),
        seen("widget_output", 2024, "0.7", "CNY_1B"),
    )
    result = derive(plans, "widgets", region="Abe", year=2025)
    assert [(each.route, each.value, each.comparator) for each in result] == [
        ("annual_growth", Decimal("7.7"), "reach"),
        ("multiple", 100, "at_least"),
        ("increment", 80, "about"),
    ]
    assert {each.unit for each in result} == {"CNY_100M"}
    (share,) = derive(plans, "widget_share", region="Abe", year=2025)
    assert (share.value, share.unit) == (Decimal("3.3"), "percent")
    assert share.operands[0].origin is Origin.BASELINE
    assert share.formula == "widget_share(2020) + 0.5 percentage points"


def test_a_rate_of_minus_100_percent_implies_no_level(made: Any) -> None:
    plans = made(
        target("widget_output", "average_growth", "-100", "percent_per_year"),
        seen("widget_output", 2020, "50", "CNY_100M"),
    )
    assert not list(derive(plans, "widgets", region="Abe", year=2025))
    assert not list(ip.cross_check(plans, region="Abe"))


def test_ratio_numerator_and_denominator(made: Any) -> None:
    plans = made(
        target("widget_share", "level", "3", "percent", comparator="at_least"),
        target("widget_output", "level", "40", "CNY_100M", comparator="above"),
        seen("gross_product", 2025, "1000", "CNY_100M"),
    )
    stated, part = derive(plans, "widget_output", region="Abe", year=2025)
    assert (stated.route, stated.value, stated.comparator) == ("stated", 40, "above")
    assert (part.route, part.value, part.comparator) == ("numerator", 30, "at_least")
    stated, ratio = derive(plans, "widget_share", region="Abe", year=2025)
    assert stated.route == "stated"
    assert (ratio.route, ratio.value, ratio.comparator) == ("ratio", 4, "above")
    # more than 40 over at least 3: nothing bounds that, so it is no route
    (whole,) = derive(plans, "gross_product", region="Abe", year=2025)
    assert (whole.route, whole.value) == ("stated", 1000)


def test_a_value_at_constant_prices_and_a_bound_are_no_ends_of_the_spread(
    plans: ip.Dataset,
) -> None:
    """Above 600 billion over above 12% looked like a GDP of 5 trillion."""
    result = derive(plans, "gdp", region="Hubei", year=2025)
    assert [each.value_text() for each in result] == [
        "6.2661 trillion yuan",
        "about 6.3223 trillion yuan (at constant prices)",
        "below 5.83334 trillion yuan",
    ]
    assert result[1].value_text("zh") == "63223亿元左右（按不变价格）"
    assert result.spread() is None
    assert result.summary().endswith("; 2 routes")
    rate, first = (
        operand.text_with_origin("en") for operand in (result[1].operands[1], result[0].operands[0])
    )
    assert rate == "year-on-year growth of about 6% (target, constant prices)"
    assert first == "6.2661 trillion yuan (observation, first figures of 2025)"
    assert "at constant prices" in result.sheet().rows[1][-1]
    deflator = Assumption(
        indicator="gdp_deflator_annual_change", region="CN-HB", year=2025, value="0.5",
        unit="percent",
    )  # fmt: skip
    inflated = derive(plans, "gdp", region="Hubei", year=2025, assume=[deflator])[1]
    assert "constant" not in inflated.value_text()


def test_a_range_stays_a_range(made: Any) -> None:
    plans = made(
        target("widget_output", "average_growth", "5", "percent_per_year", comparator="between",
               high="6"),
        target("widget_share", "level", "3", "percent", comparator="between", high="4"),
        seen("widget_output", 2020, "100", "CNY_100M"),
        seen("gross_product", 2025, "1000", "CNY_100M"),
    )  # fmt: skip
    grown_, part = derive(plans, "widget_output", region="Abe", year=2025)
    assert (grown_.value, grown_.value_high) == (
        rounded(100 * multiple_of(5, 5)), rounded(100 * multiple_of(6, 5)),
    )  # fmt: skip
    assert grown_.formula == "widget_output(2020) × (1 + 5–6%)^5"
    assert (part.value, part.value_high, part.comparator) == (30, 40, "between")
    assert part.value_text() == "3 to 4 billion yuan"
    (low, high) = derive(plans, "widget_output", region="Abe", year=2025).spread() or (0, 0)
    assert (low, high) == (30, grown_.value_high)


def test_a_breakdown_is_no_whole_and_a_missing_base_no_zero(made: Any) -> None:
    rate = ("widget_output", "average_growth", "10", "percent_per_year")
    base = seen("widget_output", 2020, "100", "CNY_100M")
    assert not derive(
        made(target(*rate, breakdown="rural"), base), "widgets", region="Abe", year=2025
    )
    assert not derive(made(target(*rate)), "widgets", region="Abe", year=2025)
    assert not derive(made(target(*rate), base), "widgets", region="Abe", year=2026)


def test_the_denominator_may_follow_growth(made: Any) -> None:
    share = target("widget_share", "level", "5", "percent")
    base = seen("gross_product", 2024, "100", "CNY_100M")
    by_target = made(
        share, base,
        target("gross_product", "average_growth", "10", "percent_per_year", span="2025,2025"),
    )  # fmt: skip
    (result,) = derive(by_target, "widget_output", region="Abe", year=2025)
    assert result.value == Decimal("5.5")
    by_report = made(
        share, base,
        seen("gross_product", 2025, "20", "percent_per_year", form="annual_growth",
             reported="true"),
    )  # fmt: skip
    (result,) = derive(by_report, "widget_output", region="Abe", year=2025)
    assert (result.value, result.caveats) == (6, (Caveat.SELF_REPORTED,))


def test_an_assumption_replaces_what_is_known(made: Any) -> None:
    plans = made(
        target("widget_share", "level", "5", "percent"),
        target("widget_output", "average_growth", "10", "percent_per_year"),
        seen("gross_product", 2025, "1000", "CNY_100M"),
        seen("widget_output", 2020, "100", "CNY_100M"),
    )
    _, part = derive(plans, "widget_output", region="Abe", year=2025,
                     assume=[assumed("gross_product", 2025, "2000", "CNY_100M")])  # fmt: skip
    assert part.value == 100
    first, _ = derive(plans, "widget_output", region="Abe", year=2025,
                      assume=[assumed("widget_output", 2020, "200", "CNY_100M")])  # fmt: skip
    assert first.value == Decimal("322.102")
    elsewhere = assumed("gross_product", 2025, "9", "CNY_100M").model_copy(
        update={"region": "Cedeland"}
    )
    with pytest.warns(ip.InnovationPlansWarning, match="is not used"):
        _, part = derive(plans, "widget_output", region="Abe", year=2025, assume=[elsewhere])
    assert part.value == 50


def test_caveats_describe_the_figures(made: Any) -> None:
    plans = made(
        target("widget_share", "level", "5", "percent"),
        target("widget_share", "level", "6", "percent", source="land-stat"),
        seen("gross_product", 2025, "1000", "CNY_100M", comparator="above", reported="true"),
    )
    first, second = derive(plans, "widget_output", region="Abe", year=2025)
    assert first.caveats == second.caveats == (
        Caveat.TARGET_CONFLICT, Caveat.SELF_REPORTED, Caveat.APPROXIMATE,
    )  # fmt: skip
    assert first.comparator == "above"


# ---------------------------------------------------------------- closely

RATE = ("widget_output", "average_growth", "10", "percent_per_year")
BASE = seen("widget_output", 2020, "100", "CNY_100M")


def derived(plans: ip.Dataset, indicator: str = "widget_output", **how: Any) -> Any:
    return derive(plans, indicator, **({"region": "Abe", "year": 2025} | how))


def test_a_derivation_explains_what_it_is_made_from(made: Any) -> None:
    plans = made(target(*RATE), BASE)
    result = derived(plans)
    assert result.edition == plans.edition == "2031.5"
    assert derived(plans, strict=True).edition == "2031.5"
    assert derived(plans, year=1999).edition == "2031.5"
    assert result[0].model_dump(exclude={"operands"}) == {
        "region": "XX-AB", "region_en": "Abeland", "region_zh": "甲省", "region_short_zh": "甲",
        "indicator": "widget_output", "indicator_en": "Output of widgets", "indicator_zh": None,
        "year": 2025, "value": Decimal("161.051"), "value_high": None, "unit": "CNY_100M",
        "comparator": "reach", "route": "average_growth",
        "formula": "widget_output(2020) × (1 + 10%)^5",
        "inputs": (
            "XX-AB/widget_output/level/2020@land-stat",
            "XX-AB-14-sti/widget_output/average_growth/2025@abe-plan",
        ),
        "assumptions": (), "caveats": (), "derived": True, "edition": "2031.5",
    }  # fmt: skip


def test_formulas_show_the_computation(made: Any) -> None:
    plans = made(
        target("widget_output", "multiple", "2.0", "multiple"),
        target("widget_output", "increment", "30", "CNY_100M"),
        BASE,
    )
    assert [each.formula for each in derived(plans)] == [
        "widget_output(2020) × 2",
        "widget_output(2020) + 3 billion yuan",
    ]


def test_a_target_without_a_base_is_skipped(made: Any) -> None:
    plans = made(
        target("widget_output", "increment", "9", "CNY_100M", span="2019,2025", source="land-stat"),
        target("widget_output", "multiple", "9", "multiple", span="2019,2025", source="land-stat"),
        target("widget_output", "average_growth", "9", "percent_per_year", span="2019,2025",
               source="land-stat"),
        target("widget_output", "increment", "30", "CNY_100M"),
        target("widget_output", "multiple", "2", "multiple"),
        target(*RATE), BASE,
    )  # fmt: skip
    assert [each.value for each in derived(plans)] == [Decimal("161.051"), 200, 130]


def test_an_increment_of_a_rank_is_not_added(made: Any) -> None:
    plans = made(
        target("loom_rank", "increment", "3", "rank"),
        seen("loom_rank", 2020, "9", "rank"),
        seen("loom_rank", 2020, "9", "rank", form="rank"),
    )
    assert not derived(plans, "loom_rank")


def test_a_baseline_without_a_year_is_no_base(made: Any) -> None:
    plans = made(
        target("widget_share", "increment", "1", "percentage_point", span=",2025",
               baseline="2.8,,percent"),
        seen("widget_share", 2024, "2", "percent"),
    )  # fmt: skip
    assert not derived(plans, "widget_share")
    dated = made(
        target("widget_share", "increment", "1", "percentage_point", span=",2025",
               baseline="2.8,2021,percent"),
    )  # fmt: skip
    assert [each.value for each in derived(dated, "widget_share")] == [Decimal("3.8")]
    assert derived(dated, "widget_share")[0].formula == "widget_share(2021) + 1 percentage point"


def test_an_assumed_ratio_replaces_the_known_ones(made: Any) -> None:
    plans = made(
        target("widget_share", "level", "5", "percent"),
        seen("widget_share", 2025, "4", "percent"),
        seen("gross_product", 2025, "1000", "CNY_100M"),
    )
    assert [each.value for each in derived(plans)] == [40, 50]
    supposed = assumed("widget_share", 2025, "8", "percent")
    assert [each.value for each in derived(plans, assume=[supposed])] == [80]
    elsewhen = assumed("widget_share", 2024, "8", "percent")
    with pytest.warns(ip.InnovationPlansWarning, match="is not used"):
        assert [each.value for each in derived(plans, assume=[elsewhen])] == [40, 50]


def test_nothing_is_divided_by_zero(made: Any) -> None:
    plans = made(
        target("widget_share", "level", "0", "percent"),
        seen("widget_share", 2025, "5", "percent"),
        seen("widget_output", 2025, "40", "CNY_100M"),
    )
    assert [each.value for each in derived(plans, "gross_product")] == [800]
    empty = made(
        seen("gross_product", 2025, "0", "CNY_100M"), seen("widget_output", 2025, "4", "CNY_100M")
    )
    assert not derived(empty, "widget_share")


def test_targets_of_the_period_asked_for_are_used(made: Any) -> None:
    plans = made(
        target(*RATE), BASE,
        target("widget_share", "level", "5", "percent"),
        target("gross_product", "average_growth", "10", "percent_per_year", span="2025,2025"),
        seen("gross_product", 2024, "1000", "CNY_100M"),
    )  # fmt: skip
    assert [each.value for each in derived(plans, period="14th")] == [Decimal("161.051"), 55]
    assert [each.value for each in derived(plans)] == [Decimal("161.051"), 55]


def test_of_several_vintages_the_one_asked_for_is_used(made: Any) -> None:
    plans = made(
        target("gross_product", "average_growth", "10", "percent_per_year", span="2023,2025"),
        seen("gross_product", 2022, "100", "CNY_100M", vintage="first"),
        seen("gross_product", 2022, "110", "CNY_100M", vintage="revised"),
    )
    assert derived(plans, "gross_product")[0].names("zh") == ("甲", "总产值")
    for vintage, value in [(None, "146.41"), ("first", "133.1"), (("first",), "133.1")]:
        (result,) = derived(plans, "gross_product", vintage=vintage)
        assert result.value == Decimal(value)
        assert result.caveats == (Caveat.OTHER_VINTAGE,)
    with pytest.raises(ip.MissingError) as caught:
        derived(plans, vintage=["first", "third"])
    assert caught.value.asked == "vintage 'third'"
    with pytest.raises(ip.MissingError) as long:
        derived(plans, vintage="x" * 99)
    assert long.value.asked == f"vintage '{'x' * 60}'"
    assert caught.value.nearest == ("first", "revised")


@pytest.mark.parametrize(
    ("year", "value", "even"),
    [(2020, None, False), (2021, "110", True), (2024, "146.41", True), (2025, "161.051", False)],
)
def test_growth_within_the_span_is_taken_as_even(
    year: int, value: str | None, even: bool, made: Any
) -> None:
    result = derived(made(target(*RATE), BASE), year=year).where(derived=True)
    assert [each.value for each in result] == ([] if value is None else [Decimal(value)])
    for each in result:
        assert (Caveat.EVEN_PATH in each.caveats) is even


@pytest.mark.parametrize(("rate", "count"), [("-99", 1), ("-100", 0), ("-101", 0)])
def test_rates_around_minus_100_percent(rate: str, count: int, made: Any) -> None:
    plans = made(target("widget_output", "average_growth", rate, "percent_per_year"), BASE)
    assert len(derived(plans)) == count


@pytest.mark.parametrize(("year", "has_caveat"), [(2020, False), (2021, True), (2025, True)])
def test_a_break_after_the_base_year_is_a_caveat(year: int, has_caveat: bool, made: Any) -> None:
    broken = seen("widget_output", year, "100", "CNY_100M").replace("not_stated", "break")
    rows = [broken] if year == 2020 else [BASE, broken]
    result = derived(made(target(*RATE), *rows))[-1]
    assert (Caveat.CHANGED_DEFINITION in result.caveats) is has_caveat
    later = seen("widget_output", 2026, "100", "CNY_100M").replace("not_stated", "break")
    assert derived(made(target(*RATE), BASE, later))[0].caveats == ()


def test_the_base_is_assumed_else_printed_else_observed_else_grown(made: Any) -> None:
    printed = target(*RATE, baseline="200,2020,CNY_100M")
    grown_ = (
        seen("widget_output", 2019, "50", "CNY_100M"),
        seen("widget_output", 2020, "100", "percent_per_year", form="annual_growth"),
    )
    supposed = assumed("widget_output", 2020, "1000", "CNY_100M")
    for rows, how, value in [
        ((printed, BASE, *grown_), {"assume": [supposed]}, "1610.51"),
        ((printed, BASE, *grown_), {}, "322.102"),
        ((target(*RATE), BASE, *grown_), {}, "161.051"),
        ((target(*RATE), *grown_), {}, "161.051"),
    ]:
        (result,) = derived(made(*rows), **how)
        assert result.value == Decimal(value)
    assert not derived(made(target(*RATE), grown_[0]))
    assert not derived(made(target(*RATE), grown_[1]))


def test_assumed_growth_leads_to_a_level(made: Any) -> None:
    plans = made(target("widget_share", "level", "10", "percent"),
                 seen("gross_product", 2022, "1000", "CNY_100M"))  # fmt: skip
    growth = {"unit": "percent_per_year", "form": "average_growth"}
    path = assumed("gross_product", 2026, "10", start_year=2023, **growth)
    (result,) = derived(plans, assume=[path])
    assert result.value == Decimal("133.1")
    assert result.formula == "widget_share(2025) × (gross_product(2022) × (1 + 10%)^3)"
    assert result.caveats == (Caveat.EVEN_PATH,)
    assert result.assumptions == (path,)
    for slip in ({"start_year": 2026}, {"year": 2024, "start_year": 2023}, {"start_year": 2024}):
        with pytest.warns(ip.InnovationPlansWarning, match="is not used"):
            assert not derived(plans, assume=[path.model_copy(update=slip)])
    single = assumed("gross_product", 2023, "10", "percent_per_year", form="annual_growth")
    with pytest.warns(ip.InnovationPlansWarning, match="is not used"):
        assert not derived(plans, year=2023, assume=[single])  # the share is of 2025
    share = target("widget_share", "level", "10", "percent", span="2021,2023")
    nearer = made(share, seen("gross_product", 2022, "1000", "CNY_100M"))
    (result,) = derived(nearer, year=2023, assume=[single])
    assert result.value == 110


def test_assumptions_may_be_in_units_of_the_datasets_own(made: Any) -> None:
    base = assumed("widget_output", 2020, "20", "heap")
    (result,) = derived(made(target(*RATE)), assume=[base])
    assert (result.value, result.unit) == (Decimal("322.102"), "CNY_100M")
    share = made(target("widget_share", "level", "10", "percent"),
                 seen("gross_product", 2024, "1000", "CNY_100M"))  # fmt: skip
    growth = assumed("gross_product", 2025, "100", "per_mille_a_year", form="annual_growth")
    (result,) = derived(share, assume=[growth])
    assert (result.value, result.formula) == (
        110, "widget_share(2025) × (gross_product(2024) × (1 + 10%))",
    )  # fmt: skip
    real = made(target("real_product", "annual_growth", "10", "percent_per_year", span="2025,2025"),
                seen("real_product", 2024, "100", "CNY_100M"))  # fmt: skip
    prices = Assumption(indicator="gdp_deflator_annual_change", region="XX-AB", year=2025,
                        value="20", unit="per_mille")  # fmt: skip
    (result,) = derived(real, "real_product", assume=[prices])
    assert result.value == Decimal("112.2")
    planned = made(target("widget_output", "average_growth", "100", "per_mille_a_year"),
                   BASE)  # fmt: skip
    assert [each.value for each in derived(planned)] == [Decimal("161.051")]
    observed = made(
        target("widget_share", "level", "10", "percent"),
        seen("gross_product", 2024, "1000", "CNY_100M"),
        seen("gross_product", 2025, "100", "per_mille_a_year", form="annual_growth"),
    )
    assert [each.value for each in derived(observed)] == [110]


def test_prices_of_every_year_have_to_be_assumed(made: Any) -> None:
    plans = made(
        target("real_product", "average_growth", "10", "percent_per_year", span="2024,2025"),
        seen("real_product", 2023, "100", "CNY_100M"),
    )
    year = {"indicator": "gdp_deflator_annual_change", "region": "XX-AB", "unit": "percent"}
    one, two = (
        Assumption(year=at, value=value, **year) for at, value in ((2024, "1"), (2025, "2"))
    )
    (result,) = derived(plans, "real_product", assume=[one, two])
    assert result.value == Decimal("124.6542")  # 121 × 1.01 × 1.02
    assert result.formula == (
        "real_product(2023) × (1 + 10%)^2 × (1 + 1%, deflator 2024) × (1 + 2%, deflator 2025)"
    )
    assert result.caveats == ()
    assert result.assumptions == (one, two)
    both = Assumption(year=2025, start_year=2024, value="1", **year)
    (result,) = derived(plans, "real_product", assume=[both])
    assert result.value == Decimal("123.4321")
    for some in ([one], [two], [both.model_copy(update={"start_year": 2025})]):
        with pytest.warns(ip.InnovationPlansWarning, match="is not used"):
            (result,) = derived(plans, "real_product", assume=some)
        assert (result.value, result.caveats) == (121, (Caveat.CONSTANT_PRICES,))


def test_a_denominator_is_known_else_planned_else_followed(made: Any) -> None:
    share = target("widget_share", "level", "10", "percent")
    seen_, planned = (
        seen("gross_product", 2025, "1000", "CNY_100M"),
        target("gross_product", "level", "2000", "CNY_100M"),
    )
    followed = (
        seen("gross_product", 2024, "100", "CNY_100M"),
        seen("gross_product", 2025, "10", "percent_per_year", form="annual_growth"),
    )
    path = target("gross_product", "annual_growth", "50", "percent_per_year", span="2025,2025")
    for rows, value in [
        ((seen_, planned, path, *followed), 100),
        ((planned, path, *followed), 200),
        ((path, *followed), 11),
        ((path, followed[0]), 15),
    ]:
        (result,) = derived(made(share, *rows))
        assert result.value == value


def test_every_numerator_is_listed(made: Any) -> None:
    plans = made(
        seen("gross_product", 2025, "1000", "CNY_100M"),
        seen("widget_output", 2025, "40", "CNY_100M"),
        target("widget_output", "level", "50", "CNY_100M"),
        target(*RATE), BASE,
    )  # fmt: skip
    result = derived(plans, "widget_share")
    assert [each.value for each in result] == [4, 5, Decimal("16.1051")]
    (result,) = derived(plans, "widget_share",
                       assume=[assumed("widget_output", 2025, "70", "CNY_100M")])  # fmt: skip
    assert result.value == 7


def test_figures_of_other_regions_and_parts_are_left_alone(made: Any) -> None:
    plans = made(
        target(*RATE), BASE,
        seen("widget_output", 2020, "900", "CNY_100M", region="XX-CD"),
    )  # fmt: skip
    assert [each.value for each in derived(plans)] == [Decimal("161.051")]
    assert not derived(plans, region="XX-CD")


# ---------------------------------------------------------------- arithmetic

TABLE = bundled_units()
NUMBERS = st.decimals("0.01", "99999", places=3)
RATES = st.decimals("-20", "40", places=1)


def level(value: Any, unit: str = "CNY_100M", **more: Any) -> Level:
    return Level(Decimal(value), unit, "x(2020)", **more)


@given(NUMBERS, RATES, st.integers(1, 10))
def test_growth_and_its_inverse(start: Decimal, rate: Decimal, years: int) -> None:
    end = grown(level(start), level(rate, "percent_per_year"), years).rounded()
    assert abs(rate_between(start, end.value, years) - rate) < Decimal("1e-9")


@given(NUMBERS, NUMBERS)
def test_a_ratio_and_its_inverse(share: Decimal, whole: Decimal) -> None:
    ratio, base = level(share, "percent"), level(whole)
    part = times(ratio, base, "CNY_10K", TABLE).rounded()
    assert rounded(divided(part, base, "percent", TABLE).value, 11) == share
    assert rounded(divided(part, ratio, "CNY_1T", TABLE).value, 11) == whole / 10000


@given(NUMBERS, NUMBERS)
def test_a_ratio_per_head_and_its_inverse(density: Decimal, people: Decimal) -> None:
    ratio = level(density, "patent_per_10k_population")
    base = level(people, "inhabitant_10K")
    part = times(ratio, base, "patent", TABLE)
    assert part.value == density * people
    assert divided(part, base, "patent_per_10k_population", TABLE).rounded().value == density


@given(
    st.sampled_from([None, *ip.Comparator]), st.sampled_from([None, *ip.Comparator]), NUMBERS,
    NUMBERS,
)  # fmt: skip
def test_a_bound_holds_whatever_the_figures(
    one: ip.Comparator | None, other: ip.Comparator | None, left: Decimal, right: Decimal
) -> None:
    """Figures that obey both bounds give a product and a quotient that obey the derived one."""
    sides = [
        level(value, "percent", comparator=comparator,
              high=value * 2 if comparator == "between" else None)
        for value, comparator in ((left, one), (right, other))
    ]  # fmt: skip
    inside = [_inside(each) for each in sides]
    product = times(*sides, "percent", TABLE)
    assert _obeys(product, inside[0] * inside[1] / 100)
    quotient = divided(*sides, "percent", TABLE)
    assert _obeys(quotient, inside[0] / inside[1] * 100)


def _inside(each: Level) -> Decimal:
    factor = {
        "at_least": "1.5", "above": "1.5", "at_most": "0.5", "below": "0.5", "between": "1.5",
    }.get(each.comparator or "", "1")  # fmt: skip
    return each.value * Decimal(factor)


def _obeys(made: Level, value: Decimal) -> bool:
    match made.comparator:
        case "at_least" | "above":
            return value >= made.value
        case "at_most" | "below":
            return value <= made.value
        case "between":
            assert made.high is not None
            return made.value <= value <= made.high * Decimal("1.0000001")
    return True


def test_sums_keep_bounds_and_ranges() -> None:
    step = level("2", comparator=ip.Comparator.BETWEEN, high=Decimal(4))
    made = raised(level("10"), step)
    assert (made.value, made.high, made.comparator) == (12, 14, "between")
    with pytest.raises(ip.IncomparableError):
        times(level("1"), level("1"), "CNY_100M", TABLE)


def test_every_code_has_words_in_both_languages() -> None:
    for code in (*Route, *Check, *Origin):
        assert word(code)
        assert word(code, "zh") != word(code)


def test_results_are_sequences(plans: ip.Dataset) -> None:
    result = derive(plans, "rd_expenditure", region="GD", year=2025)
    assert isinstance(result[:2], Derivations)
    assert hash(result) == hash(derive(plans, "rd_expenditure", region="GD", year=2025))
    assert result != [*result]
    assert repr(result).splitlines()[-1].startswith("stated: 535 billion yuan")
    assert repr(result[1]) == "<Derivation CN-GD/rd_expenditure/2025: 560.439 billion yuan>"
    assert str(result[0]) == result[0].explain()
    assert str(result[:0]) == "no value can be derived from the data"
    assert result[:0].text("zh") == "没有可推算的数值"
    assert result[1:2].summary() == "1 route"
    assert result[:1].summary() == "stated: 535 billion yuan (observation)"
    assert result.sheet("zh").header[0] == "地区"


def test_a_redefined_series_is_a_caveat() -> None:
    plans = ip.load()
    grown = ip.Assumption(
        indicator="rd_expenditure", region="CN-JL", year=2020, start_year=2019,
        form="average_growth", value="8", unit="percent_per_year", note="across the break of 2019",
    )  # fmt: skip
    result = ip.derive(plans, "rd_intensity", region="CN-JL", year=2020, assume=[grown])
    assert [str(code) for each in result for code in each.caveats].count("changed_definition") == 1
    after = grown.model_copy(update={"start_year": 2020})
    result = ip.derive(plans, "rd_intensity", region="CN-JL", year=2020, assume=[after])
    assert "changed_definition" not in [str(code) for each in result for code in each.caveats]
