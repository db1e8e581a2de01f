"""Whether targets agree with one another: each check, no false alarm, and what would reconcile."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.implying.crosschecks import cross_check
from innovation_plans.implying.findings import Finding, Findings, overlap
from innovation_plans.implying.implied import Check, Remark
from innovation_plans.implying.operands import Assumption, Level

TARGETS = (
    "plan,indicator,form,comparator,value,value_high,unit,start_year,end_year,breakdown,source,"
    "as_stated\n"
)
SEEN = "region,indicator,form,comparator,value,unit,year,self_reported,source\n"
PLANS = """\
code,region,period,kind,title_en
XX-14-outline,XX,14th,outline,Plan of Landia
XX-AB-14-sti,XX-AB,14th,sti,Plan of Abeland
XX-AB-2025-gwr,XX-AB,annual-2025,gwr,Report of Abeland
XX-CD-14-sti,XX-CD,14th,sti,Plan of Cedeland
XX-EF-14-sti,XX-EF,14th,sti,Plan of Efland
"""
REGIONS = """\
code,kind,name_en,name_zh,short_zh,aliases,parent,groups
XX,nation,Landia,蓝地国,蓝地,,,
XX-AB,province,Abeland,甲省,甲,Abe|AB,XX,XX-G
XX-CD,province,Cedeland,乙省,乙,,XX,
XX-EF,province,Efland,丙省,丙,,XX,
XX-G,group,Great East,大东区,东,,XX,
"""
INDICATORS = """\
[gross_product]
name_en = "Gross product"
unit = "CNY_100M"
direction = "up"

[widget_output]
name_en = "Output of widgets"
unit = "CNY_100M"
direction = "up"

[widget_share]
name_en = "Widgets as a share of product"
unit = "percent"
direction = "up"
numerator = "widget_output"
denominator = "gross_product"

[widget_rank]
name_en = "Rank in widgets"
unit = "rank"
direction = "down"

[loom_mix]
name_en = "Share of hand looms"
unit = "percent"
direction = "none"
"""
SOURCES = "code,title,tier\nabe-plan,Plan,A\nland-stat,Statistics,A\nblog,A weblog,C\n"


def target(
    plan: str, indicator: str, form: str, value: str, unit: str, *, comparator: str = "reach",
    high: str = "", span: str = "2021,2025", breakdown: str = "", source: str = "abe-plan",
) -> str:  # fmt: skip
    return (
        f"{plan},{indicator},{form},{comparator},{value},{high},{unit},{span},{breakdown},"
        f"{source},{value}\n"
    )


def seen(indicator: str, year: int, value: str, unit: str, *, form: str = "level",
         region: str = "XX-AB") -> str:  # fmt: skip
    return f"{region},{indicator},{form},reach,{value},{unit},{year},false,land-stat\n"


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Findings]:
    """What a check of an invented dataset finds."""

    def check(*rows: str, **how: Any) -> Findings:
        observed = [row for row in rows if row.count(",") == SEEN.count(",")]
        files = {
            "regions.csv": REGIONS,
            "plans.csv": PLANS,
            "indicators.toml": INDICATORS,
            "sources.csv": SOURCES,
            "targets.csv": TARGETS + "".join(row for row in rows if row not in observed),
            "observations.csv": SEEN + "".join(observed),
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return cross_check(ip.load(tmp_path), **how)

    return check


GROWTH = target("XX-AB-14-sti", "widget_output", "average_growth", "10", "percent_per_year")
SHARE = target("XX-AB-14-sti", "widget_share", "level", "10.5", "percent")
BASES = (
    seen("widget_output", 2020, "100", "CNY_100M"),
    seen("gross_product", 2020, "1000", "CNY_100M"),
    seen("gross_product", 2025, "1300", "CNY_100M"),
)


# ---------------------------------------------------------------- ratios and levels


def test_growth_against_a_ratio(checked: Any) -> None:
    (found,) = checked(GROWTH, SHARE, *BASES)
    assert found.check is Check.RATIO
    assert found.left.value == Decimal("10.5")
    assert round(found.right.value, 4) == Decimal("12.3885")  # 100 × 1.1^5 / 1300
    assert (round(found.gap, 4), found.gap_unit) == (Decimal("1.8885"), "percentage_point")
    assert found.agrees is False
    assert found.right.formula == "widget_output(2020) × (1 + 10 %)^5 ÷ gross_product(2025)"
    assert Remark.OBSERVED_SINCE in found.caveats
    assert found.reconciles.text() == "gross_product 2021-2025: average annual growth 8.93 %"
    assert found.inputs == (
        "XX-AB-14-sti/widget_share/level/2025@abe-plan",
        "XX-AB/widget_output/level/2020@land-stat",
        "XX-AB-14-sti/widget_output/average_growth/2025@abe-plan",
        "XX-AB/gross_product/level/2025@land-stat",
    )


def test_what_reconciles_reconciles(checked: Any) -> None:
    (found,) = checked(GROWTH, SHARE, *BASES)
    (again,) = checked(GROWTH, SHARE, *BASES, assume=[found.reconciles])
    assert again.agrees
    assert again.reconciles is None
    assert again.right.assumptions == (found.reconciles,)
    assert abs(again.gap) < Decimal("0.01")


def test_without_a_base_a_level_reconciles(checked: Any) -> None:
    level = target("XX-AB-14-sti", "widget_output", "level", "130", "CNY_100M")
    (found,) = checked(SHARE, level, BASES[2])
    assert round(found.reconciles.value) == 1238
    assert found.reconciles.form is ip.Form.LEVEL
    (again,) = checked(SHARE, level, BASES[2], assume=[found.reconciles])
    assert again.agrees


@pytest.mark.parametrize(
    ("comparator", "value", "agrees"),
    [
        ("reach", "12.4", True),
        ("reach", "12.0", False),
        ("reach", "12.2", True),  # within two percent
        ("reach", "12.7", False),
        ("about", "12.2", True),
        ("at_least", "12", True),
        ("at_least", "13", False),
        ("above", "12.39", True),
        ("at_most", "12.0", False),
        ("at_most", "13", True),
    ],
)
def test_a_bound_is_no_false_alarm(comparator: str, value: str, agrees: bool, checked: Any) -> None:
    share = target("XX-AB-14-sti", "widget_share", "level", value, "percent", comparator=comparator)
    (found,) = checked(GROWTH, share, *BASES)
    assert found.agrees is agrees
    assert (found.reconciles is None) is agrees


def test_rounding_is_no_false_alarm(checked: Any) -> None:
    bases = (*BASES[:2], seen("gross_product", 2025, "11000", "CNY_100M"))
    share = target("XX-AB-14-sti", "widget_share", "level", "1.5", "percent")
    (found,) = checked(GROWTH, share, *bases, tolerance=0)
    assert round(found.right.value, 3) == Decimal("1.464")
    assert found.agrees  # 1.464 is printed as 1.5
    fine = target("XX-AB-14-sti", "widget_share", "level", "1.50", "percent")
    assert checked(GROWTH, fine, *bases, tolerance=0)[0].agrees is False


def test_a_lower_bound_of_growth_is_one_of_the_ratio(checked: Any) -> None:
    growth = target("XX-AB-14-sti", "widget_output", "average_growth", "8", "percent_per_year",
                    comparator="at_least")  # fmt: skip
    (found,) = checked(growth, SHARE, *BASES)
    assert found.right.comparator == "at_least"
    assert found.agrees is False  # eight percent alone make 11.3
    higher = target("XX-AB-14-sti", "widget_share", "level", "14", "percent")
    assert checked(growth, higher, *BASES)[0].agrees


def test_a_range_has_two_ends(checked: Any) -> None:
    share = target("XX-AB-14-sti", "widget_share", "level", "10", "percent", comparator="between",
                   high="11")  # fmt: skip
    (found,) = checked(GROWTH, share, *BASES)
    assert round(found.gap, 4) == Decimal("1.3885")  # to the nearer end
    assert checked(GROWTH, share.replace(",11,", ",13,"), *BASES)[0].agrees


def test_what_is_observed_alone_or_of_another_period_is_not_checked(checked: Any) -> None:
    assert not checked(SHARE, *BASES, seen("widget_output", 2025, "130", "CNY_100M"))
    other = target("XX-AB-2025-gwr", "widget_output", "level", "130", "CNY_100M", span="2025,2025")
    assert not checked(SHARE, other, *BASES).of(Check.RATIO)
    part = target("XX-AB-14-sti", "widget_output", "level", "130", "CNY_100M", breakdown="rural")
    assert not checked(SHARE, part, *BASES)


def test_level_against_growth(checked: Any) -> None:
    level = target("XX-AB-14-sti", "widget_output", "level", "200", "CNY_100M")
    (found,) = checked(GROWTH, level, BASES[0])
    assert (found.check, found.agrees) == (Check.LEVEL, False)
    assert (found.gap, found.gap_unit) == (Decimal("-38.949"), "CNY_100M")
    assert found.reconciles.text() == "widget_output 2021-2025: average annual growth 14.87 %"
    near = target("XX-AB-14-sti", "widget_output", "level", "160", "CNY_100M")
    assert checked(GROWTH, near, BASES[0])[0].agrees


# ---------------------------------------------------------------- plan against plan


@pytest.mark.parametrize(
    ("what", "plan", "goal", "agrees"),
    [
        (("widget_output", "level"), "200", "250", True),
        (("widget_output", "level"), "200", "199", True),
        (("widget_output", "level"), "200", "150", False),
        (("widget_rank", "rank"), "3", "4", False),
        (("widget_rank", "rank"), "3", "2", True),
        (("loom_mix", "level"), "30", "35", False),
        (("loom_mix", "level"), "30", "30.3", True),
    ],
)
def test_the_goal_of_the_last_year(
    what: tuple[str, str], plan: str, goal: str, agrees: bool, checked: Any
) -> None:
    unit = {"widget_output": "CNY_100M", "widget_rank": "rank"}.get(what[0], "percent")
    (found,) = checked(
        target("XX-AB-14-sti", *what, plan, unit),
        target("XX-AB-2025-gwr", *what, goal, unit, span="2025,2025"),
        period="14th",
    )
    assert (found.check, found.agrees) == (Check.ANNUAL_LEVEL, agrees)
    assert found.gap == Decimal(goal) - Decimal(plan)


def test_annual_growth_against_the_mean_that_is_still_needed(checked: Any) -> None:
    goal = target("XX-AB-2025-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                  span="2025,2025")  # fmt: skip
    last = seen("widget_output", 2024, "1.3", "CNY_1B").replace("1.3,CNY_1B", "13,CNY_1B")
    (found,) = checked(GROWTH, goal, BASES[0], last, period="14th")
    assert found.check is Check.ANNUAL_GROWTH
    assert round(found.left.value, 3) == Decimal("23.885")  # 161.051 over 130
    assert found.agrees is False
    assert found.reconciles.value == Decimal("23.89")
    assert "^(1/1) − 1" in found.left.formula
    fast = goal.replace(",12,", ",24,")
    assert checked(GROWTH, fast, BASES[0], last, period="14th")[0].agrees
    assert not checked(GROWTH, goal, last, period="14th")


def test_in_the_first_year_the_mean_itself_is_needed(checked: Any) -> None:
    goal = target("XX-AB-2025-gwr", "widget_output", "annual_growth", "9", "percent_per_year",
                  span="2025,2025")  # fmt: skip
    growth = target("XX-AB-14-sti", "widget_output", "average_growth", "8", "percent_per_year",
                    comparator="between", high="10", span="2025,2025")  # fmt: skip
    (found,) = checked(growth, goal, period="14th")
    assert (found.left.value, found.left.value_high, found.agrees) == (8, 10, True)
    assert found.gap == 0


def test_provinces_beside_the_nation(checked: Any) -> None:
    shares = {"XX-AB": "4", "XX-CD": "2", "XX-EF": "1"}
    rows = [target(f"{code}-14-sti", "widget_share", "level", value, "percent")
            for code, value in shares.items()]  # fmt: skip
    bases = [seen("gross_product", 2020, base, "CNY_100M", region=code)
             for code, base in zip(shares, ("100", "200", "100"), strict=True)]  # fmt: skip
    nation = target("XX-14-outline", "widget_share", "level", "2.5", "percent")
    found = checked(nation, *rows, *bases)
    together, *positions = found
    assert (together.check, together.right.value) == (Check.TOGETHER, Decimal("2.25"))
    assert together.agrees is False  # every province is in it
    assert not together.caveats
    assert [each.check for each in positions] == [Check.POSITION] * 3
    assert [each.gap for each in positions] == [Decimal("1.5"), Decimal("-0.5"), Decimal("-1.5")]
    assert {each.agrees for each in positions} == {None}
    assert {each.left.region for each in positions} == {"XX"}
    assert not checked(nation, *rows[:2], *bases).of(Check.TOGETHER)
    partly = checked(nation, *rows, *bases, region="XX")
    assert len(partly) == 1


def test_growth_of_provinces_is_weighted_by_their_base(checked: Any) -> None:
    rates = {"XX-AB": "10", "XX-CD": "10", "XX-EF": "0"}
    kind = ("widget_output", "average_growth")
    rows = [target(f"{code}-14-sti", *kind, value, "percent_per_year")
            for code, value in rates.items()]  # fmt: skip
    bases = [seen("widget_output", 2020, base, "CNY_100M", region=code)
             for code, base in zip(rates, ("1", "1", "8"), strict=True)]  # fmt: skip
    nation = target("XX-14-outline", *kind, "3", "percent_per_year", comparator="at_least")
    together = checked(nation, *rows, *bases).of("provinces_together")[0]
    assert round(together.right.value, 3) == Decimal("2.331")
    assert together.agrees is False


def test_two_texts_of_one_claim(checked: Any) -> None:
    other = target("XX-AB-14-sti", "widget_share", "level", "12", "percent", source="blog")
    (found,) = checked(SHARE, other)
    assert (found.check, found.agrees, found.gap) == (Check.TEXTS, False, Decimal("1.5"))
    bound = target("XX-AB-14-sti", "widget_share", "level", "10", "percent", source="blog",
                   comparator="at_least")  # fmt: skip
    assert checked(SHARE, bound)[0].agrees


# ---------------------------------------------------------------- the bundled data


def test_guangdong(plans: ip.Dataset) -> None:
    found = cross_check(plans, region="CN-GD", period="14th").of("ratio_against_levels")
    assert len(found) == 1
    assert round(found[0].right.value, 2) == Decimal("3.84")
    assert found[0].agrees is False
    assert found[0].reconciles is not None
    again = cross_check(plans, region="粤", period="14th", assume=[found[0].reconciles])
    assert again.of(Check.RATIO)[0].agrees


def test_another_vintage_of_the_base_needs_another_growth(plans: ip.Dataset) -> None:
    (found,) = cross_check(
        plans, region="CN-GD", period="14th", vintage=["bulletin", "after_census_4"]
    ).of(Check.RATIO)
    assert found.reconciles is not None
    assert found.reconciles.value == Decimal("7.57")  # 7.09 on the base after the fifth census
    assert found.right.operands[0].vintage == "bulletin"


def test_gdp_at_constant_prices_gets_no_verdict(plans: ip.Dataset) -> None:
    (found,) = cross_check(plans, region="CN-GX", period="14th").of(Check.RATIO)
    assert found.agrees is None
    assert Remark.CONSTANT_PRICES in found.caveats
    assert found.reconciles is not None
    deflator = Assumption(indicator="gdp_deflator_annual_change", region="CN-GX", year=2025,
                          value="-0.5", unit="percent")  # fmt: skip
    (again,) = cross_check(
        plans, region="CN-GX", period="14th", assume=[deflator]
    ).of(Check.RATIO)  # fmt: skip
    assert again.agrees is True  # 1.56 beside 1.6


def test_all_regions_and_periods(every_tier: ip.Dataset) -> None:
    found = cross_check(every_tier)
    assert len(found) > 130
    assert Findings.from_json(found.json(), found.edition) == found
    keys = {each.key for each in (*every_tier.targets, *every_tier.observations)}
    for each in found:
        assert Finding.model_validate_json(each.model_dump_json()) == each
        assert set(each.inputs) <= keys
        assert each.left.unit == each.right.unit
        for lang in ("en", "zh"):
            said = each.explain(lang)  # type: ignore[arg-type]
            assert all(key in said for key in each.inputs)
    assert all(each.agrees is False for each in found.disagreements())
    assert set(found.counts()) == set(Check)
    assert sum(found.counts().values()) == len(found)


def test_findings_print(plans: ip.Dataset) -> None:
    found = cross_check(plans, region=["CN-HB", "CN-LN"])
    lines = found.text().splitlines()
    assert lines[0].split()[:3] == ["region", "period", "check"]
    assert lines[-1].startswith(f"{len(found)} findings: ")
    assert found.text("zh").splitlines()[-1].startswith(f"{len(found)}项检验")
    assert repr(found[0]).startswith("<Finding ")
    assert str(found[0]) == found[0].explain()
    assert str(found[:0]) == "nothing to hold against one another"
    assert found[:0].text("zh") == "没有可检验的目标"
    assert isinstance(found[:1], Findings)
    places = [each for each in cross_check(plans) if each.gap_unit == "rank"]
    assert all(each.gap_text("zh").endswith("位") for each in places)


def test_slips_are_refused(plans: ip.Dataset) -> None:
    for slip in ({"region": "Guandong"}, {"period": "99th"}, {"vintage": "no"}):
        with pytest.raises(ip.MissingError):
            cross_check(plans, **slip)  # type: ignore[arg-type]
    with pytest.raises(ip.FigureError):
        cross_check(plans, tolerance="two")


# ---------------------------------------------------------------- what agreement means

SIDES = st.builds(
    lambda value, comparator: Level(
        value, "percent", "x", comparator=comparator,
        high=value + 1 if comparator == "between" else None,
    ),
    st.decimals("0.1", "99", places=2),
    st.sampled_from([None, *ip.Comparator]),
)  # fmt: skip


@given(SIDES, SIDES, st.decimals("0", "0.2", places=2), st.decimals("0", "0.2", places=2))
def test_a_wider_tolerance_never_makes_a_disagreement(
    left: Level, right: Level, one: Decimal, other: Decimal
) -> None:
    narrow, wide = sorted((one, other))
    assert overlap(left, right, wide) or not overlap(left, right, narrow)


@given(SIDES, st.decimals("0", "0.2", places=2))
def test_every_figure_agrees_with_itself(side: Level, tolerance: Decimal) -> None:
    assert overlap(side, side, tolerance)
