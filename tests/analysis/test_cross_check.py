"""Whether targets agree with one another: each check, no false alarm, and what would reconcile."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.cross_check import _observed_since as observed_since
from innovation_plans.analysis.cross_check import _short as short
from innovation_plans.analysis.cross_check import cross_check, nearest_end
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
    assert found.right.formula == "widget_output(2020) × (1 + 10%)^5 ÷ gross_product(2025)"
    assert Caveat.OBSERVED_SINCE in found.caveats
    assert found.reconciles.text() == "gross_product 2021-2025: average annual growth of 8.93%"
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
    assert found.reconciles.text() == "widget_output 2021-2025: average annual growth of 14.87%"
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
    few = target("XX-14-outline", "widget_share", "level", "3", "percent")
    nation = target("XX-14-outline", *kind, "3", "percent_per_year", comparator="at_least")
    assert len(checked(few, nation, *rows, *bases).of("provinces_together")) == 1
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


# ---------------------------------------------------------------- closely
def test_a_finding_says_all_that_it_was_made_from(checked: Any) -> None:
    (found,) = checked(GROWTH, SHARE, *BASES, tolerance="0.03")
    assert found.model_dump(exclude={"left", "right", "inputs", "gap"}) == {
        "region": "XX-AB", "region_en": "Abeland", "region_zh": "甲", "indicator": "widget_share",
        "indicator_en": "Widgets as a share of product", "indicator_zh": None,
        "check": "ratio_against_levels", "period": "14th", "year": 2025,
        "gap_unit": "percentage_point", "agrees": False,
        "tolerance": Decimal("0.03"),
        "reconciles": {
            "indicator": "gross_product", "region": "XX-AB", "year": 2025,
            "value": Decimal("8.93"), "unit": "percent_per_year", "form": "average_growth",
            "start_year": 2021, "note": "",
        },
        "caveats": (Caveat.OBSERVED_SINCE,),
        "edition": found.edition,
    }  # fmt: skip
    assert round(found.gap, 8) == Decimal("1.88853846")
    assert (found.left.region, found.right.region) == ("XX-AB", "XX-AB")
    assert found.left.unit == found.right.unit == "percent"
    assert [each.key for each in found.left.operands] == list(found.inputs[:1])
    assert found.left.inputs == found.inputs[:1]
    assert found.right.inputs == found.inputs[1:]
    assert (found.left.comparator, found.right.comparator) == ("reach", "reach")


def test_every_path_to_the_parts_of_a_ratio_is_tried(checked: Any) -> None:
    """A part that is observed, of another period or over nothing does not end the search."""
    observed = seen("widget_output", 2025, "130", "CNY_100M")
    (found,) = checked(GROWTH, SHARE, *BASES, observed)
    assert found.right.formula.startswith("widget_output(2020) × (1 + 10%)^5 ÷")
    other = target("XX-AB-2025-gwr", "widget_output", "level", "130", "CNY_100M", span="2025,2025")
    (found,) = checked(other, GROWTH, SHARE, *BASES, period="14th").of(Check.RATIO)
    assert found.right.formula.startswith("widget_output(2020) × (1 + 10%)^5 ÷")
    nothing = seen("gross_product", 2025, "0", "CNY_100M")
    assert not checked(GROWTH, SHARE, BASES[0], BASES[1], nothing).of(Check.RATIO)
    rising = target("XX-AB-14-sti", "widget_share", "increment", "1", "percentage_point")
    assert len(checked(rising, GROWTH, SHARE, *BASES)) == 1


def test_every_growth_is_held_against_a_level(checked: Any) -> None:
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
    (found,) = checked(*rows, period="14th").of(Check.LEVEL)
    assert found.right.value == Decimal("161.051")
    (found,) = checked(*(each.replace("200", "0.02").replace("CNY_100M", "CNY_1T")
                         if each is level else each for each in rows), period="14th",
                       ).of(Check.LEVEL)  # fmt: skip
    assert (found.left.value, found.left.unit) == (200, "CNY_100M")


def test_what_would_reconcile_a_single_year_is_growth_of_that_year(checked: Any) -> None:
    share = target("XX-AB-14-sti", "widget_share", "level", "10.5", "percent", span="2025,2025")
    growth = target("XX-AB-14-sti", "widget_output", "annual_growth", "10", "percent_per_year",
                    span="2025,2025")  # fmt: skip
    (found,) = checked(
        share, growth, seen("widget_output", 2024, "100", "CNY_100M"),
        seen("gross_product", 2024, "1000", "CNY_100M"), BASES[2],
    )  # fmt: skip
    assert found.reconciles.text() == "gross_product 2025: year-on-year growth of 4.76%"
    assert found.reconciles.start_year is None
    assert found.caveats == (Caveat.OBSERVED_SINCE,)


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
def test_a_level_that_is_supposed_is_short(value: str, said: str) -> None:
    made = Assumption(indicator="x", region="XX", year=2025, value=short(Decimal(value)),
                      unit="percent")  # fmt: skip
    assert f"{made.value:f}".rstrip("0").rstrip(".") == said.rstrip("0").rstrip(".")
    assert made.value == Decimal(said)


def test_a_place_in_a_ranking_has_no_margin(checked: Any) -> None:
    plan = target("XX-AB-14-sti", "widget_rank", "rank", "3", "rank")
    for goal, agrees in (("3", True), ("4", False)):
        report = target("XX-AB-2025-gwr", "widget_rank", "rank", goal, "rank", span="2025,2025")
        (found,) = checked(plan, report, period="14th", tolerance="0.5")
        assert (found.agrees, found.gap_unit) == (agrees, "rank")


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
    (found,) = checked(plan, report, period="14th")
    assert found.agrees is agrees
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
    found = checked(plan, early, late, other, mixed, goal)
    assert [each.check for each in found] == [Check.ANNUAL_LEVEL]
    assert found[0].right.value == 199


# 161.051 is 100 grown by ten percent a year for five years.
LAST = seen("widget_output", 2024, "130", "CNY_100M")


THIS_YEAR = target("XX-AB-2025-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                   span="2025,2025")  # fmt: skip


def test_the_growth_still_needed(checked: Any) -> None:
    (found,) = checked(GROWTH, THIS_YEAR, BASES[0], LAST, period="14th")
    assert found.left.formula == (
        "(widget_output(2020) × (1 + 10%)^5 ÷ widget_output(2024))^(1/1) − 1"
    )
    assert found.left.comparator == "reach"
    assert found.left.value_high is None
    assert found.left.inputs == (
        "XX-AB/widget_output/level/2020@land-stat",
        "XX-AB-14-sti/widget_output/average_growth/2025@abe-plan",
        "XX-AB/widget_output/level/2024@land-stat",
    )
    assert found.reconciles == Assumption(
        indicator="widget_output", region="XX-AB", form="average_growth", start_year=2025,
        year=2025, value="23.89", unit="percent_per_year",
    )  # fmt: skip
    assert (found.year, found.period) == (2025, "14th")
    earlier = target("XX-AB-2021-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                     span="2021,2021")  # fmt: skip
    (first,) = checked(GROWTH, earlier, BASES[0], period="14th")
    assert first.left.formula == "widget_output, growth a year 2021–2025"
    assert (first.left.value, first.agrees, first.year) == (10, True, 2021)


def test_the_growth_still_needed_keeps_its_bound_but_no_range(checked: Any) -> None:
    least = GROWTH.replace("reach,10,", "at_least,10,")
    (found,) = checked(least, THIS_YEAR, BASES[0], LAST, period="14th")
    assert found.left.comparator == "at_least"
    ranged = GROWTH.replace("reach,10,,", "between,10,12,")
    (found,) = checked(ranged, THIS_YEAR, BASES[0], LAST, period="14th")
    assert found.left.comparator is None
    assert (round(found.left.value, 3), found.left.value_high) == (Decimal("23.885"), None)
    weak = BASES[0].replace("false", "true")
    (found,) = checked(ranged, THIS_YEAR, weak, LAST, period="14th")
    assert Caveat.SELF_REPORTED in found.caveats


def test_the_growth_still_needed_starts_where_the_plan_says(checked: Any) -> None:
    own = GROWTH.replace("10,,,\n", "10,110,2020,CNY_100M\n")
    (found,) = checked(own, THIS_YEAR, BASES[0], LAST, period="14th")
    assert round(found.left.value, 3) == Decimal("36.274")  # 110 × 1.61051 over 130


def test_growth_of_years_outside_the_span_is_not_needed(checked: Any) -> None:
    later = GROWTH.replace("2021,2025", "2022,2025")
    goal = target("XX-AB-2021-gwr", "widget_output", "annual_growth", "12", "percent_per_year",
                  span="2021,2021")  # fmt: skip
    bases = (*BASES, seen("widget_output", 2021, "110", "CNY_100M"))
    assert not checked(later, goal, *bases, period="14th").of(Check.ANNUAL_GROWTH)
    without = GROWTH.replace("2021,2025", ",2025")
    assert not checked(without, THIS_YEAR, *bases, LAST, period="14th").of(Check.ANNUAL_GROWTH)


@pytest.mark.parametrize(("goal", "agrees"), [("9.8", True), ("9.79", False)])
def test_the_margin_of_the_growth_still_needed(goal: str, agrees: bool, checked: Any) -> None:
    growth = GROWTH.replace("2021,2025", "2025,2025")
    report = THIS_YEAR.replace(",12,", f",{goal},")
    (found,) = checked(growth, report, period="14th").of(Check.ANNUAL_GROWTH)
    assert found.agrees is agrees


def test_provinces_together_say_what_they_are_made_of(checked: Any) -> None:
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
        "widget_share, mean of 3 provinces weighted by gross_product(2020)"
    )
    assert (together.right.value, together.right.unit) == (Decimal("2.25"), "percent")
    assert [each.split("/")[0] for each in together.right.inputs] == [
        "XX-AB-14-sti", "XX-AB", "XX-CD-14-sti", "XX-CD", "XX-EF-14-sti", "XX-EF",
    ]  # fmt: skip
    assert together.caveats == ()
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


def test_what_grows_with_size_is_not_taken_together(checked: Any) -> None:
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
    assert "weighted by widget_share(2020)" in together.right.formula


def test_only_what_does_not_grow_with_size_is_set_beside_the_nation(checked: Any) -> None:
    nation = target("XX-14-outline", "widget_output", "level", "900", "CNY_100M")
    plan = target("XX-AB-14-sti", "widget_output", "level", "200", "CNY_100M")
    city = target("XX-EF-GH-14-sti", "widget_share", "level", "50", "percent")
    country = target("XX-14-outline", "widget_share", "level", "40", "percent")
    assert not checked(nation, plan)
    (found,) = checked(country, city)  # a city's nation is its province's
    assert (found.check, found.gap, found.left.region) == (Check.POSITION, 10, "XX")
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
    found = checked(*rows)
    assert [f"{each.region} {each.period}" for each in found.of(Check.TEXTS)] == [
        "XX 14th", "XX-AB annual-2021", "XX-AB 14th", "XX-AB annual-2026", "XX-CD 14th",
    ]  # fmt: skip
    assert found.edition == found[0].edition == "2031.5"
    only = checked(*rows, region="XX-CD", period="14th")
    assert {(each.region, each.period) for each in only} == {("XX-CD", "14th")}
    assert not checked(*rows, region="XX-EF", period="14th")


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
    assert Caveat.CONSTANT_PRICES in found.caveats
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
    assert str(found[:0]) == "no two figures to compare"
    assert found[:0].text("zh") == "没有可检验的数值"
    assert isinstance(found[:1], Findings)
    places = [each for each in cross_check(plans) if each.gap_unit == "rank"]
    assert all(each.gap_text("zh").endswith("位") for each in places)


def test_slips_are_refused(plans: ip.Dataset) -> None:
    for slip in ({"region": "Guandong"}, {"period": "99th"}, {"vintage": "no"}):
        with pytest.raises(ip.MissingError):
            cross_check(plans, **slip)  # type: ignore[arg-type]
    with pytest.raises(ip.FigureError):
        cross_check(plans, tolerance="two")
