"""What figures imply: every route, bounds kept, assumptions marked, the way back leads home."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.decimals import rounded
from innovation_plans.growth import multiple_of, rate_between
from innovation_plans.implying.derivation import derive
from innovation_plans.implying.implied import Check, Origin, Remark, Route, word
from innovation_plans.implying.lineage import Derivation, Derivations
from innovation_plans.implying.operands import Assumption, Level, divided, grown, raised, times
from innovation_plans.unitfile import bundled_units

World = Callable[..., Path]
TARGETS = (
    "plan,indicator,form,comparator,value,value_high,unit,start_year,end_year,baseline_value,"
    "baseline_year,baseline_unit,force,breakdown,source,locator,as_stated,erratum,notes\n"
)
SEEN = (
    "region,indicator,form,comparator,value,value_high,unit,start_year,year,vintage,status,"
    "self_reported,source,locator,as_stated,erratum,notes\n"
)


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
        return ip.load(world(files))

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
    (found,) = derive(plans, "rd_expenditure", region="CN-HB", year=2025, vintage=vintage)
    assert found.value == Decimal(value)
    assert round(found.value, 1) == Decimal("1935.6")
    assert (found.unit, found.comparator) == ("CNY_100M", "reach")
    assert found.formula == "rd_expenditure(2020) × (1 + 14 %)^5"
    start, growth = found.operands
    assert (start.value, start.origin) == (Decimal(base), Origin.OBSERVATION)
    assert start.vintage == ("yearbook" if base.startswith("1005280") else "bulletin")
    assert (growth.value, growth.origin, growth.tier) == (14, Origin.TARGET, "C")
    assert found.inputs == (start.key, growth.key)
    assert Remark.OTHER_VINTAGE in found.caveats
    assert found.derived


def test_several_routes_are_listed_and_never_mixed(plans: ip.Dataset) -> None:
    found = derive(plans, "研发投入", region="粤", year=2025)
    assert [each.route for each in found] == [
        Route.AVERAGE_GROWTH, Route.NUMERATOR, Route.NUMERATOR,
    ]  # fmt: skip
    assert len({each.value for each in found}) == 3
    low, high = found.spread() or (0, 0)
    assert (low, round(high)) == (5103, 5604)
    assert "3 routes, from 510.3 billion yuan to 560.439 billion yuan" in found.text()
    assert "3种推算方法" in found.text("zh")
    assert found[2].comparator == "about"  # as the intensity is


def test_personnel_from_a_ratio_and_an_assumed_population(plans: ip.Dataset) -> None:
    assert not derive(plans, "rd_personnel_fte", region="GD", year=2025)
    people = Assumption(indicator="resident_population_year_end", region="GD", year=2025,
                        value="12800", unit="inhabitant_10K", note="as in 2024, about")  # fmt: skip
    (found,) = derive(plans, "rd_personnel_fte", region="GD", year=2025, assume=[people])
    assert (found.value, found.unit) == (Decimal(1152000), "person_year")
    assert found.assumptions == (people,)
    assert not any(key.startswith("assumption:") for key in found.inputs)
    assert "(assumption)" in found.explain()
    assert "(假设)" in found.explain("zh")


def test_required_spending_from_an_intensity_and_a_gdp_path(plans: ip.Dataset) -> None:
    path = Assumption(indicator="gdp", region="CN-ZJ", form="average_growth", start_year=2025,
                      year=2030, value="5.5", unit="percent_per_year")  # fmt: skip
    (found,) = derive(plans, "rd_expenditure", region="CN-ZJ", year=2030, assume=[path])
    assert found.formula == "rd_intensity(2030) × (gdp(2024) × (1 + 5.5 %)^6)"
    assert found.comparator == "at_least"
    gdp = found.operands[1]
    expected = gdp.value * Decimal("1.055") ** 6 * Decimal("0.035")
    assert found.value == rounded(expected)
    (early,) = derive(plans, "gdp", region="CN-GD", year=2028)
    assert Remark.EVEN_PATH in early.caveats


def test_growth_of_gdp_is_real_until_a_deflator_is_assumed(plans: ip.Dataset) -> None:
    (real,) = derive(plans, "gdp", region="CN-GD", year=2030)
    assert Remark.CONSTANT_PRICES in real.caveats
    deflator = Assumption(indicator="gdp_deflator_annual_change", region="CN-GD", start_year=2026,
                          year=2030, value="1", unit="percent")  # fmt: skip
    (nominal,) = derive(plans, "gdp", region="CN-GD", year=2030, assume=[deflator])
    assert Remark.CONSTANT_PRICES not in nominal.caveats
    assert nominal.value == rounded(real.value * Decimal("1.01") ** 5)
    assert nominal.assumptions == (deflator,)
    short = deflator.model_copy(update={"year": 2029})
    (still,) = derive(plans, "gdp", region="CN-GD", year=2030, assume=[short])
    assert still.value == real.value
    assert Remark.CONSTANT_PRICES in still.caveats


def test_strict_gives_nothing(plans: ip.Dataset) -> None:
    assert not derive(plans, "rd_expenditure", region="CN-HB", year=2025, strict=True)
    with pytest.raises(ip.MissingError, match="nonsense"):
        derive(plans, "nonsense", region="CN-HB", year=2025, strict=True)


def test_what_is_not_known_is_refused(plans: ip.Dataset) -> None:
    for slip in ({"indicator": "no"}, {"region": "no"}, {"period": "99th"}, {"vintage": "no"}):
        asked = {"indicator": "rd_expenditure", "region": "GD", "year": 2025} | slip
        with pytest.raises(ip.MissingError):
            derive(plans, **asked)  # type: ignore[arg-type]
    wrong = Assumption(indicator="gdp", region="GD", year=2025, value="1", unit="percent")
    with pytest.raises(ip.IncomparableError):
        derive(plans, "rd_expenditure", region="GD", year=2025, assume=[wrong])


def test_a_period_can_be_asked_for(plans: ip.Dataset) -> None:
    both = derive(plans, "rd_expenditure", region="CN-JL", year=2025)
    assert [each.route for each in both] == [Route.ANNUAL_GROWTH]
    assert not derive(plans, "rd_expenditure", region="CN-JL", year=2025, period="15th")


def test_everything_that_can_be_derived_stands_by_itself() -> None:
    plans, count = ip.load(tiers="ABCD"), 0
    asked = {(each.indicator.code, each.region.code, each.end_year) for each in plans.targets}
    ratios = {each.numerator.code for each in plans.indicators if each.numerator}
    wholes = {each.denominator.code for each in plans.indicators if each.denominator}
    asked |= {(code, region, 2025) for code in ratios | wholes for _, region, _ in set(asked)}
    for indicator, region, year in sorted(asked):
        found = derive(plans, indicator, region=region, year=year)
        assert Derivations.from_json(found.json(), found.edition) == found
        for each in found:
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
    found = derive(plans, "widgets", region="Abe", year=2025)
    assert [(each.route, each.value, each.comparator) for each in found] == [
        ("annual_growth", Decimal("7.7"), "reach"),
        ("multiple", 100, "at_least"),
        ("increment", 80, "about"),
    ]
    assert {each.unit for each in found} == {"CNY_100M"}
    (share,) = derive(plans, "widget_share", region="Abe", year=2025)
    assert (share.value, share.unit) == (Decimal("3.3"), "percent")
    assert share.operands[0].origin is Origin.BASELINE
    assert share.formula == "widget_share(2020) + 0.5 percentage points"


def test_a_rate_that_leaves_nothing_implies_no_level(made: Any) -> None:
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
    (part,) = derive(plans, "widget_output", region="Abe", year=2025)
    assert (part.route, part.value, part.comparator) == ("numerator", 30, "at_least")
    (ratio,) = derive(plans, "widget_share", region="Abe", year=2025)
    assert (ratio.route, ratio.value, ratio.comparator) == ("ratio", 4, "above")
    (whole,) = derive(plans, "gross_product", region="Abe", year=2025)
    assert whole.comparator is None  # more than 40 over at least 3: nothing bounds that
    assert Remark.BOUNDS_OPPOSED in whole.caveats
    assert rounded(whole.value, 6) == Decimal("1333.33")


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
    assert grown_.formula == "widget_output(2020) × (1 + 5–6 %)^5"
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
    (found,) = derive(by_target, "widget_output", region="Abe", year=2025)
    assert found.value == Decimal("5.5")
    by_report = made(
        share, base,
        seen("gross_product", 2025, "20", "percent_per_year", form="annual_growth",
             reported="true"),
    )  # fmt: skip
    (found,) = derive(by_report, "widget_output", region="Abe", year=2025)
    assert (found.value, found.caveats) == (6, (Remark.SELF_REPORTED,))


def test_an_assumption_takes_the_place_of_what_is_known(made: Any) -> None:
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
    _, part = derive(plans, "widget_output", region="Abe", year=2025, assume=[elsewhere])
    assert part.value == 50


def test_caveats_say_what_the_figures_are(made: Any) -> None:
    plans = made(
        target("widget_share", "level", "5", "percent"),
        target("widget_share", "level", "6", "percent", source="land-stat"),
        seen("gross_product", 2025, "1000", "CNY_100M", comparator="above", reported="true"),
    )
    first, second = derive(plans, "widget_output", region="Abe", year=2025)
    assert first.caveats == second.caveats == (
        Remark.TARGET_CONFLICT, Remark.SELF_REPORTED, Remark.APPROXIMATE,
    )  # fmt: skip
    assert first.comparator == "above"


# ---------------------------------------------------------------- arithmetic

TABLE = bundled_units()
NUMBERS = st.decimals("0.01", "99999", places=3)
RATES = st.decimals("-20", "40", places=1)


def level(value: Any, unit: str = "CNY_100M", **more: Any) -> Level:
    return Level(Decimal(value), unit, "x(2020)", **more)


@given(NUMBERS, RATES, st.integers(1, 10))
def test_growth_there_and_back(start: Decimal, rate: Decimal, years: int) -> None:
    end = grown(level(start), level(rate, "percent_per_year"), years).rounded()
    assert abs(rate_between(start, end.value, years) - rate) < Decimal("1e-9")


@given(NUMBERS, NUMBERS)
def test_ratio_there_and_back(share: Decimal, whole: Decimal) -> None:
    ratio, base = level(share, "percent"), level(whole)
    part = times(ratio, base, "CNY_10K", TABLE).rounded()
    assert rounded(divided(part, base, "percent", TABLE).value, 11) == share
    assert rounded(divided(part, ratio, "CNY_1T", TABLE).value, 11) == whole / 10000


@given(NUMBERS, NUMBERS)
def test_per_head_there_and_back(density: Decimal, people: Decimal) -> None:
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


def test_every_code_is_said_in_both_languages() -> None:
    for code in (*Route, *Check, *Origin, *Remark):
        assert word(code)
        assert word(code, "zh") != word(code)


def test_results_are_sequences(plans: ip.Dataset) -> None:
    found = derive(plans, "rd_expenditure", region="GD", year=2025)
    assert isinstance(found[:2], Derivations)
    assert hash(found) == hash(derive(plans, "rd_expenditure", region="GD", year=2025))
    assert found != [*found]
    assert repr(found) == "<Derivations of 3>"
    assert repr(found[0]) == "<Derivation CN-GD/rd_expenditure/2025: 560.439 billion yuan>"
    assert str(found[0]) == found[0].explain()
    assert str(found[:0]) == "nothing follows from what is known"
    assert found[:0].text("zh") == "没有可推算的数值"
    assert "one route" in found[:1].text()
    assert found.sheet("zh").header[0] == "地区"


def test_a_series_that_was_redefined_is_said() -> None:
    plans = ip.load()
    grown = ip.Assumption(
        indicator="rd_expenditure", region="CN-JL", year=2020, start_year=2019,
        form="average_growth", value="8", unit="percent_per_year", note="across the break of 2019",
    )  # fmt: skip
    found = ip.derive(plans, "rd_intensity", region="CN-JL", year=2020, assume=[grown])
    assert [str(code) for each in found for code in each.caveats].count("changed_definition") == 1
    after = grown.model_copy(update={"start_year": 2020})
    found = ip.derive(plans, "rd_intensity", region="CN-JL", year=2020, assume=[after])
    assert "changed_definition" not in [str(code) for each in found for code in each.caveats]
