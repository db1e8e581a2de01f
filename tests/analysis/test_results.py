"""What an assessment says of itself: in sentences, in Chinese, in a notebook's table."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

import innovation_plans as ip
from innovation_plans.analysis.results import (
    Baseline,
    DocumentName,
    OneVintage,
    Outcome,
    PaceScore,
    Stated,
    Subject,
    fields_of,
)
from innovation_plans.text import labels
from innovation_plans.text.messages import Message, recognised

from .records import assessed, indicator, outcome, target

SUBJECT = Subject(
    region="XX-AB", region_en="Abeland", region_zh="甲省",
    indicator="widget_share", indicator_en="Share of widgets", indicator_zh="小器占比",
)  # fmt: skip
STATED = Stated(
    form="level", comparator="about", value="3.5", unit="percent", start_year=2021,
    end_year=2025, plan="XX-AB-14-sti", period="14th", tier="C",
)  # fmt: skip
SEEN = Outcome(
    value="3.2", unit="percent", comparator="reach", year=2025, self_reported=False,
    source="land-stat", tier="A",
)  # fmt: skip
START = Baseline(value="2.5", unit="percent", year=2020, stated_by="plan")
PACE = PaceScore(
    method="linear", version=1, score="0.8333", observed="0.14", required="0.2",
    unit="per_year", threshold="0.950",
)  # fmt: skip


def verdict(**said: Any) -> ip.Assessment:
    facts = {
        "target": "the-target",
        "subject": SUBJECT,
        "stated": STATED,
        "verdict": "missed",
        "method": "level",
        "version": 1,
        "inputs": ("the-target", "the-outcome"),
        "edition": "2026.11",
    }
    return ip.Assessment(**(facts | said))


MISSED = verdict(outcome=SEEN, gap="-0.3", gap_unit="percentage_point")
ON_THE_WAY = verdict(
    verdict="off_track", outcome=SEEN.model_copy(update={"year": 2023}), gap="-0.3",
    gap_unit="percentage_point", baseline=START, progress="0.7", pace=PACE,
    caveats=("self_reported", "preliminary"),
)  # fmt: skip
UNKNOWN = verdict(verdict="undetermined", reason="no_outcome", inputs=("the-target",))
BOUNDED = verdict(
    verdict="undetermined", reason="outcome_is_a_bound",
    outcome=SEEN.model_copy(update={"comparator": ip.Comparator.ABOVE}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("found", "english", "chinese"),
    [
        (
            MISSED,
            (
                "Abeland, “Share of widgets”: about 3.5% by 2025 is missed. "
                "Outcome: 3.2% in 2025, 0.3 percentage points below the target. "
                "Based on: the-target; the-outcome."
            ),
            (
                "甲省“小器占比”2025年目标3.5%左右：未实现。2025年为3.2%，低于目标0.3个百分点。"
                "依据：the-target；the-outcome。"
            ),
        ),
        (
            ON_THE_WAY,
            (
                "Abeland, “Share of widgets”: about 3.5% by 2025 is off track. "
                "Outcome: 3.2% in 2023, 0.3 percentage points below the target. "
                "From 2.5% in 2020, 70% of the distance to the target is covered (linear pace: "
                "0.83 times the required pace, threshold 0.95). "
                "Note: the outcome is the government's own figure; the outcome is preliminary. "
                "Based on: the-target; the-outcome."
            ),
            (
                "甲省“小器占比”2025年目标3.5%左右：进度滞后。2023年为3.2%，低于目标0.3个百分点。"
                "自2020年2.5%起已完成目标差距的70%，按线性法计算，实际速度为所需速度的0.83倍（标准0.95）。"
                "注：实际值由本级政府自行公布；实际值为初步数。依据：the-target；the-outcome。"
            ),
        ),
        (
            UNKNOWN,
            (
                "Abeland, “Share of widgets”: about 3.5% by 2025 is undetermined. "
                "No outcome in the data. A verdict is possible with a figure of a year that counts for the target. Based on: the-target."
            ),
            "甲省“小器占比”2025年目标3.5%左右：无法判断。尚无数据。补充目标所涉年份的数据后可以判断。依据：the-target。",
        ),
        (
            BOUNDED,
            (
                "Abeland, “Share of widgets”: about 3.5% by 2025 is undetermined. "
                "Outcome: above 3.2% in 2025. The outcome is known only as a lower bound. "
                "A verdict is possible with an exact figure of 2025. Based on: the-target; the-outcome."
            ),
            (
                "甲省“小器占比”2025年目标3.5%左右：无法判断。2025年超过3.2%。仅知实际值的下限，无确切数值。"
                "补充2025年的确切数值后可以判断。依据：the-target；the-outcome。"
            ),
        ),
    ],
    ids=["missed", "on the way", "unknown", "bounded"],
)
def test_a_verdict_is_explained(found: ip.Assessment, english: str, chinese: str) -> None:
    assert found.explain() == found.explain("en") == str(found) == english
    assert found.explain("zh") == chinese


def test_growth_and_increases_name_the_years_of_the_outcome() -> None:
    facts = {"form": ip.Form.AVERAGE_GROWTH, "unit": "percent_per_year", "start_year": None}
    growth = STATED.model_copy(update=facts)
    years = {"unit": "percent_per_year", "start_year": 2021, "year": 2024}
    result = verdict(stated=growth, outcome=SEEN.model_copy(update=years))
    assert "Outcome: average annual growth of 3.2% in 2021–2024." in result.explain()
    assert "2021—2024年实际年均增长3.2%。" in result.explain("zh")
    assert "average annual growth of about 3.5% by 2025 is missed" in result.explain()
    since = growth.model_copy(update={"start_year": 2021})
    result = verdict(stated=since, outcome=SEEN.model_copy(update=years))
    assert "average annual growth of about 3.5% in 2021–2025 is missed" in result.explain()
    assert "2021—2025年目标年均增长3.5%左右" in result.explain("zh")


def test_a_figure_of_one_year_is_due_in_that_year() -> None:
    yearly = STATED.model_copy(
        update={"form": ip.Form.INCREMENT, "unit": "person", "start_year": 2025}
    )
    result = verdict(stated=yearly, outcome=SEEN.model_copy(update={"unit": "person"}))
    assert "increase of about 3.5 persons in 2025 is missed" in result.explain()
    assert "Outcome: increase of 3.2 persons in 2025." in result.explain()
    level = verdict(stated=STATED.model_copy(update={"start_year": 2025}), outcome=SEEN)
    assert "about 3.5% in 2025 is missed" in level.explain()


def test_the_tolerance_of_about_is_named_with_an_outcome() -> None:
    about = {"tolerance": "0.0250", "accepted_low": "3.41"}
    sentence = "“About” allows 2.5% of the value: at least 3.41%."
    assert sentence in verdict(outcome=SEEN, **about).explain()
    assert "“左右”允许目标值2.5%的偏差，即3.41%以上。" in verdict(outcome=SEEN, **about).explain(
        "zh"
    )
    assert sentence not in verdict(**about).explain()


@pytest.mark.parametrize(
    ("direction", "english", "chinese"),
    [("up", "at least 3.43%", "3.43%以上"), ("down", "at most 3.57%", "不超过3.57%"),
     ("none", "3.43% to 3.57%", "3.43%至3.57%")],
)  # fmt: skip
def test_the_bound_of_about_is_where_the_direction_puts_it(
    direction: str, english: str, chinese: str
) -> None:
    thing = indicator(direction=direction)
    goal = target(indicator=thing, comparator="about", value="3.5")
    result = ip.assess(goal, outcome("3.5", indicator=thing))
    assert f"“About” allows 2% of the value: {english}." in result.explain()
    assert f"“左右”允许目标值2%的偏差，即{chinese}。" in result.explain("zh")


def test_the_share_covered_starts_from_the_figure_that_it_is_computed_from() -> None:
    one = OneVintage(vintage="v2", start="2.4", outcome="3.1", printed_score="0.8")
    result = ON_THE_WAY.model_copy(update={"one_vintage": one})
    assert "From 2.4% in 2020, 70% of the distance" in result.explain()
    assert (
        "(v2), on which it was 2.4% in 2020 and 3.1% in 2023 (printed: 2.5% and 3.2%)."
        in result.explain()
    )
    assert "By the printed figures, the pace score would be 0.80." in result.explain()
    assert "自2020年2.4%起已完成目标差距的70%" in result.explain("zh")


@pytest.mark.parametrize(
    ("required", "english", "chinese"),
    [
        ("0.2", "it has fallen, but the target requires a rise", "起不升反降，与目标的差距扩大13%"),
        ("-0.2", "it has risen, but the target requires a fall", "起不降反升，与目标的差距扩大13%"),
    ],
)
def test_a_pace_away_from_the_target_is_in_words(required: str, english: str, chinese: str) -> None:
    away = PACE.model_copy(update={"score": Decimal("-0.13"), "required": Decimal(required)})
    result = ON_THE_WAY.model_copy(update={"pace": away, "progress": Decimal("-0.13")})
    assert f"{english}: the distance is 13% greater than at the start" in result.explain()
    assert "(linear pace score -0.13, threshold 0.95)" in result.explain()
    assert f"{chinese}（线性法进度得分-0.13，标准0.95）" in result.explain("zh")
    assert "-0.13倍" not in result.explain("zh")


@pytest.mark.parametrize(
    ("growth", "unit", "english", "chinese"),
    [
        (
            "0.425",
            "percentage_point",
            "an increase of 0.43 percentage points a year",
            "年均提高0.43个百分点",
        ),
        (
            "-0.425",
            "percentage_point",
            "a decrease of 0.43 percentage points a year",
            "年均下降0.43个百分点",
        ),
        ("9.44", "percent_per_year", "average annual growth of 9.4%", "年均增长9.4%"),
    ],
)
def test_the_growth_that_is_needed_has_its_unit(
    growth: str, unit: str, english: str, chinese: str
) -> None:
    update = {"needed_growth": Decimal(growth), "needed_unit": unit}
    result = ON_THE_WAY.model_copy(update=update)
    assert (
        f"From 2023 on, reaching the stated value by 2025 requires {english}." in result.explain()
    )
    assert f"从2023年到2025年须{chinese}方可达到目标值。" in result.explain("zh")


@pytest.mark.parametrize(
    ("score", "threshold", "text"),
    [
        ("0.9538", "0.95", "0.954"),  # more than the threshold
        ("0.9462", "0.95", "0.946"),  # two decimals would reach the threshold
        ("0.94996", "0.95", "0.94996"),
        ("0.994", "0.995", "0.99"),
        ("0.8333", "0.95", "0.83"),
        ("0.95", "0.95", "0.95"),
        ("-0.125", "0.95", "-0.13"),
    ],
)
def test_a_score_shows_its_side_of_the_threshold(score: str, threshold: str, text: str) -> None:
    pace = PACE.model_copy(update={"score": Decimal(score), "threshold": Decimal(threshold)})
    assert pace.text == text
    assert (
        f"{text} times the required pace" in ON_THE_WAY.model_copy(update={"pace": pace}).explain()
    )


def test_a_pace_of_rates_is_told_in_rates() -> None:
    update = {"method": "compound", "unit": "percent_per_year", "observed": Decimal("7.763")}
    rates = PACE.model_copy(update=update | {"required": Decimal(10)})
    result = ON_THE_WAY.model_copy(update={"pace": rates})
    english = "growth has been 7.76% a year, and the target requires 10% a year (compound pace"
    assert english in result.explain()
    assert "实际年均增长7.76%，目标所需为10%，按复合法计算" in result.explain("zh")
    assert "of the distance" not in result.explain()
    falling = rates.model_copy(update={"observed": Decimal(-2)})
    away = ON_THE_WAY.model_copy(update={"pace": falling, "progress": Decimal("-0.1")})
    assert "growth has been -2% a year" in away.explain()


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        ("0.83", "0.93", None),  # narrow, and the threshold is not in it
        ("0.93", "0.96", ("0.93", "0.96")),
        ("-0.70", "0.68", ("-0.70", "0.68")),  # the sign is open
        ("0.82", "0.93", ("0.82", "0.93")),
    ],
)
def test_the_range_of_a_score_is_shown_where_it_is_wide(
    low: str, high: str, ends: tuple[str, str] | None
) -> None:
    pace = PACE.model_copy(update={"low": Decimal(low), "high": Decimal(high)})
    assert pace.ends == ends


def test_a_pace_method_of_your_own_has_its_own_name() -> None:
    own = PACE.model_copy(update={"method": "halfway"})
    result = ON_THE_WAY.model_copy(update={"pace": own})
    assert "(halfway pace:" in result.explain()
    assert "按halfway法计算" in result.explain("zh")


def test_what_has_no_chinese_name_is_called_by_its_english_one() -> None:
    bare = SUBJECT.model_copy(update={"region_zh": None, "indicator_zh": None})
    assert bare.names("zh") == bare.names("en") == ("Abeland", "Share of widgets")
    assert SUBJECT.names("zh") == ("甲省", "小器占比")
    half = SUBJECT.model_copy(update={"region_zh": None})
    assert half.names("zh") == ("Abeland", "小器占比")


@pytest.mark.parametrize(
    ("gap", "unit", "english", "chinese"),
    [
        ("-0.3", "percentage_point", "-0.3 percentage points", "-0.3个百分点"),
        ("0.30", "percentage_point", "+0.3 percentage points", "+0.3个百分点"),
        ("0", "percentage_point", "0 percentage points", "0个百分点"),
        ("5", "CNY_100M", "+500 million yuan", "+5亿元"),
        ("-2", "rank", "-2 places", "-2位"),
        ("2", "rank", "+2 places", "+2位"),
        ("0", "rank", "0 places", "0位"),
        (None, None, "", ""),
        (None, "rank", "", ""),
        ("1", None, "", ""),
    ],
)
def test_a_gap_has_its_sign_and_unit(
    gap: str | None, unit: str | None, english: str, chinese: str
) -> None:
    found = verdict(gap=gap, gap_unit=unit)
    assert found.gap_text() == found.gap_text("en") == english
    assert found.gap_text("zh") == chinese


def test_figures_are_said_with_their_bounds() -> None:
    assert (STATED.text(), STATED.text("zh")) == ("about 3.5%", "3.5%左右")
    growth = Stated(
        form="average_growth", comparator="between", value=5, value_high=6,
        unit="percent_per_year", end_year=2025, plan="p", period="14th", tier="A",
    )  # fmt: skip
    assert growth.text() == "average annual growth of 5% to 6%"
    assert growth.text("zh") == "年均增长5%至6%"
    assert (SEEN.text(), SEEN.text("zh")) == ("3.2%", "3.2%")  # not 达到3.2%
    span = SEEN.model_copy(
        update={"comparator": ip.Comparator.BETWEEN, "value_high": Decimal("3.4")}
    )
    assert (span.text(), span.text("zh")) == ("3.2% to 3.4%", "3.2%至3.4%")


def test_a_notebook_shows_everything_a_verdict_rests_on(page_of: Any) -> None:
    page = page_of(ON_THE_WAY._repr_html_())
    assert page.caption == "Abeland, Share of widgets"
    assert page.rows == [
        ["verdict", "▼ off track"],
        ["target", "about 3.5% by 2025: XX-AB-14-sti, tier C"],
        ["outcome", "3.2% in 2023: land-stat, tier A"],
        ["gap", "-0.3 percentage points"],
        ["baseline", "2.5% in 2020"],
        ["pace", ("From 2.5% in 2020, 70% of the distance to the target is covered "
         "(linear pace: 0.83 times the required pace, threshold 0.95)")],
        ["method", "level, version 1"],
        ["note", "the outcome is the government's own figure; the outcome is preliminary"],
        ["based on", "the-target; the-outcome"],
        ["data edition", "2026.11"],
    ]  # fmt: skip


def test_a_notebook_shows_why_there_is_no_verdict(page_of: Any) -> None:
    page = page_of(UNKNOWN._repr_html_())
    assert page.rows == [
        ["verdict", "○ undetermined"],
        ["reason", "no outcome in the data"],
        ["target", "about 3.5% by 2025: XX-AB-14-sti, tier C"],
        ["method", "level, version 1"],
        ["based on", "the-target"],
        ["data edition", "2026.11"],
    ]


def test_a_course_without_progress_covers_nothing() -> None:
    still = ON_THE_WAY.model_copy(update={"progress": None})
    assert "From 2.5% in 2020, 0% of the distance to the target is covered" in still.explain()
    assert "已完成目标差距的0%" in still.explain("zh")


@pytest.mark.parametrize("missing", ["pace", "baseline"])
def test_no_course_is_said_where_a_fields_of_it_is_not_known(missing: str) -> None:
    assert "of the way" not in ON_THE_WAY.model_copy(update={missing: None}).explain()


def test_a_short_form_for_the_console() -> None:
    assert repr(MISSED) == "<Assessment the-target: missed>"


def test_parts_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        SUBJECT.region = "XX"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Baseline(value="1", unit="percent", year=2020, stated_by="plan", more="x")  # type: ignore[call-arg]


def test_a_part_takes_the_fields_that_a_record_has() -> None:
    facts = fields_of(Baseline, SEEN, stated_by="statistics", year=2019)
    assert facts == {"value": Decimal("3.2"), "unit": "percent", "counted": None,
                     "year": 2019, "comparator": "reach",
                     "vintage": None, "stated_by": "statistics", "source": "land-stat", "tier": "A",
                     "further_source": None, "document": None, "further_document": None,
                     "precision": None, "status": "not_stated", "is_revised": False, "flags": ()}  # fmt: skip
    assert fields_of(Subject, START) == {}


@pytest.mark.parametrize("rounding", [decimal.ROUND_UP, decimal.ROUND_DOWN])
def test_no_text_depends_on_how_the_caller_rounds(plans: ip.Dataset, rounding: str) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th")
    expected = [card.text(), *(each.explain() for each in card)]
    with decimal.localcontext(decimal.Context(rounding=rounding)):
        assert [card.text(), *(each.explain() for each in card)] == expected


def test_the_names_of_regions_are_the_same_in_columns_of_tables_and_results() -> None:
    plans = ip.load()
    targets = plans.targets.where(region=["GD", "GX"], indicator="rd_intensity", end_year=2025)
    names = {"广东省", "广西壮族自治区"}
    card = ip.scorecard(plans, region=["GD", "GX"], indicator="rd_intensity", end_year=2025)
    for columns in (targets.to_pandas(), card.to_pandas(), ip.compare(targets).to_pandas()):
        assert set(columns["region_zh"]) == names
    assert {each.names("zh")[0] for each in (result.subject for result in card)} == {"广东", "广西"}


# ------------------------------------------------------------------ what each sentence says


COUNTED = STATED.model_copy(update={"unit": "enterprise", "value": Decimal(14000)})


def coarse(value: str, precision: str | None, **given: Any) -> Outcome:
    facts = {"value": Decimal(value), "precision": precision and Decimal(precision)}
    return SEEN.model_copy(update={"unit": "enterprise", **facts, **given})


@pytest.mark.parametrize(
    ("value", "precision", "english", "chinese"),
    [
        ("13000", "500", "13,000 enterprises (to the nearest 1,000)", "1.3万家"),
        ("12800", "50", "12,800 enterprises (to the nearest 100)", "1.28万家"),
        ("30000", "5000", "30,000 enterprises (to the nearest 10,000)", "3万家"),
        ("9400", "50", "9,400 enterprises (to the nearest 100)", "9400家（精确到100）"),
        ("12800", "150", "12,800 enterprises (±150)", "12800家（±150）"),
        ("12800", "0.5", "12,800 enterprises", "12800家"),
        ("12800", None, "12,800 enterprises", "12800家"),
    ],
)
def test_a_figure_whose_zeros_are_not_significant_says_so(
    value: str, precision: str | None, english: str, chinese: str
) -> None:
    seen = coarse(value, precision)
    start = Baseline(
        value=Decimal(value), unit="enterprise", year=2024, stated_by="plan",
        precision=seen.precision,
    )  # fmt: skip
    result = verdict(stated=COUNTED, outcome=seen, baseline=start, others=(seen,))
    assert f"Outcome: {english} in 2025." in result.explain()
    assert f"The starting value was {english} in 2024." in result.explain()
    others = labels.in_brackets(english, "land-stat, tier A", "en")
    assert f"Another figure of 2025: {others}." in result.explain()
    assert f"2025年为{chinese}。" in result.explain("zh")
    assert f"基期（2024年）：{chinese}。" in result.explain("zh")
    assert result.outcome is not None
    assert "nearest" not in "".join(result.outcome.dated(COUNTED.form))  # of tables and pictures


def test_a_coarse_amount_in_larger_units_needs_no_words() -> None:
    seen = coarse("21500", "50", unit="CNY_100M")
    money = STATED.model_copy(update={"unit": "CNY_100M"})
    result = verdict(stated=money, outcome=seen)
    assert "Outcome: 2.15 trillion yuan in 2025." in result.explain()


def test_figures_that_rounding_keeps_apart_no_further_show_no_change() -> None:
    what = indicator("enterprise")
    goal = target(indicator=what, value="14000", start_year=2025)
    words = "so the two figures do not show how the indicator changed"
    for value, precision, is_hidden in (
        ("12800", "50", True), ("12300", "50", False), ("13000", "50", False),
    ):  # fmt: skip
        start = outcome("13000", 2024, indicator=what, precision="500")
        result = assessed(goal, [start, outcome(value, indicator=what, precision=precision)])
        assert result.rounding_hides_change is is_hidden
        assert (words in result.explain()) is is_hidden
        assert ("不足以反映实际变动" in result.explain("zh")) is is_hidden


def test_a_count_is_printed_in_the_word_of_what_is_counted() -> None:
    for unit, thing, english, chinese in (
        ("item", "project", "at least 120 by 2025", "2025年目标120项以上"),
        ("item", "institution", "at least 120 by 2025", "2025年目标120家以上"),
        ("item", None, "at least 120 by 2025", "2025年目标120个以上"),
        ("patent", "application", "at least 120 applications by 2025", "2025年目标120件以上"),
        ("patent", None, "at least 120 patents by 2025", "2025年目标120件以上"),
    ):
        what = indicator(unit).model_copy(update={"counted": thing})
        goal = target(indicator=what, comparator="at_least", value="120", start_year=2021)
        seen = [outcome("100", 2020, indicator=what), outcome("119", indicator=what)]
        result = assessed(goal, seen)
        assert english in result.explain()
        assert chinese in result.explain("zh")
        word = chinese.removesuffix("以上")[-1]
        for figure in (f"2025年为119{word}", f"低于目标1{word}", f"基期（2020年）：100{word}"):
            assert figure in result.explain("zh")
        noun = {"application": "application", None: "patent"}.get(thing, "")
        gap = f"1 {noun} below" if unit == "patent" else "1 below"
        assert f"{gap} the target" in result.explain()
        assert f"120{word}以上" in goal.text("zh")


def test_a_rounded_amount_is_in_the_magnitude_that_chinese_counts_in() -> None:
    people = indicator("person")
    goal = target(indicator=people, value="260000", precision="5000", start_year=2021)
    seen = outcome("142000", indicator=people, precision="500")
    result = assessed(goal, [seen])
    assert "2025年目标达到26万人：未实现。2025年为14.2万人，低于目标11.8万人。" in result.explain(
        "zh"
    )
    assert "260,000 persons by 2025" in result.explain()
    assert "nearest 10,000" not in result.explain()  # a target is exact
    assert (goal.text("zh"), seen.text("zh")) == ("达到26万人", "14.2万人")
    exact = target(indicator=people, value="260000")
    assert exact.text("zh") == "达到260000人"


def test_a_large_amount_has_no_more_digits_than_a_statistician_prints() -> None:
    money = indicator("CNY_100M")
    seen = outcome("24393.1123", indicator=money)
    result = assessed(target(indicator=money, value="24000"), [seen])
    assert "Outcome: 2,439.311 billion yuan in 2025, 39.311 billion yuan above" in result.explain()
    assert "2025年为24393.112亿元，高于目标393.112亿元" in result.explain("zh")
    assert result.outcome is not None
    assert result.outcome.value == seen.value
    assert seen.text("zh") == "24393.1123亿元"


def test_a_class_that_the_text_leaves_open_is_not_in_the_name_or_the_unit() -> None:
    plans = ip.load(tiers="ABCD")
    names = ("head count", "full-time", "person-years by", "persons by", "全时当量（", "人年")
    unclear = [each for each in plans.targets if each.scope == "class_unclear"]
    assert len(unclear) > 20
    for each in unclear:
        result = ip.assess(each, plans)
        first = [text.split("  ")[0] for text in (result.text(), result.text("zh"))]
        assert not any(name in text for text in first for name in names), first
    personnel = [each for each in unclear if each.indicator.open_name_zh and each.unit != "percent"]
    assert {"heads or person-years" in ip.assess(each, plans).text() for each in personnel} == {
        True, False,
    }  # fmt: skip


def test_tiers_are_named_one_or_several() -> None:
    texts = {
        tiers: verdict(
            verdict="undetermined", reason="held_back_by_tier", tiers=tiers, as_of="2026-01-31"
        )
        for tiers in (("D",), ("B", "D"), ("B", "C", "D"))
    }
    english = [result.hint() for result in texts.values()]
    assert [text.split(" (load")[0] for text in english] == [
        "A verdict is possible with the sources of tier D",
        "A verdict is possible with the sources of tiers B and D",
        "A verdict is possible with the sources of tiers B, C and D",
    ]
    assert "加载B、D级来源后" in texts["B", "D"].hint("zh")
    assert "only sources of tiers that are not loaded have" in (
        texts["D",].explain().replace("Only", "only")
    )


def test_what_differs_from_the_definition_is_said() -> None:
    note = "national total includes Hong Kong, Macao and Taiwan"
    seen = outcome("3.5", status="definition_differs", notes=note)
    result = assessed(target(), [seen])
    assert result.differences == (note,)
    assert f"than its indicator is defined to: {note}." in result.explain()
    assert "统计范围与指标定义不同：全国合计数包括港澳台地区。" in result.explain("zh")
    own = assessed(target(), [seen.model_copy(update={"notes": "Without islands."})])
    assert "is defined to: Without islands." in own.explain()
    bare = assessed(target(), [seen.model_copy(update={"notes": None})])
    assert "is defined to." in bare.explain()


def test_notes_on_definitions_of_the_bundled_data_have_words_in_chinese(plans: ip.Dataset) -> None:
    notes = {
        each.notes for each in plans.observations if each.status is ip.Status.DEFINITION_DIFFERS
    }
    assert notes
    assert all(isinstance(recognised(note or "", "difference"), Message) for note in notes)


def start_of(value: str, code: str = "other", **given: Any) -> ip.Observation:
    text = ip.Source(code=code, title="Other", tier="B", date="2021")
    return outcome(value, 2020, citation=ip.Citation(source=text, as_stated="so"), **given)


@pytest.mark.parametrize(
    ("other", "caveats"),
    [
        ("2.000", ()),  # the same
        ("1.980", ("conflicting_starts",)),
        ("2.200", ("start_disputed",)),
        ("3.100", ("start_disputed",)),  # beyond the target
    ],
)
def test_another_start_that_changes_the_pace_is_a_caveat(
    other: str, caveats: tuple[str, ...]
) -> None:
    goal = target(baseline_value="2.000", baseline_year=2020, end_year=2026)
    now = outcome("2.650", 2024)
    result = assessed(goal, [now, start_of(other)], as_of="2025-06-30")
    assert result.verdict == "on_track"
    assert tuple(each for each in result.caveats if "start" in each) == caveats
    text = f"Another figure of the starting year 2020: {other}% (Other, 2021, tier B)."
    assert (text in result.explain()) is bool(caveats)
    assert (f"基期（2020年）另有数值：{other}%（Other" in result.explain("zh")) is bool(caveats)


def test_another_start_of_a_computed_change_is_a_caveat() -> None:
    money = indicator("CNY_100M")
    goal = target(indicator=money, form="average_growth", value="10")
    first, last = outcome("100", 2020, indicator=money), outcome("165", indicator=money)
    for other, caveat in (("101", "conflicting_starts"), ("110", "start_disputed")):
        report = start_of(other, indicator=money, self_reported=True)
        result = assessed(goal, [first, last, report])
        assert (result.verdict, result.method) == ("met", "computed")
        assert [each for each in result.caveats if "start" in each][-1:] == [caveat]
        assert [each.value for each in result.other_starts] == [Decimal(other)]


def test_a_revised_figure_is_no_other_start() -> None:
    goal = target(end_year=2026)
    known = [start_of("2", code="a", vintage="first"), outcome("2.65", 2024)]
    revised = start_of("2.2", vintage="after_census_5")
    result = assessed(goal, [*known, revised], as_of="2025-06-30", vintage=None)
    assert result.other_starts == ()


ENTERPRISES = indicator("enterprise")


@pytest.mark.parametrize(
    ("value", "precision", "comparator", "english", "chinese"),
    [
        (
            "50000", "5000", "above",
            "about 5,000 enterprises below the target (0 to 10,000 enterprises, as figures are rounded)",
            "低于目标5000家左右（因四舍五入，可能为0至10000家）",
        ),
        ("50000", "500", "above", "5,000 enterprises below the target.", "低于目标5000家。"),
        (
            "55000", "5000", "at_least",
            "equal to the target (from 5,000 enterprises below to 5,000 enterprises above, as",
            "与目标持平（因四舍五入，可能在低于目标5000家与高于目标5000家之间）",
        ),
    ],
)  # fmt: skip
def test_a_gap_is_as_precise_as_the_outcome(
    value: str, precision: str, comparator: str, english: str, chinese: str
) -> None:
    goal = target(indicator=ENTERPRISES, value="55000", comparator=comparator)
    seen = outcome(value, 2024, indicator=ENTERPRISES, precision=precision)
    result = assessed(goal, [seen], as_of="2026-12-31")
    assert english in result.explain()
    assert chinese in result.explain("zh")


def test_a_needed_growth_is_as_precise_as_the_outcome() -> None:
    goal = target(indicator=ENTERPRISES, value="55000", comparator="above")
    seen = outcome("50000", 2024, indicator=ENTERPRISES, precision="5000")
    result = assessed(goal, [seen], as_of="2026-12-31")
    assert (result.needed_low, str(result.needed_high)[:4]) == (0, "22.2")
    assert "growth of about 10% (0% to 22.2%, as figures are rounded)" in result.explain()
    assert "须比上年增长10%左右（因四舍五入，可能为0%至22.2%）" in result.explain("zh")
    exact = assessed(goal, [seen.model_copy(update={"precision": None})], as_of="2026-12-31")
    assert "growth of 10%" in exact.explain()
    share = assessed(target(value="2.6"), [outcome("2.5", 2023)], as_of="2026-12-31")
    assert "an increase of about 0.05 percentage points a year (0.03 to 0.08" in share.explain()


def test_a_gap_to_a_range_is_to_its_nearest_end() -> None:
    goal = target(comparator="between", value="5.5", value_high="6.0")
    assert "0.7 percentage points above the upper end of the target." in (
        assessed(goal, [outcome("6.7")]).explain()
    )
    assert "低于目标区间下限0.5个百分点" in assessed(goal, [outcome("5.0")]).explain("zh")


def test_the_text_that_states_the_target_is_named() -> None:
    text = DocumentName(publisher="Abeland Daily (copy)", title="计划", date="2022-02-16")
    stated = STATED.model_copy(update={"document": text, "plan_en": "Plan", "plan_zh": "甲省计划"})
    result = verdict(stated=stated)
    english = "Target as stated by: Abeland Daily (copy), 计划, 2022-02-16, tier C. "
    assert english in result.explain()
    assert "目标出处：Abeland Daily（转载），计划，2022-02-16，来源等级C。" in result.explain("zh")
    untitled = text.model_copy(update={"title": "Report on a plan (page title not shown)"})
    result = verdict(stated=stated.model_copy(update={"document": untitled}))
    assert "Report on a plan (page title not shown), 2022-02-16" in result.explain()
    assert "（转载），甲省计划，网页标题未显示，2022-02-16" in result.explain("zh")
    assert "Target as stated by" not in UNKNOWN.explain()
    made_up = stated.model_copy(update={"document": untitled, "has_own_title": False})
    described = "甲省计划（说明性名称，非原文标题），2022-02-16，来源等级C。"
    assert f"目标出处：Abeland Daily（转载），{described}" in verdict(stated=made_up).explain("zh")
    nameless = text.model_copy(update={"title": "page title not shown"})
    made_up = made_up.model_copy(update={"document": nameless})
    assert "Plan (a description, not a printed title), 2022-02-16" in (
        verdict(stated=made_up).explain()
    )


@pytest.mark.parametrize(
    ("publisher", "english", "chinese"),
    [
        (
            "Abeland Daily",
            "Abeland Daily, Plan, translation, tier C",
            "Abeland Daily，Plan，译文，",
        ),
        (
            "News, in English translation",
            "translation, Plan, tier C",
            "News，英译，Plan，来源等级C",
        ),
    ],
)
def test_a_text_that_is_a_translation_says_so_once(
    publisher: str, english: str, chinese: str
) -> None:
    text = DocumentName(publisher=publisher, title="Plan", rendition="translation")
    result = verdict(stated=STATED.model_copy(update={"document": text}))
    assert english in result.explain()
    assert chinese in result.explain("zh")


def test_a_start_of_another_text_is_named_with_its_tier() -> None:
    goal = target(value="20", start_year=2016, end_year=2020)
    result = assessed(goal, [outcome("15.6", 2015), outcome("21", 2020)])
    assert (
        "The starting value was 15.6% in 2015 (not from the text of the target, but from Yearbook, 2021, tier B)."
        in result.explain()
    )
    assert "（非目标文本所载，取自Yearbook，2021，来源等级B）" in result.explain("zh")
    noted = result.model_copy(update={"caveats": (ip.Caveat.BASELINE_FROM_STATISTICS,)})
    assert "another source than the target" not in noted.explain()  # the sentence says so


def test_the_documents_of_a_ratio_have_their_own_tiers() -> None:
    names = [
        DocumentName(title=title, tier=tier) for title, tier in (("Yearbook", "C"), ("Census", "B"))
    ]
    facts = {"stated_by": "statistics", "source": "yearbook", "tier": "C", "is_computed": True}
    facts |= {"document": names[0], "further_source": "census", "further_document": names[1]}
    result = verdict(outcome=SEEN, baseline=START.model_copy(update=facts))
    assert "from “Yearbook” (tier C) and “Census” (tier B))." in result.explain()
    assert "取自“Yearbook”（来源等级C）、“Census”（来源等级B））。" in result.explain("zh")
    alike = [each.model_copy(update={"tier": "C"}) for each in names]
    facts |= {"document": alike[0], "further_document": alike[1]}
    result = verdict(outcome=SEEN, baseline=START.model_copy(update=facts))
    assert "from “Yearbook” and “Census”, tier C)." in result.explain()


@pytest.mark.parametrize(
    ("comparator", "high", "english", "chinese"),
    [
        ("above", None, "a lower bound", "仅知实际值的下限"),
        ("at_most", None, "an upper bound", "仅知实际值的上限"),
        ("between", "4", "a range", "仅知实际值的区间"),
    ],
)
def test_a_bound_says_of_which_side(
    comparator: str, high: str | None, english: str, chinese: str
) -> None:
    seen = outcome("3.2", comparator=comparator, value_high=high)
    result = ip.assess(target(value="3.1" if comparator == "at_most" else "3.5"), seen)
    assert result.reason is ip.Reason.OUTCOME_IS_A_BOUND
    assert f"The outcome is known only as {english}." in result.explain()
    assert chinese in result.explain("zh")


@pytest.mark.parametrize(
    ("weak", "english", "chinese"),
    [
        ({"stated"}, "the target", "目标值"),
        ({"stated", "outcome"}, "the target and the outcome", "目标值、实际值"),
        ({"baseline"}, "the starting value", "基期数值"),
    ],
)
def test_the_figure_of_an_unreliable_copy_is_named(
    weak: set[str], english: str, chinese: str
) -> None:
    figures = {"stated": STATED, "outcome": SEEN, "baseline": START}
    facts = {
        name: figure.model_copy(update={"tier": ip.Tier.D if name in weak else ip.Tier.A})
        for name, figure in figures.items()
    }
    result = verdict(**facts, caveats=(ip.Caveat.WEAK_SOURCE,))
    assert f"Note: read from an unreliable copy: {english}." in result.explain()
    assert f"取自可靠性较低的副本：{chinese}。" in result.explain("zh")


def test_a_target_that_is_recalled_says_so() -> None:
    recalled = [each for each in ip.load(tiers="ABCD").targets if "recalled" in each.flags]
    assert len(recalled) > 2
    plans = ip.load(tiers="ABCD")
    for each in recalled:
        result = ip.assess(each, plans)
        assert "Target as recalled afterwards by: " in result.explain()
        assert "目标出处（事后追述）：" in result.explain("zh")


def test_a_printed_name_that_is_none_of_the_indicator_is_said() -> None:
    plans = ip.load()
    named = [each for each in plans.targets if each.printed_name]
    assert len(named) > 70
    for each in named:
        result = ip.assess(each, plans)
        inner = each.printed_name.replace("“", "‘").replace("”", "’")  # the whole name is quoted
        assert f"printed as {inner})”: " in result.explain()
        in_chinese = result.explain("zh")
        if each.printed_name == each.indicator.open_name_zh and each.scope == "class_unclear":
            assert "所据文本作" not in in_chinese
            assert f"“{each.printed_name}（口径不明）”" in in_chinese
        else:
            assert f"所据文本作{inner}）”" in in_chinese


def test_brackets_do_not_follow_brackets() -> None:
    facts = {"stated_by": "statistics", "source": "yearbook", "tier": "A", "status": "preliminary"}
    start = START.model_copy(update=facts | {"status": ip.codelists.Status.PRELIMINARY})
    result = verdict(outcome=SEEN, baseline=start)
    assert "2.5%（初步数，非目标文本所载，取自yearbook，来源等级A）" in result.explain("zh")
    assert "2.5% (preliminary) in 2020 (not from the text of the target, but" in result.explain()


def test_a_start_that_is_computed_says_so_once() -> None:
    names = [DocumentName(title="Yearbook"), DocumentName(title="Census")]
    start = START.model_copy(
        update={
            "is_computed": True, "stated_by": "statistics", "source": "yearbook", "tier": "A",
            "document": names[0], "further_source": "census", "further_document": names[1],
        }
    )  # fmt: skip
    alone = verdict(outcome=SEEN, baseline=start)
    computed = "(computed from numerator and denominator, from “Yearbook” and “Census”, tier A)"
    assert f"was 2.5% in 2020 {computed}." in alone.explain()
    assert "（由分子和分母计算得出，取自“Yearbook”、“Census”，来源等级A）" in alone.explain("zh")
    caveats = (ip.Caveat.DERIVED, ip.Caveat.BASELINE_FROM_STATISTICS)
    both = alone.model_copy(update={"caveats": caveats[:1]})
    noted = alone.model_copy(update={"caveats": caveats})
    assert "the starting value is not from the text of the target" in noted.explain()
    assert "in 2020 (computed from “Yearbook” and “Census”, tier A)." in both.explain()
    assert "another source" not in noted.explain()
    assert (
        "Note: the outcome and the starting value are each computed from numerator and denominator."
        in both.explain()
    )
    assert "注：实际值和基期数值均由分子和分母计算得出。" in both.explain("zh")
    only = MISSED.model_copy(update={"caveats": (ip.Caveat.DERIVED,)})
    assert "Note: the outcome is computed from its numerator and denominator." in only.explain()


@pytest.mark.parametrize(
    ("numerator", "denominator", "english", "chinese"),
    [
        ((), (), "the outcome is computed from its numerator and denominator",
         "实际值由分子和分母计算得出"),
        (("self_reported",), (), "; of the outcome, the government itself reports the numerator",
         "，其中实际值的分子由本级政府公布"),
        ((), ("self_reported",), "; of the outcome, the government itself reports the denominator",
         "，其中实际值的分母由本级政府公布"),
        (("self_reported",), ("self_reported",),
         "the outcome is computed from a numerator and a denominator that the government itself reports",
         "实际值由分子和分母计算得出，分子和分母均由本级政府公布"),
        (("preliminary",), (), "the numerator of the outcome is preliminary", "实际值的分子为初步数"),
        ((), ("outcome_approximate",), "the denominator of the outcome is stated as approximate",
         "实际值的分母为约数"),
        (("preliminary",), ("preliminary",),
         "the numerator and the denominator of the outcome are preliminary", "实际值的分子和分母均为初步数"),
    ],
)  # fmt: skip
def test_caveats_of_a_computed_ratio_are_about_its_parts(
    numerator: tuple[str, ...], denominator: tuple[str, ...], english: str, chinese: str
) -> None:
    """Nobody states a computed ratio, so none of its caveats says that the outcome is stated."""
    seen = SEEN.model_copy(
        update={"numerator_caveats": numerator, "denominator_caveats": denominator}
    )
    caveats = tuple(dict.fromkeys(("derived", *numerator, *denominator)))
    result = verdict(outcome=seen, caveats=caveats)
    assert english in result.explain()
    assert chinese in result.explain("zh")
    assert "the outcome itself" not in result.explain()
    assert "; the outcome is preliminary" not in result.explain()


@pytest.mark.parametrize(
    ("caveat", "english", "chinese"),
    [
        ("self_reported", "a level that is the government's own figure", "自行公布的水平值"),
        ("preliminary", "a preliminary level", "依据初步数"),
        ("outcome_approximate", "an approximate level", "依据约数"),
    ],
)
def test_caveats_of_computed_growth_are_about_the_level(
    caveat: str, english: str, chinese: str
) -> None:
    result = verdict(outcome=SEEN, method="computed", caveats=(caveat,))
    assert f"Note: the outcome is computed from {english}." in result.explain()
    assert f"{chinese}计算。" in result.explain("zh")


def test_growth_is_said_once() -> None:
    facts = {"form": ip.Form.AVERAGE_GROWTH, "unit": "percent_per_year", "start_year": 2021}
    stated = STATED.model_copy(update=facts)
    seen = SEEN.model_copy(update={"unit": "percent_per_year", "start_year": 2021, "year": 2023})
    pace = PACE.model_copy(update={"unit": "percent_per_year", "method": "compound"})
    result = verdict(verdict="off_track", stated=stated, outcome=seen, baseline=START, pace=pace,
                     needed_growth="3.9", needed_unit="percent_per_year")  # fmt: skip
    text = result.explain()
    assert "From 2.5% in 2020, the target requires growth of 0.2% a year (compound pace" in text
    assert "growth has been" not in text
    assert "an average of 3.5% over 2021–2025 requires average annual growth of 3.9%" in text
    level = result.model_copy(update={"stated": STATED})
    assert "growth has been 0.14% a year, and the target requires 0.2% a year" in level.explain()


def test_a_target_that_is_passed_says_so_in_plain_words() -> None:
    passed = ON_THE_WAY.model_copy(update={"progress": Decimal("1.22")})
    assert "it has passed the target (linear pace: 0.83 times the required pace" in passed.explain()
    assert "Up from 2.5% in 2020, it has passed" in passed.explain()
    assert "由2020年的2.5%上升，已超过目标，按线性法计算" in passed.explain("zh")


def test_a_class_is_in_the_brackets_that_the_name_of_the_indicator_has() -> None:
    named = SUBJECT.model_copy(update={"indicator_en": "Staff (head count)"})
    stated = STATED.model_copy(update={"part": "class_unclear"})
    text = verdict(subject=named, stated=stated).explain()
    assert text.startswith("Abeland, “Staff (head count, class unclear)”: ")


@pytest.mark.parametrize(
    ("comparator", "chinese"),
    [("about", "2025年为3.2%左右"), ("at_least", "2025年为3.2%以上"), ("above", "2025年超过3.2%")],
)
def test_each_chinese_sentence_has_a_verb(comparator: str, chinese: str) -> None:
    seen = SEEN.model_copy(update={"comparator": ip.Comparator(comparator)})
    assert f"。{chinese}。" in verdict(outcome=seen).explain("zh")


def test_a_unit_that_the_indicator_names_is_not_repeated() -> None:
    named = SUBJECT.model_copy(
        update={"indicator_en": "Patents per 10,000 residents", "indicator_zh": "每万人口专利"}
    )
    unit = {"unit": "patent_per_10k_population"}
    stated, seen = STATED.model_copy(update=unit), SEEN.model_copy(update=unit)
    facts = {"stated": stated, "outcome": seen, "gap": "-0.3", "gap_unit": unit["unit"]}
    text = verdict(subject=named, **facts)
    assert text.explain().count("per 10,000 residents") == 1
    assert "about 3.5 patents by 2025 is missed. Outcome: 3.2 patents in 2025" in text.explain()
    assert "2025年为3.2件，低于目标0.3件。" in text.explain("zh")
    other = verdict(**facts)
    assert "3.2 patents per 10,000 residents in 2025" in other.explain()
    assert "3.2件/万人" in other.explain("zh")


@pytest.mark.parametrize(
    ("gap", "unit", "form", "english", "chinese"),
    [
        ("-0.3", "percentage_point", "level", "0.3 percentage points below", "低于目标0.3个百分点"),
        ("5", "CNY_100M", "level", "500 million yuan above", "高于目标5亿元"),
        ("2", "rank", "rank", "2 places behind", "落后目标2位"),
        ("-1", "rank", "rank", "1 place ahead of", "领先目标1位"),
        ("-2", "rank", "increment", "2 places below", "低于目标2位"),
    ],
)
def test_a_gap_in_a_sentence_has_no_sign(
    gap: str, unit: str, form: str, english: str, chinese: str
) -> None:
    stated = STATED.model_copy(update={"form": ip.Form(form)})
    result = verdict(stated=stated, outcome=SEEN, gap=gap, gap_unit=unit)
    assert f", {english} the target." in result.explain()
    assert f"，{chinese}。" in result.explain("zh")


def test_the_change_that_is_needed_fits_the_gap() -> None:
    for growth, english in (
        ("0.078", "an increase of 0.08 percentage points"),
        ("0.0012", "an increase of 0.0012 percentage points"),
    ):
        update = {"needed_growth": Decimal(growth), "needed_unit": "percentage_point"}
        last = SEEN.model_copy(update={"year": 2024})
        result = ON_THE_WAY.model_copy(update={**update, "outcome": last})
        assert f"Reaching the stated value requires {english} in 2025." in result.explain()


def test_a_proxy_that_is_a_sum_says_over_how_many_years() -> None:
    proxy = {"proxy": "new", "proxy_en": "New things", "proxy_zh": "新增事物", "proxy_years": 3}
    result = verdict().model_copy(update={**proxy, "caveats": (ip.Caveat.PROXY,)})
    assert "the nearly equal indicator “New things, added up over 3 years”" in result.explain()
    assert "“新增事物（3年合计）”" in result.explain("zh")
    alone = result.model_copy(update={"proxy_years": None})
    assert "the nearly equal indicator “New things”" in alone.explain()


def test_a_start_that_is_not_known_may_be_at_the_target_already() -> None:
    waiting = UNKNOWN.model_copy(
        update={"reason": ip.Reason.NO_YEAR_OVER, "missing_years": (2020,)}
    )
    assert "unless the starting value is at the target already" in waiting.hint()


def test_a_revised_start_has_the_name_of_its_vintage() -> None:
    facts = {"vintage": "after_census_5", "is_revised": True}
    result = verdict(outcome=SEEN, baseline=START.model_copy(update=facts))
    assert "was 2.5% (revised after the fifth economic census) in 2020." in result.explain()
    assert "2.5%（第五次经济普查后修订数）" in result.explain("zh")
    first = verdict(outcome=SEEN, baseline=START.model_copy(update={"vintage": "after_census_5"}))
    assert "census" not in first.explain()


def test_an_unclear_class_says_too_that_the_year_is_not_over() -> None:
    facts = {"reason": ip.Reason.CLASS_UNCLEAR, "as_of": "2025-06-30"}
    early = UNKNOWN.model_copy(update=facts)
    assert "counts; besides, 2025 is not over." in early.explain()
    assert "统计口径，且2025年尚未结束。" in early.explain("zh")
    late = early.model_copy(update={"as_of": "2026-06-30"})
    assert "not over" not in late.explain()


def test_a_change_on_one_vintage_says_so() -> None:
    caveats = (ip.Caveat.ONE_VINTAGE,)
    grown = STATED.model_copy(update={"form": ip.Form.INCREMENT})
    result = verdict(outcome=SEEN, stated=grown, caveats=caveats)
    assert "Note: the change is computed on one vintage of the statistics." in result.explain()
