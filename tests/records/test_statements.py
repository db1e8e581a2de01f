"""The records of what documents state: valid rows are accepted, others raise errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import innovation_plans as ip
from innovation_plans.records import Context, Statement

# ------------------------------------------------------------------ statements


def _choices(codes: Iterable[StrEnum]) -> str:
    *first, last = [f"'{code}'" for code in codes]
    return f"{', '.join(first)} or {last}"


CLAIM = {
    "indicator": "widget_share",
    "form": "level",
    "comparator": "reach",
    "value": "3.1",
    "unit": "percent",
}
RANGE = {**CLAIM, "comparator": "between", "value": "3", "value_high": "3.2"}
FirstError = Callable[..., tuple[tuple[Any, ...], str]]


def test_columns_are_read_by_their_meaning(context: Context) -> None:
    claim = Statement.model_validate(CLAIM, context=context)
    assert claim.indicator is context.of("indicator")["widget_share"]
    assert claim.form is ip.Form.LEVEL
    assert claim.comparator is ip.Comparator.REACH
    assert claim.value == Decimal("3.1")


# ------------------------------------------------------------------ quantities


def test_quantity(context: Context) -> None:
    claim = Statement.model_validate(CLAIM, context=context)
    assert claim.quantity == ip.quantity("3.1 %")
    assert claim.quantity_high is None


def test_quantity_of_a_range(context: Context) -> None:
    claim = Statement.model_validate(RANGE, context=context)
    assert (claim.quantity, claim.quantity_high) == (ip.quantity("3 %"), ip.quantity("3.2 %"))


def test_quantity_is_exact(context: Context) -> None:
    cells = {**CLAIM, "indicator": "gross_product", "unit": "CNY_100M", "value": "62503.4"}
    record = Statement.model_validate(cells, context=context).quantity.to("万亿元")
    assert record.magnitude == Decimal("6.25034")
    assert str(record.units) == "CNY_1T"


# ------------------------------------------------------------------ ranges


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"comparator": "between", "value_high": None},
            "expected an upper end for the comparator between, found none",
        ),
        (
            {"comparator": "about", "value_high": "3.2"},
            "expected no upper end for the comparator about, found 3.2; only between has one",
        ),
        ({"value_high": "3"}, "expected an upper end above 3, found 3"),
        ({"value_high": "3.000"}, "expected an upper end above 3, found 3.000"),
        ({"value_high": "2.9"}, "expected an upper end above 3, found 2.9"),
        (
            {"value_high": "3,2"},
            "cannot read '3,2' at position 1: expected a decimal number such as 3.5",
        ),
    ],
)
def test_a_range_has_two_ends(
    context: Context, first_error: FirstError, cells: dict[str, Any], message: str
) -> None:
    assert first_error(Statement, {**RANGE, **cells}, context=context) == (("value_high",), message)


def test_a_missing_upper_end_is_an_error(context: Context, first_error: FirstError) -> None:
    place, _ = first_error(Statement, {**CLAIM, "comparator": "between"}, context=context)
    assert place == ("value_high",)


@pytest.mark.parametrize("column", ["comparator", "value"])
def test_an_error_in_an_end_is_the_only_error(
    context: Context, first_error: FirstError, column: str
) -> None:
    place, _ = first_error(Statement, {**RANGE, column: "?"}, context=context)
    assert place == (column,)


@given(
    low=st.decimals(-1000, 1000, places=3),
    high=st.decimals(-1000, 1000, places=3),
)
def test_a_range_is_read_if_its_ends_are_in_order(low: Decimal, high: Decimal) -> None:
    indicator = ip.Indicator(code="x", name_en="X", unit="percent", direction="up")
    cells = {**RANGE, "indicator": indicator, "value": low, "value_high": high}
    try:
        claim = Statement.model_validate(cells)
    except ValidationError:
        assert high <= low
    else:
        assert claim.value_high is not None
        assert claim.value < claim.value_high


# ------------------------------------------------------------------ units


@pytest.mark.parametrize(
    ("indicator", "form", "unit"),
    [
        ("widget_share", "level", "percent"),
        ("widget_share", "increment", "percentage_point"),
        ("widget_share", "annual_growth", "percent_per_year"),
        ("widget_share", "rank", "rank"),
        ("gross_product", "level", "CNY_100M"),
        ("gross_product", "level", "CNY_1T"),
        ("gross_product", "increment", "CNY_10K"),
        ("gross_product", "cumulative", "CNY_1B"),
        ("gross_product", "average_growth", "percent_per_year"),
        ("gross_product", "multiple", "multiple"),
        ("gross_product", "rank", "rank"),
    ],
)
def test_a_unit_that_fits(context: Context, indicator: str, form: str, unit: str) -> None:
    value = {"value": "3"} if form == "rank" else {}
    cells = {**CLAIM, **value, "indicator": indicator, "form": form, "unit": unit}
    assert Statement.model_validate(cells, context=context).unit == unit


@pytest.mark.parametrize(
    ("indicator", "form", "unit", "expected"),
    [
        ("widget_share", "level", "percentage_point", "percent"),
        ("widget_share", "level", "percent_per_year", "percent"),
        ("widget_share", "increment", "percent", "percentage_point"),
        ("widget_share", "annual_growth", "percent", "percent_per_year"),
        ("widget_share", "rank", "percent", "rank"),
        ("gross_product", "level", "USD", "CNY_100M"),
        ("gross_product", "level", "percent", "CNY_100M"),
        ("gross_product", "cumulative", "item", "CNY_100M"),
        ("gross_product", "average_growth", "percent", "percent_per_year"),
        ("gross_product", "multiple", "percent", "multiple"),
        ("gross_product", "rank", "CNY_100M", "rank"),
    ],
)
def test_a_unit_that_does_not_fit(
    context: Context,
    first_error: FirstError,
    *,
    indicator: str,
    form: str,
    unit: str,
    expected: str,
) -> None:
    cells = {**CLAIM, "indicator": indicator, "form": form, "unit": unit}
    assert first_error(Statement, cells, context=context) == (
        ("unit",),
        f"{indicator} as {form} is measured in {expected} or its multiples, found {unit}",
    )


def test_three_kinds_of_persons_are_not_combined(first_error: FirstError) -> None:
    indicator = ip.Indicator(
        code="staff", name_en="Staff", unit="person_year_per_10k_population", direction="up"
    )
    cells = {**CLAIM, "indicator": indicator, "unit": "person_year_per_10k_employed"}
    place, message = first_error(Statement, cells)
    assert place == ("unit",)
    assert message.endswith("found person_year_per_10k_employed")


@pytest.mark.parametrize("column", ["indicator", "form"])
def test_an_error_in_a_column_causes_no_error_of_the_unit(
    context: Context, first_error: FirstError, column: str
) -> None:
    place, _ = first_error(Statement, {**CLAIM, column: "?", "unit": "item"}, context=context)
    assert place == (column,)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        (
            "form",
            "lvl",
            f"expected {_choices(ip.Form)}, found 'lvl'; did you mean 'level'?",
        ),
        (
            "comparator",
            ">=",
            f"expected {_choices(ip.Comparator)}, found '>='",
        ),
        (
            "unit",
            "percnt",
            (
                "expected a unit token of units.txt, found 'percnt'; did you mean percent, "
                "person or patent?"
            ),
        ),
        ("value", None, None),
    ],
)
def test_errors_of_statements(
    context: Context, first_error: FirstError, column: str, cell: str | None, message: str | None
) -> None:
    record = first_error(Statement, {**CLAIM, column: cell}, context=context)
    assert record[0] == (column,)
    assert message in (None, record[1])


def test_all_errors_of_a_row_are_reported_together(context: Context) -> None:
    cells = {"indicator": "?", "form": "?", "comparator": "?", "value": "?", "unit": "?"}
    with pytest.raises(ValidationError) as caught:
        Statement.model_validate(cells, context=context)
    assert [each["loc"] for each in caught.value.errors()] == [(name,) for name in cells]


# ------------------------------------------------------------------ targets


def target_of(context: Context, *parts: dict[str, Any]) -> ip.Target:
    cells: dict[str, Any] = {}
    for part in parts:
        cells |= part
    return ip.Target.model_validate(cells, context=context)


def test_reading_the_wording_of_a_target(context: Context, target_cells: dict[str, Any]) -> None:
    target = target_of(context, target_cells, {"erratum": "abe-plan-erratum-1", "force": "binding"})
    assert target.plan is context.of("plan")["XX-AB-14-sti"]
    assert target.region is context.of("region")["XX-AB"]
    assert target.period == "14th"
    assert (target.start_year, target.end_year) == (2021, 2025)
    assert target.force is ip.Force.BINDING
    assert target.erratum is context.of("erratum")["abe-plan-erratum-1"]
    assert target.citation.source is context.of("source")["abe-plan"]
    assert target.quantity == ip.quantity("3.5%")


def test_records_can_be_made_from_records_without_context(context: Context) -> None:
    target = ip.Target(
        plan=context.of("plan")["XX-AB-14-sti"],
        indicator=context.of("indicator")["widget_share"],
        form="level",
        comparator="at_least",
        value=3.2,
        unit="percent",
        end_year=2025,
        citation=ip.Citation(source=context.of("source")["abe-plan"]),
    )
    assert target.value == Decimal("3.2")
    assert target.start_year is None


@pytest.mark.parametrize(
    ("cells", "claim"),
    [
        ({}, "XX-AB-14-sti/widget_share/level/2025"),
        ({"breakdown": "rural"}, "XX-AB-14-sti/widget_share.rural/level/2025"),
        ({"scope": "hand_made"}, "XX-AB-14-sti/widget_share:hand_made/level/2025"),
        (
            {"breakdown": "rural", "scope": "hand_made"},
            "XX-AB-14-sti/widget_share.rural:hand_made/level/2025",
        ),
        (
            {"form": "average_growth", "unit": "percent_per_year", "end_year": 2024},
            "XX-AB-14-sti/widget_share/average_growth/2024",
        ),
    ],
)
def test_key_of_an_annual_target(
    context: Context, target_cells: dict[str, Any], cells: dict[str, Any], claim: str
) -> None:
    target = target_of(context, target_cells, cells)
    assert target.series_key == claim
    assert target.key == f"{claim}@abe-plan"


@pytest.mark.parametrize("start", ["2025", "2021", None])
def test_spans(context: Context, target_cells: dict[str, Any], start: str | None) -> None:
    assert target_of(context, target_cells, {"start_year": start}).end_year == 2025


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        ({"start_year": 2026}, ("end_year",), "expected a year not before 2026, found 2025"),
        (
            {"baseline_value": "2", "baseline_year": 2025},
            ("baseline_year",),
            "expected a baseline before 2025, found 2025",
        ),
        (
            {"baseline_year": 2030},
            ("baseline_year",),
            "expected a baseline before 2025, found 2030",
        ),
        (
            {"baseline_value": "two"},
            ("baseline_value",),
            "cannot read 'two' at position 0: expected a decimal number such as 3.5",
        ),
        (
            {"baseline_unit": "percents"},
            ("baseline_unit",),
            None,
        ),
        ({"force": "strong"}, ("force",), "expected 'binding' or 'expected', found 'strong'"),
        ({"end_year": None}, ("end_year",), "Input should be a valid integer"),
        ({"breakdown": "Rural areas"}, ("breakdown",), None),
        ({"scope": "Hand made"}, ("scope",), None),
        ({"precision": "0"}, ("precision",), "expected a half-width above zero, found 0"),
        ({"precision": "-0.5"}, ("precision",), "expected a half-width above zero, found -0.5"),
        (
            {"plan": "XX-AB-14-stu"},
            ("plan",),
            "expected the code of a plan, found 'XX-AB-14-stu'; did you mean 'XX-AB-14-sti'?",
        ),
        (
            {"erratum": "abe-plan-erratum-2"},
            ("erratum",),
            (
                "expected the code of an erratum, found 'abe-plan-erratum-2'; "
                "did you mean 'abe-plan-erratum-1'?"
            ),
        ),
        ({"citation": None}, ("citation",), None),
        ({"notes": "a\nb"}, ("notes",), r"character '\n' at position 1 is not printable"),
        ({"region": "XX-AB"}, ("region",), "no such field"),
    ],
)
def test_errors_of_targets(
    context: Context,
    *,
    first_error: Callable[..., Any],
    target_cells: dict[str, Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    message: str | None,
) -> None:
    record = first_error(ip.Target, {**target_cells, **cells}, context=context)
    assert record[0] == place
    assert message in (None, record[1])


def test_an_error_in_a_year_causes_no_error_of_the_baseline(
    context: Context, first_error: Callable[..., Any], target_cells: dict[str, Any]
) -> None:
    cells = {**target_cells, "end_year": "soon", "baseline_year": 2030}
    assert first_error(ip.Target, cells, context=context)[0] == ("end_year",)


@pytest.mark.parametrize(
    ("cells", "half_width"),
    [
        ({"value": "3.5"}, "0.05"),
        ({"value": "3.50"}, "0.005"),
        ({"value": "18000"}, "0.5"),
        ({"value": "18000", "precision": "500"}, "500"),
    ],
)
def test_half_width_is_the_precision_or_that_of_the_last_digit(
    context: Context, target_cells: dict[str, Any], cells: dict[str, Any], half_width: str
) -> None:
    assert target_of(context, target_cells, cells).half_width == Decimal(half_width)


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({}, ""),
        ({"breakdown": "rural"}, "rural"),
        ({"scope": "hand_made"}, "hand_made"),
        ({"breakdown": "rural", "scope": "hand_made"}, "rural, hand_made"),
    ],
)
def test_part_is_breakdown_and_scope(
    context: Context, target_cells: dict[str, Any], cells: dict[str, Any], part: str
) -> None:
    target = target_of(context, target_cells, cells)
    assert target.part == part
    assert target.is_whole is (part == "")


# ------------------------------------------------------------------ observations


GROWTH = {"form": "average_growth", "unit": "percent_per_year"}


def observation(context: Context, *parts: dict[str, Any]) -> ip.Observation:
    cells: dict[str, Any] = {}
    for part in parts:
        cells |= part
    return ip.Observation.model_validate(cells, context=context)


def test_parts_without_words_are_empty(context: Context, observation_cells: dict[str, Any]) -> None:
    record = observation(context, observation_cells, {"year": None})
    assert record.year is None
    assert record.vintage is None
    assert record.status is ip.Status.NOT_STATED
    assert record.self_reported is None
    assert record.erratum is None


@pytest.mark.parametrize(
    ("cells", "span"),
    [
        ({}, "2023"),
        ({"year": None}, "undated"),
        ({"year": None, "start_year": 2021}, "undated"),
        ({"start_year": 2023}, "2023"),
        ({"start_year": 2021, **GROWTH}, "2021-2023"),
    ],
)
def test_span(
    context: Context, observation_cells: dict[str, Any], cells: dict[str, Any], span: str
) -> None:
    record = observation(context, observation_cells, cells)
    assert record.span == span
    assert record.key == f"{record.series_key}/{span}@abe-plan"


@pytest.mark.parametrize(
    ("cells", "series", "key"),
    [
        ({}, "XX-AB/widget_share/level", "XX-AB/widget_share/level/2023@abe-plan"),
        (
            {"vintage": "revised"},
            "XX-AB/widget_share/level",
            "XX-AB/widget_share/level/2023/revised@abe-plan",
        ),
        (
            {"scope": "hand_made"},
            "XX-AB/widget_share:hand_made/level",
            "XX-AB/widget_share:hand_made/level/2023@abe-plan",
        ),
        (
            {"region": "XX", **GROWTH},
            "XX/widget_share/average_growth",
            "XX/widget_share/average_growth/2023@abe-plan",
        ),
    ],
)
def test_series_and_key(
    context: Context,
    observation_cells: dict[str, Any],
    cells: dict[str, Any],
    series: str,
    key: str,
) -> None:
    record = observation(context, observation_cells, cells)
    assert (record.series_key, record.key) == (series, key)


@pytest.mark.parametrize(
    ("cell", "truth"),
    [("true", True), ("false", False), (True, True), (False, False), (None, None)],
)
def test_self_reported(
    context: Context, observation_cells: dict[str, Any], cell: Any, truth: bool | None
) -> None:
    assert observation(context, observation_cells, {"self_reported": cell}).self_reported is truth


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        ({"start_year": 2024}, ("year",), "expected a year not before 2024, found 2023"),
        ({"year": "2023Q4"}, ("year",), "expected a year of four digits, found '2023Q4'"),
        (
            {"status": "guess"},
            ("status",),
            "expected 'final', 'preliminary', 'break', 'definition_differs' or 'not_stated', found 'guess'",
        ),
        ({"self_reported": "maybe"}, ("self_reported",), None),
        ({"vintage": "First Release"}, ("vintage",), None),
        (
            {"region": "XX-AC"},
            ("region",),
            "expected the code of a region, found 'XX-AC'; did you mean 'XX-AB'?",
        ),
        ({"end_year": 2025}, ("end_year",), "no such field; did you mean year?"),
    ],
)
def test_errors_of_observations(
    context: Context,
    *,
    first_error: Callable[..., Any],
    observation_cells: dict[str, Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    message: str | None,
) -> None:
    record = first_error(ip.Observation, {**observation_cells, **cells}, context=context)
    assert record[0] == place
    assert message in (None, record[1])


# ------------------------------------------------------------------ goals


def test_a_goal_may_belong_to_no_plan(context: Context, goal_cells: dict[str, Any]) -> None:
    goal = ip.Goal.model_validate({**goal_cells, "plan": None, "horizon": None}, context=context)
    assert goal.plan is None
    assert goal.kind is ip.GoalKind.FRAMEWORK
    assert goal.key == "XX-AB/framework/overall/None@abe-plan#page 1"


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        (
            {"kind": "wish"},
            ("kind",),
            (
                "expected 'outcome', 'framework', 'key_tasks', 'programme', 'mechanism' or "
                "'priority', found 'wish'"
            ),
        ),
        ({"theme": "All of it"}, ("theme",), None),
        ({"horizon": "2025-2035"}, ("horizon",), None),
        ({"statement": ""}, ("statement",), "String should have at least 1 character"),
        (
            {"plan": "XX-AB-14-st"},
            ("plan",),
            "expected the code of a plan, found 'XX-AB-14-st'; did you mean 'XX-AB-14-sti'?",
        ),
        ({"value": "3.5"}, ("value",), "no such field"),
    ],
)
def test_errors_of_goals(
    context: Context,
    *,
    first_error: Callable[..., Any],
    goal_cells: dict[str, Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    message: str | None,
) -> None:
    record = first_error(ip.Goal, {**goal_cells, **cells}, context=context)
    assert record[0] == place
    assert message in (None, record[1])


def test_a_bundled_plan_and_its_goal_have_the_same_region(plans: ip.Dataset) -> None:
    assert len(plans.goals) == 23
    assert all(each.plan is None or each.plan.region is each.region for each in plans.goals)


# ------------------------------------------------------------------ corroborations


CELLS = {
    "target": "XX-AB-14-sti/widget_share/level/2025",
    "citation": {"source": "abe-plan", "locator": "page 9"},
}


def test_a_reading_must_not_exist_for_a_figure_without_text(context: Context) -> None:
    record = ip.Corroboration.model_validate(CELLS, context=context)
    assert record.value is None
    assert record.comparator is None
    assert record.key == "XX-AB-14-sti/widget_share/level/2025@abe-plan#page 9"


def test_a_text_that_was_read(context: Context) -> None:
    cells = {**CELLS, "comparator": "between", "value": "3", "value_high": "3.2", "unit": "percent"}
    record = ip.Corroboration.model_validate(cells, context=context)
    assert (record.value, record.value_high) == (Decimal(3), Decimal("3.2"))


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"target": ""}, ("target",)),
        ({"comparator": "more"}, ("comparator",)),
        ({"value": "NaN"}, ("value",)),
        ({"unit": "%"}, ("unit",)),
        ({"citation": {"source": "nobody"}}, ("citation", "source")),
    ],
)
def test_errors_of_corroborations(
    context: Context, first_error: Callable[..., Any], cells: dict[str, Any], place: tuple[str, ...]
) -> None:
    assert first_error(ip.Corroboration, {**CELLS, **cells}, context=context)[0] == place


def test_the_text_of_a_figure_is_that_of_tables(plans: ip.Dataset) -> None:
    target = plans.targets.at("CN-GD", "rd_intensity", 2025)
    assert (target.text(), target.text("zh")) == ("about 3.5%", "3.5%左右")
    outcomes = plans.observations.where(indicator="rd_intensity", region="GD", year=2024)
    outcome = next(each for each in outcomes if each.comparator is ip.Comparator.REACH)
    assert outcome.text() == f"{outcome.value}%"
    assert outcome.text() in outcomes.text()


@pytest.mark.parametrize("value", ["4", "4.0", "4.00"])
def test_the_text_of_a_record_has_the_zeros_that_are_printed(plans: ip.Dataset, value: str) -> None:
    target = plans.targets.at("CN-GD", "rd_intensity", 2025).model_copy(update={"value": value})
    assert (target.text(), target.text("zh")) == (f"about {value}%", f"{value}%左右")
    assert f"about {value}%" in ip.TargetTable([target]).text()


@pytest.mark.parametrize("value", ["0.00001", "99.9999999", "0.123456"])
@pytest.mark.parametrize("comparator", ["at_least", "about", "reach", "at_most"])
def test_the_text_of_a_record_has_every_digit(
    plans: ip.Dataset, value: str, comparator: str
) -> None:
    target = plans.targets.at("CN-GD", "rd_intensity", 2025)
    changed = target.model_copy(update={"value": value, "comparator": comparator})
    for lang in ("en", "zh"):
        assert f"{value}%" in changed.text(lang)
    assert f"{value}%" in ip.TargetTable([changed]).text()
