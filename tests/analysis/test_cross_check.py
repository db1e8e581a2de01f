"""Cross-checks of targets: every check, no false finding, and what would reconcile both sides."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.arithmetic_checks import _observed_since as observed_since
from innovation_plans.analysis.arithmetic_checks import _short as short
from innovation_plans.analysis.arithmetic_checks import nearest_end
from innovation_plans.analysis.cross_check import (
    ORDINARY_GROWTH,
    ORDINARY_PRICES,
    cross_check,
)
from innovation_plans.analysis.findings import Finding, Findings
from innovation_plans.analysis.operands import Assumption, Level, Operand
from innovation_plans.codelists import Caveat
from innovation_plans.text.implied import Check

TARGETS = (
    "plan,indicator,form,comparator,value,value_high,unit,start_year,end_year,breakdown,source,"
    "as_stated,baseline_value,baseline_year,baseline_unit\n"
)


SEEN = "region,indicator,form,comparator,value,unit,year,self_reported,source\n"


PLANS = """\
code,region,period,kind,title_en
XX-14-outline,XX,14th,outline,Plan of Landia
XX-AB-14-sti,XX-AB,14th,sti,Plan of Abeland
XX-AB-2025-gwr,XX-AB,annual-2025,gwr,Report of Abeland
XX-CD-14-sti,XX-CD,14th,sti,Plan of Cedeland
XX-EF-14-sti,XX-EF,14th,sti,Plan of Efland
XX-EF-GH-14-sti,XX-EF-GH,14th,sti,Plan of Gehland
XX-AB-2021-gwr,XX-AB,annual-2021,gwr,Report of Abeland
XX-AB-2026-gwr,XX-AB,annual-2026,gwr,Report of Abeland
"""


REGIONS = """\
code,kind,name_en,name_zh,short_zh,aliases,parent,groups
XX,nation,Landia,蓝地国,蓝地,,,
XX-AB,province,Abeland,甲省,甲,Abe|AB,XX,XX-G
XX-CD,province,Cedeland,乙省,乙,,XX,
XX-EF,province,Efland,丙省,丙,,XX,
XX-EF-GH,city,Gehland,丁市,丁,,XX-EF,
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
    baseline: str = ",,",
) -> str:  # fmt: skip
    return (
        f"{plan},{indicator},{form},{comparator},{value},{high},{unit},{span},{breakdown},"
        f"{source},{value},{baseline}\n"
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
            "edition.toml": 'edition = "2031.5"\n',
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return cross_check(ip.load(tmp_path), **{"growth": (GROWTH_TO_1300,) * 2} | how)

    return check


GROWTH = target("XX-AB-14-sti", "widget_output", "average_growth", "10", "percent_per_year")


SHARE = target("XX-AB-14-sti", "widget_share", "level", "10.5", "percent")


GROWTH_TO_1300 = "5.38739520617"  # percent a year, from 1000 in five years


BASES = (
    seen("widget_output", 2020, "100", "CNY_100M"),
    seen("gross_product", 2020, "1000", "CNY_100M"),
    seen("gross_product", 2025, "1300", "CNY_100M"),
)


# ---------------------------------------------------------------- ratios and levels
def test_growth_against_a_ratio(checked: Any) -> None:
    (result,) = checked(GROWTH, SHARE, *BASES)
    assert result.check is Check.RATIO
    assert result.left.value == Decimal("10.5")
    assert round(result.right.value, 4) == Decimal("12.3885")  # 100 × 1.1^5 / 1300
    assert (round(result.gap, 4), result.gap_unit) == (Decimal("1.8885"), "percentage_point")
    assert result.agrees is False
    assert result.right.formula == (
        "widget_output(2020) × (1 + 10%)^5 ÷ (gross_product(2020) × (1 + 5.38739520617%)^5)"
    )
    assert result.caveats == (Caveat.GROWTH_ASSUMED,)
    assert result.reconciles.text() == "gross_product 2021-2025: average annual growth of 8.93%"
    assert result.inputs == (
        "XX-AB-14-sti/widget_share/level/2025@abe-plan",
        "XX-AB/widget_output/level/2020@land-stat",
        "XX-AB-14-sti/widget_output/average_growth/2025@abe-plan",
        "XX-AB/gross_product/level/2020@land-stat",
    )


def test_what_reconciles_reconciles(checked: Any) -> None:
    (result,) = checked(GROWTH, SHARE, *BASES)
    (again,) = checked(GROWTH, SHARE, *BASES, assume=[result.reconciles])
    assert again.agrees
    assert again.reconciles is None
    assert again.right.assumptions == (result.reconciles,)
    assert abs(again.gap) < Decimal("0.01")


def test_without_a_base_a_level_reconciles(checked: Any) -> None:
    level = target("XX-AB-14-sti", "widget_output", "level", "130", "CNY_100M")
    (result,) = checked(SHARE, level, BASES[2])
    assert round(result.reconciles.value) == 1238
    assert result.reconciles.form is ip.Form.LEVEL
    (again,) = checked(SHARE, level, BASES[2], assume=[result.reconciles])
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
    (result,) = checked(GROWTH, share, *BASES)
    assert result.agrees is agrees
    assert (result.reconciles is None) is agrees


def test_rounding_is_no_false_alarm(checked: Any) -> None:
    bases = (BASES[0], seen("gross_product", 2020, "8461.538461", "CNY_100M"))
    share = target("XX-AB-14-sti", "widget_share", "level", "1.5", "percent")
    (result,) = checked(GROWTH, share, *bases, tolerance=0)
    assert round(result.right.value, 3) == Decimal("1.464")
    assert result.agrees  # 1.464 is printed as 1.5
    fine = target("XX-AB-14-sti", "widget_share", "level", "1.50", "percent")
    assert checked(GROWTH, fine, *bases, tolerance=0)[0].agrees is False


def test_a_lower_bound_of_growth_is_one_of_the_ratio(checked: Any) -> None:
    growth = target("XX-AB-14-sti", "widget_output", "average_growth", "8", "percent_per_year",
                    comparator="at_least")  # fmt: skip
    (result,) = checked(growth, SHARE, *BASES)
    assert result.right.comparator == "at_least"
    assert result.agrees is False  # eight percent alone make 11.3
    higher = target("XX-AB-14-sti", "widget_share", "level", "14", "percent")
    assert checked(growth, higher, *BASES)[0].agrees


def test_a_range_has_two_ends(checked: Any) -> None:
    share = target("XX-AB-14-sti", "widget_share", "level", "10", "percent", comparator="between",
                   high="11")  # fmt: skip
    (result,) = checked(GROWTH, share, *BASES)
    assert round(result.gap, 4) == Decimal("1.3885")  # to the nearer end
    assert checked(GROWTH, share.replace(",11,", ",13,"), *BASES)[0].agrees


def test_what_is_observed_alone_or_of_another_period_is_not_checked(checked: Any) -> None:
    assert not checked(SHARE, *BASES, seen("widget_output", 2025, "130", "CNY_100M"))
    other = target("XX-AB-2025-gwr", "widget_output", "level", "130", "CNY_100M", span="2025,2025")
    assert not checked(SHARE, other, *BASES).of(Check.RATIO)
    part = target("XX-AB-14-sti", "widget_output", "level", "130", "CNY_100M", breakdown="rural")
    assert not checked(SHARE, part, *BASES)


# ---------------------------------------------------------------- what a plan could know
@pytest.mark.parametrize(
    ("share", "agrees"), [("10.2", False), ("10.3", True), ("12.8", True), ("12.9", False)]
)
def test_a_ratio_that_an_ordinary_growth_allows_is_no_contradiction(
    share: str, agrees: bool, checked: Any
) -> None:
    stated = target("XX-AB-14-sti", "widget_share", "level", share, "percent")
    (result,) = checked(GROWTH, stated, *BASES, growth=(5, 9))
    assert result.agrees is agrees
    assert (round(result.right.value, 2), round(result.right.value_high or 0, 2)) == (
        Decimal("10.47"), Decimal("12.62"),
    )  # fmt: skip
    assert [each.text() for each in result.right.assumptions] == [
        "gross_product 2021-2025: average annual growth of 5% to 9%"
    ]


def test_the_default_of_an_ordinary_growth(plans: ip.Dataset) -> None:
    (named,) = cross_check(
        plans, region="CN-GD", period="14th", growth=ORDINARY_GROWTH, prices=ORDINARY_PRICES
    ).of(Check.RATIO)
    assert [named] == list(cross_check(plans, region="CN-GD", period="14th").of(Check.RATIO))
    assert "5% to 9%" in named.right.assumptions[0].text()


def own_growth(value: str, span: str = "2021,2025") -> str:
    """A growth target of the plan for the denominator."""
    return target("XX-AB-14-sti", "gross_product", "average_growth", value, "percent_per_year",
                  span=span)  # fmt: skip


def test_the_growth_target_of_the_plan_goes_before_an_ordinary_growth(checked: Any) -> None:
    result = checked(GROWTH, SHARE, own_growth("8"), *BASES).of(Check.RATIO)[0]
    assert result.right.formula.endswith("÷ (gross_product(2020) × (1 + 8%)^5)")
    assert (result.caveats, result.right.assumptions) == ((), ())
    later = checked(GROWTH, SHARE, own_growth("8", "2023,2025"), *BASES).of(Check.RATIO)[0]
    assert later.caveats == (Caveat.GROWTH_ASSUMED,)


def test_an_ordinary_change_of_prices_is_added_to_growth_at_constant_prices(
    checked: Any, monkeypatch: Any
) -> None:
    real = INDICATORS.replace(
        'name_en = "Gross product"', 'name_en = "Gross product"\ngrowth_prices = "constant"'
    )
    monkeypatch.setattr(sys.modules[__name__], "INDICATORS", real)
    rows = (GROWTH, SHARE, own_growth("6"), *BASES)
    result = checked(*rows).of(Check.RATIO)[0]
    assert [each.text() for each in result.right.assumptions] == [
        "gdp_deflator_annual_change 2021-2025: average annual growth of 0% to 3%"
    ]
    assert round(result.right.value, 2) == Decimal("10.38")  # 161.051 ÷ (1000 × 1.06^5 × 1.03^5)
    assert round(result.right.value_high or 0, 2) == Decimal("12.03")
    assert (result.agrees, result.caveats) == (True, (Caveat.GROWTH_ASSUMED,))
    assert checked(*rows, prices=(0, 0)).of(Check.RATIO)[0].agrees is False


def test_a_target_of_the_plan_goes_before_every_growth(checked: Any) -> None:
    level = target("XX-AB-14-sti", "gross_product", "level", "1530", "CNY_100M")
    result = checked(GROWTH, SHARE, level, own_growth("8"), *BASES).of(Check.RATIO)[0]
    assert result.right.formula.endswith("÷ gross_product(2025)")
    assert result.agrees is True


def test_a_ratio_to_people_is_compared_with_the_observed_number(
    checked: Any, monkeypatch: Any
) -> None:
    people = INDICATORS.replace('"CNY_100M"', '"inhabitant_10K"', 1)
    people = people.replace('"CNY_100M"', '"patent"').replace(
        'unit = "percent"', 'unit = "patent_per_10k_population"', 1
    )
    monkeypatch.setattr(sys.modules[__name__], "INDICATORS", people)
    share = target("XX-AB-14-sti", "widget_share", "level", "0.12", "patent_per_10k_population")
    bases = (
        BASES[0].replace("CNY_100M", "patent"),
        *(each.replace("CNY_100M", "inhabitant_10K") for each in BASES[1:]),
    )
    (result,) = checked(GROWTH, share, *bases)
    assert result.right.formula == "widget_output(2020) × (1 + 10%)^5 ÷ gross_product(2025)"
    assert result.caveats == (Caveat.OBSERVED_SINCE,)


def test_a_first_year_below_the_mean_is_no_contradiction(checked: Any) -> None:
    first = target("XX-AB-2021-gwr", "widget_output", "annual_growth", "4", "percent_per_year",
                   span="2021,2021")  # fmt: skip
    (result,) = checked(GROWTH, first, BASES[0], period="14th")
    assert (result.gap, result.agrees, result.reconciles) == (-6, True, None)
    last = first.replace("2021", "2025")
    (result,) = checked(GROWTH, last, BASES[0], LAST, period="14th")
    assert result.agrees is False


def test_a_target_for_a_part_is_not_among_the_provinces_together(checked: Any) -> None:
    kind = ("widget_output", "average_growth")
    codes = ("XX-AB", "XX-CD", "XX-EF")
    rows = [target(f"{code}-14-sti", *kind, "10", "percent_per_year") for code in codes]
    bases = [seen("widget_output", 2020, "1", "CNY_100M", region=code) for code in codes]
    nation = target("XX-14-outline", *kind, "3", "percent_per_year")
    assert len(checked(nation, *rows, *bases).of(Check.TOGETHER)) == 1
    part = target("XX-EF-14-sti", *kind, "10", "percent_per_year", breakdown="each_district")
    assert not checked(nation, *rows[:2], part, *bases).of(Check.TOGETHER)
    whole = target("XX-14-outline", *kind, "3", "percent_per_year", breakdown="each_district")
    assert not checked(whole, *rows[:2], part, *bases).of(Check.TOGETHER)


def test_level_against_growth(checked: Any) -> None:
    level = target("XX-AB-14-sti", "widget_output", "level", "200", "CNY_100M")
    (result,) = checked(GROWTH, level, BASES[0])
    assert (result.check, result.agrees) == (Check.LEVEL, False)
    assert (result.gap, result.gap_unit) == (Decimal("-38.949"), "CNY_100M")
    assert result.reconciles.text() == "widget_output 2021-2025: average annual growth of 14.87%"
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
    (result,) = checked(
        target("XX-AB-14-sti", *what, plan, unit),
        target("XX-AB-2025-gwr", *what, goal, unit, span="2025,2025"),
        period="14th",
    )
    assert (result.check, result.agrees) == (Check.ANNUAL_LEVEL, agrees)
    assert result.gap == Decimal(goal) - Decimal(plan)


def test_annual_growth_against_the_needed_mean(checked: Any) -> None:
    goal = target("XX-AB-2025-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                  span="2025,2025")  # fmt: skip
    last = seen("widget_output", 2024, "1.3", "CNY_1B").replace("1.3,CNY_1B", "13,CNY_1B")
    (result,) = checked(GROWTH, goal, BASES[0], last, period="14th")
    assert result.check is Check.ANNUAL_GROWTH
    assert round(result.left.value, 3) == Decimal("23.885")  # 161.051 over 130
    assert result.agrees is False
    assert result.reconciles.value == Decimal("23.89")
    assert "^(1/1) − 1" in result.left.formula
    fast = goal.replace(",12,", ",24,")
    assert checked(GROWTH, fast, BASES[0], last, period="14th")[0].agrees
    assert not checked(GROWTH, goal, last, period="14th")


def test_in_the_first_year_the_mean_itself_is_needed(checked: Any) -> None:
    goal = target("XX-AB-2025-gwr", "widget_output", "annual_growth", "9", "percent_per_year",
                  span="2025,2025")  # fmt: skip
    growth = target("XX-AB-14-sti", "widget_output", "average_growth", "8", "percent_per_year",
                    comparator="between", high="10", span="2025,2025")  # fmt: skip
    (result,) = checked(growth, goal, period="14th")
    assert (result.left.value, result.left.value_high, result.agrees) == (8, 10, True)
    assert result.gap == 0


def test_provinces_are_compared_with_the_nation(checked: Any) -> None:
    shares = {"XX-AB": "4", "XX-CD": "2", "XX-EF": "1"}
    rows = [target(f"{code}-14-sti", "widget_share", "level", value, "percent")
            for code, value in shares.items()]  # fmt: skip
    bases = [seen("gross_product", 2020, base, "CNY_100M", region=code)
             for code, base in zip(shares, ("100", "200", "100"), strict=True)]  # fmt: skip
    nation = target("XX-14-outline", "widget_share", "level", "2.5", "percent")
    result = checked(nation, *rows, *bases)
    together, *positions = result
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
    few = target("XX-14-outline", "widget_share", "level", "3", "percent")
    nation = target("XX-14-outline", *kind, "3", "percent_per_year", comparator="at_least")
    assert len(checked(few, nation, *rows, *bases).of("provinces_together")) == 1
    together = checked(nation, *rows, *bases).of("provinces_together")[0]
    assert round(together.right.value, 3) == Decimal("2.331")
    assert together.agrees is False


def test_two_sources_of_one_target(checked: Any) -> None:
    other = target("XX-AB-14-sti", "widget_share", "level", "12", "percent", source="blog")
    (result,) = checked(SHARE, other)
    assert (result.check, result.agrees, result.gap) == (Check.TEXTS, False, Decimal("1.5"))
    bound = target("XX-AB-14-sti", "widget_share", "level", "10", "percent", source="blog",
                   comparator="at_least")  # fmt: skip
    assert checked(SHARE, bound)[0].agrees


# ---------------------------------------------------------------- closely
def test_a_finding_explains_what_it_is_made_from(checked: Any) -> None:
    (result,) = checked(GROWTH, SHARE, *BASES, tolerance="0.03")
    assert result.model_dump(exclude={"left", "right", "inputs", "gap"}) == {
        "region": "XX-AB", "region_en": "Abeland", "region_zh": "甲省", "region_short_zh": "甲", "indicator": "widget_share",
        "indicator_en": "Widgets as a share of product", "indicator_zh": None,
        "check": "ratio_against_levels", "period": "14th", "year": 2025,
        "gap_unit": "percentage_point", "agrees": False,
        "tolerance": Decimal("0.03"),
        "reconciles": {
            "indicator": "gross_product", "region": "XX-AB", "year": 2025,
            "value": Decimal("8.93"), "value_high": None, "unit": "percent_per_year",
            "form": "average_growth", "start_year": 2021, "note": "",
        },
        "caveats": (Caveat.GROWTH_ASSUMED,),
        "edition": result.edition,
    }  # fmt: skip
    assert round(result.gap, 8) == Decimal("1.88853846")
    assert (result.left.region, result.right.region) == ("XX-AB", "XX-AB")
    assert result.left.unit == result.right.unit == "percent"
    assert [each.key for each in result.left.operands] == list(result.inputs[:1])
    assert result.left.inputs == result.inputs[:1]
    assert result.right.inputs == result.inputs[1:]
    assert (result.left.comparator, result.right.comparator) == ("reach", "reach")


def test_every_path_to_the_parts_of_a_ratio_is_tried(checked: Any) -> None:
    """A part that is observed, of another period or over nothing does not end the search."""
    observed = seen("widget_output", 2025, "130", "CNY_100M")
    (result,) = checked(GROWTH, SHARE, *BASES, observed)
    assert result.right.formula.startswith("widget_output(2020) × (1 + 10%)^5 ÷")
    other = target("XX-AB-2025-gwr", "widget_output", "level", "130", "CNY_100M", span="2025,2025")
    (result,) = checked(other, GROWTH, SHARE, *BASES, period="14th").of(Check.RATIO)
    assert result.right.formula.startswith("widget_output(2020) × (1 + 10%)^5 ÷")
    nothing = seen("gross_product", 2025, "0", "CNY_100M")
    assert not checked(GROWTH, SHARE, BASES[0], nothing).of(Check.RATIO)
    rising = target("XX-AB-14-sti", "widget_share", "increment", "1", "percentage_point")
    assert len(checked(rising, GROWTH, SHARE, *BASES)) == 1


def test_every_growth_is_compared_with_a_level(checked: Any) -> None:
    level = target("XX-AB-14-sti", "widget_output", "level", "200", "CNY_100M")
    baseless = target("XX-AB-14-sti", "widget_output", "average_growth", "9", "percent_per_year",
                      span="2023,2025", source="blog")  # fmt: skip
    other = target("XX-AB-2025-gwr", "widget_output", "annual_growth", "9", "percent_per_year",
                   span="2025,2025")  # fmt: skip
    rows = (
        baseless,
        other,
        GROWTH,
        level,
        BASES[0],
        seen("widget_output", 2024, "140", "CNY_100M"),
    )
    (result,) = checked(*rows, period="14th").of(Check.LEVEL)
    assert result.right.value == Decimal("161.051")
    (result,) = checked(*(each.replace("200", "0.02").replace("CNY_100M", "CNY_1T")
                         if each is level else each for each in rows), period="14th",
                       ).of(Check.LEVEL)  # fmt: skip
    assert (result.left.value, result.left.unit) == (200, "CNY_100M")


def test_what_would_reconcile_a_single_year_is_growth_of_that_year(checked: Any) -> None:
    share = target("XX-AB-14-sti", "widget_share", "level", "10.5", "percent", span="2025,2025")
    growth = target("XX-AB-14-sti", "widget_output", "annual_growth", "10", "percent_per_year",
                    span="2025,2025")  # fmt: skip
    (result,) = checked(
        share, growth, seen("widget_output", 2024, "100", "CNY_100M"),
        seen("gross_product", 2024, "1000", "CNY_100M"), BASES[2], growth=(8, 9),
    )  # fmt: skip
    assert result.reconciles.text() == "gross_product 2025: year-on-year growth of 4.76%"
    assert result.reconciles.start_year is None
    assert result.right.formula == (
        "widget_output(2024) × (1 + 10%) ÷ (gross_product(2024) × (1 + 8–9%))"
    )


def test_levels_observed_before_the_period_are_no_caveat() -> None:
    def level(*origins: tuple[str, int]) -> Level:
        operands = tuple(
            Operand(indicator="x", region="XX", form="level", year=year, value=1, unit="percent",
                    origin=origin, key="k")
            for origin, year in origins
        )  # fmt: skip
        return Level(Decimal(1), "percent", "x", operands=operands)

    assert observed_since(level(("observation", 2020)), 2021) == ()
    assert observed_since(level(("target", 2025)), 2021) == ()
    assert observed_since(level(("observation", 2021)), 2021) == (Caveat.OBSERVED_SINCE,)
    assert observed_since(level(("observation", 2020), ("observation", 2024)), 2021) == (
        Caveat.OBSERVED_SINCE,
    )


@pytest.mark.parametrize(
    ("value", "other", "end"), [("5", "4", "5"), ("5", "7", "5"), ("5", "8", "5"), ("5", "9", "8")]
)
def test_the_end_of_a_range_that_lies_nearer(value: str, other: str, end: str) -> None:
    ranged = Level(Decimal(value), "percent", "x", high=Decimal(8),
                   comparator=ip.Comparator.BETWEEN)  # fmt: skip
    made = nearest_end(ranged, Level(Decimal(other), "percent", "y"))
    assert (made.value, made.high, made.comparator) == (Decimal(end), None, None)
    plain = Level(Decimal(value), "percent", "x", comparator=ip.Comparator.ABOUT)
    assert nearest_end(plain, ranged) is plain


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1234567.89", "1234570"),
        ("-1234567.89", "-1234570"),
        ("1000000.12345", "1000000"),
        ("123456.78919", "123456.7892"),
        ("1.5", "1.5"),
    ],
)
def test_an_assumed_level_is_short(value: str, said: str) -> None:
    made = Assumption(indicator="x", region="XX", year=2025, value=short(Decimal(value)),
                      unit="percent")  # fmt: skip
    assert f"{made.value:f}".rstrip("0").rstrip(".") == said.rstrip("0").rstrip(".")
    assert made.value == Decimal(said)


def test_a_rank_has_no_margin(checked: Any) -> None:
    plan = target("XX-AB-14-sti", "widget_rank", "rank", "3", "rank")
    for goal, agrees in (("3", True), ("4", False)):
        report = target("XX-AB-2025-gwr", "widget_rank", "rank", goal, "rank", span="2025,2025")
        (result,) = checked(plan, report, period="14th", tolerance="0.5")
        assert (result.agrees, result.gap_unit) == (agrees, "rank")


@pytest.mark.parametrize(
    ("comparator", "goal", "agrees"),
    [
        ("reach", "196", True),
        ("reach", "195.9", False),
        ("at_most", "204", True),
        ("at_most", "204.1", False),
        ("at_most", "150", True),
    ],
)
def test_the_margin_of_the_goal_of_the_last_year(
    comparator: str, goal: str, agrees: bool, checked: Any
) -> None:
    what = ("widget_output", "level")
    report = target("XX-AB-2025-gwr", *what, goal, "CNY_100M", span="2025,2025")
    plan = target("XX-AB-14-sti", *what, "200", "CNY_100M", comparator=comparator)
    (result,) = checked(plan, report, period="14th")
    assert result.agrees is agrees
    ranged = target("XX-AB-2025-gwr", *what, "100", "CNY_100M", comparator="between", high="250",
                    span="2025,2025")  # fmt: skip
    assert checked(plan, ranged, period="14th")[0].agrees is True


def test_annual_goals_of_other_years_and_indicators_are_left_alone(checked: Any) -> None:
    plan = target("XX-AB-14-sti", "widget_output", "level", "200", "CNY_100M")
    early = target("XX-AB-2021-gwr", "widget_output", "level", "9", "CNY_100M", span="2021,2021")
    late = target("XX-AB-2026-gwr", "widget_output", "level", "9", "CNY_100M", span="2026,2026")
    other = target("XX-AB-2025-gwr", "gross_product", "level", "9", "CNY_100M", span="2025,2025")
    mixed = target("XX-AB-2025-gwr", "widget_output", "increment", "9", "CNY_100M",
                   span="2025,2025")  # fmt: skip
    goal = target("XX-AB-2025-gwr", "widget_output", "level", "199", "CNY_100M", span="2025,2025")
    result = checked(plan, early, late, other, mixed, goal)
    assert [each.check for each in result] == [Check.ANNUAL_LEVEL]
    assert result[0].right.value == 199


# 161.051 is 100 grown by ten percent a year for five years.
LAST = seen("widget_output", 2024, "130", "CNY_100M")


THIS_YEAR = target("XX-AB-2025-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                   span="2025,2025")  # fmt: skip


def test_the_needed_growth(checked: Any) -> None:
    (result,) = checked(GROWTH, THIS_YEAR, BASES[0], LAST, period="14th")
    assert result.left.formula == (
        "(widget_output(2020) × (1 + 10%)^5 ÷ widget_output(2024))^(1/1) − 1"
    )
    assert result.left.comparator == "reach"
    assert result.left.value_high is None
    assert result.left.inputs == (
        "XX-AB/widget_output/level/2020@land-stat",
        "XX-AB-14-sti/widget_output/average_growth/2025@abe-plan",
        "XX-AB/widget_output/level/2024@land-stat",
    )
    assert result.reconciles == Assumption(
        indicator="widget_output", region="XX-AB", form="average_growth", start_year=2025,
        year=2025, value="23.89", unit="percent_per_year",
    )  # fmt: skip
    assert (result.year, result.period) == (2025, "14th")
    earlier = target("XX-AB-2021-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                     span="2021,2021")  # fmt: skip
    (first,) = checked(GROWTH, earlier, BASES[0], period="14th")
    assert first.left.formula == "widget_output(2021–2025)"
    assert (first.left.value, first.agrees, first.year) == (10, True, 2021)


def test_the_needed_growth_keeps_its_bound_but_no_range(checked: Any) -> None:
    least = GROWTH.replace("reach,10,", "at_least,10,")
    (result,) = checked(least, THIS_YEAR, BASES[0], LAST, period="14th")
    assert result.left.comparator == "at_least"
    ranged = GROWTH.replace("reach,10,,", "between,10,12,")
    (result,) = checked(ranged, THIS_YEAR, BASES[0], LAST, period="14th")
    assert result.left.comparator is None
    assert (round(result.left.value, 3), result.left.value_high) == (Decimal("23.885"), None)
    weak = BASES[0].replace("false", "true")
    (result,) = checked(ranged, THIS_YEAR, weak, LAST, period="14th")
    assert Caveat.SELF_REPORTED in result.caveats


def test_the_needed_growth_starts_from_the_baseline_of_the_plan(checked: Any) -> None:
    own = GROWTH.replace("10,,,\n", "10,110,2020,CNY_100M\n")
    (result,) = checked(own, THIS_YEAR, BASES[0], LAST, period="14th")
    assert round(result.left.value, 3) == Decimal("36.274")  # 110 × 1.61051 over 130


def test_growth_of_years_outside_the_span_is_not_needed(checked: Any) -> None:
    later = GROWTH.replace("2021,2025", "2022,2025")
    goal = target("XX-AB-2021-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                  span="2021,2021")  # fmt: skip
    bases = (*BASES, seen("widget_output", 2021, "110", "CNY_100M"))
    assert not checked(later, goal, *bases, period="14th").of(Check.ANNUAL_GROWTH)
    without = GROWTH.replace("2021,2025", ",2025")
    assert not checked(without, THIS_YEAR, *bases, LAST, period="14th").of(Check.ANNUAL_GROWTH)


@pytest.mark.parametrize(("goal", "agrees"), [("9.8", True), ("9.79", False)])
def test_the_margin_of_the_needed_growth(goal: str, agrees: bool, checked: Any) -> None:
    growth = GROWTH.replace("2021,2025", "2025,2025")
    report = THIS_YEAR.replace(",12,", f",{goal},")
    (result,) = checked(growth, report, period="14th").of(Check.ANNUAL_GROWTH)
    assert result.agrees is agrees


def test_the_mean_of_provinces_names_its_operands(checked: Any) -> None:
    shares = {"XX-AB": "4", "XX-CD": "2", "XX-EF": "1"}
    rows = [target(f"{code}-14-sti", "widget_share", "level", value, "percent")
            for code, value in shares.items()]  # fmt: skip
    bases = [seen("gross_product", 2020, base, "CNY_100M", region=code)
             for code, base in zip(shares, ("100", "200", "100"), strict=True)]  # fmt: skip
    nation = target("XX-14-outline", "widget_share", "level", "2.5", "percent")
    city = target("XX-EF-GH-14-sti", "widget_share", "level", "50", "percent")
    whole = seen("gross_product", 2020, "9", "CNY_100M", region="XX-EF-GH")
    (together,) = checked(nation, *rows, *bases, city, whole, region="XX")
    assert together.right.formula == (
        "Σ(widget_share(2025) × gross_product(2020)) ÷ Σ gross_product(2020)"
    )
    assert (together.right.value, together.right.unit) == (Decimal("2.25"), "percent")
    assert [each.split("/")[0] for each in together.right.inputs] == [
        "XX-AB-14-sti", "XX-AB", "XX-CD-14-sti", "XX-CD", "XX-EF-14-sti", "XX-EF",
    ]  # fmt: skip
    assert together.caveats == ()
    assert "weighted provinces and nation" in together.explain()
    assert "3 provinces, weighted (Σ(widget_share(2025)" in together.explain()
    assert "3个省份加权（Σ(widget_share(2025)" in together.explain("zh")
    in_thousands = bases[1].replace("200,CNY_100M", "0.02,CNY_1T")
    again = checked(nation, *rows, bases[0], in_thousands, bases[2], region="XX")
    assert again[0].right.value == Decimal("2.25")


def test_a_province_of_unknown_weight_is_left_out(checked: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        sys.modules[__name__], "REGIONS", REGIONS.replace("XX-EF-GH,city,", "XX-EF-GH,province,")
    )
    shares = {"XX-AB": "4", "XX-CD": "9", "XX-EF": "2", "XX-EF-GH": "1"}
    rows = [target(f"{code}-14-sti", "widget_share", "level", value, "percent")
            for code, value in shares.items()]  # fmt: skip
    bases = [seen("gross_product", 2020, base, "CNY_100M", region=code)
             for code, base in (("XX-AB", "100"), ("XX-EF", "200"), ("XX-EF-GH", "100"))]  # fmt: skip
    nation = target("XX-14-outline", "widget_share", "level", "2.5", "percent")
    (together,) = checked(nation, *rows, *bases, region="XX")
    assert together.right.value == Decimal("2.25")
    assert together.agrees is None  # not every province is in it
    assert together.caveats == (Caveat.PART_OF_THE_PROVINCES,)


def test_targets_that_depend_on_size_have_no_weighted_mean(checked: Any) -> None:
    codes = ("XX-AB", "XX-CD", "XX-EF")
    levels = [target(f"{code}-14-sti", "widget_output", "level", "4", "CNY_100M")
              for code in codes]  # fmt: skip
    shares = [target(f"{code}-14-sti", "widget_share", "level", "4", "percent", span=",2025")
              for code in codes]  # fmt: skip
    bases = [seen(what, year, "9", "CNY_100M", region=code)
             for code in codes for what in ("widget_output", "gross_product")
             for year in (2020, 2024)]  # fmt: skip
    whole = target("XX-14-outline", "widget_output", "level", "12", "CNY_100M")
    share = target("XX-14-outline", "widget_share", "level", "4", "percent", span=",2025")
    assert not checked(whole, share, *levels, *shares, *bases).of(Check.TOGETHER)


def test_growth_of_a_ratio_is_weighted_by_the_ratio(checked: Any) -> None:
    rates = {"XX-AB": "10", "XX-CD": "10", "XX-EF": "0"}
    kind = ("widget_share", "average_growth")
    rows = [target(f"{code}-14-sti", *kind, value, "percent_per_year")
            for code, value in rates.items()]  # fmt: skip
    bases = [seen("widget_share", 2020, base, "percent", region=code)
             for code, base in zip(rates, ("1", "1", "8"), strict=True)]  # fmt: skip
    others = [seen("gross_product", 2020, "1", "CNY_100M", region=code) for code in rates]
    nation = target("XX-14-outline", *kind, "3", "percent_per_year")
    together = checked(nation, *rows, *bases, *others).of("provinces_together")[0]
    assert round(together.right.value, 3) == Decimal("2.331")
    assert together.right.formula == "(Σ widget_share(2025) ÷ Σ widget_share(2020))^(1/5) − 1"


def test_only_targets_independent_of_size_are_compared_with_the_nation(checked: Any) -> None:
    nation = target("XX-14-outline", "widget_output", "level", "900", "CNY_100M")
    plan = target("XX-AB-14-sti", "widget_output", "level", "200", "CNY_100M")
    city = target("XX-EF-GH-14-sti", "widget_share", "level", "50", "percent")
    country = target("XX-14-outline", "widget_share", "level", "40", "percent")
    assert not checked(nation, plan)
    (result,) = checked(country, city)  # a city's nation is its province's
    assert (result.check, result.gap, result.left.region) == (Check.POSITION, 10, "XX")
    other_year = target("XX-14-outline", "widget_share", "level", "40", "percent", span="2021,2024")
    part = target("XX-14-outline", "widget_share", "level", "40", "percent", breakdown="rural")
    assert not checked(other_year, part, city)


def test_findings_are_in_the_order_of_regions_periods_and_checks(checked: Any) -> None:
    def twice(plan: str, span: str) -> list[str]:
        """Two texts of one claim: one finding."""
        what = (plan, "widget_share", "level")
        return [target(*what, value, "percent", span=span, source=source)
                for value, source in (("3", "abe-plan"), ("9", "land-stat"))]  # fmt: skip

    rows = [
        *twice("XX-CD-14-sti", "2021,2025"),
        *twice("XX-AB-2026-gwr", "2026,2026"),
        *twice("XX-AB-14-sti", "2021,2025"),
        *twice("XX-AB-2021-gwr", "2021,2021"),
        *twice("XX-14-outline", "2021,2025"),
    ]
    result = checked(*rows)
    assert [f"{each.region} {each.period}" for each in result.of(Check.TEXTS)] == [
        "XX 14th", "XX-AB annual-2021", "XX-AB 14th", "XX-AB annual-2026", "XX-CD 14th",
    ]  # fmt: skip
    assert result.edition == result[0].edition == "2031.5"
    only = checked(*rows, region="XX-CD", period="14th")
    assert {(each.region, each.period) for each in only} == {("XX-CD", "14th")}
    assert not checked(*rows, region="XX-EF", period="14th")


# ---------------------------------------------------------------- the bundled data
def test_guangdong(plans: ip.Dataset) -> None:
    (result,) = cross_check(plans, region="CN-GD", period="14th").of(Check.RATIO)
    assert result.agrees is True
    assert result.right.text() == "3.277% to 3.951%"
    narrow = cross_check(plans, region="CN-GD", period="14th", growth=(5, 6)).of(Check.RATIO)[0]
    assert narrow.agrees is False
    assert narrow.reconciles is not None
    assert narrow.reconciles.value == Decimal("7.57")  # on the GDP of the fourth census
    again = cross_check(plans, region="粤", period="14th", assume=[narrow.reconciles])
    assert again.of(Check.RATIO)[0].agrees


def test_a_plan_is_checked_with_the_statistics_of_its_time(plans: ip.Dataset) -> None:
    def base(**options: Any) -> Operand:
        (result,) = cross_check(plans, region="CN-GD", period="14th", **options).of(Check.RATIO)
        return next(each for each in result.right.operands if each.indicator == "gdp")

    assert (base().year, base().vintage) == (2020, "after_census_4")
    assert base(vintage="after_census_5").vintage == "after_census_5"


def test_a_later_plan_knows_later_statistics(plans: ip.Dataset) -> None:
    (result,) = cross_check(plans, region="CN-GS", period="14th").of(Check.RATIO)
    assert result.right.formula == "rd_expenditure(2025) ÷ (gdp(2024) × (1 + 5–9%))"
    assert result.agrees is False
    assert result.reconciles is not None
    assert result.reconciles.value < 0  # it needs a GDP that falls
    assert Caveat.OBSERVED_SINCE not in result.caveats


def test_a_report_below_the_mean_of_its_own_plan_agrees_in_the_first_year(
    plans: ip.Dataset,
) -> None:
    (result,) = cross_check(plans, region="CN-LN", period="15th").of(Check.ANNUAL_GROWTH)
    assert (result.gap, result.agrees) == (Decimal("-0.5"), True)


def test_all_regions_and_periods(every_tier: ip.Dataset) -> None:
    result = cross_check(every_tier)
    assert len(result) > 130
    assert Findings.from_json(result.json(), result.edition) == result
    keys = {each.key for each in (*every_tier.targets, *every_tier.observations)}
    for each in result:
        assert Finding.model_validate_json(each.model_dump_json()) == each
        assert set(each.inputs) <= keys
        assert each.left.unit == each.right.unit
        for lang in ("en", "zh"):
            said = each.explain(lang)  # type: ignore[arg-type]
            assert all(key in said for key in each.inputs)
    assert all(each.agrees is False for each in result.disagreements())
    assert set(result.counts()) == set(Check)
    assert sum(result.counts().values()) == len(result)


def test_findings_print(plans: ip.Dataset) -> None:
    result = cross_check(plans, region=["CN-HB", "CN-LN"])
    lines = result.text().splitlines()
    assert lines[0].split()[:3] == ["region", "period", "check"]
    assert lines[-1].startswith(f"{len(result)} findings: ")
    assert result.text("zh").splitlines()[-1].startswith(f"{len(result)}项检验")
    assert repr(result[0]).startswith("<Finding ")
    assert str(result[0]) == result[0].explain()
    assert str(result[:0]) == "no two figures to compare"
    assert result[:0].text("zh") == "没有可检验的数值"
    assert isinstance(result[:1], Findings)
    places = [each for each in cross_check(plans) if each.gap_unit == "rank"]
    assert all(each.gap_text("zh").endswith("位") for each in places)


def test_wrong_arguments_raise_an_error(plans: ip.Dataset) -> None:
    for slip in ({"region": "Guandong"}, {"period": "99th"}, {"vintage": "no"}):
        with pytest.raises(ip.MissingError):
            cross_check(plans, **slip)  # type: ignore[arg-type]
    with pytest.raises(ip.ArgumentError, match="no tolerance 'two'"):
        cross_check(plans, tolerance="two")
    for name in ("growth", "prices"):
        for ends in ((9, 5), (-100, 5), 5, None, (1, 2, 3)):
            with pytest.raises(ip.ArgumentError, match=f"no {name} .*two numbers in order"):
                cross_check(plans, region="CN-GD", **{name: ends})  # type: ignore[arg-type]
